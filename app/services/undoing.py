"""UNDO: take back the last thing, by an entry of its own; nothing is ever erased."""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.claims import void
from app.domain.diagnostics.record import IMPORTED, RUN_UNDONE, UNDOINGS
from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import REPLACED, Repair, Step
from app.services.answering import accepted, refused
from app.services.gating import gate_refusal
from app.services.onward import next_scan
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.stepping import change_step
from app.services.views import PendingPart, Screen

TAKEN_BACK = {
    "part.fitted": ("kgb", "part_number"),
    "repair.status_changed": ("from", "to"),
    "repair.symptom_recorded": ("from",),
    "repair.diagnosis_recorded": ("from",),
    REPLACED: ("from", "to"),
    IMPORTED: (),
}
"""Which kinds can be taken back, and which of their fields the compensating entry carries."""


def undo(tx: Transaction, session: Session, repair: Repair, rules: Rules) -> Answer:
    """Take back the last thing that was done to the repair in hand."""
    if session.part is not None:
        return _undo_scan(session, session.part)
    actor = f"person:{session.person_id}"
    last = last_undoable(tx.timeline(f"repair:{repair.id}"), repair)
    if last is None and repair.step is Step.OPENED and not repair.symptom:
        entry = change_step(tx, repair, Step.CANCELLED, actor)
        home = replace(session, screen=Screen.HOME, repair_id=None, awaiting_signature=False)
        feedback = accepted("undone_opening", repair=repair.number, way_on="scan_open")
        return Answer(home, feedback, (entry,))
    if last is None:
        return Answer(session, refused("nothing_to_undo", way_on=repair.step.value))
    if last.kind == "repair.status_changed" and last.payload.get("from") == Step.IN_REPAIR.value:
        stopped = gate_refusal(tx, session, repair, rules)
        if stopped is not None:
            return Answer(session, stopped)
    if last.kind == REPLACED:
        return _undo_identity(tx, session, repair, last, actor)
    entry = _take_back(tx, repair, last, actor)
    now = tx.repair(repair.id) or repair
    feedback = accepted(f"undone.{last.kind}", way_on=now.step.value)
    return Answer(replace(session, awaiting_signature=False), feedback, (entry,))


def _take_back(tx: Transaction, repair: Repair, last: Entry, actor: str) -> Entry:
    """Append what takes an entry back."""
    payload: dict[str, Json] = {"entry": str(last.id), "kind": last.kind}
    payload |= {field: last.payload.get(field) for field in TAKEN_BACK[last.kind]}
    # a run of a diagnostic tool is no part of the repair's fold, so neither is its undoing
    kind = RUN_UNDONE if last.kind == IMPORTED else "repair.undone"
    return tx.append(Draft(kind, f"repair:{repair.id}", actor, payload))


def _undo_identity(
    tx: Transaction, session: Session, repair: Repair, last: Entry, actor: str
) -> Answer:
    """Give the product its old identity; a unit that brought the new one goes with it.

    One scan fitted the unit and renamed the product, so one UNDO takes both back.
    """
    from app.services.identities import take_identity_back

    fitted = {part.entry_id for part in repair.parts if part.entry_id == last.payload.get("part")}
    timeline = tx.timeline(f"repair:{repair.id}")
    units = [one for one in timeline if str(one.id) in fitted]
    rows = take_identity_back(tx, last, actor)
    back = tuple(_take_back(tx, repair, one, actor) for one in (last, *units))
    now = tx.repair(repair.id) or repair
    last = (*units, last)[0]  # a unit is what the technician put in
    feedback = accepted(f"undone.{last.kind}", way_on=now.step.value)
    undone = replace(session, identifier=now.serial, awaiting_signature=False)
    return Answer(undone, feedback, (*rows, *back))


def _undo_scan(session: Session, part: PendingPart) -> Answer:
    """The scans of a part that is not fitted yet are nowhere but in the session."""
    if part.kgb:
        begun = replace(part, is_unit=False) if part.is_unit else replace(part, kgb="")
        feedback = accepted("undone_scan", way_on=next_scan(begun))
        return Answer(replace(session, part=begun), feedback)
    feedback = accepted("undone_scan", way_on=Step.IN_REPAIR.value)
    return Answer(replace(session, part=None), feedback)


def last_undoable(timeline: Sequence[Entry], repair: Repair) -> Entry | None:
    """The newest entry that can still be taken back.

    That is one which is not yet undone, which came after any signature, and which the repair holds:
    what is in conflict or was settled away never happened, so it cannot be undone either.
    """
    if repair.step is Step.COMPLETED:
        return None
    held = {part.entry_id for part in repair.parts} | {one.entry_id for one in repair.history}
    passed_over = void(repair, timeline)
    undone: set[Json] = set()
    for entry in reversed(timeline):
        if entry.kind == "repair.signed":
            return None
        if entry.kind in UNDOINGS:
            undone.add(str(entry.payload.get("entry")))
        elif entry.kind == IMPORTED and entry.actor == "bench":
            continue  # it came by the watched folder: nobody who is here did it
        elif entry.kind in TAKEN_BACK and str(entry.id) not in undone | passed_over:
            shows = entry.kind in {"part.fitted", "repair.status_changed"}
            if not shows or str(entry.id) in held:
                return entry
    return None
