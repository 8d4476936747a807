"""Rows of the registers, and what could not be read of them."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from app.data import tables
from app.data.base import tables as base
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


def _bury_product() -> Query:
    """Leave a tombstone where a product was, in either layer of the register."""
    serial = sa.bindparam("of", type_=sa.Text)
    there = sa.or_(
        sa.exists().where(tables.assets.c.serial == serial),
        sa.exists().where(base.products.c.serial == serial),
    )
    names = ["serial", "revision", "is_deleted", "epoch"]
    adding = insert(tables.assets).from_select(
        names,
        sa.select(serial, *(sa.bindparam(name, type_=sa.Integer) for name in names[1:])).where(
            there
        ),
    )
    return Query(
        adding.on_conflict_do_update(
            index_elements=["serial"], set_={name: adding.excluded[name] for name in names[1:]}
        )
    )


_APART: Final = tables.assets
"""Its rows lie over a base."""
REVISION: Final = {table.name: _revision(table) for table in _REGISTERS if table is not _APART}
PUT: Final = {table.name: _put(table) for table in _REGISTERS}
BURY: Final = {
    table.name: _bury_product() if table is _APART else _bury(table) for table in _REGISTERS
}
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
