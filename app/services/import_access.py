"""Who may import products into the register at the window: a lead who is signed in."""

from app.domain.people import Role
from app.services.answering import accepted, refused
from app.services.ports import Reader
from app.services.views import Feedback, Tone


def import_asked(reader: Reader, person_id: str | None) -> Feedback:
    """The answer to whoever wants to import: the screen, or why not."""
    person = reader.person(person_id) if person_id is not None else None
    if person is None:
        return refused("sign_in_first", way_on="scan_badge")
    if person.role is not Role.LEAD:
        return refused("import_lead_only", person=person.name, way_on="ask_lead_to_import")
    return accepted("import_shown")


def may_import(reader: Reader, person_id: str | None) -> bool:
    """Whether a person may import."""
    return import_asked(reader, person_id).tone is Tone.ACCEPTED
