"""The repair's steps: symptom, diagnosed, in repair, ready, cancelled."""

from dataclasses import replace

from app.domain.journal import Draft, Entry
from app.domain.repairs import GSX_STATUS, NEXT_STEPS, Repair, Step
from app.domain.verdicts import work_gate
from app.services.answering import accepted, refused, refused_by, repeated
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback, Screen


def change_step(tx: Transaction, repair: Repair, to: Step, actor: str) -> Entry:
    """Append one step; the caller has made sure that it may follow."""
    payload = {"from": repair.step.value, "to": to.value, "gsx": GSX_STATUS.get(to)}
    return tx.append(Draft("repair.status_changed", f"repair:{repair.id}", actor, payload))


def move(tx: Transaction, session: Session, repair: Repair, to: Step, rules: Rules) -> Answer:
    """Take the repair in hand to another step, if the rules let it."""
    if repair.step is to:
        return Answer(session, repeated("step_already", step=to.value))
    if to not in NEXT_STEPS[repair.step]:
        return Answer(
            session,
            refused(
                "step_not_next", step=to.value, now=repair.step.value, way_on=repair.step.value
            ),
        )
    if to is Step.IN_REPAIR:
        stopped = gate_refusal(tx, session, repair, rules)
        if stopped is not None:
            return Answer(session, stopped)
    entry = change_step(tx, repair, to, f"person:{session.person_id}")
    moved = replace(session, part=None, awaiting_signature=False)
    if to is Step.CANCELLED:
        home = replace(moved, screen=Screen.HOME, repair_id=None, identifier=None)
        feedback = accepted("repair_cancelled", repair=repair.number, way_on="scan_product")
        return Answer(home, feedback, (entry,))
    feedback = accepted("step_taken", undo=True, step=to.value, way_on=to.value)
    return Answer(moved, feedback, (entry,))


def gate_refusal(
    tx: Transaction, session: Session, repair: Repair, rules: Rules
) -> Feedback | None:
    """The one gate of internal work: product, technician and ESD; None where it is open."""
    person = tx.person(session.person_id or "")
    if person is None:
        return refused("sign_in_first", way_on="scan_badge")
    gate = work_gate(
        tx.asset(repair.serial),
        person,
        tx.esd_state(person.id),
        rules.policy,
        now=rules.now,
        today=rules.today,
    )
    return None if gate.is_open else refused_by(gate.blocking[0])


def record_symptom(tx: Transaction, session: Session, repair: Repair, symptom: str) -> Answer:
    """What is wrong, from the command sheet."""
    if repair.symptom == symptom:
        return Answer(session, repeated("symptom_already", symptom=symptom))
    entry = tx.append(
        Draft(
            "repair.symptom_recorded",
            f"repair:{repair.id}",
            f"person:{session.person_id}",
            {"symptom": symptom, "from": repair.symptom},
        )
    )
    feedback = accepted("symptom_recorded", undo=True, symptom=symptom, way_on=repair.step.value)
    return Answer(session, feedback, (entry,))
