"""What keeps a reading that would pass from counting; each is on record all the same."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.domain.esd import WRIST, Circumstances, EsdVerdict, Measurement, Source
from app.domain.journal import instant_text
from app.domain.line_fault import LineFault
from app.services.views import Outcome, Screen
from tests.unit.services.desk import ANNA, BO, PASSING, Desk, codes

LOW = Measurement(WRIST, 1_000)
FEET = Measurement("feet", 2_000_000)
LEFT = Measurement("left_foot", 1_000_000)


def around(measurement: Measurement = PASSING, **given: object) -> Measurement:
    return replace(measurement, around=replace(Circumstances(), **given))  # pyright: ignore[reportArgumentType] - any of its fields


def refused_as(outcome: Outcome, code: str) -> None:
    """Recorded, with the reason in the entry, and the gate stays shut."""
    assert codes(outcome.feedback) == ("refused", code, code)
    assert outcome.entries[0].payload["doubt"] == code
    assert outcome.entries[0].payload["verdict"] == "invalid"
    assert outcome.view.screen is Screen.ESD_GATE


# ----------------------------------------------------------------------
# Instruments that only indicate
# ----------------------------------------------------------------------


@pytest.mark.parametrize("channel", [WRIST, "left_foot", "right_foot", "feet", "surface"])
def test_an_indication_passes_nothing_and_nobody(desk: Desk, channel: str) -> None:
    desk.sign_in()
    measured = desk.measure(around(replace(PASSING, channel=channel), indicative=True))
    refused_as(measured, "esd_indicative")
    assert measured.entries[0].payload["indicative"] is True


def test_an_indication_changes_no_standing(desk: Desk) -> None:
    desk.sign_in()
    before = desk.measure().view.esd
    after = desk.measure(around(LOW, indicative=True))
    assert after.entries[0].subject.startswith("bench:")
    assert after.entries[0].payload["person"] == "anna"
    assert before is not None
    assert after.view.esd is not None
    assert after.view.esd.state == before.state


# ----------------------------------------------------------------------
# Typed values: two pairs of eyes
# ----------------------------------------------------------------------


def typed(badge: str, measurement: Measurement = PASSING) -> Measurement:
    return around(measurement, source=Source.MANUAL, confirmed_by=badge)


def test_a_typed_value_that_another_person_confirms_counts(desk: Desk) -> None:
    desk.sign_in()
    measured = desk.measure(typed(BO))
    assert measured.feedback.code == "esd_passed"
    payload = measured.entries[0].payload
    assert (payload["source"], payload["person"], payload["confirmed_by"]) == (
        "manual",
        "anna",
        "bo",
    )
    assert (payload["confirmed_by_name"], payload["doubt"]) == ("Bo", None)


@pytest.mark.parametrize(
    ("badge", "code"),
    [("", "esd_unconfirmed"), ("9999", "esd_witness_unknown"), (ANNA, "esd_witness_same")],
)
def test_a_typed_value_that_nobody_else_confirms_opens_nothing(
    desk: Desk, badge: str, code: str
) -> None:
    desk.sign_in()
    refused_as(desk.measure(typed(badge)), code)


def test_a_typed_fail_needs_nobody_to_confirm_it(desk: Desk) -> None:
    desk.sign_in()
    measured = desk.measure(typed("", LOW))
    assert measured.feedback.code == "esd_failed_low"
    assert measured.entries[0].payload["verdict"] == EsdVerdict.FAIL_LOW.value


# ----------------------------------------------------------------------
# The tester's own clock
# ----------------------------------------------------------------------


def taken(desk: Desk, ago: timedelta) -> Measurement:
    """A reading by a tester whose clock shows the site's time."""
    local = (desk.clock.moment - ago).astimezone(ZoneInfo("Europe/Stockholm")).replace(tzinfo=None)
    return around(taken_at=local, fresh_for=timedelta(minutes=5))


def test_a_fresh_reading_keeps_both_times(desk: Desk) -> None:
    desk.sign_in()
    measured = desk.measure(
        replace(taken(desk, timedelta(minutes=4)), device_time="08:15"), received=timedelta(0)
    )
    assert measured.feedback.code == "esd_passed"
    payload = measured.entries[0].payload
    assert payload["device_time"] == "08:15"
    assert payload["received_at"] == instant_text(desk.clock.moment)


@pytest.mark.parametrize(
    ("ago", "code"),
    [
        (timedelta(minutes=6), "esd_reading_old"),
        (timedelta(days=300), "esd_reading_old"),
        (timedelta(minutes=-6), "esd_reading_ahead"),
    ],
)
def test_a_reading_that_is_not_fresh_is_refused(desk: Desk, ago: timedelta, code: str) -> None:
    desk.sign_in()
    refused_as(desk.measure(taken(desk, ago)), code)


def test_a_time_with_its_own_zone_is_taken_as_it_is(desk: Desk) -> None:
    desk.sign_in()
    at: datetime = desk.clock.moment
    measured = desk.measure(around(taken_at=at, fresh_for=timedelta(minutes=5)))
    assert measured.feedback.code == "esd_passed"


# ----------------------------------------------------------------------
# Messages with several tests
# ----------------------------------------------------------------------


def test_a_line_that_cannot_be_read_spoils_no_other_and_is_told(desk: Desk) -> None:
    desk.sign_in()
    fault = LineFault("no_match", "x")
    measured = desk.measure(read=lambda frame: (PASSING, fault))
    assert measured.feedback.code == "esd_unreadable"
    assert [entry.kind for entry in measured.entries] == ["esd.measured", "esd.unreadable"]
    assert measured.view.screen is Screen.HOME


def test_a_channel_without_limits_does_not_speak_for_the_others(desk: Desk) -> None:
    desk.sign_in()
    assert desk.measure(FEET, LEFT, PASSING).feedback.code == "esd_passed"
    assert desk.measure(FEET, LEFT).feedback.code == "esd_channel_passed"
    assert desk.measure(FEET).feedback.code == "esd_not_valid"


def test_a_long_message_is_repeated_by_its_first_entry_only(desk: Desk) -> None:
    desk.sign_in()
    raw = b"x" * 2000
    entries = desk.measure(LEFT, PASSING, raw=raw).entries
    assert [len(str(entry.payload["raw_hex"])) for entry in entries] == [4000, 0]


def test_a_test_that_was_broken_off_says_so(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(read=lambda frame: LineFault("test_aborted", "MTF"))
    assert codes(told.feedback) == ("refused", "esd_aborted", "test_again")
    assert told.entries[0].kind == "esd.unreadable"


def test_the_same_test_once_more_is_kept_and_counts_once(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(read=lambda frame: LineFault("repeated"))
    assert told.feedback.code == "esd_repeated"
    assert [(entry.kind, entry.payload["code"]) for entry in told.entries] == [
        ("esd.ignored", "repeated")
    ]
