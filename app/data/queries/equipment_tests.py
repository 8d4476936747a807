"""What was tested of the equipment."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_t: Final = tables.equipment_tests
_NAMES: Final = tuple(column.name for column in _t.c)
_ITEM: Final = tuple(column for column in _t.c if column.name != "equipment_id")
BY_PIECE: Final = Query(
    sa.select(*_ITEM).where(_t.c.equipment_id == sa.bindparam("of")).order_by(_t.c.item)
)
EVERY: Final = Query(sa.select(*_t.c).order_by(_t.c.equipment_id, _t.c.item))
INSERT: Final = Query(sa.insert(_t), *_NAMES)
DELETE: Final = Query(sa.delete(_t).where(_t.c.equipment_id == sa.bindparam("of")))
