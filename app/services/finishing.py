"""The end of a repair: DONE, then a badge that signs what was recorded."""

from dataclasses import replace

from app.domain.journal import Draft
from app.domain.people import Role
from app.domain.pins import PinPurpose
from app.domain.repairs import Repair, Step
from app.services.answering import accepted, asked, refused
from app.services.asking_pin import ask_pin
from app.services.onward import next_scan
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.stepping import change_step, move
from app.services.views import Screen


def ask_signature(tx: Transaction, session: Session, repair: Repair, rules: Rules) -> Answer:
    """DONE: make the repair ready for pickup, and ask for the badge that signs it."""
    if session.part is not None:
        part = session.part
        return Answer(session, refused("part_unfinished", part=part.name, way_on=next_scan(part)))
    if repair.conflicts:
        return Answer(session, refused("conflict_open", way_on="settle_conflict"))
    if repair.step is not Step.READY:
        moved = move(tx, session, repair, Step.READY, rules)
        if not moved.entries:
            return moved
        feedback = asked("sign_to_complete", undo=True, repair=repair.number, way_on="scan_to_sign")
        return Answer(replace(moved.session, awaiting_signature=True), feedback, moved.entries)
    feedback = asked("sign_to_complete", repair=repair.number, way_on="scan_to_sign")
    return Answer(replace(session, awaiting_signature=True), feedback)


def sign_with(
    tx: Transaction, session: Session, repair: Repair, badge: str, rules: Rules
) -> Answer:
    """A badge after DONE; of a lead who did not sign in here the PIN is asked for as well.

    Who is signed in has typed theirs already.
    """
    person = tx.person_by_badge(badge)
    other = person if person is not None and person.id != session.person_id else None
    if other is None or other.role is not Role.LEAD or not rules.pin_required.demands(other.role):
        return sign(tx, session, repair, badge)
    return ask_pin(session, other, rules, PinPurpose.SIGN)


def sign(tx: Transaction, session: Session, repair: Repair, badge: str) -> Answer:
    """A badge after DONE: sign the content so far, complete the repair, make its report."""
    person = tx.person_by_badge(badge)
    if person is None:
        return Answer(session, refused("badge_unknown", badge=badge, way_on="ask_lead"))
    if person.id != session.person_id and person.role is not Role.LEAD:
        return Answer(
            session, refused("sign_other_person", person=person.name, way_on="sign_or_lock")
        )
    if repair.step is not Step.READY:  # another bench took it on while this one waited
        now = repair.step.value
        feedback = refused("step_not_next", step=Step.COMPLETED.value, now=now, way_on=now)
        return Answer(replace(session, awaiting_signature=False), feedback)
    if repair.conflicts:
        return Answer(session, refused("conflict_open", way_on="settle_conflict"))
    actor = f"person:{person.id}"
    covered = tx.timeline(f"repair:{repair.id}")[-1].hash
    signed = tx.append(
        Draft(
            "repair.signed",
            f"repair:{repair.id}",
            actor,
            {"person": person.id, "person_name": person.name, "content_hash": covered},
        )
    )
    completed = change_step(tx, repair, Step.COMPLETED, actor)
    home = replace(
        session,
        screen=Screen.HOME,
        identifier=None,
        repair_id=None,
        part=None,
        awaiting_signature=False,
    )
    feedback = accepted("repair_completed", repair=repair.number, way_on="scan_product")
    return Answer(home, feedback, (signed, completed), report_for=repair.id)
