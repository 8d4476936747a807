"""Badges: sign in, come back, lock. A lock never discards."""

from dataclasses import replace

from app.domain.esd import esd_gap
from app.domain.journal import Draft
from app.domain.people import Person
from app.services.answering import accepted, refused, repeated
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Screen


def sign_in(tx: Transaction, session: Session, badge: str, rules: Rules) -> Answer:
    """A badge was scanned where it means "here I am"."""
    person = tx.person_by_badge(badge)
    if person is None:
        return Answer(session, refused("badge_unknown", badge=badge, way_on="ask_lead"))
    if person.id == session.person_id:
        return Answer(session, repeated("already_signed_in", person=person.name))
    entry = tx.append(Draft("person.signed_in", f"person:{person.id}", f"person:{person.id}", {}))
    place = _place_of(person, session)
    gap = esd_gap(tx.esd_state(person.id), person.id, rules.now)
    if gap is not None and place.repair_id is None:
        place = replace(place, screen=Screen.ESD_GATE)
    way_on = "test_wrist_strap" if gap is not None else "scan_product"
    return Answer(place, accepted("signed_in", person=person.name, way_on=way_on), (entry,))


def _place_of(person: Person, session: Session) -> Session:
    """Where this person left off, else the home screen; the other's place waits for them."""
    left = session.locked
    if left is not None and left.person_id == person.id:
        return replace(left, locked=None)
    other = session if session.person_id is not None else left
    return Session(screen=Screen.HOME, person_id=person.id, locked=other)


def lock(tx: Transaction, session: Session) -> Answer:
    """Sign out and keep the place."""
    if session.person_id is None:
        return Answer(session, repeated("already_locked", way_on="scan_badge"))
    subject = f"person:{session.person_id}"
    entry = tx.append(Draft("person.signed_out", subject, subject, {}))
    kept = replace(session, awaiting_signature=False, locked=None)
    return Answer(Session(locked=kept), accepted("locked", way_on="scan_badge"), (entry,))
