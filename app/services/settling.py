"""Conflicts: what does not fit together, both sides of it, and a lead's word that settles it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile
from typing import Final
from uuid import UUID

from app.domain.claims import FITTED, SETTLED, claimed
from app.domain.journal import Draft, Entry, Json
from app.domain.people import Person
from app.domain.repairs import CLAIMED_TWICE, DROP, KEEP, NEXT_STEPS, Conflict, Repair, Step
from app.services.answering import accepted, refused
from app.services.leads import lead_with
from app.services.ports import Reader, Transaction
from app.services.stepping import change_step
from app.services.views import Feedback

STATUS_CHANGED: Final = "repair.status_changed"
AGAIN: Final = frozenset(
    {FITTED, "repair.noted", "repair.symptom_recorded", "repair.diagnosis_recorded"}
)
"""What came before the repair's opening and can be said once more, now that it is open."""


class Verdict(StrEnum):
    """What becomes of the entry that did not fit."""

    KEEP = KEEP
    DROP = DROP


@dataclass(frozen=True, slots=True)
class OpenConflict:
    """A conflict with both its sides.

    Attributes:
        repair: Whose conflict it is.
        conflict: The entry that does not fit, and why.
        entry: That entry, None where the journal has lost it.
        against: What it does not fit to: the claim that holds the part, or the entry by which the
            repair stood elsewhere; None where it would fit nowhere.
        rival: The repair that the other side is about, where it is another one.
    """

    repair: Repair
    conflict: Conflict
    entry: Entry | None
    against: Entry | None
    rival: Repair | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """What a settlement did.

    Attributes:
        feedback: The answer for the lead.
        entries: What it appended; nothing where it was refused.
    """

    feedback: Feedback
    entries: tuple[Entry, ...] = ()


def open_conflicts(reader: Reader, repairs: Iterable[Repair]) -> tuple[OpenConflict, ...]:
    """Every conflict of some repairs, with both sides."""
    return tuple(
        _with_sides(reader, repair, conflict) for repair in repairs for conflict in repair.conflicts
    )


def settle(
    tx: Transaction, repair: Repair, entry_id: str, verdict: Verdict, *, badge: str, reason: str
) -> Settled:
    """A lead settles a conflict, with an entry that cites both sides.

    Args:
        tx: The transaction that the settlement is written in.
        repair: Whose conflict.
        entry_id: The entry that does not fit.
        verdict: Whether what it says counts after all.
        badge: The lead's.
        reason: Why, in the lead's words.
    """
    person = lead_with(tx, badge, "settle_lead_only", way_on="ask_lead")
    if isinstance(person, Feedback):
        return Settled(person)
    found = next((one for one in repair.conflicts if one.entry_id == entry_id), None)
    named = repair.number or repair.id
    if found is None:
        return Settled(refused("conflict_unknown", repair=named, entry=entry_id))
    told = _with_sides(tx, repair, found)
    if verdict is Verdict.KEEP and not _can_be_kept(told):
        return Settled(refused("conflict_not_kept", repair=named))
    entries = _settled(tx, told, verdict, person, reason)
    if verdict is Verdict.KEEP:
        return Settled(accepted("conflict_kept", repair=named), entries)
    return Settled(accepted("conflict_dropped", repair=named), entries)


def _settled(
    tx: Transaction, told: OpenConflict, verdict: Verdict, lead: Person, reason: str
) -> tuple[Entry, ...]:
    """Write the settlement, and what it leads to."""
    actor, subject = f"person:{lead.id}", f"repair:{told.repair.id}"
    payload: dict[str, Json] = {
        "conflict": told.conflict.entry_id,
        "against": str(told.against.id) if told.against is not None else None,
        "code": told.conflict.code,
        "verdict": verdict.value,
        "reason": reason,
        "person_name": lead.name,
    }
    settled = tx.append(Draft(SETTLED, subject, actor, payload))
    if verdict is Verdict.DROP or told.entry is None:
        return (settled,)
    if told.conflict.code == CLAIMED_TWICE and told.against is not None:
        return (settled, _given_up(tx, told.against, actor))
    if told.entry.kind == STATUS_CHANGED:
        return (settled, *_step_taken(tx, told, actor))
    return (settled, tx.append(Draft(told.entry.kind, subject, actor, told.entry.payload)))


def _given_up(tx: Transaction, other: Entry, actor: str) -> Entry:
    """The other claim on the part is taken back, on its own repair."""
    payload: dict[str, Json] = {"entry": str(other.id), "kind": FITTED}
    payload |= {field: other.payload.get(field) for field in ("kgb", "part_number")}
    return tx.append(Draft("repair.undone", other.subject, actor, payload))


def _step_taken(tx: Transaction, told: OpenConflict, actor: str) -> tuple[Entry, ...]:
    """The step is taken now, from where the repair stands: every bench and the service follow."""
    target = _target(told)
    if target is None or target is told.repair.step:
        return ()
    return (change_step(tx, told.repair, target, actor),)


def _can_be_kept(told: OpenConflict) -> bool:
    """Whether what an entry says can still come to be."""
    entry, code = told.entry, told.conflict.code
    if entry is None:
        return False
    if code == CLAIMED_TWICE:
        return told.against is not None
    if entry.kind == STATUS_CHANGED:
        return _can_follow(told)
    return code == "orphan" and entry.kind in AGAIN and bool(told.repair.serial)


def _can_follow(told: OpenConflict) -> bool:
    target, step = _target(told), told.repair.step
    if target is Step.COMPLETED and len(told.repair.conflicts) > 1:
        return False
    return target is step or target in NEXT_STEPS[step]


def _target(told: OpenConflict) -> Step | None:
    """The step that a parked entry wanted to take."""
    value = told.entry.payload.get("to") if told.entry is not None else None
    return Step(value) if isinstance(value, str) and value in set(Step) else None


# ----------------------------------------------------------------------
# The other side
# ----------------------------------------------------------------------


def _with_sides(reader: Reader, repair: Repair, conflict: Conflict) -> OpenConflict:
    entry = reader.entry(UUID(conflict.entry_id))
    if entry is None:
        return OpenConflict(repair, conflict, None, None)
    if conflict.code == CLAIMED_TWICE:
        return _two_claims(reader, repair, conflict, entry)
    timeline = reader.timeline(f"repair:{repair.id}")
    return OpenConflict(repair, conflict, entry, _before(repair, entry, timeline))


def _two_claims(reader: Reader, repair: Repair, conflict: Conflict, entry: Entry) -> OpenConflict:
    """A claim in vain, and the one by which a repair holds the part."""
    kgb = claimed(entry)
    holder = reader.repair_holding(kgb or "")
    parts = holder.parts if holder is not None else ()
    held = next((one.entry_id for one in parts if one.kgb == kgb), None)
    against = reader.entry(UUID(held)) if held is not None else None
    rival = holder if holder is not None and holder.id != repair.id else None
    return OpenConflict(repair, conflict, entry, against, rival)


def _before(repair: Repair, entry: Entry, timeline: Sequence[Entry]) -> Entry | None:
    """The last entry before another by which the repair came to stand where it stood then.

    For a settlement that came too late it is the one before it.
    """
    steps = {one.entry_id for one in repair.history}
    found: Entry | None = None
    for one in takewhile(lambda one: one.id != entry.id, timeline):
        same = one.payload.get("conflict") == entry.payload.get("conflict")
        settles = one.kind == entry.kind == SETTLED and same
        if settles or (str(one.id) in steps and entry.kind != SETTLED):
            found = one
    return found
