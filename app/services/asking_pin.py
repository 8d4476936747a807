"""After the badge, the PIN: what the bench says while one is asked for.

What a PIN is checked by is `app.services.pins`; here nothing knows its digits.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Final

from app.domain.barcodes import Candidate, Kind
from app.domain.commands import Verb
from app.domain.journal import Draft
from app.domain.people import Person, Role
from app.domain.pins import PinPurpose, PinWait
from app.services.answering import accepted, asked, refused
from app.services.calendar import site_zone
from app.services.pins import PinStanding
from app.services.ports import Reader, Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback

WAITS_FOR: Final = timedelta(minutes=2)
"""How long a PIN is waited for: the badge that is scanned later is another sign-in."""
PIN_SET: Final = "person.pin_set"
"""The kind of entry by which it is known that somebody got a new PIN."""
UNLOCKED: Final = "person.pin_unlocked"
"""The kind of entry by which a lead lets somebody try again."""
NOT_ASKED: Final = refused("pin_not_asked", way_on="scan_badge")
EXPIRED: Final = refused("pin_expired", way_on="scan_badge")
TYPED_EXPIRED: Final = refused("esd_typed_expired", way_on="type_reading")
"""The typed value that somebody was to confirm waits no more."""
CHECKING: Final = refused("pin_checking", way_on="type_pin")
_GIVES_UP: Final = frozenset({Verb.HOME.value, Verb.UNDO.value})


def ask_pin(
    session: Session,
    person: Person,
    rules: Rules,
    purpose: PinPurpose = PinPurpose.SIGN_IN,
) -> Answer:
    """The badge is known; who works here goes on working until the PIN is right."""
    wait = PinWait(person.id, person.name, _until(session, purpose, rules.now), purpose)
    return Answer(
        replace(session, pin=wait), asked("pin_asked", way_on="type_pin", person=person.name)
    )


def _until(session: Session, purpose: PinPurpose, now: datetime) -> datetime:
    typed = session.typed
    return typed.until if purpose is PinPurpose.CONFIRM and typed is not None else now + WAITS_FOR


def waiting_pin(session: Session, now: datetime) -> PinWait | None:
    """The PIN that is asked for now."""
    wait = session.pin
    if wait is None or now > wait.until:
        return None
    # a tester that spoke since has made the typed value needless
    needless = wait.purpose is PinPurpose.CONFIRM and session.typed is None
    return None if needless else wait


def no_longer_asked(session: Session) -> Answer:
    """A PIN was typed that nobody waits for: none was asked for, or it came too late."""
    wait = session.pin
    if wait is None:
        return Answer(session, NOT_ASKED)
    if wait.purpose is PinPurpose.CONFIRM:
        return Answer(replace(session, pin=None, typed=None), TYPED_EXPIRED)
    return Answer(replace(session, pin=None), EXPIRED)


def while_asked(
    tx: Transaction, session: Session, scanned: Candidate, rules: Rules
) -> Answer | None:
    """A scan that is neither a badge nor anybody's command, while a PIN is asked for or locked.

    Returns:
        None where it is work of the person who is signed in: they go on, and the PIN is given up.
    """
    if scanned.kind is Kind.COMMAND and scanned.value == Verb.UNDO.value:
        unlocked = _unlock(tx, session, rules)
        if unlocked is not None:
            return unlocked
    wait = waiting_pin(session, rules.now)
    if wait is None or wait.purpose is PinPurpose.CONFIRM:  # UNDO takes the typed value back too
        return None
    if scanned.kind is Kind.COMMAND and scanned.value in _GIVES_UP:
        return Answer(replace(session, pin=None), accepted("pin_dropped", way_on="scan_badge"))
    if session.person_id is None:
        return Answer(session, refused("pin_first", way_on="type_pin"))
    return None


def _unlock(tx: Transaction, session: Session, rules: Rules) -> Answer | None:
    """UNDO of a lead, while they see that somebody is locked out: that person may try again.

    The entry is written here; the count of wrong tries lies beside the journal, and follows it.
    """
    out, lead = session.locked_out, lead_here(tx, session)
    if out is None or rules.now > out.until or lead is None:
        return None
    draft = Draft(UNLOCKED, f"person:{out.person_id}", f"person:{lead.id}", {})
    told = accepted("pin_unlocked", person=out.name, way_on="scan_badge")
    return Answer(replace(session, locked_out=None), told, (tx.append(draft),))


def not_right(
    reader: Reader, session: Session, wait: PinWait, standing: PinStanding, rules: Rules
) -> Answer:
    """No sign-in: no PIN is set, too many were wrong, or this one was."""
    said = said_of(standing, wait.name, zone_of(reader), rules.now)
    waiting = replace(wait, until=_until(session, wait.purpose, rules.now))
    lead = lead_here(reader, session) is not None
    if not standing.is_set and lead:
        return choosing(
            session, waiting, rules, asked("pin_choose", way_on="choose_pin", person=wait.name)
        )
    if not standing.is_locked:
        return Answer(replace(session, pin=waiting if standing.is_set else None), said)
    if lead:
        said = replace(said, way_on="pin_unlock", can_undo=True)
    out = replace(wait, until=rules.now + WAITS_FOR)
    return Answer(replace(session, pin=None, locked_out=out), said)


def choosing(
    session: Session,
    wait: PinWait,
    rules: Rules,
    said: Feedback,
    purpose: PinPurpose = PinPurpose.CHOOSE,
) -> Answer:
    """A new PIN is asked for, for the first time or once more."""
    again = replace(wait, until=rules.now + WAITS_FOR, purpose=purpose)
    return Answer(replace(session, pin=again), said)


def lead_here(reader: Reader, session: Session) -> Person | None:
    """Who is signed in, where that is a lead."""
    person = reader.person(session.person_id or "")
    return person if person is not None and person.role is Role.LEAD else None


def said_of(standing: PinStanding, name: str, zone: str, now: datetime) -> Feedback:
    """Why a PIN lets somebody in no further: there is none, it is locked, or this one was wrong."""
    if not standing.is_set:
        return refused("pin_missing", way_on="pin_missing", person=name)
    if standing.is_locked:
        return locked_out(name, standing, zone, now)
    left = str(standing.tries_left)
    return refused("pin_wrong", way_on="type_pin", person=name, left=left)


def locked_out(name: str, standing: PinStanding, zone: str, now: datetime) -> Feedback:
    """Until when somebody is locked out, by the site's clock: the first minute that is free."""
    free = now + standing.wait
    minute = free.replace(second=0, microsecond=0)
    free = minute if minute == free else minute + timedelta(minutes=1)
    local = free.astimezone(site_zone(zone) or UTC)
    minutes = str(ceil(standing.wait / timedelta(minutes=1)))
    return refused(
        "pin_locked",
        way_on="pin_locked",
        person=name,
        until=f"{local:%H:%M}",
        minutes=minutes,
    )


def zone_of(reader: Reader) -> str:
    """The site's time zone."""
    return reader.organisation().time_zone
