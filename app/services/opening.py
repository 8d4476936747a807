"""Products and repairs in hand: show a product, open a repair of it, come back to one."""

from dataclasses import replace

from app.domain.journal import Draft, Json
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.domain.verdicts import (
    Finding,
    lift,
    product_findings,
    refusal_of,
    technician_findings,
    verdict_of,
)
from app.services.answering import accepted, asked, refused, refused_by, repeated
from app.services.gating import overrides_for
from app.services.onward import part_unfinished, way_on_of
from app.services.ports import Reader, Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import ProductCard, Screen

NUMBER_LENGTH = 8
"""Characters of a repair's short number: 40 bits of its identity, so that two benches offline do
not meet."""
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRSTUVWX"


def product_card(reader: Reader, identifier: str, rules: Rules) -> ProductCard:
    """A product with every rule's word on it."""
    return _card(reader, identifier, reader.asset(identifier), rules)


def _card(reader: Reader, identifier: str, asset: Asset | None, rules: Rules) -> ProductCard:
    findings = product_findings(asset, rules.policy, rules.today)
    open_repairs = reader.open_repairs(asset.serial) if asset is not None else ()
    if asset is not None:
        repair = next(iter(open_repairs), None)
        findings = lift(findings, overrides_for(reader, findings, asset.serial, repair))
    return ProductCard(identifier, asset, verdict_of(findings), findings, open_repairs)


def show_product(
    tx: Transaction, session: Session, identifier: str, asset: Asset | None, rules: Rules
) -> Answer:
    """A product was scanned: show it and its verdict; nothing is opened yet."""
    card = _card(tx, identifier, asset, rules)
    held = next((one for one in card.open_repairs if one.id == session.repair_id), None)
    if held is not None:
        return _in_hand_already(tx, session, held)
    stopped = part_unfinished(session)
    if stopped is not None:
        return Answer(session, stopped)
    shown = replace(
        session,
        screen=Screen.HOME,
        identifier=identifier,
        repair_id=None,
        part=None,
        awaiting_signature=False,
    )
    if card.open_repairs:
        return _take_in_hand(shown, card.open_repairs[0])
    refusal = refusal_of(card.findings)
    if card.asset is None or refusal is not None:  # what the register lacks has a finding
        return Answer(shown, refused_by(refusal or card.findings[0]))
    product = card.asset.model or card.asset.serial
    return Answer(shown, asked("product_allowed", product=product, way_on="scan_open"))


def _in_hand_already(tx: Transaction, session: Session, repair: Repair) -> Answer:
    way_on = way_on_of(tx, session)
    return Answer(session, repeated("repair_in_hand", repair=repair.number, way_on=way_on))


def _take_in_hand(session: Session, repair: Repair) -> Answer:
    """Go on with a repair that was opened before."""
    in_hand = replace(
        session,
        screen=Screen.REPAIR,
        identifier=repair.serial,
        repair_id=repair.id,
        part=None,
        awaiting_signature=False,
    )
    return Answer(in_hand, accepted("repair_taken", repair=repair.number, way_on=repair.step.value))


def take_by_number(tx: Transaction, session: Session, number: str) -> Answer:
    """A repair tag was scanned."""
    repair = tx.repair_by_number(number)
    if repair is None:
        return Answer(session, refused("repair_unknown", repair=number, way_on="scan_product"))
    if not repair.is_open:
        return Answer(session, refused("repair_closed", repair=number, way_on="scan_product"))
    if repair.id == session.repair_id:
        return _in_hand_already(tx, session, repair)
    stopped = part_unfinished(session)
    return _take_in_hand(session, repair) if stopped is None else Answer(session, stopped)


def open_repair(tx: Transaction, session: Session, rules: Rules) -> Answer:
    """OPEN: the product that is shown is received for repair."""
    repair = tx.repair(session.repair_id) if session.repair_id is not None else None
    if repair is not None and repair.is_open:
        return _in_hand_already(tx, session, repair)
    person = tx.person(session.person_id or "")
    if person is None:
        return Answer(session, refused("sign_in_first", way_on="scan_badge"))
    if session.identifier is None:
        return Answer(session, refused("no_product", way_on="scan_product"))
    card = product_card(tx, session.identifier, rules)
    if card.open_repairs:
        return _take_in_hand(session, card.open_repairs[0])
    findings = card.findings
    if card.asset is not None and card.asset.family is not None:
        findings += technician_findings(person, card.asset.family, rules.policy, rules.today)
    refusal = refusal_of(findings)
    if card.asset is None or refusal is not None:
        return Answer(session, refused_by(refusal or findings[0]))
    return _opened(tx, session, card.asset.serial, findings, rules)


def _opened(
    tx: Transaction, session: Session, serial: str, findings: tuple[Finding, ...], rules: Rules
) -> Answer:
    told: list[Json] = [_told(one) for one in findings]
    repair_id = rules.ids.new()
    number = repair_number(repair_id.int)
    entry = tx.append(
        Draft(
            "repair.opened",
            f"repair:{repair_id}",
            f"person:{session.person_id}",
            {
                "number": number,
                "serial": serial,
                "findings": told,
                "policy_edition": f"{rules.policy.region} {rules.policy.edition}",
            },
        )
    )
    in_hand = replace(session, screen=Screen.REPAIR, repair_id=str(repair_id), identifier=serial)
    feedback = accepted("repair_opened", undo=True, repair=number, way_on="opened")
    return Answer(in_hand, feedback, (entry,))


def repair_number(identity: int) -> str:
    """The short number of a repair: its identity's last 40 random bits, without I and O."""
    digits: list[str] = []
    for _ in range(NUMBER_LENGTH):
        identity, digit = divmod(identity, len(_ALPHABET))
        digits.append(_ALPHABET[digit])
    return "".join(reversed(digits))


def _told(finding: Finding) -> dict[str, Json]:
    """What the opening records of a finding; who answered for it, where somebody did."""
    told: dict[str, Json] = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "code": finding.code,
    }
    lifted_by = finding.lifted
    if lifted_by is not None:
        told |= {
            "override": lifted_by.entry_id,
            "overridden_by": lifted_by.lead_name,
            "reason": lifted_by.reason,
        }
    return told
