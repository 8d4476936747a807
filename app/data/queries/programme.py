"""What the programme's standing is counted from: the installed base, and the year's repairs."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_a: Final = tables.assets
_r: Final = tables.repairs
_s: Final = tables.repair_steps
_COMPLETED: Final = sa.literal_column("'completed'", sa.Text)
_APPLE: Final = _a.c.maker == sa.literal_column("'apple'", sa.Text)
# A product whose maker is not told counts as one whose owner is not told: it may be ours or not.
_OWNERSHIP: Final = sa.case(
    (_APPLE, _a.c.ownership),
    else_=sa.literal_column("'unknown'", sa.Text),
)
_PROVEN: Final = sa.or_(_a.c.proof != "", _a.c.order != "", _a.c.document != "")
INSTALLED_BASE: Final = Query(
    sa.select(
        _a.c.family,
        _OWNERSHIP.label("held"),
        _PROVEN.label("proven"),
        _a.c.leased_until,
        sa.func.count(),
    )
    .where(_a.c.is_deleted == 0, sa.or_(_APPLE, _a.c.maker == ""), _a.c.family.is_not(None))
    .group_by(_a.c.family, sa.text("held"), sa.text("proven"), _a.c.leased_until)
    .order_by(_a.c.family, sa.text("held"), sa.text("proven"), _a.c.leased_until)
)
COMPLETED: Final = Query(
    sa.select(_r.c.id)
    .join_from(_r, _s, _s.c.repair == _r.c.id)
    .where(_r.c.step == _COMPLETED, _s.c.step == _COMPLETED)
    .where(_s.c.at >= sa.bindparam("since"), _s.c.at < sa.bindparam("until"))
    .order_by(_s.c.at, _r.c.id)
)
"""A completed repair is never taken up again, so that it has one such step."""
