"""One round of sync: up, down, and the recovery from a service that was restored."""

import logging
from typing import Final

from app.services.ports import SyncStore
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.pull import pull_all
from app.sync.push import push_pending
from app.sync.tally import SyncReport, Tally

log = logging.getLogger("repair_bench.sync")

_FORGETFUL: Final = frozenset({"gap", "restored"})
"""What a service says that was put back to an older state, to a push or to a pull."""


def sync_once(client: ServiceClient, store: SyncStore) -> SyncReport:
    """Send what waits, then take what is new.

    A service that was restored gets everything again, once: what it still has it answers as
    ``known``, what it lost it accepts. If it is forgetful even then, somebody must look.

    Raises:
        SyncFaultError: The round ended early; what was answered or applied before it stays so.
    """
    tally = Tally()
    try:
        _up_and_down(client, store, tally)
    except SyncFaultError as fault:
        if fault.code not in _FORGETFUL:
            raise
        log.warning("the service was restored (%s): starting over", fault)
        store.start_over()
        _up_and_down(client, store, tally)
    return tally.report(store.sync_state())


def _up_and_down(client: ServiceClient, store: SyncStore, tally: Tally) -> None:
    push_pending(client, store, tally)
    pull_all(client, store, tally)
    if store.carry_over():  # the bench was restored from a backup, and had more than the service
        push_pending(client, store, tally)
        pull_all(client, store, tally)
