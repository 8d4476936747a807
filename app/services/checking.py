"""The check of an ESD tester with a known resistor: the next reading is judged by its value.

It is recorded and warns; it blocks nobody. What may be worked on stays the policy's word alone.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final

from app.domain.esd import Measurement
from app.domain.frames import Frame
from app.domain.journal import Draft, Json
from app.domain.line_fault import LineFault
from app.domain.resistor import Resistor, TesterCheck, holds
from app.services.answering import accepted, asked, refused
from app.services.measuring import MAX_RECORDED
from app.services.ports import Transaction
from app.services.session import Answer, Rules, Session
from app.services.views import Feedback

WAITS_FOR: Final = timedelta(minutes=2)
"""How long a check waits for the tester: a strap that is tested later must not be taken for it."""


def begin_check(session: Session, resistor: Resistor, rules: Rules) -> Answer:
    """A resistor is connected: the next reading tells whether the tester reads it."""
    check = TesterCheck(resistor, rules.now + WAITS_FOR)
    ohm, percent = str(resistor.ohm), str(resistor.percent)
    feedback = asked("check_begun", way_on="measure_resistor", ohm=ohm, percent=percent)
    return Answer(replace(session, check=check, testing=None), feedback)


def waiting_check(session: Session, rules: Rules) -> TesterCheck | None:
    """The check that waits for a reading now."""
    check = session.check
    return check if check is not None and rules.now <= check.until else None


def check_tester(
    tx: Transaction,
    session: Session,
    frame: Frame,
    read: Sequence[Measurement | LineFault],
    check: TesterCheck,
) -> Answer | None:
    """Judge and record what the tester reads with the resistor; it is nobody's wrist strap.

    Returns:
        None where there is no value to judge: the frame is then recorded like any other.
    """
    measured = next((one for one in read if isinstance(one, Measurement)), None)
    return check_measured(tx, session, frame, measured, check) if measured is not None else None


def check_measured(
    tx: Transaction, session: Session, frame: Frame, measured: Measurement, check: TesterCheck
) -> Answer:
    """Judge and record the value that the tester shows with the resistor."""
    good = holds(measured, check.resistor)
    tester = tx.tester(frame.device)
    payload: dict[str, Json] = {
        "device": frame.device,
        "raw_hex": frame.raw[:MAX_RECORDED].hex(),
        "tester": tester.id if tester is not None else None,
        "tester_name": tester.name if tester is not None else None,
        "tester_serial": tester.serial if tester is not None else None,
        "channel": measured.channel,
        "ohm": measured.ohm,
        "over_range": measured.over_range,
        "under_range": measured.under_range,
        "source": measured.around.source.value,
        "nominal_ohm": check.resistor.ohm,
        "tolerance_percent": check.resistor.percent,
        "verdict": "pass" if good else "fail",
    }
    subject = f"tester:{tester.id}" if tester is not None else f"bench:{tx.bench_id}"
    actor = f"person:{session.person_id}" if session.person_id is not None else "bench"
    entry = tx.append(Draft("tester.checked", subject, actor, payload), frame)
    return Answer(replace(session, check=None), _said(check, measured, good=good), (entry,))


def _said(check: TesterCheck, measured: Measurement, *, good: bool) -> Feedback:
    ohm, percent = str(check.resistor.ohm), str(check.resistor.percent)
    if measured.ohm is None:
        return refused("check_out_of_range", way_on="check_again", ohm=ohm, percent=percent)
    read = str(measured.ohm)
    if good:
        return accepted("check_passed", read_ohm=read, ohm=ohm, percent=percent)
    return refused("check_failed", way_on="check_again", read_ohm=read, ohm=ohm, percent=percent)
