"""What a lead counted elsewhere for the programme, for no register of a bench tells it. Pure.

AppleCare is told by Apple Business Manager, and removed parts that are late by GSX. A count holds
as of its day, with where it was looked up; it is an entry, so what was told before stays on record.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.journal import Entry
from app.domain.payloads import day_of, number_of, text_of

COUNTED: Final = "programme.counted"
"""The kind of entry that tells of a count."""


class CountOf(StrEnum):
    """What is counted."""

    COVERED = "covered"
    """Products of the organisation under AppleCare or another agreement of Apple's."""
    RETURNS_OVERDUE = "returns_overdue"
    """Removed parts that should have gone back to Apple, and have not."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A count.

    Attributes:
        number: How many.
        on: As of which day.
        source: Where that was looked up.
    """

    number: int
    on: date
    source: str


def latest(entries: Iterable[Entry], what: CountOf) -> Counted | None:
    """The count of the latest day, of several on it the one that was told last; None for none.

    Args:
        entries: What was told, in canonical order; what cannot be read is no count.
        what: What of.
    """
    found: Counted | None = None
    for entry in entries:
        told = _counted(entry, what)
        if told is not None and (found is None or told.on >= found.on):
            found = told
    return found


def _counted(entry: Entry, what: CountOf) -> Counted | None:
    told = entry.payload
    number, on = number_of(told, "number"), day_of(told, "on")
    if entry.kind != COUNTED or text_of(told, "of") != what or number is None or on is None:
        return None
    return Counted(max(0, number), on, text_of(told, "source"))
