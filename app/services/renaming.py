"""NEW IMEI: what a replaced board or unit brought is scanned, each number recorded at once."""

from dataclasses import replace
from typing import Final

from app.domain.barcodes import Format, Kind, Reading
from app.domain.identities import identity_of
from app.domain.repairs import Repair, Step
from app.services.answering import accepted, asked, refused, repeated
from app.services.gating import gate_refusal
from app.services.identities import Replacement, identity_gap, replace_identity, with_radio
from app.services.onward import part_unfinished
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session

RADIO_KINDS: Final = (Kind.IMEI, Kind.MEID, Kind.EID)


def begin_renaming(tx: Transaction, session: Session, repair: Repair, rules: Rules) -> Answer:
    """The command: from now on an IMEI, MEID or EID that is scanned is the product's new one."""
    if repair.step is not Step.IN_REPAIR:
        return Answer(session, refused("identity_not_now", way_on=repair.step.value))
    stopped = part_unfinished(session) or gate_refusal(tx, session, repair, rules, internal=False)
    if stopped is not None:
        return Answer(session, stopped)
    begun = replace(session, part=None, awaiting_signature=False, radios=())
    return Answer(begun, asked("new_imei", serial=repair.serial, way_on="scan_new_imei"))


def take_radio(
    tx: Transaction, session: Session, repair: Repair, reading: Reading, rules: Rules
) -> Answer | None:
    """A scan while the product's new numbers are expected.

    Returns:
        The answer; None for a scan that is none of them, nor the product's serial.
    """
    product = tx.asset(repair.serial)
    if session.radios is None or product is None or repair.step is not Step.IN_REPAIR:
        return None
    found = _radios(reading)
    if not found and reading.best.value != product.serial:
        return None
    taken = tuple(dict.fromkeys((*session.radios, *found)))
    new = with_radio(identity_of(product), taken)
    if taken == session.radios or new == identity_of(product):
        again = repeated("identity_same", serial=product.serial, way_on="scan_new_imei")
        return Answer(replace(session, radios=taken), again)
    stopped = identity_gap(tx, product, new)
    if stopped is not None:
        return Answer(session, stopped)
    told = Replacement(product, new, rules.today, repair.number, f"person:{session.person_id}")
    entries = replace_identity(tx, told, (repair,))
    feedback = accepted(
        "identity_replaced",
        undo=True,
        numbers=", ".join(found),
        serial=product.serial,
        way_on="scan_new_imei",
    )
    return Answer(replace(session, radios=taken), feedback, entries)


def _radios(reading: Reading) -> tuple[str, ...]:
    """The numbers that a scan tells; a plain text is one thing only, the likeliest."""
    if reading.format is not Format.PLAIN:
        return reading.values(*RADIO_KINDS)
    return (reading.best.value,) if reading.best.kind in RADIO_KINDS else ()
