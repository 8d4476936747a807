"""A reading that is typed off a tester's display: it passes nobody without a second person.

What would pass waits for another person's badge, and their PIN where one is demanded of them. What
fails, or could not count whoever saw it, is recorded at once like any reading.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from app.domain.esd import WRIST, Circumstances, EsdVerdict, Measurement, Source, judge
from app.domain.frames import DeviceRole, Frame
from app.domain.people import Person
from app.domain.pins import PinPurpose
from app.domain.typed_readings import TypedReading, TypedValue, typed_text, value_in
from app.services.answering import accepted, asked, refused
from app.services.asking_pin import TYPED_EXPIRED, ask_pin
from app.services.checking import check_measured, waiting_check
from app.services.measuring import record_readings, yardstick_of
from app.services.onward import way_on_of
from app.services.piece_testing import waiting_test
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.signing_in import set_aside
from app.services.views import Screen

KEYBOARD: Final = "keyboard"
"""The device that what a person types is recorded as."""
TESTER: Final = "esd-1"
"""The bench's tester: whose display is read."""
WAITS_FOR: Final = timedelta(minutes=2)
"""How long a value waits for the second person: a badge that is scanned later is no answer."""


def reading_typed(frame: Frame) -> str | None:
    """The value in what a person typed, unread; None where it is no reading.

    A scanned label that begins alike, such as the asset tag ``ESD 12``, is none.
    """
    return typed_text(frame.raw.decode(errors="replace")) if frame.device == KEYBOARD else None


def take_text(tx: Transaction, session: Session, frame: Frame, text: str, rules: Rules) -> Answer:
    """A value was typed; where it cannot be read for certain, it is not taken."""
    value = value_in(text)
    if value is None:
        return Answer(session, refused("esd_typed_unreadable", way_on="type_reading"))
    return take_value(tx, session, frame, value, rules)


def take_value(
    tx: Transaction, session: Session, frame: Frame, value: TypedValue, rules: Rules
) -> Answer:
    """A value of the signed-in person: ask for a second one where it would pass, else record it.

    While a check of the tester waits for its reading, it is that: a resistor is nobody's strap. Nor
    is a piece of equipment, whose display may be any tester's: its value is not taken here.
    """
    if waiting_test(session, rules) is not None:
        return Answer(session, refused("equipment_typed", way_on="equipment_typed"))
    measured = _measured(value.ohm)
    check = waiting_check(session, rules)
    if check is not None:
        return check_measured(tx, session, _at_tester(frame), measured, check)
    by = yardstick_of(tx, TESTER, WRIST, rules)
    passes = judge(measured, by.limit, calibrated=by.calibrated) is EsdVerdict.PASS
    if value.ohm is None or by.limit is None or not passes:
        return record_readings(tx, session, _at_tester(frame), (measured,), rules)
    typed = TypedReading(value.ohm, frame, rules.now + WAITS_FOR)
    low, high = str(by.limit.low_ohm or 0), str(by.limit.high_ohm)
    feedback = asked(
        "esd_typed",
        undo=True,
        way_on="second_person",
        ohm=str(value.ohm),
        low_ohm=low,
        high_ohm=high,
    )
    return Answer(replace(session, typed=typed), feedback)


def waiting_reading(session: Session, rules: Rules) -> TypedReading | None:
    """The typed reading that waits for a second person now."""
    typed = session.typed
    return typed if typed is not None and rules.now <= typed.until else None


def without_expired(session: Session, rules: Rules) -> Session:
    """The session without a typed reading for which nobody came in time."""
    return replace(session, typed=waiting_reading(session, rules))


def confirm(
    tx: Transaction, session: Session, typed: TypedReading, badge: str, rules: Rules
) -> Answer | None:
    """A badge was scanned while a typed reading waits: record it, signed in stays who is.

    Of whom a PIN is demanded, it is asked for first: a badge that was found confirms nothing.

    Returns:
        None where the register does not hold its person any more: then it is a sign-in.
    """
    person = tx.person(session.person_id or "")
    if person is None:
        return None
    dropped = replace(session, typed=None, pin=None)
    if waiting_reading(session, rules) is None:
        return Answer(dropped, TYPED_EXPIRED)
    witness = tx.person_by_badge(badge)
    if witness is None:
        unknown = refused("esd_witness_unknown", person=badge, way_on="esd_witness_unknown")
        return Answer(session, unknown)
    if witness.id == person.id:
        same = refused("esd_witness_same", person=witness.name, way_on="esd_witness_same")
        return Answer(session, same)
    if rules.pin_required.demands(witness.role):
        return ask_pin(session, witness, rules, PinPurpose.CONFIRM)
    return _confirmed_by(tx, dropped, typed, person, witness, rules)


def confirmed(tx: Transaction, session: Session, witness: Person, rules: Rules) -> Answer:
    """The second person is who they say: record the reading, unless its time was over meanwhile."""
    person = tx.person(session.person_id or "")
    if person is None:  # the register has lost whose value it is
        return Answer(set_aside(session), refused("sign_in_first", way_on="scan_badge"))
    typed = waiting_reading(session, rules)
    dropped = replace(session, typed=None)
    if typed is None:
        return Answer(dropped, TYPED_EXPIRED)
    return _confirmed_by(tx, dropped, typed, person, witness, rules)


def _confirmed_by(
    tx: Transaction,
    session: Session,
    typed: TypedReading,
    person: Person,
    witness: Person,
    rules: Rules,
) -> Answer:
    measured = _measured(typed.ohm, witness.badge)
    answer = record_readings(tx, session, _at_tester(typed.frame), (measured,), rules)
    if answer.feedback.code != "esd_passed":
        return answer
    way_on, second = way_on_of(tx, answer.session), witness.name
    told = accepted("esd_confirmed", way_on=way_on, person=person.name, witness=second)
    return replace(answer, feedback=told)


def forget_typed(tx: Transaction, session: Session) -> Answer:
    """HOME or UNDO: the typed reading is not wanted; what was typed stays on record as a scan."""
    dropped = replace(session, typed=None)
    at_gate = session.screen is Screen.ESD_GATE
    way_on = "test_wrist_strap" if at_gate else way_on_of(tx, dropped)
    return Answer(dropped, accepted("esd_typed_dropped", way_on=way_on))


def _measured(ohm: int | None, confirmed_by: str = "") -> Measurement:
    around = Circumstances(source=Source.MANUAL, confirmed_by=confirmed_by)
    return Measurement(WRIST, ohm, over_range=ohm is None, around=around)


def _at_tester(frame: Frame) -> Frame:
    """What was typed, as a message of the tester whose display it was read off."""
    return replace(frame, device=TESTER, role=DeviceRole.ESD_TESTER)
