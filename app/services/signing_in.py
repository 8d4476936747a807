"""Badges: sign in, come back, lock. A lock never discards."""

from collections.abc import Iterable
from dataclasses import replace

from app.domain.esd import esd_gap
from app.domain.journal import Draft, Entry
from app.domain.people import Person
from app.domain.repairs import Step
from app.services.answering import accepted, refused, repeated
from app.services.asking_pin import ask_pin
from app.services.onward import way_on_of
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Screen


def sign_in(tx: Transaction, session: Session, badge: str, rules: Rules) -> Answer:
    """A badge was scanned where it means "here I am"; whoever worked here is signed out."""
    person = tx.person_by_badge(badge)
    if person is None:
        return Answer(session, refused("badge_unknown", badge=badge, way_on="ask_lead"))
    if person.id == session.person_id:
        return Answer(replace(session, pin=None), repeated("already_signed_in", person=person.name))
    if rules.pin_required.demands(person.role):
        return ask_pin(session, person, rules)
    return arrive(tx, session, person, rules)


def arrive(tx: Transaction, session: Session, person: Person, rules: Rules) -> Answer:
    """Somebody is who they say: sign them in, and whoever worked here out."""
    actor = f"person:{person.id}"
    entries: tuple[Entry, ...] = ()
    if session.person_id is not None:
        entries = (tx.append(Draft("person.signed_out", f"person:{session.person_id}", actor, {})),)
    entries = (*entries, tx.append(Draft("person.signed_in", actor, actor, {})))
    place = _as_it_is_now(tx, _place_of(person, session))
    gap = esd_gap(tx.esd_state(person.id), person.id, rules.now)
    if place.repair_id is None:
        place = replace(place, screen=Screen.HOME if gap is None else Screen.ESD_GATE)
    way_on = "test_wrist_strap" if gap is not None else way_on_of(tx, place)
    return Answer(place, accepted("signed_in", person=person.name, way_on=way_on), entries)


def lock(tx: Transaction, session: Session) -> Answer:
    """Sign out and keep the place."""
    if session.person_id is None:
        free = replace(session, pin=None)
        return Answer(free, repeated("already_locked", way_on="scan_badge"))
    subject = f"person:{session.person_id}"
    entry = tx.append(Draft("person.signed_out", subject, subject, {}))
    return Answer(set_aside(session), accepted("locked", way_on="scan_badge"), (entry,))


def set_aside(session: Session) -> Session:
    """Nobody is signed in; every place waits for its person."""
    return Session(locked=_chained(_places(session)))


def _place_of(person: Person, session: Session) -> Session:
    """Where this person left off, else the home screen; the places of others wait for them."""
    places = _places(session)
    own = next((one for one in places if one.person_id == person.id), Session(Screen.HOME))
    others = _chained(one for one in places if one.person_id != person.id)
    return replace(own, person_id=person.id, locked=others)


def _places(session: Session) -> list[Session]:
    """Each person's place, the newest first; a signature is asked for again.

    A typed reading waits for nobody whose author has gone.
    """
    places: list[Session] = []
    one: Session | None = session
    while one is not None:
        if one.person_id is not None:
            left = replace(
                one, awaiting_signature=False, typed=None, pin=None, locked_out=None, locked=None
            )
            places.append(left)
        one = one.locked
    return places


def _chained(places: Iterable[Session]) -> Session | None:
    chain: Session | None = None
    for one in reversed(list(places)):
        chain = replace(one, locked=chain)
    return chain


def _as_it_is_now(tx: Transaction, place: Session) -> Session:
    """A place to come back to: others may have worked on the repair meanwhile."""
    if place.repair_id is None:
        return place
    repair = tx.repair(place.repair_id)
    if repair is None or not repair.is_open:
        return replace(place, screen=Screen.HOME, identifier=None, repair_id=None, part=None)
    return place if repair.step is Step.IN_REPAIR else replace(place, part=None)
