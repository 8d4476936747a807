"""Writes register rows that came down: new ones, changed ones, tombstones and misfits."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from app.data import overlay
from app.data import register_columns as columns
from app.data.compiled import register_writing as sql
from app.data.driver import Connection
from app.data.register_rows import MisfitError, Row, row_of
from app.data.statements import Statement
from app.domain.identifiers import normalise
from app.domain.products import Asset
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


def put(connection: Connection, row: RegisterRow, revision: int | None) -> Misfit | None:
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


def put_product(connection: Connection, product: Asset, revision: int | None) -> None:
    """Write a product that is read already; `put` for what an import brings.

    Args:
        connection: A writing transaction.
        product: As it is to be.
        revision: The service's place for what it is made of, None where none sent it.
    """
    _PRODUCTS.write(connection, product, revision)


def fits_now(connection: Connection, register: str, key: str) -> None:
    """What was kept of a row, or an entry, before it fitted is no longer needed."""
    sql.FITS_NOW.run(connection, of_register=_storable(register), of_key=_storable(key))


def keep_misfit(connection: Connection, misfit: Misfit, *, raw: str, revision: int | None) -> None:
    """Keep what could not be read as it came."""
    sql.KEEP_MISFIT.run(
        connection,
        register=_storable(misfit.register),
        key=_storable(misfit.key),
        revision=revision,
        raw=raw,
        code=misfit.code,
        field=misfit.field,
    )


def misfits(connection: Connection) -> tuple[Misfit, ...]:
    """Everything that came down and could not be read."""
    return tuple(Misfit(*row) for row in sql.MISFITS.all(connection))


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


def _nothing_besides(_connection: Connection, _key: str) -> dict[str, object]:
    return {}


def _nothing_after(_connection: Connection, _row: Mapping[str, object]) -> None:
    return None


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
        leave: Is told the key of a row before it is written, and says what it has besides.
        enter: Is told a row's columns after it was written.
    """

    key: str
    key_of: Callable[[str], str]
    put: Statement
    bury: Statement
    columns_of: Callable[[Any], dict[str, object]]
    many: tuple[_Many, ...]
    leave: Callable[[Connection, str], dict[str, object]] = _nothing_besides
    enter: Callable[[Connection, Mapping[str, object]], None] = _nothing_after

    def write(self, connection: Connection, row: Row, revision: int | None) -> None:
        """Write a row and what hangs on it."""
        own = self.columns_of(row)
        besides = self.leave(connection, str(own[self.key]))
        self.put.run(connection, **own, **besides, revision=revision, is_deleted=0)
        for many in self.many:
            many.clear.run(connection, of=own[self.key])
            for each in many.rows_of(row):
                many.add.run(connection, **{_OWNER: own[self.key]}, **each)
        self.enter(connection, own)

    def delete(self, connection: Connection, key: str, revision: int | None) -> None:
        """Leave a tombstone where a row was."""
        stored = self.key_of(key)
        besides = self.leave(connection, stored)
        self.bury.run(connection, of=stored, **besides, revision=revision, is_deleted=1)
        for many in self.many:
            many.clear.run(connection, of=stored)


_OWNER: Final = "owner"
"""The column by which a row's many name it."""


def _register(
    table: str,
    key: str,
    columns_of: Callable[[Any], dict[str, object]],
    *many: tuple[str, Callable[[Any], list[dict[str, object]]]],
    key_of: Callable[[str], str] = normalise,
) -> _Register:
    return _Register(
        key=key,
        key_of=key_of,
        put=sql.PUT[table],
        bury=sql.BURY[table],
        columns_of=columns_of,
        many=tuple(_Many(sql.CLEAR[child], sql.ADD[child], of) for child, of in many),
    )


_PRODUCTS: Final = replace(
    _register(
        "assets",
        "serial",
        columns.asset_columns,
        ("asset_identifiers", columns.identifiers),
        ("coverages", columns.coverages),
        ("former_identities", columns.former_identities),
    ),
    leave=overlay.leave,
    enter=overlay.enter,
)
_REGISTERS: Final[Mapping[str, _Register]] = MappingProxyType(
    {
        "assets": _PRODUCTS,
        "people": _register(
            "people",
            "id",
            columns.person_columns,
            ("certifications", columns.certifications),
            ("exams", columns.exams),
            key_of=str,
        ),
        "catalogue": _register("catalogue", "number", columns.part_columns),
        "lots": _register("lots", "component_serial", columns.lot_columns),
        "equipment": _register("equipment", "id", columns.equipment_columns, key_of=str),
        "account": _register("account", "key", columns.account_columns, key_of=str),
    }
)
