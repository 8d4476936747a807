"""Where the bench stands with the account service."""

from app.data.compiled import sync_states as sql
from app.data.driver import Connection
from app.domain.journal import GENESIS
from app.services.ports import SyncState


def sync_state_of(connection: Connection) -> SyncState:
    """The cursor, and what waits for the service."""
    service, revision, chain = cursor(connection)
    waiting, rejected = sql.WAITING.first(connection), sql.REFUSED.first(connection)
    return SyncState(
        enrolled=service is not None,
        waiting=waiting[0] if waiting else 0,
        rejected=rejected[0] if rejected else 0,
        revision=revision,
        chain=chain,
    )


def cursor(connection: Connection) -> tuple[str | None, int, str]:
    """The service, and the last revision pulled from it with its chain."""
    row = sql.CURSOR.first(connection)
    return (None, 0, GENESIS) if row is None else (row[0], row[1], row[2])


def set_cursor(connection: Connection, service: str | None, revision: int, chain: str) -> None:
    """Move the cursor."""
    sql.SET_CURSOR.run(connection, one=1, service=service, revision=revision, chain=chain)
