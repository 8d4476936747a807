"""Parts: the label, then the new part's serial (KGB), then the removed one's (KBB)."""

from dataclasses import replace

from app.domain import identifiers
from app.domain.journal import Draft
from app.domain.parts import CataloguePart
from app.domain.repairs import Repair, Step
from app.domain.verdicts import PartAtHand, part_findings, refusal_of
from app.services.answering import accepted, asked, refused, refused_by, repeated
from app.services.gating import gate_refusal
from app.services.onward import next_scan, part_unfinished
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback, PendingPart


def begin_part(
    tx: Transaction, session: Session, repair: Repair, number: str, rules: Rules
) -> Answer:
    """A part label was scanned."""
    if repair.step is not Step.IN_REPAIR:
        return Answer(session, refused("not_in_repair", number=number, way_on=repair.step.value))
    part = _catalogue_part(tx, number)
    if part is None:
        return Answer(session, refused("part_unknown", number=number, way_on="ask_lead"))
    pending = session.part
    if pending is not None and pending.number == part.number:
        return Answer(session, repeated("part_begun", part=part.name, way_on=next_scan(pending)))
    stopped = part_unfinished(session) or gate_refusal(
        tx, session, repair, rules, internal=part.opens_device
    )
    if stopped is not None:
        return Answer(session, stopped)
    begun = replace(session, part=PendingPart(part.number, part.name), awaiting_signature=False)
    return Answer(begun, asked("part_begun", undo=True, part=part.name, way_on="scan_kgb"))


def _catalogue_part(tx: Transaction, number: str) -> CataloguePart | None:
    """A part of the catalogue; the letters before its number name a stock, not another part."""
    part = tx.catalogue_part(number)
    read = identifiers.part_number(number)
    if part is None and read is not None and read.stock_prefix:
        return tx.catalogue_part(number.removeprefix(read.stock_prefix))
    return part


def take_component(
    tx: Transaction,
    session: Session,
    repair: Repair,
    part: PendingPart,
    serial: str,
    rules: Rules,
) -> Answer:
    """A component's serial: the new part's first, then the removed one's."""
    if repair.step is not Step.IN_REPAIR:  # another bench took it on while this part was begun
        feedback = refused("not_in_repair", number=part.number, way_on=repair.step.value)
        return Answer(replace(session, part=None), feedback)
    if tx.asset(serial) is not None:
        feedback = refused("component_is_product", serial=serial, way_on=next_scan(part))
        return Answer(session, feedback)
    if not part.kgb:
        return _take_kgb(tx, session, part, serial, rules)
    if serial == part.kgb:
        return Answer(session, repeated("kgb_taken", kgb=serial, way_on="scan_kbb"))
    return _take_kbb(tx, session, repair, part, serial, rules)


def _at_hand(tx: Transaction, number: str, kgb: str) -> PartAtHand:
    """A part with its purchase, and with the repair that holds it already."""
    holder = tx.repair_holding(kgb)
    return PartAtHand(number, kgb, tx.lot(kgb), holder.number if holder is not None else None)


def _part_refusal(part: PartAtHand, rules: Rules) -> Feedback | None:
    """Why a part may not be fitted (P4); None where it may."""
    refusal = refusal_of(part_findings(part, rules.policy))
    return refused_by(refusal) if refusal is not None else None


def _take_kgb(
    tx: Transaction, session: Session, part: PendingPart, serial: str, rules: Rules
) -> Answer:
    stopped = _part_refusal(_at_hand(tx, part.number, serial), rules)
    if stopped is not None:
        return Answer(session, stopped)
    taken = replace(session, part=replace(part, kgb=serial))
    return Answer(taken, asked("kgb_taken", undo=True, kgb=serial, way_on="scan_kbb"))


def _take_kbb(
    tx: Transaction, session: Session, repair: Repair, part: PendingPart, serial: str, rules: Rules
) -> Answer:
    known = tx.catalogue_part(part.number)
    internal = known is None or known.opens_device
    at_hand = _at_hand(tx, part.number, part.kgb)  # it may have been used meanwhile
    stopped = gate_refusal(tx, session, repair, rules, internal=internal, part=at_hand)
    if stopped is not None and stopped == _part_refusal(at_hand, rules):
        return Answer(replace(session, part=replace(part, kgb="")), stopped)
    if stopped is not None:
        return Answer(session, stopped)
    if tx.lot(serial) is not None and tx.repair_holding(serial) is None:
        return Answer(session, refused("kbb_is_new", kbb=serial, way_on="scan_kbb"))
    lot = tx.lot(part.kgb)
    entry = tx.append(
        Draft(
            "part.fitted",
            f"repair:{repair.id}",
            f"person:{session.person_id}",
            {
                "part_number": part.number,
                "part_name": part.name,
                "kgb": part.kgb,
                "kbb": serial,
                "order": lot.order if lot is not None else "",
                "delivery": lot.delivery if lot is not None else "",
                "source": lot.source if lot is not None else "",
            },
        )
    )
    fitted = replace(session, part=None)
    feedback = accepted("part_fitted", undo=True, part=part.name, kgb=part.kgb, way_on="scan_done")
    return Answer(fitted, feedback, (entry,))
