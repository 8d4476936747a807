"""The product register by number, and what is searched for in it."""

from typing import Any, Final

import sqlalchemy as sa

from app.data import overlay_tables, tables
from app.data.base import tables as base
from app.data.queries.base import VISIBLE, counted, uncovered
from app.data.queries.query import Query

_a: Final = tables.assets
_p: Final = base.products
_n: Final = overlay_tables.asset_numbers
_t: Final = base.places
_NO_CASE: Final = frozenset({"model", "holder", "tag", "department"})
_family: Final = sa.bindparam("family", type_=sa.Text)
_limit: Final = sa.bindparam("limit", type_=sa.Integer)
_of: Final = sa.bindparam("of", type_=sa.Text)
_end: Final = sa.bindparam("end", type_=sa.Text)
EMPTY: Final = sa.literal_column("''", sa.Text)
LIVE: Final = sa.and_(VISIBLE, _a.c.is_deleted == 0)
A_FAMILY: Final = sa.func.coalesce(_a.c.family, EMPTY)


def key_of(name: str, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A column over the base as it is compared; in the base its collation is its own."""
    return sa.collate(column, "NOCASE") if name in _NO_CASE else column


# ----------------------------------------------------------------------
# By number
# ----------------------------------------------------------------------

OVER: Final = Query(
    sa.select(_a.c.serial, _a.c.is_deleted, A_FAMILY, _p.c.family)
    .join_from(_a, _p, _a.c.serial == _p.c.serial, isouter=True)
    .where(VISIBLE)
    .order_by(_a.c.serial)
)
"""Every row over the base, and the family of the base's product that it hides."""
ALONE: Final = Query(
    sa.select(_a.c.serial)
    .where(LIVE, sa.or_(_family == EMPTY, _family == A_FAMILY))
    .order_by(_a.c.serial)
    .limit(_limit)
    .offset(sa.bindparam("first", type_=sa.Integer))
)
"""A page of the products where there is no base."""
PLACES: Final = Query(
    sa.select(_t.c.place, _t.c.serial)
    .where(
        _t.c.family == _family,
        _t.c.place >= sa.bindparam("lowest", type_=sa.Integer),
        _t.c.place <= sa.bindparam("highest", type_=sa.Integer),
    )
    .order_by(_t.c.place)
)
FROM_PLACE: Final = Query(
    sa.select(_p.c.serial)
    .where(_p.c.serial >= _of, uncovered(_p))
    .order_by(_p.c.serial)
    .limit(_limit)
)
FROM_PLACE_OF_FAMILY: Final = Query(
    sa.select(_p.c.serial)
    .where(_p.c.serial >= _of, uncovered(_p), _p.c.family == _family)
    .order_by(_p.c.family, _p.c.serial)
    .limit(_limit)
)
_counted: Final = counted()
TOTAL: Final = Query(
    sa.select(sa.func.coalesce(sa.func.sum(_counted.c.count), sa.literal_column("0"))).where(
        sa.or_(_family == EMPTY, _counted.c.family == _family)
    )
)
"""How many products there are, of a family or in all."""

# ----------------------------------------------------------------------
# What is searched for
# ----------------------------------------------------------------------

TEXTS: Final = ("serial", "model", "holder", "tag", "department")
"""What is searched."""
_above: Final = sa.select(*(_a.c[name] for name in TEXTS)).where(
    LIVE, sa.or_(_family == EMPTY, _family == A_FAMILY)
)
_below: Final = sa.select(*(_p.c[name] for name in TEXTS)).where(
    uncovered(_p), sa.or_(_family == EMPTY, _p.c.family == _family)
)


def _prefix(column: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    return sa.and_(column >= _of, column < _end)


ABOVE_BEGINNING: Final = {
    name: Query(_above.where(_prefix(key_of(name, _a.c[name]))).order_by(_a.c.serial).limit(_limit))
    for name in TEXTS
}
BELOW_BEGINNING: Final = {
    name: Query(_below.where(_prefix(_p.c[name])).order_by(_p.c[name], _p.c.serial).limit(_limit))
    for name in TEXTS
}
_match: Final = sa.bindparam("match", type_=sa.Text)


def _matching(name: str, schema: str | None = None) -> sa.Select[int]:
    words = sa.table(name, sa.column("rowid", sa.Integer), schema=schema)
    said = sa.literal_column(name, sa.Text).op("MATCH")(_match)
    return sa.select(words.c.rowid).where(said).limit(_limit)


ABOVE_WITH: Final = Query(
    _above.join_from(_n, _a, _n.c.serial == _a.c.serial)
    .where(_n.c.number.in_(_matching("asset_words").scalar_subquery()))
    .order_by(_a.c.serial)
)
BELOW_WITH: Final = {
    name: Query(
        _below.where(_p.c.id.in_(_matching(name, "base").scalar_subquery())).order_by(_p.c.id)
    )
    for name in ("serials", "words")
}
"""What has all the sequences of three characters; whether in a row is still to be seen."""
