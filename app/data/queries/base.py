"""The base of the product register: its tables, and what is asked of it alone."""

from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.schema import CreateIndex, CreateTable

from app.data import overlay_tables, tables
from app.data.base import tables as base
from app.data.queries.query import Query

_r: Final = overlay_tables.register_base
_p: Final = base.products
_c: Final = base.counts

TABLES: Final = {
    table.name: Query(CreateTable(table))
    for table in (_p, base.identifiers, base.counts, base.places)
}


def _words(name: str, *columns: str) -> Query:
    """An index of the texts of columns: which have three characters in a row."""
    return Query(
        sa.text(
            f"CREATE VIRTUAL TABLE base.{name} USING fts5({', '.join(columns)}, content='',"
            " columnsize=0, detail=none, tokenize='trigram')"
        )
    )


WORDS: Final = {
    "serials": _words("serials", "serial", "family"),
    "words": _words("words", "model", "holder", "tag", "department", "family"),
}
"""Serials have one of their own: what is found by its serial comes first."""
INDEXES: Final = {index.name or "": Query(CreateIndex(index)) for index in base.INDEXES}

VISIBLE: Final = tables.assets.c.epoch > sa.select(_r.c.upto).scalar_subquery()
"""The rows over the base; those before are in it."""


def uncovered(product: sa.FromClause) -> sa.ColumnElement[bool]:
    """The products of the base over which no row lies."""
    above = sa.select(sa.literal_column("1", sa.Integer)).select_from(tables.assets)
    return ~above.where(tables.assets.c.serial == product.c.serial, VISIBLE).exists()


def group_of(table: sa.FromClause) -> list[sa.ColumnElement[Any]]:
    """Where a product of either layer is counted (P5): a row of `counts` without its number."""
    maker, empty = table.c.maker, sa.literal_column("''", sa.Text)
    return [
        sa.func.coalesce(table.c.family, empty).label("family"),
        sa.case(
            (maker.in_([sa.literal_column("'apple'", sa.Text), empty]), maker),
            else_=sa.literal_column("'other'", sa.Text),
        ).label("maker"),
        table.c.ownership.label("ownership"),
        sa.or_(table.c.proof != "", table.c.order != "", table.c.document != "").label("proven"),
        sa.func.coalesce(table.c.leased_until, empty).label("leased_until"),
    ]


def counted() -> sa.Subquery:
    """The counts of both layers; a base that is left out hides nothing that could be hidden."""
    below, above = base.counts, overlay_tables.asset_counts
    groups = [column.name for column in below.c if column.name != "count"]
    is_there = sa.exists(sa.select(sa.literal_column("1", sa.Integer)).select_from(below))
    hidden = sa.case((is_there, above.c.hidden), else_=sa.literal_column("0", sa.Integer))
    return sa.union_all(
        sa.select(*(below.c[name] for name in groups), below.c.count),
        sa.select(*(above.c[name] for name in groups), (above.c.count - hidden).label("count")),
    ).subquery("counted")


POINTER: Final = Query(sa.select(_r.c.file, _r.c.size, _r.c.rows, _r.c.upto, _r.c.epoch))
ROWS: Final = Query(sa.select(_r.c.rows))
NEXT_EPOCH: Final = Query(sa.update(_r).values(epoch=_r.c.epoch + sa.literal_column("1")))
MOVE: Final = Query(sa.update(_r), "file", "size", "rows")
POINT: Final = Query(sa.update(_r), "file", "size", "rows", "made_at", "upto")

GROUP: Final = Query(sa.select(*group_of(_p)).where(_p.c.serial == sa.bindparam("of")))
"""Where a product of the base is counted."""
_ordered: Final = sa.select(_p.c.serial, sa.func.row_number().over(order_by=_p.c.serial).label("n"))
_within: Final = sa.select(
    _p.c.family,
    _p.c.serial,
    sa.func.row_number().over(partition_by=_p.c.family, order_by=_p.c.serial).label("n"),
)


def _places(ordered: sa.Select[*tuple[Any, ...]], family: str | None) -> Query:
    """Number the products, and keep every so many."""
    one, every = sa.literal_column("1", sa.Integer), sa.literal_column(str(base.PLACE), sa.Integer)
    told = ordered.subquery()
    place = told.c.n - one
    return Query(
        sa.insert(base.places).from_select(
            ["family", "place", "serial"],
            sa.select(
                told.c.family if family is None else sa.literal_column(family), place, told.c.serial
            ).where(place % every == sa.literal_column("0")),
        )
    )


PLACES: Final = {
    "all": _places(_ordered, "''"),
    "families": _places(_within.where(_p.c.family != ""), None),
}
COUNT: Final = Query(
    sa.insert(_c).from_select(
        [column.name for column in _c.c],
        sa.select(*group_of(_p), sa.func.count()).group_by(
            *map(sa.text, "12345")  # a name would mean the column that it is made of
        ),
    )
)
