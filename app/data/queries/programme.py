"""What the programme's standing is counted from: the installed base, and the year's repairs."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.base import counted
from app.data.queries.query import Query

_r: Final = tables.repairs
_s: Final = tables.repair_steps
_p: Final = tables.repair_parts
_COMPLETED: Final = sa.literal_column("'completed'", sa.Text)
_counted: Final = counted()
_APPLE: Final = _counted.c.maker == sa.literal_column("'apple'", sa.Text)
# A product whose maker is not told counts as one whose owner is not told: it may be ours or not.
_HELD: Final = sa.case(
    (_APPLE, _counted.c.ownership),
    else_=sa.literal_column("'unknown'", sa.Text),
)
_NUMBER: Final = sa.func.sum(_counted.c.count)
_GROUP: Final = (_counted.c.family, _HELD, _counted.c.proven, _counted.c.leased_until)
INSTALLED_BASE: Final = Query(
    sa.select(
        _counted.c.family,
        _HELD,
        _counted.c.proven,
        sa.func.nullif(_counted.c.leased_until, sa.literal_column("''", sa.Text)),
        _NUMBER,
    )
    .where(sa.or_(_APPLE, _counted.c.maker == ""), _counted.c.family != "")
    .group_by(*_GROUP)
    .having(sa.literal_column("0") != _NUMBER)
    .order_by(*_GROUP)
)
"""Counted when a product was written, in both layers: nobody goes through the register."""
_PARTS: Final = (
    sa.select(
        sa.func.json_group_array(sa.func.json_array(_p.c.part_number, _p.c.kgb)).aggregate_order_by(
            _p.c.place
        )
    )
    .where(_p.c.repair == _r.c.id)
    .correlate(_r)
    .scalar_subquery()
)
COMPLETED: Final = Query(
    sa.select(_r.c.number, _r.c.serial, _r.c.opened_at, _s.c.at, _r.c.signed_by, _PARTS)
    .join_from(_r, _s, _s.c.repair == _r.c.id)
    .where(_r.c.step == _COMPLETED, _s.c.step == _COMPLETED)
    .where(_s.c.at >= sa.bindparam("since"), _s.c.at < sa.bindparam("until"))
    .order_by(_s.c.at, _r.c.id)
)
"""A completed repair is never taken up again, so that it has one such step."""
