"""Who may change what belongs to the whole organisation: a lead, by their badge."""

from app.domain.people import Person, Role
from app.services.answering import refused
from app.services.ports import Reader
from app.services.views import Feedback


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
