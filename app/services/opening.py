"""Products and repairs in hand: show a product, open a repair of it, come back to one."""

from dataclasses import replace

from app.domain.journal import Draft, Json
from app.domain.policy import Severity
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.domain.verdicts import Finding, product_findings, technician_findings, verdict_of
from app.services.answering import accepted, asked, refused, refused_by, repeated
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
    return ProductCard(identifier, asset, verdict_of(findings), findings, open_repairs)


def show_product(
    tx: Transaction, session: Session, identifier: str, asset: Asset | None, rules: Rules
) -> Answer:
    """A product was scanned: show it and its verdict; nothing is opened yet."""
    card = _card(tx, identifier, asset, rules)
    shown = replace(
        session,
        screen=Screen.HOME,
        identifier=identifier,
        repair_id=None,
        part=None,
        awaiting_signature=False,
    )
    if card.open_repairs:
        return take_in_hand(shown, card.open_repairs[0])
    blocking = _blocking(card.findings)
    if blocking:
        return Answer(shown, refused_by(blocking[0]))
    name = card.asset.model if card.asset is not None else identifier
    return Answer(shown, asked("product_allowed", product=name, way_on="scan_open"))


def take_in_hand(session: Session, repair: Repair) -> Answer:
    """Go on with a repair that was opened before."""
    if session.repair_id == repair.id and session.screen is Screen.REPAIR:
        return Answer(session, repeated("repair_in_hand", repair=repair.number))
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
    return take_in_hand(session, repair)


def open_repair(tx: Transaction, session: Session, rules: Rules) -> Answer:
    """OPEN: the product that is shown is received for repair."""
    if session.repair_id is not None:
        repair = tx.repair(session.repair_id)
        number = repair.number if repair is not None else ""
        return Answer(session, repeated("repair_in_hand", repair=number))
    if session.identifier is None or session.person_id is None:
        return Answer(session, refused("no_product", way_on="scan_product"))
    card = product_card(tx, session.identifier, rules)
    if card.open_repairs:
        return take_in_hand(session, card.open_repairs[0])
    findings = card.findings
    person = tx.person(session.person_id)
    if person is not None and card.asset is not None and card.asset.family is not None:
        findings += technician_findings(person, card.asset.family, rules.policy, rules.today)
    blocking = _blocking(findings)
    if blocking or card.asset is None:
        return Answer(session, refused_by(blocking[0]))
    return _opened(tx, session, card.asset.serial, findings, rules)


def _opened(
    tx: Transaction, session: Session, serial: str, findings: tuple[Finding, ...], rules: Rules
) -> Answer:
    told: list[Json] = [
        {"rule": one.rule, "severity": one.severity.value, "code": one.code} for one in findings
    ]
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


def _blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.severity is Severity.BLOCK)
