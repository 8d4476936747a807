"""Small secrets."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_s: Final = tables.secrets
GET: Final = Query(sa.select(_s.c.value).where(_s.c.name == sa.bindparam("of")))
SET: Final = Query(sa.insert(_s).prefix_with("OR REPLACE"), "name", "value")
DELETE: Final = Query(sa.delete(_s).where(_s.c.name == sa.bindparam("of")))
