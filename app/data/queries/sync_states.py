"""Where the bench stands with the account service."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.queries.own import OWN
from app.data.queries.query import Query

_b: Final = tables.benches
_e: Final = tables.entries
_c: Final = tables.sync_cursor
CURSOR: Final = Query(sa.select(_c.c.service, _c.c.revision, _c.c.chain))
WAITING: Final = Query(sa.select(_b.c.head_seq - _b.c.answered_seq).where(_b.c.key == OWN))
REFUSED: Final = Query(
    sa.select(sa.func.count())
    .select_from(_e)
    .where(_e.c.bench == OWN, _e.c.outcome == sa.literal_column(f"'{REJECTED}'"))
)
SET_CURSOR: Final = Query(
    sa.insert(_c).prefix_with("OR REPLACE"), "one", "service", "revision", "chain"
)
