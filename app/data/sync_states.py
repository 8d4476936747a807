"""Where the bench stands with the account service."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.entries import REJECTED
from app.domain.journal import GENESIS
from app.services.ports import SyncState

_b: Final = tables.benches
_e: Final = tables.entries
_own: Final = sa.select(tables.own_bench.c.bench).scalar_subquery()

FROM_UNANSWERED: Final = (
    (_e.c.bench == _own)
    & (_e.c.seq > sa.select(_b.c.answered_seq).where(_b.c.key == _own).scalar_subquery())
    & _e.c.outcome.is_(None)
)
"""Which entries are still to be pushed."""

_CURSOR: Final = sa.select(
    tables.sync_cursor.c.service, tables.sync_cursor.c.revision, tables.sync_cursor.c.chain
)
_WAITING: Final = sa.select(sa.func.count()).select_from(_e).where(FROM_UNANSWERED)
_REJECTED: Final = (
    sa.select(sa.func.count())
    .select_from(_e)
    .where(_e.c.bench == _own, _e.c.outcome == sa.literal_column(f"'{REJECTED}'"))
)


def sync_state_of(connection: sa.Connection) -> SyncState:
    """The cursor, and what waits for the service."""
    cursor = connection.execute(_CURSOR).first()
    return SyncState(
        enrolled=cursor is not None and cursor.service is not None,
        waiting=connection.execute(_WAITING).scalar_one(),
        rejected=connection.execute(_REJECTED).scalar_one(),
        revision=0 if cursor is None else cursor.revision,
        chain=GENESIS if cursor is None else cursor.chain,
    )
