"""What the use cases ask of the registers: one statement a question."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query
from app.data.values import ESD_TESTER, IMEI_RANK

_a: Final = tables.assets
_i: Final = tables.asset_identifiers
_v: Final = tables.coverages
_p: Final = tables.people
_c: Final = tables.certifications
_q: Final = tables.equipment
_n: Final = tables.catalogue
_l: Final = tables.lots
_o: Final = tables.account
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
                _v.c.issuer, _v.c.kind, _v.c.starts, _v.c.ends, _v.c.source, _v.c.checked_on
            )
        ).aggregate_order_by(_v.c.place)
    )
    .where(_v.c.owner == _a.c.serial)
    .correlate(_a)
    .scalar_subquery()
)
_found: Final = _i.alias("found")
ASSET: Final = Query(
    sa.select(
        _a.c.serial,
        _a.c.model,
        _a.c.family,
        _a.c.ownership,
        _a.c.maker,
        _a.c.tag,
        _a.c.holder,
        _a.c.lessor,
        _a.c.leased_until,
        _a.c.proof,
        _IMEIS,
        _COVERAGES,
    )
    .join_from(_found, _a, _found.c.owner == _a.c.serial)
    .where(_found.c.value == sa.bindparam("of"), _a.c.is_deleted == 0)
    .order_by(_found.c.rank, _found.c.owner)
    .limit(1)
)
_CERTIFICATIONS: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(
                _c.c.name, sa.func.json(_c.c.families), _c.c.valid_from, _c.c.valid_until
            )
        ).aggregate_order_by(_c.c.place)
    )
    .where(_c.c.owner == _p.c.id)
    .correlate(_p)
    .scalar_subquery()
)
_PEOPLE: Final = sa.select(
    _p.c.id, _p.c.name, _p.c.badge, _p.c.role, _p.c.tech_id, _CERTIFICATIONS
).where(_p.c.is_deleted == 0)
PERSON: Final = Query(_PEOPLE.where(_p.c.id == sa.bindparam("of")))
EVERYBODY: Final = Query(_PEOPLE.order_by(_p.c.badge, _p.c.id))
BY_BADGE: Final = Query(_PEOPLE.where(_p.c.badge == sa.bindparam("of")).order_by(_p.c.id).limit(1))
TESTER: Final = Query(
    sa.select(_q.c.id, _q.c.name, _q.c.serial, _q.c.calibration_due)
    .where(_q.c.device == sa.bindparam("of"), _q.c.kind == ESD_TESTER, _q.c.is_deleted == 0)
    .order_by(_q.c.id)
    .limit(1)
)
PART: Final = Query(
    sa.select(_n.c.number, _n.c.name, _n.c.opens_device).where(
        _n.c.number == sa.bindparam("of"), _n.c.is_deleted == 0
    )
)
LOT: Final = Query(
    sa.select(
        _l.c.component_serial,
        _l.c.part_number,
        _l.c.order,
        _l.c.delivery,
        _l.c.received_on,
        _l.c.source,
    ).where(_l.c.component_serial == sa.bindparam("of"), _l.c.is_deleted == 0)
)
ACCOUNT: Final = Query(
    sa.select(_o.c.name, _o.c.site, _o.c.account, _o.c.time_zone, _o.c.esd_profile).where(
        _o.c.is_deleted == 0
    )
)
