"""What recalls ask: one statement a question.

Parts are looked for by reading them all: 150,000 take 80 ms, and no scan pays for indexes that
nobody else asks for.
"""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.base import tables as base
from app.data.queries.base import VISIBLE, uncovered
from app.data.queries.entries import CANONICAL_ORDER
from app.data.queries.query import Query
from app.domain.esd import WRIST, EsdVerdict
from app.domain.esd_readings import PERSON
from app.domain.repairs import Step

_e: Final = tables.entries
_r: Final = tables.esd_readings
_n: Final = _r.alias("neighbours")
_s: Final = tables.repair_steps
_p: Final = tables.repair_parts
_c: Final = tables.repair_conflicts
_t: Final = tables.taken_back
_m: Final = tables.repairs
_a: Final = tables.assets
_l: Final = tables.lots
_b: Final = base.products
_IDS: Final = sa.func.json_each(sa.bindparam("ids")).table_valued("value")
_ID: Final = sa.func.unhex(_IDS.c.value, sa.literal_column("'-'"))


def _said(text: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{text}'")


_IN_PERIOD: Final = (
    _r.c.measured_at >= sa.bindparam("first"),
    _r.c.measured_at < sa.bindparam("end"),
)
_ASKED: Final = (
    _r.c.tester_id.in_([sa.bindparam("tester"), _said("")]),
    *_IN_PERIOD,
    _r.c.channel == _said(WRIST),
    _r.c.verdict == _said(EsdVerdict.PASS.value),
    _r.c.person_id != _said(""),
)
GUARDS: Final = Query(
    sa.select(
        _r.c.entry_id, _r.c.person_id, _r.c.tester_id, _r.c.measured_at, _r.c.valid_until
    ).where(*_ASKED)
)
NEIGHBOURS: Final = Query(
    sa.select(_r.c.entry_id, _n.c.entry_id, _n.c.measured_at)
    .join_from(
        _r,
        _n,
        sa.and_(
            _n.c.person_id == _r.c.person_id,
            _n.c.measured_at >= _r.c.measured_at,
            _n.c.measured_at < _r.c.valid_until,
            _n.c.entry_id != _r.c.entry_id,
            _n.c.channel == _said(WRIST),
        ),
    )
    .where(*_ASKED)
)
_DONE_BY: Final = _said(PERSON).op("||")(_r.c.person_id)
_STEP: Final = (_s.c.repair, _s.c.entry_id, _s.c.at, _s.c.actor, _s.c.step)
_PART: Final = (
    _p.c.repair,
    _p.c.entry_id,
    _p.c.at,
    _p.c.actor,
    _p.c.part_number,
    _p.c.kgb,
    _p.c.kbb,
    _p.c.order,
    _p.c.delivery,
)
GUARDED_STEPS: Final = Query(
    sa.select(_r.c.entry_id, *_STEP)
    .join_from(
        _r,
        _s,
        sa.and_(
            _s.c.actor == _DONE_BY,
            _s.c.at >= _r.c.measured_at,
            _s.c.at < _r.c.valid_until,
            _s.c.step == _said(Step.IN_REPAIR.value),
        ),
    )
    .where(*_ASKED)
)
GUARDED_PARTS: Final = Query(
    sa.select(_r.c.entry_id, *_PART)
    .join_from(
        _r,
        _p,
        sa.and_(_p.c.actor == _DONE_BY, _p.c.at >= _r.c.measured_at, _p.c.at < _r.c.valid_until),
    )
    .where(*_ASKED)
)


def _by(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        table.c.actor == sa.bindparam("actor"),
        table.c.at >= sa.bindparam("first"),
        table.c.at < sa.bindparam("end"),
    )


STEPS_BY: Final = Query(sa.select(*_STEP).where(*_by(_s)))
PARTS_BY: Final = Query(sa.select(*_PART).where(*_by(_p)))


def _bought(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    """What is named has to fit; what is empty is not asked for."""
    names = ("order", "delivery", "part_number")
    return tuple(
        (sa.bindparam(name) == _said("")) | (table.c[name] == sa.bindparam(name)) for name in names
    )


_SERIAL: Final = sa.bindparam("serial", type_=sa.Text)
_HAS_SERIAL: Final = sa.or_(_said("") == _SERIAL, _p.c.kgb == _SERIAL, _p.c.kbb == _SERIAL)
PARTS_OF: Final = Query(sa.select(*_PART).where(*_bought(_p), _HAS_SERIAL))
PARTS_BY_REGISTER: Final = Query(
    sa.select(*_PART).where(
        _p.c.kgb.in_(sa.select(_l.c.component_serial).where(_l.c.is_deleted == 0, *_bought(_l))),
        _HAS_SERIAL,
    )
)
"""The parts that the register of purchases counts to a lot now, whatever was recorded of them."""
_CLAIM: Final = (_e.c.id, _e.c.kind, _e.c.subject, _e.c.actor, _e.c.recorded_at, _e.c.payload)
REJECTED_ENTRIES: Final = Query(sa.select(*_CLAIM).where(_e.c.outcome == _said(REJECTED)))
IN_CONFLICT: Final = Query(
    sa.select(*_CLAIM).join_from(_c, _e, _e.c.id == sa.func.unhex(_c.c.entry_id, _said("-")))
)
TAKEN_BACK: Final = Query(
    sa.select(*_CLAIM).join_from(_t, _e, _e.c.id == sa.func.unhex(_t.c.cited, _said("-")))
)
POSITIONS: Final = Query(
    sa.select(_IDS.c.value, *(sa.func.coalesce(one, 0) for one in CANONICAL_ORDER)).join_from(
        _IDS, _e, _e.c.id == _ID
    )
)
REPAIRS: Final = Query(
    sa.select(_m.c.id, _m.c.number, _m.c.serial, _m.c.step, _m.c.opened_at, _m.c.technician_id)
    .where(_m.c.id.in_(sa.select(_IDS.c.value)))
    .order_by(_m.c.opened_at, _m.c.id)
)


def _product(table: sa.Table) -> sa.Select[*tuple[object, ...]]:
    names = ("serial", "model", "family", "holder", "department")
    columns = (table.c[name] for name in names)
    return sa.select(*columns).join_from(_IDS, table, table.c.serial == _IDS.c.value)


PRODUCTS: Final = {
    "above": Query(_product(_a).where(_a.c.is_deleted == 0, VISIBLE)),
    "below": Query(_product(_b).where(uncovered(_b))),
}
"""Products by their serials, in both layers of the register."""
