"""Rows of the registers, and what could not be read of them."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from app.data import tables
from app.data.queries.query import Query

_REGISTERS: Final = (
    tables.assets,
    tables.people,
    tables.catalogue,
    tables.lots,
    tables.equipment,
    tables.account,
)
_CHILDREN: Final = (
    tables.asset_identifiers,
    tables.coverages,
    tables.former_identities,
    tables.certifications,
    tables.exams,
)
"""What hangs on a row, by its ``owner``."""


def _put(table: sa.Table) -> Query:
    """Add a row, or write it over the one before."""
    names = [column.name for column in table.c]
    adding = insert(table)
    return Query(
        adding.on_conflict_do_update(
            index_elements=names[:1],
            set_={name: adding.excluded[name] for name in names[1:]},
        ),
        *names,
    )


def _bury(table: sa.Table) -> Query:
    """Make a row a tombstone."""
    key = next(iter(table.c))
    return Query(sa.update(table).where(key == sa.bindparam("of")), "revision", "is_deleted")


def _revision(table: sa.Table) -> Query:
    """The service's place for a row."""
    key = next(iter(table.c))
    return Query(sa.select(table.c.revision).where(key == sa.bindparam("of")))


REVISION: Final = {table.name: _revision(table) for table in _REGISTERS}
PUT: Final = {table.name: _put(table) for table in _REGISTERS}
BURY: Final = {table.name: _bury(table) for table in _REGISTERS}
CLEAR: Final = {
    table.name: Query(sa.delete(table).where(table.c.owner == sa.bindparam("of")))
    for table in _CHILDREN
}
ADD: Final = {
    table.name: Query(sa.insert(table), *(column.name for column in table.c)) for table in _CHILDREN
}

KEEP_MISFIT: Final = Query(
    sa.insert(tables.misfits).prefix_with("OR REPLACE"),
    *(column.name for column in tables.misfits.c),
)
FITS_NOW: Final = Query(
    sa.delete(tables.misfits).where(
        tables.misfits.c.register == sa.bindparam("of_register"),
        tables.misfits.c.key == sa.bindparam("of_key"),
    )
)
MISFITS: Final = Query(
    sa.select(
        tables.misfits.c.register,
        tables.misfits.c.key,
        tables.misfits.c.code,
        tables.misfits.c.field,
    ).order_by(tables.misfits.c.register, tables.misfits.c.key)
)
