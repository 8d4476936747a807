"""The check of the tester with a known resistor: scanned, measured, recorded; it blocks nobody."""

from datetime import timedelta

import pytest

from app.domain.esd import WRIST, Measurement
from app.domain.line_fault import LineFault
from app.domain.resistor import Resistor
from app.services.checking import WAITS_FOR
from app.services.playing import command
from app.services.saying import say_feedback
from app.texts import Language, texts
from tests.unit.services.desk import Desk, codes

MEGOHM = Resistor(1_000_000, 5)
RIGHT, WRONG = Measurement(WRIST, 1_020_000), Measurement(WRIST, 1_200_000)
OVER = Measurement(WRIST, None, over_range=True)


def begun(desk: Desk) -> None:
    desk.sign_in()
    outcome = desk.scan(command(MEGOHM.code))
    assert codes(outcome.feedback) == ("asked", "check_begun", "measure_resistor")
    assert outcome.view.check is not None
    assert outcome.view.check.resistor == MEGOHM


@pytest.mark.parametrize(
    ("measured", "code", "verdict"),
    [
        (RIGHT, ("accepted", "check_passed", ""), "pass"),
        (WRONG, ("refused", "check_failed", "check_again"), "fail"),
        (OVER, ("refused", "check_out_of_range", "check_again"), "fail"),
    ],
    ids=["right", "wrong", "over"],
)
def test_the_next_reading_is_judged_by_the_resistor_and_recorded(
    desk: Desk, measured: Measurement, code: tuple[str, str, str], verdict: str
) -> None:
    begun(desk)
    outcome = desk.measure(measured)
    assert codes(outcome.feedback) == code
    (entry,) = outcome.entries
    assert (entry.kind, entry.subject) == ("tester.checked", "tester:esd-1")
    told = {key: entry.payload[key] for key in ("nominal_ohm", "tolerance_percent", "verdict")}
    assert told == {"nominal_ohm": 1_000_000, "tolerance_percent": 5, "verdict": verdict}
    assert entry.payload["ohm"] == measured.ohm
    assert entry.actor.startswith("person:")
    assert outcome.view.check is None
    for language in Language:
        assert "1 MΩ" in say_feedback(texts(language), outcome.feedback)


def test_it_opens_and_shuts_no_gate(desk: Desk) -> None:
    begun(desk)
    failed = desk.measure(WRONG)
    assert failed.view.esd is not None
    assert failed.view.esd.gap == "esd_missing"
    passed = desk.measure()
    assert passed.feedback.code == "esd_passed"


def test_a_check_that_nobody_finishes_is_given_up(desk: Desk) -> None:
    begun(desk)
    desk.clock.moment += WAITS_FOR + timedelta(seconds=1)
    outcome = desk.measure()
    assert outcome.feedback.code == "esd_passed"
    assert outcome.view.check is None


def test_an_unreadable_line_leaves_the_check_waiting(desk: Desk) -> None:
    begun(desk)
    for fault in (LineFault("no_match"), (LineFault("no_match"),)):
        outcome = desk.measure(read=lambda _, fault=fault: fault)
        assert [entry.kind for entry in outcome.entries] == ["esd.unreadable"]
    assert outcome.feedback.code == "esd_unreadable"
    assert outcome.view.check is not None
    assert desk.measure(RIGHT).feedback.code == "check_passed"


def test_a_check_needs_somebody_who_answers_for_it(desk: Desk) -> None:
    outcome = desk.scan(command(MEGOHM.code))
    assert outcome.feedback.code == "sign_in_first"
    assert outcome.view.check is None


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("DEVICES", "devices_shown"),
        ("DEVTEST", "devices_test"),
        ("DEVCHECK", "devices_check"),
        ("DEVSETUP", "devices_setup"),
        ("DEVSHEET", "devices_sheet"),
    ],
)
def test_the_devices_are_reached_by_whoever_stands_there(
    desk: Desk, code: str, answer: str
) -> None:
    before = desk.session
    assert codes(desk.scan(command(code)).feedback) == ("accepted", answer, "")
    assert desk.session == before
