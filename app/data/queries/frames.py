"""Raw frames, in the rows of their entries."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_e: Final = tables.entries
_FRAME: Final = tuple(column for column in _e.c if column.name.startswith("frame_"))
OF_ENTRY: Final = Query(
    sa.select(*_FRAME).where(_e.c.id == sa.bindparam("of"), _e.c.frame_device.is_not(None))
)
