"""The repair's steps: symptom, diagnosed, in repair, ready, cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import GSX_STATUS, NEXT_STEPS, Repair, Step
from app.services.answering import accepted, refused, repeated
from app.services.gating import gate_refusal
from app.services.onward import next_scan, part_unfinished
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback


def change_step(tx: Transaction, repair: Repair, to: Step, actor: str) -> Entry:
    """Append one step; the caller has made sure that it may follow."""
    payload = {"from": repair.step.value, "to": to.value, "gsx": GSX_STATUS.get(to)}
    return tx.append(Draft("repair.status_changed", f"repair:{repair.id}", actor, payload))


def move(tx: Transaction, session: Session, repair: Repair, to: Step, rules: Rules) -> Answer:
    """Take the repair in hand to another step, if the rules let it."""
    if repair.step is to:
        return Answer(session, repeated("step_already", step=to.value, way_on=to.value))
    if to not in NEXT_STEPS[repair.step]:
        return Answer(
            session,
            refused(
                "step_not_next", step=to.value, now=repair.step.value, way_on=repair.step.value
            ),
        )
    stopped = _unfinished(session, to)
    if to is Step.IN_REPAIR:
        stopped = gate_refusal(tx, session, repair, rules)
    if stopped is not None:
        return Answer(session, stopped)
    entry = change_step(tx, repair, to, f"person:{session.person_id}")
    moved = replace(session, part=None, awaiting_signature=False)
    if to is Step.CANCELLED:
        feedback = accepted("repair_cancelled", undo=True, repair=repair.number, way_on=to.value)
        return Answer(moved, feedback, (entry,))  # it stays in hand, so that UNDO finds it
    feedback = accepted("step_taken", undo=True, step=to.value, way_on=to.value)
    return Answer(moved, feedback, (entry,))


def _unfinished(session: Session, to: Step) -> Feedback | None:
    """A part that was begun and is not fitted; nothing is ready with it."""
    part = session.part
    if part is not None and to is Step.READY:
        return refused("part_unfinished", part=part.name, way_on=next_scan(part))
    return part_unfinished(session)


def record_symptom(tx: Transaction, session: Session, repair: Repair, symptom: str) -> Answer:
    """What is wrong, from the command sheet."""
    way_on = repair.step.value
    fact = Fact(
        "symptom",
        {"symptom": symptom, "from": repair.symptom},
        accepted("symptom_recorded", undo=True, symptom=symptom, way_on=way_on),
        repeated("symptom_already", symptom=symptom, way_on=way_on),
    )
    return record_fact(tx, session, repair, fact)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is told of a repair in the place of what was told before.

    Attributes:
        name: ``symptom`` or ``diagnosis``.
        payload: What its entry says: the fact by its name, and under ``from`` the one before.
        done: The answer where it was recorded.
        again: The answer where it was told before.
    """

    name: str
    payload: Mapping[str, Json]
    done: Feedback
    again: Feedback


def record_fact(tx: Transaction, session: Session, repair: Repair, fact: Fact) -> Answer:
    """Record a symptom or a diagnosis on the repair in hand."""
    if not repair.is_open:
        return closed(session, repair)
    if fact.payload[fact.name] == fact.payload["from"]:
        return Answer(session, fact.again)
    subject, actor = f"repair:{repair.id}", f"person:{session.person_id}"
    entry = tx.append(Draft(f"repair.{fact.name}_recorded", subject, actor, fact.payload))
    return Answer(session, fact.done, (entry,))


def closed(session: Session, repair: Repair) -> Answer:
    """Nothing is recorded on a repair that is finished."""
    return Answer(session, refused("repair_closed", repair=repair.number, way_on="scan_product"))
