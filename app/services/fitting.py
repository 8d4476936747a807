"""Parts: the label, then the new part's serial (KGB), then the removed one's (KBB)."""

from dataclasses import replace

from app.domain.journal import Draft
from app.domain.policy import Severity
from app.domain.repairs import Repair, Step
from app.domain.verdicts import part_findings
from app.services.answering import accepted, asked, refused, refused_by, repeated
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.stepping import gate_refusal
from app.services.views import PendingPart


def begin_part(
    tx: Transaction, session: Session, repair: Repair, number: str, rules: Rules
) -> Answer:
    """A part label was scanned."""
    if repair.step is not Step.IN_REPAIR:
        return Answer(session, refused("not_in_repair", number=number, way_on=repair.step.value))
    part = tx.catalogue_part(number)
    if part is None:
        return Answer(session, refused("part_unknown", number=number, way_on="ask_lead"))
    if part.opens_device:
        stopped = gate_refusal(tx, session, repair, rules)
        if stopped is not None:
            return Answer(session, stopped)
    if session.part is not None and session.part.number == number and not session.part.kgb:
        return Answer(session, repeated("part_begun", part=part.name, way_on="scan_kgb"))
    begun = replace(session, part=PendingPart(number, part.name), awaiting_signature=False)
    return Answer(begun, asked("part_begun", undo=True, part=part.name, way_on="scan_kgb"))


def take_component(
    tx: Transaction, session: Session, repair: Repair, serial: str, rules: Rules
) -> Answer:
    """A component's serial: the new part's first, then the removed one's."""
    part = session.part
    if part is None:
        return Answer(session, refused("component_without_part", way_on="scan_part"))
    if tx.asset(serial) is not None:
        way_on = "scan_kbb" if part.kgb else "scan_kgb"
        return Answer(session, refused("component_is_product", serial=serial, way_on=way_on))
    if not part.kgb:
        return _take_kgb(tx, session, part, serial, rules)
    if serial == part.kgb:
        return Answer(session, repeated("kgb_taken", kgb=serial, way_on="scan_kbb"))
    return _take_kbb(tx, session, repair, part, serial, rules)


def _take_kgb(
    tx: Transaction, session: Session, part: PendingPart, serial: str, rules: Rules
) -> Answer:
    holder = tx.repair_holding(serial)
    used_in = holder.number if holder is not None else None
    findings = part_findings(part.number, serial, tx.lot(serial), used_in, rules.policy)
    for finding in findings:
        if finding.severity is Severity.BLOCK:
            return Answer(session, refused_by(finding))
    taken = replace(session, part=replace(part, kgb=serial))
    return Answer(taken, asked("kgb_taken", undo=True, kgb=serial, way_on="scan_kbb"))


def _take_kbb(
    tx: Transaction, session: Session, repair: Repair, part: PendingPart, serial: str, rules: Rules
) -> Answer:
    stopped = gate_refusal(tx, session, repair, rules)
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
