"""UNDO: take back the last thing, by an entry of its own; nothing is ever erased."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import Repair, Step
from app.services.answering import accepted, refused
from app.services.ports import Transaction
from app.services.session import Answer, Session
from app.services.stepping import change_step
from app.services.views import Screen

_TAKEN_BACK = {
    "part.fitted": ("kgb", "part_number"),
    "repair.status_changed": ("from", "to"),
    "repair.symptom_recorded": ("from",),
    "repair.diagnosis_recorded": ("from",),
}
"""Which kinds can be taken back, and which of their fields the compensating entry carries."""


def undo(tx: Transaction, session: Session, repair: Repair) -> Answer:
    """Take back the last thing that was done to the repair in hand."""
    if session.part is not None:
        part = replace(session.part, kgb="") if session.part.kgb else None
        return Answer(replace(session, part=part), accepted("undone_scan", way_on="scan_part"))
    actor = f"person:{session.person_id}"
    last = last_undoable(tx.timeline(f"repair:{repair.id}"))
    if last is None and repair.step is Step.OPENED and not repair.symptom:
        entry = change_step(tx, repair, Step.CANCELLED, actor)
        home = replace(session, screen=Screen.HOME, repair_id=None, awaiting_signature=False)
        return Answer(home, accepted("undone_opening", repair=repair.number), (entry,))
    if last is None:
        return Answer(session, refused("nothing_to_undo", way_on=repair.step.value))
    payload: dict[str, Json] = {"entry": str(last.id), "kind": last.kind}
    payload |= {field: last.payload.get(field) for field in _TAKEN_BACK[last.kind]}
    entry = tx.append(Draft("repair.undone", f"repair:{repair.id}", actor, payload))
    feedback = accepted(f"undone.{last.kind}", way_on="")
    return Answer(replace(session, awaiting_signature=False), feedback, (entry,))


def last_undoable(timeline: Sequence[Entry]) -> Entry | None:
    """The newest entry that can still be taken back: not yet undone, and after any signature."""
    undone: set[Json] = set()
    for entry in reversed(timeline):
        if entry.kind == "repair.signed":
            return None
        if entry.kind == "repair.undone":
            undone.add(str(entry.payload.get("entry")))
        elif entry.kind in _TAKEN_BACK and str(entry.id) not in undone:
            return entry
    return None
