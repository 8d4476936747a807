"""Parts: the label, then the new part's serial (KGB), then the removed one's (KBB).

Where the part is a whole unit, its serial is the product's new one, and the removed serial is the
product's own. That is asked for twice: a technician who scans the product by mistake does not
rename it.
"""

from dataclasses import replace

from app.domain import identifiers
from app.domain.journal import Draft
from app.domain.parts import CataloguePart
from app.domain.products import Asset
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
    product = tx.asset(serial)
    if product is not None:
        return _take_product(tx, session, repair, part, product, rules)
    if not part.kgb:
        return _take_kgb(tx, session, part, serial, rules)
    if serial == part.kgb:
        return Answer(session, repeated("kgb_taken", kgb=serial, way_on="scan_kbb"))
    return _take_kbb(tx, session, repair, part, serial, rules)


def _take_product(
    tx: Transaction,
    session: Session,
    repair: Repair,
    part: PendingPart,
    product: Asset,
    rules: Rules,
) -> Answer:
    """A product's serial while a part is fitted: a whole unit, or a mistake."""
    from app.domain.identities import Identity
    from app.services.identities import identity_gap

    ours = tx.asset(repair.serial)
    is_own = ours is not None and ours.serial == product.serial
    if product.serial == part.kgb:
        return Answer(session, repeated("kgb_taken", kgb=part.kgb, way_on="scan_kbb"))
    if not part.kgb and not is_own and tx.lot(product.serial) is not None:
        return _take_kgb(tx, session, part, product.serial, rules)
    if not (is_own and _is_unit(part.kgb)):
        serial, way_on = product.serial, next_scan(part)
        return Answer(session, refused("component_is_product", serial=serial, way_on=way_on))
    stopped = identity_gap(tx, product, Identity(part.kgb))
    if stopped is not None:
        return Answer(session, stopped)
    if part.is_unit:
        return _take_unit(tx, session, repair, part, product, rules)
    once = replace(session, part=replace(part, is_unit=True))
    old = product.serial
    told = asked("unit_replaced_sure", undo=True, old=old, new=part.kgb, way_on="scan_unit_again")
    return Answer(once, told)


def _is_unit(kgb: str) -> bool:
    """Whether a new part's serial can be a product's."""
    read = identifiers.device_serial(kgb)
    return read is not None and not read.corrected


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


def _take_unit(
    tx: Transaction,
    session: Session,
    repair: Repair,
    part: PendingPart,
    product: Asset,
    rules: Rules,
) -> Answer:
    """The whole unit is replaced: the part's serial is the product's new one."""
    from app.domain.identities import Identity, identity_of
    from app.services.identities import Replacement, replace_identity

    fitted = _take_kbb(tx, session, repair, part, product.serial, rules)
    if not fitted.entries:
        return fitted
    actor = f"person:{session.person_id}"
    told = Replacement(product, Identity(part.kgb), rules.today, repair.number, actor)
    said = replace_identity(tx, told, (repair,), part=str(fitted.entries[0].id))
    has_radio = bool(identity_of(product).radios)
    feedback = accepted(
        "unit_replaced",
        undo=True,
        old=product.serial,
        new=part.kgb,
        way_on="scan_new_imei" if has_radio else "scan_done",
    )
    renamed = replace(fitted.session, identifier=part.kgb, radios=() if has_radio else None)
    return Answer(renamed, feedback, (*fitted.entries, *said))


def _take_kbb(
    tx: Transaction, session: Session, repair: Repair, part: PendingPart, serial: str, rules: Rules
) -> Answer:
    known = tx.catalogue_part(part.number)
    internal = known is None or known.opens_device
    at_hand = _at_hand(tx, part.number, part.kgb)  # it may have been used meanwhile
    stopped = gate_refusal(tx, session, repair, rules, internal=internal, part=at_hand)
    if stopped is not None and stopped == _part_refusal(at_hand, rules):
        return Answer(replace(session, part=replace(part, kgb="", is_unit=False)), stopped)
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
