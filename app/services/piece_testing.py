"""A test of a piece of equipment: its label says what the next measurement is of.

What is measured is judged as a person's reading is (`app.services.measuring`): by the policy's
limits for its channel, with a tester in calibration, and a typed value only with a second person.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from app.domain.equipment import IN_SERVICE, Equipment
from app.domain.equipment_labels import PREFIX as LABEL
from app.domain.equipment_labels import PieceAtHand, pieces_named
from app.domain.equipment_tests import CHECK, PREFIX, TESTED, PieceVerdict, item_of
from app.domain.esd import EsdVerdict, Measurement, Tester, judge
from app.domain.esd_plan import channels_of
from app.domain.frames import Frame
from app.domain.journal import Draft, Entry, Json, instant_text
from app.domain.line_fault import LineFault
from app.domain.people import Person
from app.services.answering import accepted, asked, refused
from app.services.doubting import circumstances, doubt_of, witness_of
from app.services.measuring import Yardstick, reading_payload, record_readings, yardstick_of
from app.services.onward import way_on_of
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback, Tone

WAITS_FOR: Final = timedelta(minutes=2)
"""How long a piece waits for its measurement: a later one must not be taken for it."""
FAILED: Final = {
    PieceVerdict.FAIL_LOW: "equipment_failed_low",
    PieceVerdict.FAIL_HIGH: "equipment_failed_high",
    PieceVerdict.FAIL: "equipment_failed",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A measurement as it came.

    Attributes:
        measurement: What the tester says.
        frame: What it sent, or a person typed.
        first: Whether the frame is kept beside its entry, and not beside one before it.
        tester: With which tester of the register, where it is not the one that is connected as the
            frame's device.
    """

    measurement: Measurement
    frame: Frame
    first: bool = True
    tester: Tester | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A test that is judged and recorded.

    Attributes:
        feedback: The answer for who tested.
        entry: What was appended.
    """

    feedback: Feedback
    entry: Entry


# ----------------------------------------------------------------------
# By scans: the label, then the tester
# ----------------------------------------------------------------------


def begin_test(tx: Transaction, session: Session, body: str, rules: Rules) -> Answer | None:
    """A piece's label was scanned: the next measurement is its own.

    Returns:
        None where the body of the command is no piece's label.
    """
    if not body.startswith(LABEL):
        return None
    named = pieces_named(body, tx.equipment())
    if len(named) != 1:
        code = "equipment_ambiguous" if named else "equipment_unknown"
        return Answer(session, refused(code, piece=body.removeprefix(LABEL), way_on=code))
    (piece,) = named
    name = piece.name or piece.id
    if piece.state not in IN_SERVICE:
        return Answer(session, refused("equipment_not_in_service", piece=name))
    at_hand = at_hand_of(piece, rules)
    if at_hand is None:
        return Answer(session, refused("equipment_not_measured", piece=name))
    waiting = replace(session, testing=at_hand, check=None)
    feedback = asked(
        "equipment_test_begun",
        way_on="measure_piece",
        piece=name,
        channel=at_hand.channels[0],
    )
    return Answer(waiting, feedback)


def at_hand_of(piece: Equipment, rules: Rules) -> PieceAtHand | None:
    """A piece whose next measurement is its own; None for what is not measured."""
    channels = channels_of(piece, rules.policy.esd_tests)
    if not channels:
        return None
    return PieceAtHand(piece.id, item_of(piece.kind), channels, rules.now + WAITS_FOR)


def waiting_test(session: Session, rules: Rules) -> PieceAtHand | None:
    """The piece that waits for a measurement now."""
    at_hand = session.testing
    return at_hand if at_hand is not None and rules.now <= at_hand.until else None


def take_test(
    tx: Transaction,
    session: Session,
    frame: Frame,
    read: Sequence[Measurement | LineFault],
    rules: Rules,
) -> Answer | None:
    """Record what a tester measured of the piece that waits.

    What the same message says of other channels is recorded like any reading, before it.

    Returns:
        None where no piece waits, or nothing of it was measured.
    """
    at_hand = waiting_test(session, rules)
    piece = tx.piece(at_hand.equipment_id) if at_hand is not None else None
    if at_hand is None or piece is None:
        return None
    own = [one for one in read if isinstance(one, Measurement) and one.channel in at_hand.channels]
    if not own:
        return None
    others = [one for one in read if one not in own]
    before = record_readings(tx, session, frame, others, rules) if others else None
    entries = before.entries if before is not None else ()
    session = replace(before.session if before is not None else session, testing=None)
    tests = [
        record_measured(tx, session, piece, Taken(one, frame, not entries and not number), rules)
        for number, one in enumerate(own)
    ]
    told = next((one for one in tests if one.feedback.tone is Tone.REFUSED), tests[-1])
    way_on = told.feedback.way_on or way_on_of(tx, session)
    feedback = replace(told.feedback, way_on=way_on)
    return Answer(session, feedback, (*entries, *(one.entry for one in tests)))


# ----------------------------------------------------------------------
# What is recorded
# ----------------------------------------------------------------------


def record_measured(
    tx: Transaction, session: Session, piece: Equipment, taken: Taken, rules: Rules
) -> Judged:
    """Judge and record one measurement of a piece.

    Args:
        tx: The transaction.
        session: Who is signed in: who tests.
        piece: What was measured.
        taken: What was measured, with what.
        rules: What it is judged by.
    """
    frame, measurement = taken.frame, taken.measurement
    by = _yardstick(tx, taken, rules)
    person = _who(tx, session, measurement)
    witness = witness_of(tx, measurement)
    doubt = doubt_of(tx, frame, measurement, person, witness)
    verdict = judge(measurement, by.limit, calibrated=by.calibrated)
    doubted = bool(doubt.code) and (verdict is EsdVerdict.PASS or measurement.around.indicative)
    if doubted:
        verdict = EsdVerdict.INVALID  # a fail is believed without anybody's help
    at = min(frame.received_at, rules.now)
    payload: dict[str, Json] = {
        **_about(piece, person, item_of(piece.kind)),
        **reading_payload(frame, measurement, by, verdict, at, first=taken.first),
        **circumstances(measurement, witness, doubt),
        "tested_at": instant_text(at),
    }
    entry = tx.append(_draft(piece, session, payload), frame if taken.first else None)
    if doubted:
        told = refused(doubt.code, device=frame.device, person=doubt.person, way_on=doubt.code)
        return Judged(told, entry)
    return Judged(_told(piece, PieceVerdict(verdict.value)), entry)


def _yardstick(tx: Transaction, taken: Taken, rules: Rules) -> Yardstick:
    by = yardstick_of(tx, taken.frame.device, taken.measurement.channel, rules)
    tester = taken.tester
    if tester is None:
        return by
    return replace(by, tester=tester, calibrated=tester.calibrated_on(rules.today))


def record_tried(
    tx: Transaction, session: Session, piece: Equipment, note: str, rules: Rules, *, passed: bool
) -> Judged:
    """Record that a piece was tried or looked at, and whether it is in order."""
    verdict = PieceVerdict.PASS if passed else PieceVerdict.FAIL
    person = tx.person(session.person_id or "")
    payload: dict[str, Json] = {
        **_about(piece, person, CHECK),
        "verdict": verdict.value,
        "note": note,
        "tested_at": instant_text(rules.now),
    }
    entry = tx.append(_draft(piece, session, payload))
    return Judged(_told(piece, verdict), entry)


def _who(tx: Transaction, session: Session, measurement: Measurement) -> Person | None:
    """Who tests: whom the tester names, else who is signed in."""
    if measurement.operator is not None:
        return tx.person_by_badge(measurement.operator)
    return tx.person(session.person_id or "")


def _about(piece: Equipment, person: Person | None, item: str) -> dict[str, Json]:
    """Which piece was tested, where it stood then, and by whom."""
    return {
        "item": item,
        "kind": piece.kind,
        "name": piece.name,
        "serial": piece.serial,
        "place": piece.place,
        "person": person.id if person is not None else None,
        "person_name": person.name if person is not None else None,
    }


def _draft(piece: Equipment, session: Session, payload: dict[str, Json]) -> Draft:
    actor = f"person:{session.person_id}" if session.person_id is not None else "bench"
    return Draft(TESTED, f"{PREFIX}{piece.id}", actor, payload)


def _told(piece: Equipment, verdict: PieceVerdict) -> Feedback:
    name = piece.name or piece.id
    if verdict is PieceVerdict.PASS:
        return accepted("equipment_passed", piece=name)
    if verdict is PieceVerdict.INVALID:
        return refused("equipment_not_valid", piece=name, way_on="esd_not_valid")
    return refused(FAILED[verdict], piece=name, way_on="equipment_failed")
