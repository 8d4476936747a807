"""What the service answered on an entry, and the seal over it.

An entry's hash does not cover what comes after it was written: its revision and the service's
answer. A seal of their own, written with them, makes a changed one visible all the same.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Final

REJECTED: Final = "rejected"
"""The outcome that keeps an entry out of every fold, and in every timeline."""
CARRIED: Final = "carried"
"""Stands for a register, and for the reason, where an entry's first writing is kept aside."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an entry from the service.

    Attributes:
        revision: Its place in the service's log.
        former_revision: The place that it had before the service was restored.
        outcome: ``accepted``, ``parked`` or ``rejected``.
        code: Why it was parked or rejected.
    """

    revision: int | None = None
    former_revision: int | None = None
    outcome: str | None = None
    code: str | None = None


def seal(digest: bytes, answer: Answer) -> bytes | None:
    """The seal over an answer on the entry with this hash; None where there is no answer."""
    if answer == Answer():
        return None
    said = [answer.revision, answer.former_revision, answer.outcome, answer.code]
    return hashlib.sha256(digest + json.dumps(said).encode()).digest()


def arrival_digest(digest: bytes, canonical: bytes) -> bytes:
    """Over an entry that came after a gap, so that its hash cannot be checked."""
    return hashlib.sha256(b"arrival" + digest + canonical).digest()
