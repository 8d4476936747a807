"""Every ESD reading that was ever taken, one by one: what a recall goes back over.

A technician's standing (`app.domain.esd.EsdState`) is only the latest of them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.esd import EsdVerdict
from app.domain.journal import Entry
from app.domain.payloads import instant_or, text_of

MEASURED: Final = "esd.measured"
"""The kind of entry that tells of a reading."""
PERSON: Final = "person:"
"""What the subject of a reading that was taken on a person begins with."""


@dataclass(frozen=True, slots=True)
class EsdReading:
    """One reading of a tester.

    Attributes:
        entry_id: The entry that tells of it.
        person_id: Whom it measured; empty where it is the bench's and opens nothing for anybody.
        tester_id: With which tester of the register, empty where none was known.
        channel: What was measured.
        verdict: Our verdict; one that cannot be read never passes.
        measured_at: When, UTC.
        valid_until: When the pass ends; equal to ``measured_at`` for a reading that did not pass.
    """

    entry_id: str
    person_id: str
    tester_id: str
    channel: str
    verdict: EsdVerdict
    measured_at: datetime
    valid_until: datetime


def reading_of(entry: Entry) -> EsdReading | None:
    """The reading that an entry tells of; None where it tells of none. It never raises."""
    if entry.kind != MEASURED:
        return None
    told = entry.payload
    verdict = _verdict(text_of(told, "verdict"))
    until = entry.recorded_at
    if verdict is EsdVerdict.PASS:
        until = instant_or(told, "valid_until", entry.recorded_at)
    about_person = entry.subject.startswith(PERSON)
    return EsdReading(
        entry_id=str(entry.id),
        person_id=entry.subject.removeprefix(PERSON) if about_person else "",
        tester_id=text_of(told, "tester"),
        channel=text_of(told, "channel"),
        verdict=verdict,
        measured_at=entry.recorded_at,
        valid_until=until,
    )


def _verdict(told: str) -> EsdVerdict:
    return EsdVerdict(told) if told in set(EsdVerdict) else EsdVerdict.INVALID
