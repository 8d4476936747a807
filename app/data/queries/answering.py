"""What the account service answered on this bench's entries."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.queries import entries
from app.data.queries.own import OWN
from app.data.queries.query import Query

_b: Final = tables.benches
_e: Final = tables.entries
_BATCH: Final = 1_000
"""How many are numbered anew at a time."""
PENDING: Final = Query(
    entries.FROM_ENTRIES.where(
        _e.c.bench == OWN,
        _e.c.seq > sa.select(_b.c.answered_seq).where(_b.c.key == OWN).scalar_subquery(),
    )
    .order_by(_e.c.seq)
    .limit(sa.bindparam("most"))
)
REFUSED: Final = Query(
    sa.select(*entries.COLUMNS, _e.c.outcome_code)
    .join_from(_e, _b, _e.c.bench == _b.c.key)
    .where(_e.c.bench == OWN, _e.c.outcome == sa.literal_column(f"'{REJECTED}'"))
    .order_by(_e.c.seq)
)
ANSWERED: Final = Query(sa.update(_b).where(_b.c.key == sa.bindparam("of")), "answered_seq")
_STORED_COLUMNS: Final = (
    _e.c.subject,
    _e.c.hash,
    _e.c.revision,
    _e.c.former_revision,
    _e.c.outcome,
    _e.c.outcome_code,
    _e.c.kind,
)
STORED: Final = Query(
    sa.select(*_STORED_COLUMNS).where(
        _e.c.bench == sa.bindparam("in_bench"), _e.c.seq == sa.bindparam("place")
    )
)
NUMBERED: Final = Query(
    sa.select(_e.c.bench, _e.c.seq, *_STORED_COLUMNS)
    .where(_e.c.revision.is_not(None))
    .limit(_BATCH)
)
ANSWER: Final = Query(
    sa.update(_e).where(_e.c.bench == sa.bindparam("in_bench"), _e.c.seq == sa.bindparam("place")),
    "revision",
    "former_revision",
    "outcome",
    "outcome_code",
    "answer_seal",
)
SHARED: Final = Query(
    sa.select(_e.c.seq)
    .where(_e.c.subject == sa.bindparam("about"), _e.c.bench != sa.bindparam("own"))
    .limit(1)
)
