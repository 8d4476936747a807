"""What comes down from the account service."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.queries.query import Query

_b: Final = tables.benches
_e: Final = tables.entries
PLACE_OF: Final = Query(sa.select(_e.c.bench, _e.c.seq).where(_e.c.id == sa.bindparam("of")))
BENCH: Final = Query(
    sa.select(_b.c.key, _b.c.head_seq, _b.c.head_hash).where(_b.c.bench_id == sa.bindparam("of"))
)
ADD_BENCH: Final = Query(sa.insert(_b), "bench_id", "head_hash")
LATER: Final = Query(
    sa.select(_e.c.seq)
    .where(_e.c.subject == sa.bindparam("about"))
    .where(_e.c.revision.is_(None) | (_e.c.revision > sa.bindparam("than")))
    .where(sa.func.coalesce(_e.c.outcome, "") != REJECTED)
    .limit(1)
)
