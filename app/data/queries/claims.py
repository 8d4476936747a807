"""Parts that several repairs claim."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.queries.entries import CANONICAL_ORDER, FROM_ENTRIES
from app.data.queries.query import Query
from app.domain.claims import FITTED
from app.domain.repairs import CLAIMED_TWICE

_c: Final = tables.repair_conflicts
_e: Final = tables.entries
_p: Final = tables.repair_parts
_SUBJECTS: Final = sa.func.json_each(sa.bindparam("subjects")).table_valued("value")

CLAIMS_OF: Final = Query(
    sa.select(_e.c.payload).where(
        _e.c.subject == sa.bindparam("subject"), _e.c.kind == sa.literal_column(f"'{FITTED}'")
    )
)
_SHARED: Final = sa.select(_p.c.kgb).group_by(_p.c.kgb).having(sa.func.count() > 1)
SHARING: Final = Query(sa.select(_p.c.repair).where(_p.c.kgb.in_(_SHARED)).distinct())
HOLDERS: Final = Query(sa.select(_p.c.repair).where(_p.c.kgb == sa.bindparam("of")).distinct())
CLAIMED_IN_VAIN: Final = Query(
    sa.select(_c.c.repair, _e.c.payload)
    .join_from(_c, _e, _e.c.id == sa.func.unhex(_c.c.entry_id, sa.literal_column("'-'")))
    .where(_c.c.code == sa.literal_column(f"'{CLAIMED_TWICE}'"))
)
FOLDED: Final = Query(
    FROM_ENTRIES.where(_e.c.subject.in_(sa.select(_SUBJECTS.c.value)))
    .where(sa.func.coalesce(_e.c.outcome, "") != REJECTED)
    .order_by(*CANONICAL_ORDER)
)
