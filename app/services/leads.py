"""Who may change what belongs to the whole organisation: a lead, by badge or at the window."""

from app.domain.people import Person, Role
from app.services.answering import refused
from app.services.ports import Reader
from app.services.views import Feedback


def signed_in_lead(
    reader: Reader, person_id: str | None, otherwise: str, *, way_on: str
) -> Person | Feedback:
    """The lead who is signed in at the window, or why nobody who is may do it.

    Args:
        reader: The store.
        person_id: Who is signed in, None for nobody.
        otherwise: The answer's code for somebody who is no lead.
        way_on: What they can do instead.
    """
    person = reader.person(person_id) if person_id is not None else None
    if person is None:
        return refused("sign_in_first", way_on="scan_badge")
    if person.role is not Role.LEAD:
        return refused(otherwise, person=person.name, way_on=way_on)
    return person


def lead_with(reader: Reader, badge: str, otherwise: str, *, way_on: str = "") -> Person | Feedback:
    """The lead with a badge, or why nobody of that badge may do it.

    Args:
        reader: The store.
        badge: The badge number.
        otherwise: The answer's code for somebody who is no lead.
        way_on: What they can do instead; empty where that is plain.
    """
    person = reader.person_by_badge(badge)
    if person is None:
        return refused("badge_unknown", badge=badge, way_on="ask_lead")
    if person.role is not Role.LEAD:
        return refused(otherwise, person=person.name, way_on=way_on)
    return person
