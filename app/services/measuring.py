"""ESD readings: judge, record, and say whether the bench is open for internal work."""

from dataclasses import replace

from app.domain.esd import WRIST, EsdLimit, EsdVerdict, Measurement, Tester, judge
from app.domain.frames import Frame
from app.domain.journal import Draft, Json, instant_text
from app.domain.line_fault import LineFault
from app.domain.people import Person
from app.services.answering import accepted, refused
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback, Screen

_SAYS = {
    EsdVerdict.FAIL_LOW: "esd_failed_low",
    EsdVerdict.FAIL_HIGH: "esd_failed_high",
    EsdVerdict.INVALID: "esd_not_valid",
}


def record_unreadable(tx: Transaction, session: Session, frame: Frame, fault: LineFault) -> Answer:
    """A tester's line that its profile cannot read: kept and shown, never a silent pass."""
    payload: dict[str, Json] = {
        "device": frame.device,
        "raw_hex": frame.raw.hex(),
        "code": fault.code,
        "detail": fault.detail,
    }
    entry = tx.append(Draft("esd.unreadable", f"bench:{tx.bench_id}", _actor(session), payload))
    feedback = refused("esd_unreadable", device=frame.device, way_on="test_again")
    return Answer(session, feedback, (entry,))


def record_reading(
    tx: Transaction, session: Session, frame: Frame, measurement: Measurement, rules: Rules
) -> Answer:
    """One channel of one test: judged by the policy's limits and recorded with them.

    The reading belongs to the person whom the tester names, else to the one who is signed in; with
    neither it is the bench's, and opens nothing for anybody.
    """
    person = tx.person(session.person_id) if session.person_id is not None else None
    measured = person
    if measurement.operator is not None:
        measured = tx.person_by_badge(measurement.operator)
    tester = tx.tester(frame.device)
    profile = tx.organisation().esd_profile or rules.policy.esd_profile
    limit = rules.policy.limit(measurement.channel, profile)
    calibrated = tester is not None and tester.calibrated_on(rules.today)
    verdict = judge(measurement, limit, calibrated=calibrated)
    payload = {
        **_told(frame, measurement),
        **_judged(verdict, limit, profile, rules),
        **_tester(tester),
        "person": measured.id if measured is not None else None,
        "person_name": measured.name if measured is not None else None,
    }
    subject = f"person:{measured.id}" if measured is not None else f"bench:{tx.bench_id}"
    entry = tx.append(Draft("esd.measured", subject, _actor(session), payload))
    feedback = _feedback(verdict, measurement, person, measured)
    if session.screen is Screen.ESD_GATE and feedback.code == "esd_passed":
        session = replace(session, screen=Screen.HOME)
    return Answer(session, feedback, (entry,))


def _actor(session: Session) -> str:
    return f"person:{session.person_id}" if session.person_id is not None else "bench"


def _told(frame: Frame, measurement: Measurement) -> dict[str, Json]:
    told = measurement.tester_verdict
    return {
        "device": frame.device,
        "raw_hex": frame.raw.hex(),
        "channel": measurement.channel,
        "ohm": measurement.ohm,
        "over_range": measurement.over_range,
        "under_range": measurement.under_range,
        "tester_verdict": told.value if told is not None else None,
        "operator": measurement.operator,
        "device_time": measurement.device_time,
    }


def _judged(
    verdict: EsdVerdict, limit: EsdLimit | None, profile: str, rules: Rules
) -> dict[str, Json]:
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
        "valid_until": instant_text(rules.now + limit.valid_for),
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
    verdict: EsdVerdict, measurement: Measurement, person: Person | None, measured: Person | None
) -> Feedback:
    if verdict is not EsdVerdict.PASS:
        return refused(_SAYS[verdict], way_on=_SAYS[verdict])
    if measured is None and measurement.operator is not None:
        return refused("esd_operator_unknown", operator=measurement.operator, way_on="test_again")
    if measured is None or person is None:
        return refused("esd_nobody", way_on="scan_badge")
    if measured.id != person.id:
        return refused("esd_other_operator", person=measured.name, way_on="test_wrist_strap")
    if measurement.channel != WRIST:
        return accepted("esd_channel_passed", channel=measurement.channel)
    return accepted("esd_passed", person=person.name, way_on="scan_product")
