"""What a scan means here and now: badge, command, tag, product, part label or component serial.

A scan means the same on every screen; the session only decides between a device's serial and a
component's, which look alike. What is unknown changes nothing and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from app.domain import identifiers
from app.domain.barcodes import Kind, Reading
from app.domain.commands import COMMANDS, Command, Verb
from app.domain.repairs import Repair, Step
from app.services.answering import accepted, refused, repeated
from app.services.finishing import ask_signature, sign
from app.services.fitting import begin_part, take_component
from app.services.opening import open_repair, show_product, take_by_number
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.signing_in import lock, sign_in
from app.services.stepping import move, record_symptom
from app.services.undoing import undo
from app.services.views import Feedback, Screen

PRODUCT_KINDS: Final = (Kind.DEVICE_SERIAL, Kind.IMEI, Kind.MEID, Kind.EID)
COMPONENT_KINDS: Final = (Kind.COMPONENT_SERIAL, Kind.DEVICE_SERIAL)


def route(tx: Transaction, session: Session, reading: Reading, rules: Rules) -> Answer:
    """Find out what a scan means and do it."""
    best = reading.best
    match best.kind:
        case Kind.BADGE:
            return _badge(tx, session, best.value, rules)
        case _ if session.person_id is None:
            return Answer(session, refused("sign_in_first", way_on="scan_badge"))
        case Kind.COMMAND:
            return _command(tx, session, best.value, rules)
        case Kind.REPAIR_TAG:
            return take_by_number(tx, session, best.value)
        case _:
            return _identifier(tx, session, reading, rules)


def _identifier(tx: Transaction, session: Session, reading: Reading, rules: Rules) -> Answer:
    """A part, a component or a product: what is in hand decides."""
    repair = _in_hand(tx, session)
    if reading.best.kind is Kind.PART_NUMBER:
        if repair is None:
            return Answer(session, refused("no_repair", way_on="scan_product"))
        return begin_part(tx, session, repair, reading.best.value, rules)
    component = _component(tx, reading)
    if session.part is not None and repair is not None and component is not None:
        return take_component(tx, session, repair, component, rules)
    return _product(tx, session, reading, rules)


def _badge(tx: Transaction, session: Session, badge: str, rules: Rules) -> Answer:
    repair = _in_hand(tx, session)
    if session.awaiting_signature and repair is not None:
        return sign(tx, session, repair, badge)
    return sign_in(tx, session, badge, rules)


def _product(tx: Transaction, session: Session, reading: Reading, rules: Rules) -> Answer:
    """A product by any of its identifiers; the register decides which candidate is meant."""
    values = reading.values(*PRODUCT_KINDS) or (reading.best.value,)
    for value in values:
        asset = tx.asset(value)
        if asset is not None:
            return show_product(tx, session, value, asset, rules)
    if reading.values(*PRODUCT_KINDS):
        return show_product(tx, session, values[0], None, rules)
    if reading.values(Kind.COMPONENT_SERIAL):
        return Answer(session, refused("component_without_part", way_on="scan_part"))
    return Answer(session, _unknown(reading))


def _unknown(reading: Reading) -> Feedback:
    for warning in reading.warnings:
        return refused(f"scan.{warning}", way_on="scan_again")
    return refused("scan.unknown", way_on="scan_again")


def _component(tx: Transaction, reading: Reading) -> str | None:
    """A component's serial; where its prefix leaves two readings, the purchase decides."""
    values = reading.values(*COMPONENT_KINDS)
    known = (one for one in values if tx.lot(one) is not None)
    checked = (one for one in values if identifiers.component_check(one))
    return next(known, None) or next(checked, None) or next(iter(values), None)


def _in_hand(tx: Transaction, session: Session) -> Repair | None:
    return tx.repair(session.repair_id) if session.repair_id is not None else None


_MOVES: Final[Mapping[Verb, Step]] = MappingProxyType(
    {
        Verb.DIAGNOSED: Step.DIAGNOSED,
        Verb.WORK: Step.IN_REPAIR,
        Verb.READY: Step.READY,
        Verb.CANCEL: Step.CANCELLED,
    }
)


def _command(tx: Transaction, session: Session, code: str, rules: Rules) -> Answer:
    command = COMMANDS.get(code)
    if command is None:
        return Answer(session, refused("command_unknown", command=code, way_on="scan_again"))
    match command.verb:
        case Verb.LOCK:
            return lock(tx, session)
        case Verb.HOME:
            return _home(session)
        case Verb.OPEN:
            return open_repair(tx, session, rules)
        case _:
            repair = _in_hand(tx, session)
            if repair is None:
                return Answer(session, refused("no_repair", way_on="scan_product"))
            return _on_repair(command)(tx, session, repair, rules)


_OnRepair = Callable[[Transaction, Session, Repair, Rules], Answer]


def _on_repair(command: Command) -> _OnRepair:
    """The handler of a verb that needs a repair in hand."""
    verb = command.verb
    if verb in _MOVES:
        return lambda tx, session, repair, rules: move(tx, session, repair, _MOVES[verb], rules)
    if verb is Verb.SYMPTOM:
        return lambda tx, session, repair, _: record_symptom(tx, session, repair, command.argument)
    if verb is Verb.UNDO:
        return lambda tx, session, repair, _: undo(tx, session, repair)
    if verb is Verb.DONE:
        return ask_signature
    return _report


def _report(tx: Transaction, session: Session, repair: Repair, rules: Rules) -> Answer:
    del tx, rules
    feedback = accepted("report_asked", repair=repair.number)
    return Answer(session, feedback, report_for=repair.id)


def _home(session: Session) -> Answer:
    """HOME: put the repair aside; it stays open and is found by scanning its product again."""
    if session.screen is Screen.HOME and session.identifier is None:
        return Answer(session, repeated("home_already", way_on="scan_product"))
    home = replace(
        session,
        screen=Screen.HOME,
        identifier=None,
        repair_id=None,
        part=None,
        awaiting_signature=False,
    )
    return Answer(home, accepted("home", way_on="scan_product"))
