"""A repair's status as the log's order has it: which entries move it, and which must be parked.

The benches fold the same log in the same order by the same rule, so they park the same entries
without being told.
"""

from account_service.contract import SealedEntry
from account_service.services.judging import OPENED, STATUS_CHANGED

ALREADY_OPEN = "already_open"
WRONG_FROM = "wrong_from"


def moves_status(entry: SealedEntry) -> bool:
    """Whether the entry opens its subject or changes its status."""
    return entry.kind in {OPENED, STATUS_CHANGED}


class Statuses:
    """The statuses of the subjects that one batch touches, followed entry by entry.

    Args:
        known: Each subject's status before the batch; a subject that is not in it was never opened.
    """

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        self.changed: dict[str, str] = {}
        """The subjects that the batch moved, with where they stand after it."""

    def follow(self, entry: SealedEntry) -> str | None:
        """Apply an entry that `moves_status`, or tell with a code why it is parked."""
        status = self.changed.get(entry.subject, self._known.get(entry.subject))
        if entry.kind == OPENED:
            if status is not None:
                return ALREADY_OPEN
            self.changed[entry.subject] = "opened"
            return None
        if status is None or entry.payload["from"] != status:
            return WRONG_FROM
        self.changed[entry.subject] = entry.payload["to"]
        return None

    def is_new(self, subject: str) -> bool:
        """Whether the subject had no status before the batch."""
        return subject not in self._known
