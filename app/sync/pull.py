"""Down: the organisation's log from where this bench stands, page by page, each proved first."""

import logging
from typing import Final

from app.domain.journal import GENESIS
from app.services.ports import SyncStore
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.proof import Cursor, Heads, proved
from app.sync.tally import Tally

log = logging.getLogger("repair_bench.sync.pull")

PAGE_ITEMS: Final = 500
APPLIED_AT_ONCE: Final = 100
"""The thread that applies them also answers scans: 40 ms, measured, keeps nobody waiting."""


def pull_all(client: ServiceClient, store: SyncStore, tally: Tally) -> None:
    """Apply the log to its end.

    Raises:
        SyncFaultError: As `ServiceClient.log`; what a refused page held was not applied.
    """
    state = store.sync_state()
    cursor = Cursor(state.revision, state.chain or GENESIS)
    heads = Heads()
    more = True
    while more:
        page = client.log(after=cursor.revision, chain=cursor.chain, limit=PAGE_ITEMS)
        try:
            items, cursor = proved(page, cursor, heads)
        except SyncFaultError as fault:
            log.warning("a page after revision %d was refused: %s", cursor.revision, fault)
            raise
        for start in range(0, len(items), APPLIED_AT_ONCE):
            piece = items[start : start + APPLIED_AT_ONCE]
            store.apply_page(piece)  # a page too: each item carries the chain at its place
            tally.came_down(len(piece))
        more = page.more
