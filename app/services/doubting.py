"""Why a reading that would pass does not count: who saw it, what took it, how old it is."""

from dataclasses import dataclass
from typing import Final

from app.domain.esd import Measurement, Source, staleness
from app.domain.frames import Frame
from app.domain.journal import Json
from app.domain.people import Person
from app.services.calendar import zone_of
from app.services.ports import Transaction

DOUBTS: Final = (
    "esd_indicative",
    "esd_unconfirmed",
    "esd_witness_unknown",
    "esd_witness_same",
    "esd_reading_old",
    "esd_reading_ahead",
)
"""Every code of a doubt: the answer that the technician gets, and its way on."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a reading that would pass does not count.

    Attributes:
        code: One of `DOUBTS`; empty where nothing speaks against it.
        person: Whom it is about.
    """

    code: str = ""
    person: str = ""


def witness_of(tx: Transaction, measurement: Measurement) -> Person | None:
    """The second person who saw a typed value; None where there is none, or nobody knows them."""
    badge = measurement.around.confirmed_by
    return tx.person_by_badge(badge) if badge else None


def doubt_of(
    tx: Transaction,
    frame: Frame,
    measurement: Measurement,
    measured: Person | None,
    witness: Person | None,
) -> Doubt:
    """Why a reading does not count though its value may pass.

    Args:
        tx: The transaction that records it.
        frame: The message it came with.
        measurement: The reading.
        measured: Whose it is.
        witness: The second person who saw a typed value.
    """
    around = measurement.around
    if around.indicative:
        return Doubt("esd_indicative")
    if around.source is Source.MANUAL:
        return _of_typed(around.confirmed_by, measured, witness)
    if around.taken_at is None or around.fresh_for is None:
        return Doubt()
    taken = around.taken_at
    if taken.tzinfo is None:
        taken = taken.replace(tzinfo=zone_of(tx))
    return Doubt(staleness(taken, frame.received_at, around.fresh_for) or "")


def _of_typed(badge: str, measured: Person | None, witness: Person | None) -> Doubt:
    """Two pairs of eyes: a typed value counts only where somebody else saw it too."""
    if not badge:
        return Doubt("esd_unconfirmed")
    if witness is None:
        return Doubt("esd_witness_unknown", badge)
    if measured is not None and witness.id == measured.id:
        return Doubt("esd_witness_same", witness.name)
    return Doubt()


def circumstances(
    measurement: Measurement, witness: Person | None, doubt: Doubt
) -> dict[str, Json]:
    """What the entry keeps of all that."""
    around = measurement.around
    return {
        "source": around.source.value,
        "indicative": around.indicative,
        "confirmed_by": witness.id if witness is not None else None,
        "confirmed_by_name": witness.name if witness is not None else None,
        "doubt": doubt.code or None,
        "celsius": around.celsius,
        "humidity": around.humidity,
    }
