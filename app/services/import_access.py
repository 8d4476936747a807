"""Who may import products into the register at the window: a lead who is signed in."""

from app.services.answering import accepted
from app.services.leads import signed_in_lead
from app.services.ports import Reader
from app.services.views import Feedback, Tone


def import_asked(reader: Reader, person_id: str | None) -> Feedback:
    """The answer to whoever wants to import: the screen, or why not."""
    lead = signed_in_lead(reader, person_id, "import_lead_only", way_on="ask_lead_to_import")
    return lead if isinstance(lead, Feedback) else accepted("import_shown")


def may_import(reader: Reader, person_id: str | None) -> bool:
    """Whether a person may import."""
    return import_asked(reader, person_id).tone is Tone.ACCEPTED
