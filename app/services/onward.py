"""The one thing to do next at a place in the work: the way on after any answer."""

from app.services.answering import refused
from app.services.ports import Reader
from app.services.session import Session
from app.services.views import Feedback, PendingPart


def next_scan(part: PendingPart) -> str:
    """Which serial a part that is being fitted still waits for."""
    return "scan_kbb" if part.kgb else "scan_kgb"


def way_on_of(reader: Reader, session: Session) -> str:
    """What to do now, from the part, the repair or the product in hand."""
    if session.awaiting_signature:
        return "scan_to_sign"
    if session.part is not None:
        return next_scan(session.part)
    repair = reader.repair(session.repair_id) if session.repair_id is not None else None
    return repair.step.value if repair is not None else "scan_product"


def part_unfinished(session: Session) -> Feedback | None:
    """Why the repair in hand cannot be left now; None where it can.

    A new part's serial that was scanned is worth something: it is not dropped without a word. To
    lock keeps it, to finish records it, UNDO takes it back.
    """
    part = session.part
    if part is None or not part.kgb:
        return None
    return refused("part_unfinished", part=part.name, way_on=next_scan(part))
