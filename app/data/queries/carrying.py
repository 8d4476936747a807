"""A bench's new identity."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import CARRIED
from app.data.queries import entries
from app.data.queries.own import OWN
from app.data.queries.query import Query

_b: Final = tables.benches
_e: Final = tables.entries
WERE_OWN: Final = Query(sa.select(_b.c.key).where(_b.c.was_own == 1).order_by(_b.c.key))
LAST_ANSWERED: Final = Query(
    sa.select(sa.func.coalesce(sa.func.max(_e.c.seq), 0)).where(
        _e.c.bench == sa.bindparam("in_bench"),
        _e.c.revision.is_not(None) | _e.c.outcome.is_not(None),
    )
)
SILENT: Final = Query(
    sa.select(_e.c.seq, _e.c.subject, _e.c.hash).where(
        _e.c.bench == sa.bindparam("in_bench"),
        _e.c.seq < sa.bindparam("before"),
        _e.c.revision.is_(None),
        _e.c.outcome.is_(None),
    )
)
AFTER: Final = Query(
    entries.FROM_ENTRIES.where(
        _e.c.bench == sa.bindparam("in_bench"), _e.c.seq > sa.bindparam("after")
    ).order_by(_e.c.seq)
)
TAKE_OUT: Final = Query(sa.delete(_e).where(_e.c.id == sa.bindparam("of")))
KEPT: Final = Query(
    sa.select(tables.misfits.c.raw).where(
        tables.misfits.c.register == CARRIED, tables.misfits.c.key == sa.bindparam("of")
    )
)
WAS_OWN: Final = Query(sa.update(_b).where(_b.c.key == OWN).values(was_own=sa.literal_column("1")))
ADD_BENCH: Final = Query(sa.insert(_b), "bench_id", "head_hash")
KEY_OF: Final = Query(sa.select(_b.c.key).where(_b.c.bench_id == sa.bindparam("of")))
SET_OWN: Final = Query(sa.update(tables.own_bench), "bench", "created_at")
COUNT: Final = Query(sa.select(sa.func.count()).select_from(_e))
