"""Raw frames."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_f: Final = tables.frames
KEEP: Final = Query(sa.insert(_f), *(column.name for column in _f.c))
OF_ENTRY: Final = Query(sa.select(*_f.c).where(_f.c.entry_id == sa.bindparam("of")))
