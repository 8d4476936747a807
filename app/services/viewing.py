"""The picture of the bench that the window paints, made from the session and the store."""

from collections.abc import Sequence

from app.domain.esd import WRIST, esd_gap
from app.domain.journal import Entry
from app.domain.people import Person
from app.services.asking_pin import waiting_pin
from app.services.checking import waiting_check
from app.services.opening import product_card
from app.services.ports import Reader
from app.services.session import Rules, Session
from app.services.typing_in import waiting_reading
from app.services.views import BenchView, EsdStanding


def view_of(reader: Reader, session: Session, rules: Rules) -> BenchView:
    """Everything that is painted, at one moment."""
    person = reader.person(session.person_id) if session.person_id is not None else None
    shown = session.identifier is not None and person is not None
    held = session.repair_id is not None and person is not None
    repair = reader.repair(session.repair_id or "") if held else None
    timeline = reader.timeline(f"repair:{repair.id}") if repair is not None else ()
    return BenchView(
        screen=session.screen,
        person=person,
        esd=_standing(reader, person, rules) if person is not None else None,
        product=product_card(reader, session.identifier or "", rules) if shown else None,
        repair=repair,
        pending_part=session.part,
        awaiting_signature=session.awaiting_signature,
        awaits_radio=session.radios is not None and repair is not None,
        check=waiting_check(session, rules),
        typed=waiting_reading(session, rules) if person is not None else None,
        pin=waiting_pin(session, rules.now),
        open_repairs=reader.open_repairs(),
        timeline=timeline,
        names=_names(reader, timeline, person),
        time_zone=reader.organisation().time_zone,
    )


def _names(
    reader: Reader, timeline: Sequence[Entry], signed_in: Person | None
) -> tuple[tuple[str, str], ...]:
    """Who did something; whom the register does not know stays without a name.

    Mostly it is who is signed in, and a scan is answered without asking the store for them again.
    """
    known = {signed_in.id: signed_in} if signed_in is not None else {}
    actors = dict.fromkeys(entry.actor.partition(":")[::2] for entry in timeline)
    people = (known.get(of) or reader.person(of) for kind, of in actors if kind == "person")
    return tuple((person.id, person.name) for person in people if person is not None)


def _standing(reader: Reader, person: Person, rules: Rules) -> EsdStanding:
    state = reader.esd_state(person.id)
    profile = reader.organisation().esd_profile or None
    limit = rules.policy.limit(WRIST, profile)
    return EsdStanding(state, limit, esd_gap(state, person.id, rules.now) or "")
