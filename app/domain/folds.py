"""Which entries make which state, and in which order they are folded."""

from collections.abc import Iterable

from app.domain.claims import rulings_of
from app.domain.esd import WRIST, EsdState
from app.domain.esd_readings import reading_of
from app.domain.journal import Entry
from app.domain.payloads import number_of
from app.domain.repairs import Repair, fold_repair


def canonical_order(entries: Iterable[Entry]) -> list[Entry]:
    """Sort as benches agree on: by revision, then this bench's own pending entries by seq."""
    return sorted(
        entries,
        key=lambda entry: (0, entry.revision) if entry.revision is not None else (1, entry.seq),
    )


def repairs_of(entries: Iterable[Entry]) -> dict[str, Repair]:
    """Every repair by its subject, from all entries about any, in canonical order."""
    told = canonical_order(entry for entry in entries if entry.subject.startswith("repair:"))
    rulings = rulings_of(told)
    states: dict[str, Repair] = {}
    for entry in told:
        state = fold_repair(states.get(entry.subject), entry, rulings)
        if state is not None:
            states[entry.subject] = state
    return states


def repair_of(entries: Iterable[Entry]) -> Repair | None:
    """A repair from all its entries, in canonical order, where no other claims its parts."""
    return next(iter(repairs_of(entries).values()), None)


def fold_esd(state: EsdState | None, entry: Entry) -> EsdState | None:
    """Apply one entry to a technician's ESD standing.

    Only the wrist strap counts: it is what the gate asks for. A verdict that cannot be read never
    passes.
    """
    reading = reading_of(entry)
    if reading is None or reading.channel != WRIST:
        return state
    return EsdState(
        person_id=entry.subject.partition(":")[2],
        reading_id=reading.entry_id,
        verdict=reading.verdict,
        ohm=number_of(entry.payload, "ohm"),
        over_range=entry.payload.get("over_range") is True,
        measured_at=reading.measured_at,
        valid_until=reading.valid_until,
        tester_id=reading.tester_id,
    )


def esd_of(entries: Iterable[Entry]) -> EsdState | None:
    """A technician's ESD standing from all their entries, in canonical order."""
    state: EsdState | None = None
    for entry in canonical_order(entries):
        state = fold_esd(state, entry)
    return state
