"""Gives each entry of a batch its outcome and its place, once the organisation is locked."""

from typing import Final

from account_service.contract import SealedEntry, StoredOutcome
from account_service.services.canonical import next_chain
from account_service.services.judging import fault_of
from account_service.services.statuses import Statuses, move_of
from account_service.store.entries import NewEntry

ID_TAKEN: Final = "id_taken"


class Placing:
    """Follows the log's end while a batch is laid behind it.

    Args:
        revision: The last revision that was given.
        chain: The log's chain there.
        taken: Those of the batch's entry ids that the organisation has already.
        statuses: The statuses of the subjects that the batch touches.
    """

    def __init__(
        self, *, revision: int, chain: str, taken: set[str], statuses: dict[str, str]
    ) -> None:
        self.revision = revision
        self.chain = chain
        self._taken = taken
        self.statuses = Statuses(statuses)

    def place(self, entry: SealedEntry, canonical: bytes) -> NewEntry:
        """Judge an entry; accepted and parked ones get the next revision, rejected ones none."""
        fault = fault_of(entry)
        if fault is None and entry.id in self._taken:
            fault = ID_TAKEN
        if fault is not None:
            return NewEntry(
                seq=entry.seq,
                entry_id=None,
                outcome="rejected",
                code=fault,
                revision=None,
                chain=None,
                hash=entry.hash,
                canonical=canonical,
            )
        self._taken.add(entry.id)
        move = move_of(entry)
        code = None if move is None else self.statuses.follow(entry.subject, move)
        outcome: StoredOutcome = "accepted" if code is None else "parked"
        self.revision += 1
        self.chain = next_chain(self.chain, entry.hash)
        return NewEntry(
            seq=entry.seq,
            entry_id=entry.id,
            outcome=outcome,
            code=code,
            revision=self.revision,
            chain=self.chain,
            hash=entry.hash,
            canonical=canonical,
        )
