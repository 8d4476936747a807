"""One product, by what is scanned of it, in both layers of the register."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.base import tables as base
from app.data.queries.base import VISIBLE, uncovered
from app.data.queries.query import Query
from app.data.values import EID_RANK, FORMER_RANK, IMEI_RANK, MEID_RANK, SERIAL_RANK, TAG_RANK

_a: Final = tables.assets
_i: Final = tables.asset_identifiers
_v: Final = tables.coverages
_f: Final = tables.former_identities
_p: Final = base.products
_of: Final = sa.bindparam("of", type_=sa.Text)
_IMEIS: Final = (
    sa.select(sa.func.json_group_array(_i.c.value).aggregate_order_by(_i.c.place))
    .where(_i.c.owner == _a.c.serial, _i.c.rank == sa.literal_column(str(IMEI_RANK)))
    .correlate(_a)
    .scalar_subquery()
)
_COVERAGES: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(
                _v.c.issuer,
                _v.c.kind,
                _v.c.starts,
                _v.c.ends,
                _v.c.source,
                _v.c.checked_on,
                _v.c.status,
            )
        ).aggregate_order_by(_v.c.place)
    )
    .where(_v.c.owner == _a.c.serial)
    .correlate(_a)
    .scalar_subquery()
)
_FORMER: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(_f.c.value, _f.c.until, _f.c.repair)
        ).aggregate_order_by(_f.c.place)
    )
    .where(_f.c.owner == _a.c.serial)
    .correlate(_a)
    .scalar_subquery()
)
_NOT_OWN: Final = frozenset({"epoch", "revision", "is_deleted"})
_OWN: Final = tuple(one for one in _a.c if one.name not in _NOT_OWN)
_ABOVE: Final = (*_OWN, _IMEIS, _COVERAGES, _FORMER)
_BELOW: Final = tuple(one for one in _p.c if one.name not in {"id", "revision"})
_found: Final = _i.alias("found")

ABOVE: Final = Query(
    sa.select(_found.c.rank, *_ABOVE)
    .join_from(_found, _a, _found.c.owner == _a.c.serial)
    .where(_found.c.value == _of, _a.c.is_deleted == 0, VISIBLE)
    .order_by(_found.c.rank, _found.c.owner)
    .limit(1)
)
"""The product over the base that a text means, after the text's rank."""
ABOVE_BY_SERIAL: Final = Query(
    sa.select(*_ABOVE).where(_a.c.serial == _of, _a.c.is_deleted == 0, VISIBLE)
)


def _by(name: str, rank: int) -> sa.Select[int, int]:
    column = _p.c[name]
    ranked = sa.select(_p.c.id, sa.literal_column(str(rank), sa.Integer).label("rank"))
    filled = [] if rank == SERIAL_RANK else [column != ""]  # so that its index holds it
    return ranked.where(column == _of, *filled, uncovered(_p))


_more: Final = base.identifiers
_beside: Final = (
    sa.select(_p.c.id, _more.c.rank)
    .join_from(_more, _p, _more.c.product == _p.c.id)
    .where(_more.c.value == _of, uncovered(_p))
)
_first: Final = (
    sa.union_all(
        _by("serial", SERIAL_RANK),
        _by("imei", IMEI_RANK),
        _by("imei2", IMEI_RANK),
        _beside.where(_more.c.rank == IMEI_RANK),
        # A tag is text that anybody wrote: only letters of ASCII have capitals there.
        _by("tag", TAG_RANK).where(
            sa.or_(
                sa.func.length(_of) == sa.func.length(sa.cast(_of, sa.LargeBinary)),
                sa.collate(_p.c.tag, "BINARY") == _of,
            )
        ),
        _by("meid", MEID_RANK),
        _by("eid", EID_RANK),
        _beside.where(_more.c.rank == FORMER_RANK),
    )
    .limit(1)
    .subquery("first")
)
BELOW: Final = Query(
    sa.select(_first.c.rank, *_BELOW).join_from(_first, _p, _first.c.id == _p.c.id)
)
"""The product of the base that a text means, after the text's rank; a union is read in order."""
BELOW_BY_SERIAL: Final = Query(sa.select(*_BELOW).where(_p.c.serial == _of, uncovered(_p)))
_listed: Final = sa.func.json_each(sa.bindparam("serials", type_=sa.Text)).table_valued("value")
ABOVE_MANY: Final = Query(
    sa.select(*_ABOVE).where(
        _a.c.serial.in_(sa.select(_listed.c.value)), _a.c.is_deleted == 0, VISIBLE
    )
)
BELOW_MANY: Final = Query(
    sa.select(*_BELOW).where(_p.c.serial.in_(sa.select(_listed.c.value)), uncovered(_p))
)
REVISION: Final = Query(
    sa.union_all(
        sa.select(_a.c.revision).where(_a.c.serial == _of, VISIBLE),
        sa.select(_p.c.revision).where(_p.c.serial == _of, uncovered(_p)),
    )
)
