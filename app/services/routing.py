"""What a scan means here and now: badge, command, tag, product, part label or component serial.

A scan means the same on every screen; the session only decides between a device's serial and a
component's, which look alike. What is unknown changes nothing and says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from app.domain import identifiers
from app.domain.barcodes import MAX_BYTES, Format, Kind, Reading
from app.domain.candidates import Doubt
from app.domain.commands import COMMANDS, IMPORT, RECALL, Command, Verb
from app.domain.diagnostics.codes import reference_code, result_link, told_codes
from app.domain.frames import Frame
from app.domain.repairs import Repair, Step
from app.domain.resistor import resistor_of
from app.domain.typed_readings import value_of_code
from app.services.answering import accepted, refused, repeated
from app.services.asking_pin import while_asked
from app.services.checking import begin_check
from app.services.diagnosing import record_codes
from app.services.finishing import ask_signature, sign_with
from app.services.fitting import begin_part, take_component
from app.services.import_access import import_asked
from app.services.leads import signed_in_lead
from app.services.onward import part_unfinished
from app.services.opening import open_repair, show_product, take_by_number
from app.services.piece_testing import begin_test
from app.services.ports import Transaction
from app.services.reference_codes import shipped_codes
from app.services.session import Answer, Rules, Session
from app.services.signing_in import lock, set_aside, sign_in
from app.services.stepping import move, record_symptom
from app.services.typing_in import (
    confirm,
    forget_typed,
    reading_typed,
    take_text,
    take_value,
    without_expired,
)
from app.services.undoing import undo
from app.services.views import Feedback, Screen, Tone

PRODUCT_KINDS: Final = (Kind.DEVICE_SERIAL, Kind.IMEI, Kind.MEID, Kind.EID)
COMPONENT_KINDS: Final = (Kind.COMPONENT_SERIAL, Kind.DEVICE_SERIAL)
_OF_DEVICES: Final[Mapping[str, Feedback]] = MappingProxyType(
    {
        "DEVICES": accepted("devices_shown"),
        "DEVTEST": accepted("devices_test"),
        "DEVCHECK": accepted("devices_check"),
        "DEVSETUP": accepted("devices_setup"),
        "DEVSHEET": accepted("devices_sheet"),
    }
)
"""What the window does with these is its own business; they change nothing of the work."""
_NOBODYS: Final = frozenset({Verb.LOCK.value, *_OF_DEVICES})
_TAKE_BACK: Final = frozenset({Verb.HOME, Verb.UNDO})
"""What takes back a typed reading that waits for a second person."""
_NOT_IN_REGISTERS: Final = (Kind.GTIN, Kind.MEID, Kind.EID)
"""Numbers of a product that no register holds: that one is not found says nothing about it."""


def route(
    tx: Transaction, session: Session, frame: Frame, reading: Reading, rules: Rules
) -> Answer:
    """Find out what a scan means and do it."""
    best = reading.best
    match best.kind:
        case Kind.BADGE:
            return _badge(tx, session, best.value, rules)
        case Kind.COMMAND if best.value in _NOBODYS:
            return _nobodys(tx, session, best.value)
        case _ if (while_pin := while_asked(tx, session, best, rules)) is not None:
            return while_pin
        case _ if session.person_id is None or tx.person(session.person_id) is None:
            # nobody is, or the register does not hold them any more
            return Answer(set_aside(session), refused("sign_in_first", way_on="scan_badge"))
        case _:
            going_on = replace(session, pin=None, locked_out=None)
            return _somebodys(tx, going_on, frame, reading, rules)


def _somebodys(
    tx: Transaction, session: Session, frame: Frame, reading: Reading, rules: Rules
) -> Answer:
    """A scan of the person who is signed in."""
    best = reading.best
    if session.radios is not None:
        from app.services.renaming import take_radio

        repair = _in_hand(tx, session)
        radio = take_radio(tx, session, repair, reading, rules) if repair is not None else None
        if radio is not None:
            return radio
        session = replace(session, radios=None)  # anything else is other work
    if best.kind is Kind.COMMAND:
        return _command(tx, session, frame, best.value, rules)
    session = without_expired(session, rules)
    typed = reading_typed(frame)
    match best.kind:
        case _ if typed is not None:
            return take_text(tx, session, frame, typed, rules)
        case Kind.REPAIR_TAG:
            return take_by_number(tx, session, best.value)
        case _:
            return _identifier(tx, session, reading, rules)


def _nobodys(tx: Transaction, session: Session, code: str) -> Answer:
    """A command for which nobody has to be signed in: a scanner that fails signs nobody in."""
    told = _OF_DEVICES.get(code)
    return Answer(session, told) if told is not None else lock(tx, session)


def _identifier(tx: Transaction, session: Session, reading: Reading, rules: Rules) -> Answer:
    """A part, a component or a product: what is in hand decides."""
    repair = _in_hand(tx, session)
    link = result_link(_text(reading))
    if link is not None and repair is None:
        return Answer(session, refused("no_repair", way_on="scan_product"))
    code = reference_code(_text(reading))
    told = link or (told_codes([code]) if code is not None else None)
    if told is not None and repair is not None:
        return record_codes(tx, session, repair, told, shipped_codes())
    if reading.best.kind is Kind.PART_NUMBER:
        return _part_label(tx, session, repair, reading, rules)
    if session.part is not None and repair is not None:
        component = _component(tx, reading)
        if component is not None:
            return take_component(tx, session, repair, session.part, component, rules)
    return _product(tx, session, reading, rules)


def _part_label(
    tx: Transaction, session: Session, repair: Repair | None, reading: Reading, rules: Rules
) -> Answer:
    """A part's label; one that holds the part's serial as well saves a scan."""
    if repair is None:
        return Answer(session, refused("no_repair", way_on="scan_product"))
    serial = _component(tx, reading) if reading.format is not Format.PLAIN else None
    part = session.part
    if part is None or not part.kgb or serial is None:  # else it is the removed part's label
        begun = begin_part(tx, session, repair, reading.best.value, rules)
        part = begun.session.part
        if begun.feedback.tone is Tone.REFUSED or part is None or serial is None:
            return begun
        session = begun.session
    return take_component(tx, session, repair, part, serial, rules)


def _badge(tx: Transaction, session: Session, badge: str, rules: Rules) -> Answer:
    if session.typed is not None:
        confirmed = confirm(tx, session, session.typed, badge, rules)
        if confirmed is not None:
            return confirmed
    repair = _in_hand(tx, session)
    if session.awaiting_signature and repair is not None:
        return sign_with(tx, session, repair, badge, rules)
    return sign_in(tx, session, badge, rules)


def _product(tx: Transaction, session: Session, reading: Reading, rules: Rules) -> Answer:
    """A product by any of its identifiers; the register decides which candidate is meant."""
    values = reading.values(*PRODUCT_KINDS)
    for value in dict.fromkeys((*values, _text(reading))):
        asset = tx.asset(value)
        if asset is not None:
            return show_product(tx, session, value, asset, rules)
    stray = _stray(tx, session, reading)
    if stray is not None:
        return Answer(session, stray)
    if values:
        return show_product(tx, session, values[0], None, rules)
    return Answer(session, _unknown(reading))


def _stray(tx: Transaction, session: Session, reading: Reading) -> Feedback | None:
    """What is no product's identifier, or not for certain: it changes nothing and says so."""
    best = reading.best
    if any(tx.lot(value) is not None for value in reading.values(*COMPONENT_KINDS)):
        return refused("component_without_part", way_on="scan_part")
    if best.kind in _NOT_IN_REGISTERS:
        return refused("no_serial", number=best.value, way_on="scan_serial")
    if Doubt.SERIAL_I_OR_O in reading.warnings:
        return _unknown(reading)
    if best.kind is Kind.COMPONENT_SERIAL:
        return refused("component_without_part", way_on="scan_part")
    repair = _in_hand(tx, session)
    working = repair is not None and repair.step is Step.IN_REPAIR
    if working and best.kind is Kind.DEVICE_SERIAL and reading.values(Kind.COMPONENT_SERIAL):
        return refused("part_or_product", serial=best.value, way_on="scan_part")
    return None


