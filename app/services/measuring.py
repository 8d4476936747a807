"""ESD readings: judge, record, and say whether the bench is open for internal work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from app.domain.esd import WRIST, EsdLimit, EsdVerdict, Measurement, Tester, judge
from app.domain.frames import Frame
from app.domain.journal import Draft, Json, instant_text
from app.domain.line_fault import LineFault
from app.domain.people import Person
from app.services.answering import accepted, refused, repeated
from app.services.doubting import circumstances, doubt_of, witness_of
from app.services.onward import way_on_of
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback, Screen, Tone

MAX_RECORDED: Final = 4096
"""Bytes of a frame that its entry repeats; the frame itself is always kept whole beside it."""
REPEATED: Final = "repeated"
"""The code of a message that came a moment ago (`app.domain.line_fault`)."""
MAX_REPEATED: Final = 1024
"""Bytes of a frame that each of its entries repeats, where it led to several."""
SAYS: Final = {
    EsdVerdict.FAIL_LOW: "esd_failed_low",
    EsdVerdict.FAIL_HIGH: "esd_failed_high",
    EsdVerdict.INVALID: "esd_not_valid",
}
SAYS_OF_CHANNEL: Final = {
    EsdVerdict.FAIL_LOW: "esd_channel_failed_low",
    EsdVerdict.FAIL_HIGH: "esd_channel_failed_high",
    EsdVerdict.INVALID: "esd_not_valid",
}


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a tester's reading of a channel is judged by.

    Attributes:
        tester: The register's row of the tester, None where it has none.
        profile: Which limits of the policy apply.
        limit: The limits of the channel, None where the policy has none.
        calibrated: Whether the tester's calibration holds today.
    """

    tester: Tester | None
    profile: str
    limit: EsdLimit | None
    calibrated: bool


def yardstick_of(tx: Transaction, device: str, channel: str, rules: Rules) -> Yardstick:
    """What a reading by this device would be judged by now."""
    tester = tx.tester(device)
    profile = tx.organisation().esd_profile or rules.policy.esd_profile
    calibrated = tester is not None and tester.calibrated_on(rules.today)
    return Yardstick(tester, profile, rules.policy.limit(channel, profile), calibrated)


def record_unreadable(
    tx: Transaction, session: Session, frame: Frame, fault: LineFault, *, first: bool = True
) -> Answer:
    """A tester's line that its profile cannot read: kept and shown, never a silent pass.

    The same line once more is kept as well, but is no second test and no fault.
    """
    if fault.code == REPEATED:
        return record_ignored(tx, session, frame, fault.code)
    payload: dict[str, Json] = {
        **_sent(frame, first=first),
        "code": fault.code,
        "detail": fault.detail,
    }
    draft = Draft("esd.unreadable", f"bench:{tx.bench_id}", _actor(session), payload)
    entry = tx.append(draft, frame if first else None)
    feedback = refused("esd_unreadable", device=frame.device, way_on="test_again")
    if fault.code == "test_aborted":
        feedback = refused("esd_aborted", device=frame.device, way_on="test_again")
    return Answer(session, feedback, (entry,))


def record_ignored(tx: Transaction, session: Session, frame: Frame, why: str = "") -> Answer:
    """A line that holds no measurement by its profile, such as a heading: kept, and no fault."""
    payload = _sent(frame) | ({"code": why} if why else {})
    entry = tx.append(Draft("esd.ignored", f"bench:{tx.bench_id}", _actor(session), payload), frame)
    feedback = repeated("esd_ignored", device=frame.device)
    if why == REPEATED:
        feedback = repeated("esd_repeated", device=frame.device)
    return Answer(session, feedback, (entry,))


def record_readings(
    tx: Transaction,
    session: Session,
    frame: Frame,
    measurements: Sequence[Measurement | LineFault],
    rules: Rules,
) -> Answer:
    """Every channel of one message; what is worst of them is what the technician is told.

    A line of it that cannot be read spoils no other, and is told before them.
    """
    answers: list[Answer] = []
    weights: list[int] = []
    count = len(measurements)
    for measurement in measurements:
        first = not answers
        if isinstance(measurement, LineFault):
            answers.append(record_unreadable(tx, session, frame, measurement, first=first))
            weights.append(_UNREADABLE)
        else:
            answer = _record_reading(tx, session, frame, measurement, rules, first=first)
            answers.append(answer)
            weights.append(_weight(answer, measurement, count))
        session = answers[-1].session
    told = answers[weights.index(max(weights))]
    return Answer(session, told.feedback, tuple(one for a in answers for one in a.entries))


_UNREADABLE: Final = 3


def _weight(answer: Answer, measurement: Measurement, count: int) -> int:
    """A refusal weighs most, then the wrist strap, which opens the bench.

    What the policy has no limits for is told only where nothing else was measured: a tester that
    gives both shoes in series as well must not turn every pass into a refusal.
    """
    unlimited = answer.entries[0].payload["limit"] is None and measurement.channel != WRIST
    if unlimited and count > 1:
        return -1
    if answer.feedback.tone is Tone.REFUSED:
        return 2
    return 1 if answer.feedback.code == "esd_passed" else 0


