"""The whole journal, for its proof."""

from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.own import OWN
from app.data.queries.query import Query

_e: Final = tables.entries
_b: Final = tables.benches
BENCHES: Final = Query(
    sa.select(_b.c.key, _b.c.bench_id, _b.c.head_seq, _b.c.head_hash).order_by(
        # This bench first, then the others in the order that they came.
        _b.c.key != OWN,
        _b.c.key,
    )
)


def _bytes(column: sa.Column[Any]) -> sa.Label[bytes]:
    """A text as bytes: what is no UTF-8 must not end the check."""
    return sa.cast(column, sa.LargeBinary).label(column.name)


ENTRIES: Final = Query(
    sa.select(
        _e.c.seq,
        _e.c.id,
        _bytes(_e.c.kind),
        _bytes(_e.c.subject),
        _bytes(_e.c.actor),
        _bytes(_e.c.payload),
        _e.c.recorded_at,
        _e.c.schema,
        _e.c.hash,
        _e.c.arrival_digest,
        _e.c.revision,
        _e.c.former_revision,
        _bytes(_e.c.outcome),
        _bytes(_e.c.outcome_code),
        _e.c.answer_seal,
    )
    .where(_e.c.bench == sa.bindparam("of"))
    .order_by(_e.c.seq)
)
HASH: Final = Query(
    sa.select(_e.c.hash)
    .join_from(_e, _b, _e.c.bench == _b.c.key)
    .where(_b.c.bench_id == sa.bindparam("of"), _e.c.seq == sa.bindparam("place"))
)
