"""What was tested of the equipment, and who worked when: what the ESD plan is held against."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_t: Final = tables.equipment_tests
_s: Final = tables.repair_steps
_p: Final = tables.repair_parts
_e: Final = tables.entries
_NAMES: Final = tuple(column.name for column in _t.c)
_ITEM: Final = tuple(column for column in _t.c if column.name != "equipment_id")
BY_PIECE: Final = Query(
    sa.select(*_ITEM).where(_t.c.equipment_id == sa.bindparam("of")).order_by(_t.c.item)
)
EVERY: Final = Query(sa.select(*_t.c).order_by(_t.c.equipment_id, _t.c.item))
INSERT: Final = Query(sa.insert(_t), *_NAMES)
DELETE: Final = Query(sa.delete(_t).where(_t.c.equipment_id == sa.bindparam("of")))

# Zones are off by whole quarters of an hour: the first moment of each tells every site's days.
_QUARTER: Final = 15 * 60 * 1_000_000
_FITTED: Final = sa.select(_e.c.actor, _e.c.recorded_at.label("at")).join_from(
    _p, _e, _e.c.id == sa.func.unhex(_p.c.entry_id, sa.literal_column("'-'"))
)
_WORK: Final = sa.union_all(sa.select(_s.c.actor, _s.c.at), _FITTED).subquery("work")
_FIRST: Final = sa.literal_column("'person:'", sa.Text)
_END: Final = sa.literal_column("'person;'", sa.Text)
WORK: Final = Query(
    sa.select(_WORK.c.actor, sa.func.min(_WORK.c.at))
    .where(_WORK.c.actor >= _FIRST, _WORK.c.actor < _END)
    .where(_WORK.c.at >= sa.bindparam("since"), _WORK.c.at < sa.bindparam("until"))
    .group_by(_WORK.c.actor, _WORK.c.at // sa.literal_column(str(_QUARTER), sa.Integer))
    .order_by(sa.func.min(_WORK.c.at), _WORK.c.actor)
)
