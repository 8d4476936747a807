"""What a reading of an ESD tester does, whosever it is and whatever it says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.esd import WRIST, EsdVerdict, Measurement
from app.domain.frames import Frame, FrameFault
from app.domain.journal import instant_of
from app.domain.line_fault import LineFault
from app.services.views import Screen
from tests.unit.services import desk as bench
from tests.unit.services.desk import ANNA, BO, MAC, PASSING, Desk, asset, codes, field_of, row

FOOT = Measurement("left_foot", 5_000_000)
HIGH_FOOT = Measurement("left_foot", 200_000_000)
LOW, HIGH = Measurement(WRIST, 1_000), Measurement(WRIST, 35_000_000)
OVER = Measurement(WRIST, None, over_range=True)


def test_a_pass_leads_from_the_gate_to_the_home_screen(desk: Desk) -> None:
    assert desk.sign_in().view.screen is Screen.ESD_GATE
    passed = desk.measure()
    assert codes(passed.feedback) == ("accepted", "esd_passed", "scan_product")
    assert passed.view.screen is Screen.HOME


@pytest.mark.parametrize(
    ("measured", "code"),
    [
        (LOW, "esd_failed_low"),
        (HIGH, "esd_failed_high"),
        (OVER, "esd_failed_high"),
        (Measurement(WRIST, None, under_range=True), "esd_failed_low"),
        (Measurement(WRIST, None), "esd_not_valid"),
        (replace(PASSING, tester_verdict=EsdVerdict.FAIL_HIGH), "esd_failed_high"),
    ],
)
def test_a_fail_leaves_the_gate_shut_and_says_what_to_do(
    desk: Desk, measured: Measurement, code: str
) -> None:
    desk.sign_in()
    failed = desk.measure(measured)
    assert codes(failed.feedback) == ("refused", code, code)
    assert failed.view.screen is Screen.ESD_GATE
    assert failed.view.esd is not None
    assert failed.view.esd.gap in {"esd_failed", "esd_invalid"}


def test_over_range_is_recorded_as_a_fail_with_its_limits(desk: Desk) -> None:
    desk.sign_in()
    payload = desk.measure(OVER).entries[0].payload
    assert payload["over_range"] is True
    assert payload["ohm"] is None
    assert payload["verdict"] == "fail_high"
    assert payload["limit"] == {
        "low_ohm": 750_000,
        "high_ohm": 35_000_000,
        "high_inclusive": False,
        "standard": "IEC 61340-5-1",
        "profile": "iec-61340-5-1",
    }


def test_a_pass_is_fresh_in_the_picture_that_tells_it_on_a_clock_that_runs(desk: Desk) -> None:
    desk.clock.step = timedelta(microseconds=100)
    desk.sign_in()
    passed = desk.measure()
    assert passed.view.esd is not None
    assert passed.view.esd.gap == ""
    assert passed.at >= passed.entries[-1].recorded_at


def test_the_organisation_chooses_the_limits(desk: Desk) -> None:
    desk.put(replace_account(esd_profile="ansi-esd-s20.20"))
    desk.sign_in()
    assert desk.measure(HIGH_FOOT).feedback.code == "esd_channel_passed"


def test_limits_that_the_policy_does_not_have_make_every_reading_invalid(desk: Desk) -> None:
    desk.put(replace_account(esd_profile="of another planet"))
    desk.sign_in()
    measured = desk.measure()
    assert measured.feedback.code == "esd_not_valid"
    assert measured.entries[0].payload["limit"] is None
    assert measured.view.esd is not None
    assert measured.view.esd.limit is None


def replace_account(**value: object) -> bench.RegisterRow:
    assert bench.ACCOUNT.value is not None
    return row("account", "account", **bench.ACCOUNT.value | value)


@pytest.mark.parametrize("device", [bench.OLD_TESTER, bench.STRANGE_TESTER])
def test_a_tester_out_of_calibration_or_unknown_passes_nobody(desk: Desk, device: str) -> None:
    desk.sign_in()
    assert desk.measure(device=device).feedback.code == "esd_not_valid"


def test_a_tester_without_a_calibration_date_passes_nobody(desk: Desk) -> None:
    desk.put(bench.tester(bench.TESTER, ""))
    desk.sign_in()
    measured = desk.measure()
    assert measured.feedback.code == "esd_not_valid"
    assert measured.entries[0].payload["calibration_due"] is None


# ----------------------------------------------------------------------
# Whose reading it is
# ----------------------------------------------------------------------


def test_a_reading_of_another_operator_is_theirs(desk: Desk) -> None:
    desk.sign_in()
    theirs = desk.measure(replace(PASSING, operator=BO))
    assert codes(theirs.feedback) == ("refused", "esd_other_operator", "test_wrist_strap")
    assert theirs.view.screen is Screen.ESD_GATE
    assert theirs.entries[0].subject == "person:bo"
    desk.sign_in(BO)
    assert desk.session.screen is Screen.HOME


def test_a_fail_of_another_operator_is_not_told_as_ones_own(desk: Desk) -> None:
    desk.sign_in()
    theirs = desk.measure(replace(OVER, operator=BO))
    assert theirs.feedback.code == "esd_other_operator"
    assert field_of(theirs.feedback, "person") == "Bo"


def test_a_reading_that_names_the_person_themselves_counts(desk: Desk) -> None:
    desk.sign_in()
    assert desk.measure(replace(PASSING, operator=ANNA)).feedback.code == "esd_passed"


def test_a_reading_of_an_unknown_operator_opens_nothing(desk: Desk) -> None:
    desk.sign_in()
    strange = desk.measure(replace(PASSING, operator="4711"))
    assert codes(strange.feedback) == ("refused", "esd_operator_unknown", "test_again")
    assert strange.entries[0].subject.startswith("bench:")
    assert strange.entries[0].payload["operator"] == "4711"


def test_a_reading_with_nobody_signed_in_is_the_bench_s_alone(desk: Desk) -> None:
    nobodys = desk.measure()
    assert codes(nobodys.feedback) == ("refused", "esd_nobody", "scan_badge")
    assert nobodys.entries[0].actor == "bench"
    assert desk.sign_in().view.screen is Screen.ESD_GATE


def test_a_person_may_test_before_they_sign_in_where_the_tester_names_them(desk: Desk) -> None:
    early = desk.measure(replace(PASSING, operator=ANNA))
    assert codes(early.feedback) == ("accepted", "esd_passed", "scan_badge")
    assert early.view.person is None
    assert desk.sign_in().view.screen is Screen.HOME


def test_a_fail_with_nobody_signed_in_says_that_it_failed(desk: Desk) -> None:
    assert desk.measure(OVER).feedback.code == "esd_failed_high"


# ----------------------------------------------------------------------
# Several channels, and where the work stands
# ----------------------------------------------------------------------


def test_every_channel_of_a_line_is_an_entry_of_its_own(desk: Desk) -> None:
    desk.sign_in()
    both = desk.measure(PASSING, FOOT)
    assert [one.payload["channel"] for one in both.entries] == ["wrist", "left_foot"]
    assert (both.feedback.code, both.view.screen) == ("esd_passed", Screen.HOME)


@pytest.mark.parametrize("measured", [(OVER, FOOT), (FOOT, OVER)])
def test_a_shoe_that_passes_does_not_hide_a_strap_that_fails(
    desk: Desk, measured: tuple[Measurement, ...]
) -> None:
    desk.sign_in()
    told = desk.measure(*measured)
    assert (told.feedback.code, told.view.screen) == ("esd_failed_high", Screen.ESD_GATE)


def test_a_shoe_that_fails_is_told_as_a_shoe(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(PASSING, HIGH_FOOT)
    assert codes(told.feedback) == (
        "refused", "esd_channel_failed_high", "esd_channel_failed_high",
    )  # fmt: skip
    assert field_of(told.feedback, "channel") == "left_foot"
    assert told.view.screen is Screen.HOME  # the strap passed, and only the strap opens


def test_a_shoe_alone_does_not_open_the_gate(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(FOOT)
    assert (told.feedback.code, told.view.screen) == ("esd_channel_passed", Screen.ESD_GATE)


def test_a_test_in_the_middle_of_a_repair_goes_on_with_the_repair(desk: Desk) -> None:
    desk.work()
    assert desk.measure().feedback.way_on == "in_repair"
    desk.scan(bench.BATTERY)
    passed = desk.measure()
    assert passed.feedback.way_on == "scan_kgb"
    assert passed.view.pending_part is not None
    assert desk.do("UNDO", "DONE").feedback.code == "sign_to_complete"
    assert desk.measure().feedback.way_on == "scan_to_sign"


# ----------------------------------------------------------------------
# From when a pass holds
# ----------------------------------------------------------------------


def test_a_pass_holds_from_the_test_and_not_from_when_it_could_be_written(desk: Desk) -> None:
    desk.sign_in()
    entry = desk.measure(received=timedelta(hours=-11)).entries[0]
    until = instant_of(str(entry.payload["valid_until"]))
    assert until - entry.recorded_at == timedelta(hours=1)


def test_a_clock_that_was_set_back_makes_no_pass_longer(desk: Desk) -> None:
    desk.sign_in()
    entry = desk.measure(received=timedelta(hours=5)).entries[0]
    until = instant_of(str(entry.payload["valid_until"]))
    assert until - entry.recorded_at == timedelta(hours=12)


def test_a_pass_that_runs_out_between_work_and_kbb_stops_the_part(desk: Desk) -> None:
    desk.work()
    desk.clock.moment += timedelta(hours=11, minutes=59, seconds=30)
    assert desk.scans(bench.BATTERY, bench.KGB).feedback.code == "kgb_taken"
    desk.clock.moment += timedelta(seconds=60)
    assert desk.scan(bench.KBB).feedback.code == "finding.esd_stale"
    assert desk.measure().feedback.way_on == "scan_kbb"
    assert desk.scan(bench.KBB).feedback.code == "part_fitted"


# ----------------------------------------------------------------------
# Lines that are no reading
# ----------------------------------------------------------------------


def test_a_line_that_cannot_be_read_is_kept_raw_and_passes_nobody(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(read=lambda _: LineFault("no_match", "W 1.0"), raw=b"W 1.0\xff")
    assert codes(told.feedback) == ("refused", "esd_unreadable", "test_again")
    assert told.entries[0].kind == "esd.unreadable"
    assert told.entries[0].payload["raw_hex"] == b"W 1.0\xff".hex()
    assert told.entries[0].payload["code"] == "no_match"
    assert told.view.screen is Screen.ESD_GATE


def test_a_tester_without_a_profile_is_kept_raw(desk: Desk) -> None:
    assert desk.measure(decoded=False).entries[0].payload["code"] == "no_profile"


@pytest.mark.parametrize("fault", list(FrameFault))
def test_a_broken_line_is_never_read(desk: Desk, fault: FrameFault) -> None:
    def forbidden(frame: Frame) -> LineFault:
        raise AssertionError(frame)

    told = desk.measure(read=forbidden, fault=fault)
    assert told.feedback.code == "esd_unreadable"
    assert told.entries[0].payload["code"] == fault.value


def test_a_heading_is_kept_and_disturbs_nobody(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(read=lambda _: (), raw=b"CHANNEL;VALUE")
    assert codes(told.feedback) == ("repeated", "esd_ignored", "")
    assert told.entries[0].kind == "esd.ignored"
    frame = desk.store.frame(told.entries[0].id)
    assert frame is not None
    assert frame.raw == b"CHANNEL;VALUE"


def test_a_line_longer_than_an_entry_is_kept_whole_beside_it(desk: Desk) -> None:
    raw = b"9" * 70_000
    told = desk.measure(read=lambda _: LineFault("oversize"), raw=raw)
    assert len(str(told.entries[0].payload["raw_hex"])) == 2 * 4096
    frame = desk.store.frame(told.entries[0].id)
    assert frame is not None
    assert frame.raw == raw


def test_a_rescued_reading_counts_for_whom_it_names_from_when_it_was_taken(desk: Desk) -> None:
    desk.sign_in(BO)
    hour = timedelta(hours=1)
    told = desk.measure(replace(PASSING, operator=ANNA), received=-hour, late=True)
    assert desk.session.person_id == "bo"
    assert told.view.person is not None
    assert told.entries[0].subject == "person:anna"
    desk.clock.moment += timedelta(hours=10, minutes=59)
    assert desk.sign_in().view.screen is Screen.HOME
    desk.clock.moment += timedelta(minutes=2)
    assert desk.do("LOCK").feedback.code == "locked"
    assert desk.sign_in().view.screen is Screen.ESD_GATE


def test_a_rescued_reading_without_a_name_is_nobody_s(desk: Desk) -> None:
    desk.sign_in()
    told = desk.measure(late=True)
    assert told.feedback.code == "esd_nobody"
    assert told.entries[0].subject.startswith("bench:")
    assert told.view.screen is Screen.ESD_GATE


def test_a_product_that_is_shown_stays_through_the_gate(desk: Desk) -> None:
    desk.put(asset(MAC))
    desk.sign_in()
    desk.scan(MAC)
    desk.do("LOCK")
    assert desk.sign_in().view.screen is Screen.ESD_GATE
    passed = desk.measure()
    assert passed.view.product is not None
    assert passed.view.product.identifier == MAC