def _unknown(reading: Reading) -> Feedback:
    for warning in reading.warnings:
        return refused(f"scan.{warning}", way_on="scan_again")
    return refused("scan.unknown", way_on="scan_again")


def _text(reading: Reading) -> str:
    """What was scanned as it stands, for an asset tag may look like anything."""
    text = reading.raw[:MAX_BYTES].decode(errors="replace").strip()
    return text.removeprefix(reading.aim) if reading.aim is not None else text


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


def _command(tx: Transaction, session: Session, frame: Frame, code: str, rules: Rules) -> Answer:
    """A verb, or a label whose body says more: a resistor, a piece, a reading off a display."""
    resistor = resistor_of(code)
    if resistor is not None:
        return begin_check(session, resistor, rules)
    begun = begin_test(tx, session, code, rules)
    if begun is not None:
        return begun
    value = value_of_code(code)
    if value is not None:
        return take_value(tx, session, frame, value, rules)
    return _verb(tx, session, code, rules)


def _verb(tx: Transaction, session: Session, code: str, rules: Rules) -> Answer:
    command = COMMANDS.get(code)
    if command is None:
        return Answer(session, refused("command_unknown", command=code, way_on="scan_again"))
    if session.typed is not None and command.verb in _TAKE_BACK:  # in time or not: nothing else
        return forget_typed(tx, session)
    session = without_expired(session, rules)
    match command.verb:
        case Verb.HOME:
            return _home(session)
        case Verb.OPEN:
            return open_repair(tx, session, rules)
        case Verb.BOARD:  # the window shows it; the work goes on behind
            return Answer(session, _board(tx, session, command.argument))
        case _:
            repair = _in_hand(tx, session)
            nothing = Answer(session, refused("no_repair", way_on="scan_product"))
            return _on_repair(command)(tx, session, repair, rules) if repair else nothing


