"""Technicians' ESD standing."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_s: Final = tables.esd_states
_NAMES: Final = tuple(column.name for column in _s.c)
BY_PERSON: Final = Query(sa.select(*_s.c).where(_s.c.person_id == sa.bindparam("of")))
INSERT: Final = Query(sa.insert(_s).prefix_with("OR REPLACE"), *_NAMES)
DELETE: Final = Query(sa.delete(_s).where(_s.c.person_id == sa.bindparam("of")))
