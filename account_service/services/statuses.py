"""A repair's status as the log's order has it: which entries move it, and which must be parked.

The benches fold the same log in the same order by the same rule, so they park the same entries
without being told.
"""

from dataclasses import dataclass
from typing import Final

from account_service.contract import SealedEntry
from account_service.services.judging import OPENED, STATUS_CHANGED, UNDONE

ALREADY_OPEN: Final = "already_open"
NOTHING_TO_UNDO: Final = "nothing_to_undo"
WRONG_FROM: Final = "wrong_from"

FIRST_STATUS: Final = "opened"


@dataclass(frozen=True, slots=True)
class Move:
    """What an entry wants of its subject's status.

    Attributes:
        source: Where the subject must stand; None where it must not have been opened before.
        target: Where it stands afterwards.
        misfit: The code with which the entry is parked where it stands elsewhere.
    """

    source: str | None
    target: str
    misfit: str


def may_move(entry: SealedEntry) -> bool:
    """Whether the entry's kind can move a status; its payload may still be wrong."""
    return entry.kind in {OPENED, STATUS_CHANGED, UNDONE}


def move_of(entry: SealedEntry) -> Move | None:
    """What a well-formed entry wants of its subject's status, None where it does not touch it."""
    payload = entry.payload
    if entry.kind == OPENED:
        return Move(None, FIRST_STATUS, ALREADY_OPEN)
    if entry.kind == STATUS_CHANGED:
        return Move(payload["from"], payload["to"], WRONG_FROM)
    if entry.kind == UNDONE and payload.get("kind") == STATUS_CHANGED:
        return Move(payload["to"], payload["from"], NOTHING_TO_UNDO)
    return None


class Statuses:
    """The statuses of the subjects that one batch touches, followed entry by entry.

    Args:
        known: Each subject's status before the batch; one that is not in it was never opened.
    """

    def __init__(self, known: dict[str, str]) -> None:
        self._known = known
        self._changed: dict[str, str] = {}

    def follow(self, subject: str, move: Move) -> str | None:
        """Make a move, or tell with a code why its entry is parked."""
        if self._changed.get(subject, self._known.get(subject)) != move.source:
            return move.misfit
        self._changed[subject] = move.target
        return None

    def first(self) -> dict[str, str]:
        """The statuses of subjects that had none before the batch."""
        return {subject: self._changed[subject] for subject in self._changed.keys() - self._known}

    def moved(self) -> dict[str, str]:
        """The statuses of subjects that had another one before the batch."""
        return {subject: self._changed[subject] for subject in self._changed.keys() & self._known}