def _board(tx: Transaction, session: Session, board: str) -> Feedback:
    """One of the lead's boards is wanted."""
    if board == IMPORT:
        return import_asked(tx, session.person_id)
    if board == RECALL:
        lead = signed_in_lead(
            tx, session.person_id, "recall_lead_only", way_on="ask_lead_to_recall"
        )
        if isinstance(lead, Feedback):
            return lead
    return accepted(f"office_{board}")


_OnRepair = Callable[[Transaction, Session, Repair, Rules], Answer]


def _on_repair(command: Command) -> _OnRepair:
    """The handler of a verb that needs a repair in hand."""
    verb = command.verb
    if verb in _MOVES:
        return lambda tx, session, repair, rules: move(tx, session, repair, _MOVES[verb], rules)
    if verb is Verb.SYMPTOM:
        return lambda tx, session, repair, _: record_symptom(tx, session, repair, command.argument)
    if verb is Verb.UNDO:
        return undo
    if verb is Verb.DONE:
        return ask_signature
    if verb is Verb.RADIO:
        from app.services.renaming import begin_renaming

        return begin_renaming
    return _report


def _report(tx: Transaction, session: Session, repair: Repair, rules: Rules) -> Answer:
    del tx, rules
    feedback = accepted("report_asked", repair=repair.number)
    return Answer(session, feedback, report_for=repair.id)


def _home(session: Session) -> Answer:
    """HOME: put the repair aside; it stays open and is found by scanning its product again."""
    if session.screen is Screen.HOME and session.identifier is None:
        return Answer(session, repeated("home_already", way_on="scan_product"))
    stopped = part_unfinished(session)
    if stopped is not None:
        return Answer(session, stopped)
    home = replace(
        session,
        screen=Screen.HOME,
        identifier=None,
        repair_id=None,
        part=None,
        awaiting_signature=False,
    )
    return Answer(home, accepted("home", way_on="scan_product"))
