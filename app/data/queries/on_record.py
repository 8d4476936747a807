"""Who and what the ledgers and the repairs name, whether or not a register holds it."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.answers import REJECTED
from app.data.queries.query import Query
from app.domain.esd import WRIST, EsdVerdict

_e: Final = tables.entries
_r: Final = tables.esd_readings
_s: Final = tables.repair_steps
_p: Final = tables.repair_parts
_c: Final = tables.repair_conflicts
_t: Final = tables.taken_back


def _said(text: str) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{text}'")


TESTERS: Final = Query(
    sa.select(_r.c.tester_id)
    .distinct()
    .where(
        _r.c.tester_id != _said(""),
        _r.c.channel == _said(WRIST),
        _r.c.verdict == _said(EsdVerdict.PASS.value),
        _r.c.person_id != _said(""),
    )
)
"""The testers of readings that let somebody work (`app.data.queries.recall.GUARDS`)."""

_IS_WORK: Final = _e.c.kind.in_(
    [_said("part.fitted"), _said("repair.status_changed"), _said("repair.opened")]
)
"""What `app.data.recall` takes for work where no state holds it."""


def _cited(table: sa.Table, column: str) -> sa.Select[tuple[str]]:
    of = _e.c.id == sa.func.unhex(table.c[column], _said("-"))
    return sa.select(_e.c.actor).join_from(table, _e, of).where(_IS_WORK)


WORKERS: Final = Query(
    sa.union(
        sa.select(_s.c.actor),
        sa.select(_p.c.actor),
        sa.select(_e.c.actor).where(_e.c.outcome == _said(REJECTED), _IS_WORK),
        _cited(_c, "entry_id"),
        _cited(_t, "cited"),
    )
)
"""Whoever took a step or fitted a part: as it stands, and as it was undone, parked or refused."""
