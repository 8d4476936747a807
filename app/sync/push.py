"""Up: this bench's entries, in seq order, until none waits for an answer.

Each answer is stored before the next batch goes. Where the program dies in between, the entries
are sent again and come back as ``known``: the service answers an entry once and remembers.
"""

import logging
from typing import Final

from app.services.ports import SyncStore
from app.sync.batch import Batch, batch_of
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.tally import Tally
from app.sync.wire import Pushed, nonsense

PUSHED_AT_ONCE: Final = 250
"""The contract takes 1,000, but the thread that stores the answers also answers scans."""
_TOO_MUCH: Final = frozenset({"entry_too_large", "timed_out"})
"""The way takes less than the service does, or is so slow that a full batch never arrives."""
_SMALLER: Final = 4

log = logging.getLogger("repair_bench.sync.push")


def push_pending(client: ServiceClient, store: SyncStore, tally: Tally) -> None:
    """Send what waits and store every answer.

    Raises:
        SyncFaultError: As `ServiceClient.push`; ``gap`` means that the service lacks entries that
            it once acknowledged.
    """
    limit = PUSHED_AT_ONCE
    while entries := store.pending(limit):
        batch = batch_of(entries)
        answer = _answer(client, batch)
        if answer is None:
            limit = max(1, len(batch.entries) // _SMALLER)
            continue
        store.record_outcomes(answer.outcomes)
        tally.answered(answer.outcomes)


def _answer(client: ServiceClient, batch: Batch) -> Pushed | None:
    """The service's answer; None where the batch must be smaller."""
    first = batch.entries[0].seq
    try:
        return client.push(batch)
    except SyncFaultError as fault:
        if fault.code == "gap" and int(fault.fields["expected_seq"]) >= first:
            raise nonsense("gap") from fault  # it was just sent what it says that it expects
        if fault.code not in _TOO_MUCH:
            raise
        if len(batch.entries) > 1:
            log.info("%d entries were too much at once: %s", len(batch.entries), fault)
            return None
        if fault.code == "entry_too_large":
            raise SyncFaultError("entry_too_large", {"seq": first}) from fault
        raise
