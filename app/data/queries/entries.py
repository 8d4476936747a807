"""Journal entries."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.queries.query import Query

_e: Final = tables.entries
_b: Final = tables.benches
COLUMNS: Final = (
    _e.c.id,
    _b.c.bench_id,
    _e.c.seq,
    _e.c.kind,
    _e.c.subject,
    _e.c.actor,
    _e.c.recorded_at,
    _e.c.schema,
    _e.c.payload,
    _e.c.hash,
    _e.c.revision,
)
"""What `app.data.entries.entry_of` reads, in its order."""
CANONICAL_ORDER: Final = (
    _e.c.revision.is_(None),
    _e.c.revision,
    # After the service was restored, what it had numbered before stays in that order.
    _e.c.former_revision.is_(None),
    _e.c.former_revision,
    _e.c.bench,
    _e.c.seq,
)
"""By revision, then what is pending by seq (`app.domain.folds.canonical_order`)."""
FROM_ENTRIES: Final = sa.select(*COLUMNS).join_from(_e, _b, _e.c.bench == _b.c.key)
_OF_SUBJECT: Final = FROM_ENTRIES.where(_e.c.subject == sa.bindparam("of")).order_by(
    *CANONICAL_ORDER
)
EVERY: Final = Query(FROM_ENTRIES.order_by(_e.c.bench, _e.c.seq))
BY_ID: Final = Query(FROM_ENTRIES.where(_e.c.id == sa.bindparam("of")))
TIMELINE: Final = Query(_OF_SUBJECT)
_kinds: Final = sa.func.json_each(sa.bindparam("kinds", type_=sa.Text)).table_valued("value")
OF_KINDS: Final = Query(_OF_SUBJECT.where(_e.c.kind.in_(sa.select(_kinds.c.value))))
FOLDED: Final = Query(_OF_SUBJECT.where(sa.func.coalesce(_e.c.outcome, "") != REJECTED))
AT: Final = Query(
    FROM_ENTRIES.where(_e.c.bench == sa.bindparam("in_bench"), _e.c.seq == sa.bindparam("place"))
)
_OWN_COLUMNS: Final = (
    "bench",
    "seq",
    "id",
    "kind",
    "subject",
    "actor",
    "recorded_at",
    "schema",
    "payload",
    "hash",
)
INSERT: Final = Query(sa.insert(_e), *_OWN_COLUMNS)
INSERT_FRAMED: Final = Query(
    sa.insert(_e), *_OWN_COLUMNS, *(one.name for one in _e.c if one.name.startswith("frame_"))
)
INSERT_PULLED: Final = Query(
    sa.insert(_e), *_OWN_COLUMNS, "revision", "outcome", "arrival_digest", "answer_seal"
)
