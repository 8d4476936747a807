"""Where the bench stands with the account service."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.entries import REJECTED
from app.data.own import OWN
from app.data.statements import Statement
from app.domain.journal import GENESIS
from app.services.ports import SyncState

_b: Final = tables.benches
_e: Final = tables.entries
_c: Final = tables.sync_cursor

_CURSOR: Final = Statement(sa.select(_c.c.service, _c.c.revision, _c.c.chain))
_WAITING: Final = Statement(sa.select(_b.c.head_seq - _b.c.answered_seq).where(_b.c.key == OWN))
_REJECTED: Final = Statement(
    sa.select(sa.func.count())
    .select_from(_e)
    .where(_e.c.bench == OWN, _e.c.outcome == sa.literal_column(f"'{REJECTED}'"))
)
_SET_CURSOR: Final = Statement(
    sa.insert(_c).prefix_with("OR REPLACE"), "one", "service", "revision", "chain"
)


def sync_state_of(connection: sa.Connection) -> SyncState:
    """The cursor, and what waits for the service."""
    service, revision, chain = cursor(connection)
    waiting, rejected = _WAITING.first(connection), _REJECTED.first(connection)
    return SyncState(
        enrolled=service is not None,
        waiting=waiting[0] if waiting else 0,
        rejected=rejected[0] if rejected else 0,
        revision=revision,
        chain=chain,
    )


def cursor(connection: sa.Connection) -> tuple[str | None, int, str]:
    """The service, and the last revision pulled from it with its chain."""
    row = _CURSOR.first(connection)
    return (None, 0, GENESIS) if row is None else (row[0], row[1], row[2])


def set_cursor(connection: sa.Connection, service: str | None, revision: int, chain: str) -> None:
    """Move the cursor."""
    _SET_CURSOR.run(connection, one=1, service=service, revision=revision, chain=chain)
