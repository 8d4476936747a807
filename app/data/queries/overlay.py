"""What goes along with a row over the base: counts, and the index over its texts."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from app.data import overlay_tables, tables
from app.data.answers import REJECTED
from app.data.base import tables as base
from app.data.queries.base import VISIBLE, group_of, uncovered
from app.data.queries.entries import CANONICAL_ORDER
from app.data.queries.query import Query
from app.data.values import FORMER_RANK
from app.services.registering import CHANGED

_a: Final = tables.assets
_n: Final = overlay_tables.asset_numbers
_c: Final = overlay_tables.asset_counts
_r: Final = overlay_tables.register_base
_of: Final = sa.bindparam("of", type_=sa.Text)
_NUMBERS: Final = ("count", "hidden")
_GROUP: Final = [column.name for column in _c.c if column.name not in _NUMBERS]

EPOCH: Final = Query(sa.select(_r.c.epoch))
STANDING: Final = Query(
    sa.select(_a.c.is_deleted, *group_of(_a)).where(_a.c.serial == _of, VISIBLE)
)
"""Whether a row lies over the base, whether it is a tombstone, and where it is counted."""
_count: Final = insert(_c)
COUNT: Final = Query(
    _count.on_conflict_do_update(
        index_elements=_GROUP,
        set_={name: _c.c[name] + _count.excluded[name] for name in _NUMBERS},
    ),
    *_GROUP,
    *_NUMBERS,
)
NUMBER: Final = Query(insert(_n).on_conflict_do_nothing(), "serial")
_NUMBER: Final = sa.select(_n.c.number).where(_n.c.serial == _of).scalar_subquery()
_words: Final = sa.table(
    "asset_words",
    *map(sa.column, ("rowid", "serial", "model", "holder", "tag", "department")),
)
ADD_WORDS: Final = Query(
    sa.insert(_words).from_select(
        [column.name for column in _words.c],
        sa.select(_n.c.number, _n.c.serial, _a.c.model, _a.c.holder, _a.c.tag, _a.c.department)
        .join_from(_n, _a, _n.c.serial == _a.c.serial)
        .where(_n.c.serial == _of),
    )
)
CLEAR_WORDS: Final = Query(sa.delete(_words).where(_words.c.rowid == _NUMBER))

# ----------------------------------------------------------------------
# A new base
# ----------------------------------------------------------------------

YOUNG: Final = Query(sa.select(_a.c.serial).where(VISIBLE).order_by(_a.c.serial))
"""What was written after the new base was begun: it still lies over it."""
ANY: Final = Query(sa.select(_a.c.epoch).limit(1))
KEEP_TOMBSTONES: Final = Query(
    sa.update(_a)
    .where(~VISIBLE, _a.c.is_deleted == 1, _a.c.revision.is_not(None))
    .values(epoch=sa.select(_r.c.epoch).scalar_subquery())
)
"""No base has tombstones: those that came down stay over it, for the revision that they carry."""
OVER: Final = Query(sa.select(sa.func.coalesce(sa.func.sum(_c.c.count), sa.literal_column("0"))))
"""How many products lie over the base."""
NO_COUNTS: Final = Query(sa.delete(_c))
_one: Final = sa.literal_column("1", sa.Integer)
_none: Final = sa.literal_column("0", sa.Integer)
_p: Final = base.products
_above: Final = sa.select(*group_of(_a), _one.label("count"), _none.label("hidden")).where(
    VISIBLE, _a.c.is_deleted == 0
)
_under: Final = (
    sa.select(*group_of(_p), _none, _one)
    .join_from(_a, _p, _a.c.serial == _p.c.serial)
    .where(VISIBLE)
)
_both: Final = sa.union_all(_above, _under).subquery()
_groups: Final = [_both.c[name] for name in _GROUP]
COUNT_ANEW: Final = Query(
    sa.insert(_c).from_select(
        [column.name for column in _c.c],
        sa.select(*_groups, sa.func.sum(_both.c.count), sa.func.sum(_both.c.hidden)).group_by(
            *_groups
        ),
    )
)
_e: Final = tables.entries
_UNSETTLED: Final = sa.or_(
    _e.c.revision.is_(None),
    _e.c.revision > sa.select(tables.sync_cursor.c.revision).scalar_subquery(),
)
_OF_PRODUCTS: Final = (
    _e.c.subject >= sa.literal_column("'assets:'", sa.Text),
    _e.c.subject < sa.literal_column("'assets;'", sa.Text),
    _e.c.kind == sa.literal_column(f"'{CHANGED}'", sa.Text),
    sa.func.coalesce(_e.c.outcome, "") != REJECTED,
)
"""What somebody changed of products, and the service has not rejected."""
HELD: Final = Query(sa.select(_e.c.subject).where(*_OF_PRODUCTS, _UNSETTLED).distinct())
"""Products that somebody changed by an entry which has no settled place in the log yet."""
_payload: Final = _e.c.payload
_IS_GONE: Final = sa.func.json_type(_payload, "$.set") == "null"
REMOVALS: Final = Query(
    sa.select(_e.c.subject, _e.c.actor, _e.c.recorded_at, _IS_GONE.label("is_gone"))
    .where(
        *_OF_PRODUCTS,
        sa.or_(_IS_GONE, sa.func.json_type(_payload, "$.was") == "null"),
    )
    .order_by(*CANONICAL_ORDER)
)
"""Who took a product away, or made it anew, in the order in which it holds."""
_f: Final = tables.former_identities
_b: Final = base.identifiers
FORMER: Final = Query(
    sa.union_all(
        sa.select(_f.c.value, _a.c.serial)
        .join_from(_f, _a, _f.c.owner == _a.c.serial)
        .where(VISIBLE, _a.c.is_deleted == 0),
        sa.select(_b.c.value, _p.c.serial)
        .join_from(_b, _p, _b.c.product == _p.c.id)
        .where(_b.c.rank == sa.literal_column(str(FORMER_RANK), sa.Integer), uncovered(_p)),
    )
)
"""What products were called before a repair, and their serials now."""
DEAD: Final = Query(
    sa.select(_a.c.serial)
    .where(~VISIBLE, _a.c.serial > sa.bindparam("after"))
    .order_by(_a.c.serial)
    .limit(sa.bindparam("most"))
)
"""What the base holds, and need not lie over it any more."""
TAKE_OUT: Final = {
    "words": CLEAR_WORDS,
    "asset_numbers": Query(sa.delete(_n).where(_n.c.serial == _of)),
    **{
        table.name: Query(sa.delete(table).where(table.c.owner == _of))
        for table in (tables.asset_identifiers, tables.coverages, tables.former_identities)
    },
    "assets": Query(sa.delete(_a).where(_a.c.serial == _of)),
}
