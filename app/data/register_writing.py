"""Writes register rows that came down: new ones, changed ones, tombstones and misfits."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from app.data import register_columns as columns
from app.data import tables
from app.data.register_rows import MisfitError, Row, row_of
from app.data.statements import Statement
from app.domain.identifiers import normalise
from app.services.ports import RegisterRow


@dataclass(frozen=True, slots=True)
class Misfit:
    """A row that came down and could not be read; it is kept as it came.

    Attributes:
        register: Of which register.
        key: Its key.
        code: Why (`app.data.register_rows.MisfitError`).
        field: Where in the row.
    """

    register: str
    key: str
    code: str
    field: str


def put(connection: sa.Connection, row: RegisterRow, revision: int | None) -> Misfit | None:
    """Write a row, or its tombstone; one that cannot be read leaves the row before as it was.

    Args:
        connection: A writing transaction.
        row: As it came.
        revision: The service's place for it, None for what was loaded locally.
    """
    try:
        if row.value is not None:
            read = row_of(row.register, row.key, row.value)
            _REGISTERS[row.register].write(connection, read, revision)
        elif row.register in _REGISTERS:
            _REGISTERS[row.register].delete(connection, _storable(row.key), revision)
    except MisfitError as error:
        misfit = Misfit(row.register, row.key, error.code, error.field)
        keep_misfit(connection, misfit, raw=_raw(row.value), revision=revision)
        return misfit
    fits_now(connection, row.register, row.key)
    return None


def fits_now(connection: sa.Connection, register: str, key: str) -> None:
    """What was kept of a row, or an entry, before it fitted is no longer needed."""
    _FITS_NOW.run(connection, of_register=_storable(register), of_key=_storable(key))


def keep_misfit(
    connection: sa.Connection, misfit: Misfit, *, raw: str, revision: int | None
) -> None:
    """Keep what could not be read as it came."""
    _KEEP_MISFIT.run(
        connection,
        register=_storable(misfit.register),
        key=_storable(misfit.key),
        revision=revision,
        raw=raw,
        code=misfit.code,
        field=misfit.field,
    )


def misfits(connection: sa.Connection) -> tuple[Misfit, ...]:
    """Everything that came down and could not be read."""
    return tuple(Misfit(*row) for row in _MISFITS.all(connection))


def _storable(text: str) -> str:
    """A text with what UTF-8 cannot say spelled out."""
    return text.encode(errors="backslashreplace").decode()


def _raw(value: Mapping[str, object] | None) -> str:
    return json.dumps(value, ensure_ascii=True, default=str)


# ----------------------------------------------------------------------
# A register: its table, and the tables that hang on it
# ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Many:
    """A table of what a row has many of.

    Attributes:
        clear: Deletes those of a row.
        add: Adds one.
        rows_of: Those of a row, without the row's key.
    """

    clear: Statement
    add: Statement
    rows_of: Callable[[Any], list[dict[str, object]]]


@dataclass(frozen=True, slots=True)
class _Register:
    """How a register's rows are written.

    Attributes:
        key: The name of the key's column.
        key_of: A key as it is stored.
        put: Adds a row, or writes it over the one before.
        bury: Makes a row a tombstone.
        columns_of: A row's columns.
        many: What hangs on a row.
    """

    key: str
    key_of: Callable[[str], str]
    put: Statement
    bury: Statement
    columns_of: Callable[[Any], dict[str, object]]
    many: tuple[_Many, ...]

    def write(self, connection: sa.Connection, row: Row, revision: int | None) -> None:
        """Write a row and what hangs on it."""
        own = self.columns_of(row)
        self.put.run(connection, **own, revision=revision, is_deleted=0)
        for many in self.many:
            many.clear.run(connection, of=own[self.key])
            for each in many.rows_of(row):
                many.add.run(connection, **{_OWNER: own[self.key]}, **each)

    def delete(self, connection: sa.Connection, key: str, revision: int | None) -> None:
        """Leave a tombstone where a row was."""
        stored = self.key_of(key)
        self.bury.run(connection, of=stored, revision=revision, is_deleted=1)
        for many in self.many:
            many.clear.run(connection, of=stored)


_OWNER: Final = "owner"
"""The column by which a row's many name it."""


def _register(
    table: sa.Table,
    columns_of: Callable[[Any], dict[str, object]],
    *many: tuple[sa.Table, Callable[[Any], list[dict[str, object]]]],
    key_of: Callable[[str], str] = normalise,
) -> _Register:
    names = [column.name for column in table.c]
    key = names[0]
    adding = insert(table)
    return _Register(
        key=key,
        key_of=key_of,
        put=Statement(
            adding.on_conflict_do_update(
                index_elements=[key],
                set_={name: adding.excluded[name] for name in names[1:]},
            ),
            *names,
        ),
        bury=Statement(
            sa.update(table).where(table.c[key] == sa.bindparam("of")), "revision", "is_deleted"
        ),
        columns_of=columns_of,
        many=tuple(
            _Many(
                clear=Statement(sa.delete(child).where(child.c[_OWNER] == sa.bindparam("of"))),
                add=Statement(sa.insert(child), *(column.name for column in child.c)),
                rows_of=rows_of,
            )
            for child, rows_of in many
        ),
    )


_REGISTERS: Final[Mapping[str, _Register]] = MappingProxyType(
    {
        "assets": _register(
            tables.assets,
            columns.asset_columns,
            (tables.asset_identifiers, columns.identifiers),
            (tables.coverages, columns.coverages),
        ),
        "people": _register(
            tables.people,
            columns.person_columns,
            (tables.certifications, columns.certifications),
            key_of=str,
        ),
        "catalogue": _register(tables.catalogue, columns.part_columns),
        "lots": _register(tables.lots, columns.lot_columns),
        "equipment": _register(tables.equipment, columns.equipment_columns, key_of=str),
        "account": _register(tables.account, columns.account_columns, key_of=str),
    }
)
_KEEP_MISFIT: Final = Statement(
    sa.insert(tables.misfits).prefix_with("OR REPLACE"),
    *(column.name for column in tables.misfits.c),
)
_FITS_NOW: Final = Statement(
    sa.delete(tables.misfits).where(
        tables.misfits.c.register == sa.bindparam("of_register"),
        tables.misfits.c.key == sa.bindparam("of_key"),
    )
)
_MISFITS: Final = Statement(
    sa.select(
        tables.misfits.c.register,
        tables.misfits.c.key,
        tables.misfits.c.code,
        tables.misfits.c.field,
    ).order_by(tables.misfits.c.register, tables.misfits.c.key)
)
