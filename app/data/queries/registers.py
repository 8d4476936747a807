"""What the use cases ask of the registers: one statement a question."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query
from app.data.values import ESD_TESTER
from app.domain.equipment import IN_SERVICE

_p: Final = tables.people
_c: Final = tables.certifications
_e: Final = tables.exams
_q: Final = tables.equipment
_n: Final = tables.catalogue
_l: Final = tables.lots
_o: Final = tables.account
_CERTIFICATIONS: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(
                _c.c.name,
                sa.func.json(_c.c.families),
                _c.c.valid_from,
                _c.c.valid_until,
                _c.c.proof,
            )
        ).aggregate_order_by(_c.c.place)
    )
    .where(_c.c.owner == _p.c.id)
    .correlate(_p)
    .scalar_subquery()
)
_EXAMS: Final = (
    sa.select(
        sa.func.json_group_array(
            sa.func.json_array(
                _e.c.name, _e.c.taken_on, _e.c.passed, _e.c.voucher, _e.c.cost, _e.c.currency
            )
        ).aggregate_order_by(_e.c.place)
    )
    .where(_e.c.owner == _p.c.id)
    .correlate(_p)
    .scalar_subquery()
)
_PEOPLE: Final = sa.select(
    _p.c.id,
    _p.c.name,
    _p.c.badge,
    _p.c.role,
    _p.c.tech_id,
    _CERTIFICATIONS,
    _EXAMS,
).where(_p.c.is_deleted == 0)
PERSON: Final = Query(_PEOPLE.where(_p.c.id == sa.bindparam("of")))
EVERYBODY: Final = Query(_PEOPLE.order_by(_p.c.badge, _p.c.id))
BY_BADGE: Final = Query(_PEOPLE.where(_p.c.badge == sa.bindparam("of")).order_by(_p.c.id).limit(1))
TESTER: Final = Query(
    sa.select(_q.c.id, _q.c.name, _q.c.serial, _q.c.calibration_due)
    .where(_q.c.device == sa.bindparam("of"), _q.c.kind == ESD_TESTER, _q.c.is_deleted == 0)
    .where(_q.c.state.in_([sa.literal_column(f"'{one.value}'") for one in sorted(IN_SERVICE)]))
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
_TERMS: Final = tuple(one for one in _o.c if one.name not in {"key", "revision", "is_deleted"})
ACCOUNT: Final = Query(sa.select(*_TERMS).where(_o.c.is_deleted == 0))
_EQUIPMENT: Final = sa.select(
    *(one for one in _q.c if one.name not in {"revision", "is_deleted"})
).where(_q.c.is_deleted == 0)
ALL_EQUIPMENT: Final = Query(_EQUIPMENT.order_by(_q.c.kind, _q.c.id))
EQUIPMENT: Final = Query(_EQUIPMENT.where(_q.c.id == sa.bindparam("of")))
