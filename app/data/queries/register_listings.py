"""The product register in an order, a page at a time."""

from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.base import tables as base
from app.data.queries.base import uncovered
from app.data.queries.query import Query
from app.data.queries.register_pages import A_FAMILY, EMPTY, LIVE, key_of
from app.services.register_queries import SortBy

_a: Final = tables.assets
_p: Final = base.products
_family: Final = sa.bindparam("family", type_=sa.Text)
_ownership: Final = sa.bindparam("ownership", type_=sa.Text)
_limit: Final = sa.bindparam("limit", type_=sa.Integer)
_of: Final = sa.bindparam("of", type_=sa.Text)


def _fits(
    family: sa.ColumnElement[Any], ownership: sa.ColumnElement[Any]
) -> sa.ColumnElement[bool]:
    return sa.and_(
        sa.or_(_family == EMPTY, family == _family),
        sa.or_(_ownership == EMPTY, ownership == _ownership),
    )


def _listing(name: str, *, above: bool, descending: bool) -> Query:
    """What follows a product in one layer: its value of the column, and its serial."""
    if above:
        column = A_FAMILY if name == "family" else _a.c[name]
        key, serial = key_of(name, column), _a.c.serial
        select = sa.select(column, serial).where(LIVE, _fits(A_FAMILY, _a.c.ownership))
    else:
        column = key = _p.c[name]  # its collation is its own
        serial = _p.c.serial
        select = sa.select(column, serial).where(uncovered(_p), _fits(_p.c.family, _p.c.ownership))
    both: Any = sa.tuple_(key, serial)
    here: Any = sa.tuple_(sa.bindparam("value", type_=sa.Text), _of)
    order = (key.desc(), serial.desc()) if descending else (key, serial)
    follows = both < here if descending else both > here
    return Query(select.where(follows).order_by(*order).limit(_limit))


LISTINGS: Final = {
    f"{layer} {sort.value} {direction}": _listing(
        sort.value, above=layer == "above", descending=direction == "down"
    )
    for sort in SortBy
    for layer in ("above", "below")
    for direction in ("up", "down")
}
"""By layer, column and direction."""