def _record_reading(
    tx: Transaction,
    session: Session,
    frame: Frame,
    measurement: Measurement,
    rules: Rules,
    *,
    first: bool,
) -> Answer:
    """One channel of one test: judged by the policy's limits and recorded with them.

    The reading belongs to the person whom the tester names, else to the one who is signed in; with
    neither it is the bench's, and opens nothing for anybody. So it is where it only indicates.
    """
    person = tx.person(session.person_id) if session.person_id is not None else None
    measured = person
    if measurement.operator is not None:
        measured = tx.person_by_badge(measurement.operator)
    by = yardstick_of(tx, frame.device, measurement.channel, rules)
    verdict = judge(measurement, by.limit, calibrated=by.calibrated)
    witness = witness_of(tx, measurement)
    doubt = doubt_of(tx, frame, measurement, measured, witness)
    # what would not count anyway is told by that reason: nobody's badge would help it
    doubted = bool(doubt.code) and (verdict is EsdVerdict.PASS or measurement.around.indicative)
    if doubted:
        verdict = EsdVerdict.INVALID  # a fail is believed without anybody's help
    at = min(frame.received_at, rules.now)
    payload = {
        **reading_payload(frame, measurement, by, verdict, at, first=first),
        "person": measured.id if measured is not None else None,
        "person_name": measured.name if measured is not None else None,
        **circumstances(measurement, witness, doubt),
    }
    counts = measured is not None and not measurement.around.indicative
    subject = f"person:{measured.id}" if counts and measured else f"bench:{tx.bench_id}"
    draft = Draft("esd.measured", subject, _actor(session), payload)
    entry = tx.append(draft, frame if first else None)
    way_on = way_on_of(tx, session) if person is not None else "scan_badge"
    feedback = _feedback(verdict, measurement, person, measured, way_on)
    if doubted:
        feedback = refused(doubt.code, device=frame.device, person=doubt.person, way_on=doubt.code)
    if session.screen is Screen.ESD_GATE and feedback.code == "esd_passed":
        session = replace(session, screen=Screen.HOME)
    if person is not None and subject == f"person:{person.id}":
        session = replace(session, typed=None)  # an older value must not come after this one
    return Answer(session, feedback, (entry,))


def _actor(session: Session) -> str:
    return f"person:{session.person_id}" if session.person_id is not None else "bench"


def _sent(frame: Frame, *, first: bool = True) -> dict[str, Json]:
    """What came; of a long message with many tests only the first entry repeats it."""
    told = frame.raw[:MAX_RECORDED] if first or len(frame.raw) <= MAX_REPEATED else b""
    return {"device": frame.device, "raw_hex": told.hex()}


def reading_payload(
    frame: Frame,
    measurement: Measurement,
    by: Yardstick,
    verdict: EsdVerdict,
    measured_at: datetime,
    *,
    first: bool = True,
) -> dict[str, Json]:
    """What the entry of a reading keeps: what came, our verdict with its limits, the tester."""
    return {
        **_told(frame, measurement, first=first),
        **_judged(verdict, by.limit, by.profile, measured_at),
        **_tester(by.tester),
    }


def _told(frame: Frame, measurement: Measurement, *, first: bool) -> dict[str, Json]:
    told = measurement.tester_verdict
    return {
        **_sent(frame, first=first),
        "channel": measurement.channel,
        "ohm": measurement.ohm,
        "over_range": measurement.over_range,
        "under_range": measurement.under_range,
        "tester_verdict": told.value if told is not None else None,
        "operator": measurement.operator,
        "device_time": measurement.device_time,
        "received_at": instant_text(frame.received_at),
    }


def _judged(
    verdict: EsdVerdict, limit: EsdLimit | None, profile: str, measured_at: datetime
) -> dict[str, Json]:
    """Our verdict with its limits. It holds from the test, not from when it could be written."""
    if limit is None:
        return {"verdict": verdict.value, "limit": None, "valid_until": None}
    return {
        "verdict": verdict.value,
        "limit": {
            "low_ohm": limit.low_ohm,
            "high_ohm": limit.high_ohm,
            "high_inclusive": limit.high_inclusive,
            "standard": limit.standard,
            "profile": profile,
        },
        "valid_until": instant_text(measured_at + limit.valid_for),
    }


def _tester(tester: Tester | None) -> dict[str, Json]:
    if tester is None:
        return {"tester": None, "tester_name": None, "tester_serial": None, "calibration_due": None}
    due = tester.calibration_due
    return {
        "tester": tester.id,
        "tester_name": tester.name,
        "tester_serial": tester.serial,
        "calibration_due": due.isoformat() if due is not None else None,
    }


def _feedback(
    verdict: EsdVerdict,
    measurement: Measurement,
    person: Person | None,
    measured: Person | None,
    way_on: str,
) -> Feedback:
    """Whose reading it is comes first: another's is neither praise nor blame for this person."""
    if measured is None and measurement.operator is not None:
        return refused("esd_operator_unknown", operator=measurement.operator, way_on="test_again")
    if person is not None and measured is not None and measured.id != person.id:
        return refused("esd_other_operator", person=measured.name, way_on="test_wrist_strap")
    channel = measurement.channel
    if verdict is not EsdVerdict.PASS:
        code = (SAYS if channel == WRIST else SAYS_OF_CHANNEL)[verdict]
        return refused(code, channel=channel, way_on=code)
    if measured is None:
        return refused("esd_nobody", way_on="scan_badge")
    if channel != WRIST:
        return accepted("esd_channel_passed", channel=channel)
    return accepted("esd_passed", person=measured.name, way_on=way_on)
