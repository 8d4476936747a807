"""What a scan means: broken, repeated, ambiguous, unknown, and every identifier of a product."""

from datetime import timedelta

import pytest

from app.domain.frames import FrameFault
from app.services.playing import badge, command, tag
from app.services.views import Screen
from tests.unit.services import desk as bench
from tests.unit.services.desk import (
    ANNA,
    BATTERY,
    DASH_TAG,
    KGB,
    MAC,
    PHONE,
    PHONE_IMEI,
    Desk,
    codes,
)

GS, RS, EOT = "\x1d", "\x1e", "\x04"


def envelope(*fields: str) -> str:
    return f"[)>{RS}06{GS}{GS.join(fields)}{RS}{EOT}"


# ----------------------------------------------------------------------
# Frames
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "code"),
    [(FrameFault.CUT_OFF, "frame_cut_off"), (FrameFault.OVERSIZE, "frame_oversize")],
)
def test_a_broken_frame_is_recorded_and_not_acted_on(
    desk: Desk, fault: FrameFault, code: str
) -> None:
    outcome = desk.take(desk.frame(badge(ANNA).encode(), fault=fault))
    assert codes(outcome.feedback) == ("refused", code, "scan_again")
    assert [one.kind for one in outcome.entries] == ["scan.recorded"]
    assert outcome.entries[0].payload["fault"] == fault.value
    assert outcome.view.person is None


def test_the_same_code_right_after_a_broken_one_is_no_repeat(desk: Desk) -> None:
    raw = badge(ANNA).encode()
    desk.take(desk.frame(raw, fault=FrameFault.CUT_OFF))
    assert desk.take(desk.frame(raw)).feedback.code == "signed_in"


def test_the_same_code_twice_within_a_second_counts_once(desk: Desk) -> None:
    desk.open()
    desk.between = timedelta(milliseconds=999)
    assert desk.do("DIAG").feedback.code == "step_taken"
    repeated = desk.do("DIAG")
    assert codes(repeated.feedback) == ("repeated", "scanned_twice", "")
    assert [one.kind for one in repeated.entries] == ["scan.recorded"]


def test_the_same_code_a_second_later_counts_again(desk: Desk) -> None:
    desk.open()
    desk.between = timedelta(seconds=1)
    assert desk.do("DIAG", "DIAG").feedback.code == "step_already"


def test_the_same_code_counts_again_where_the_clock_was_set_back_between(desk: Desk) -> None:
    desk.open()
    desk.do("DIAG")
    desk.between = timedelta(milliseconds=-1)
    assert desk.do("DIAG").feedback.code == "step_already"


def test_the_same_code_from_two_scanners_counts_twice(desk: Desk) -> None:
    desk.open()
    raw = command("DIAG").encode()
    assert desk.take(desk.frame(raw, "scanner-1")).feedback.code == "step_taken"
    assert desk.take(desk.frame(raw, "scanner-2")).feedback.code == "step_already"


def test_another_code_within_a_second_counts(desk: Desk) -> None:
    desk.open()
    desk.between = timedelta(0)
    assert desk.do("SYM01", "SYM02").feedback.code == "symptom_recorded"


def test_a_rescued_scan_is_recorded_and_changes_nothing(desk: Desk) -> None:
    late = desk.take(desk.frame(badge(ANNA).encode()), late=True)
    assert codes(late.feedback) == ("refused", "scan_late", "scan_again")
    assert [one.kind for one in late.entries] == ["scan.recorded"]
    assert late.view.person is None


def test_a_rescued_scan_leaves_the_one_who_works_in_place(desk: Desk) -> None:
    desk.work()
    before = desk.session
    late = desk.take(desk.frame(command("DONE").encode()), late=True)
    assert desk.session == before
    assert late.entries[0].actor == "bench"


@pytest.mark.parametrize("raw", [b"", b"\0", b"\xff\xfe", b"\x80" * 5000, b"9" * 100_000, b" \r\n"])
def test_any_bytes_are_kept_and_change_nothing(desk: Desk, raw: bytes) -> None:
    desk.work()
    before = desk.session
    desk.clock.moment += desk.between
    outcome = desk.take(desk.frame(raw))
    assert outcome.feedback.tone.value == "refused"
    assert desk.session == before
    frame = desk.store.frame(outcome.entries[0].id)
    assert frame is not None
    assert frame.raw == raw
    assert outcome.entries[0].payload["size"] == len(raw)


def test_the_number_of_a_sim_card_goes_into_no_entry(desk: Desk) -> None:
    desk.sign_in()
    outcome = desk.scan("8946200000000000004")
    assert outcome.feedback.code == "scan.iccid"
    assert outcome.entries[0].payload["raw_hex"] == ""
    assert outcome.entries[0].payload["candidates"] == []


# ----------------------------------------------------------------------
# Nobody is signed in
# ----------------------------------------------------------------------


@pytest.mark.parametrize("text", [MAC, BATTERY, KGB, command("OPEN"), tag("ABC"), "?"])
def test_without_a_badge_every_scan_is_recorded_and_changes_nothing(desk: Desk, text: str) -> None:
    outcome = desk.scan(text)
    assert codes(outcome.feedback) == ("refused", "sign_in_first", "scan_badge")
    assert outcome.view.screen is Screen.SIGN_IN
    assert outcome.entries[0].actor == "bench"


def test_an_unknown_badge_signs_nobody_in(desk: Desk) -> None:
    assert codes(desk.sign_in("9999").feedback) == ("refused", "badge_unknown", "ask_lead")


# ----------------------------------------------------------------------
# Products by any of their identifiers
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "serial"),
    [
        (MAC, MAC),
        (MAC.lower(), MAC),
        (f"S{MAC}", MAC),
        (PHONE_IMEI, PHONE),
        (bench.TAG, bench.TAGGED),
        (f" {bench.TAG.lower()}\r\n", bench.TAGGED),
        (f"]C0{bench.TAG}", bench.TAGGED),
        (DASH_TAG, "C02TAGGED002"),
        (envelope("1PMK183LL/A", f"S{MAC}"), MAC),
        ("CO2XKOABJGH5", MAC),
    ],
)
def test_a_product_is_found_by(desk: Desk, text: str, serial: str) -> None:
    desk.sign_in()
    shown = desk.scan(text)
    assert codes(shown.feedback) == ("asked", "product_allowed", "scan_open")
    assert shown.view.product is not None
    assert shown.view.product.asset is not None
    assert shown.view.product.asset.serial == serial


def test_a_repair_opened_by_another_identifier_is_of_the_product(desk: Desk) -> None:
    desk.open(PHONE_IMEI)
    assert desk.repair.serial == PHONE


def test_a_serial_with_i_or_o_that_nobody_knows_says_that_they_are_1_and_0(desk: Desk) -> None:
    desk.sign_in()
    outcome = desk.scan("CO2XKOABJGH9")
    assert codes(outcome.feedback) == ("refused", "scan.serial_i_or_o", "scan_again")
    assert outcome.view.product is None


@pytest.mark.parametrize(
    "text", ["0194253404064", "A0000000002329", "89049032000001000000003000000008"]
)
def test_a_number_that_the_register_does_not_keep_accuses_nobody(desk: Desk, text: str) -> None:
    desk.sign_in()
    outcome = desk.scan(text)
    assert codes(outcome.feedback) == ("refused", "no_serial", "scan_serial")
    assert outcome.view.product is None


def test_an_imei_that_nobody_knows_is_no_product_of_ours(desk: Desk) -> None:
    desk.sign_in()
    assert desk.scan("490154203237518").feedback.code == "finding.not_in_register"


# ----------------------------------------------------------------------
# What changes nothing
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hello?", "scan.unknown"),
        ("", "scan.empty"),
        ("OCDONEY", "scan.label_check_failed"),
        ("820-02016", "scan.board_marking"),
        ("[)>061PX", "scan.separators_lost"),
        (command("NONSENSE"), "command_unknown"),
        (tag("ZZZZ"), "repair_unknown"),
        ("C4H7482010WH80MA5", "component_without_part"),
        ("C0150ZZ0XX", "component_without_part"),
        ("C02XK0ABJGZ1", "part_or_product"),
    ],
)
def test_an_unknown_code_changes_nothing_and_says_so(desk: Desk, text: str, code: str) -> None:
    desk.put(bench.lot("C0150ZZ0XX", BATTERY))
    desk.work()
    before = desk.session
    outcome = desk.scan(text)
    assert (outcome.feedback.tone.value, outcome.feedback.code) == ("refused", code)
    assert desk.session == before
    assert [one.kind for one in outcome.entries] == ["scan.recorded"]


def test_a_purchased_part_is_never_called_a_product_that_is_not_ours(desk: Desk) -> None:
    desk.sign_in()
    assert desk.scan(KGB).feedback.code == "component_without_part"


def test_a_serial_that_may_be_a_part_is_a_product_where_no_part_is_awaited(desk: Desk) -> None:
    desk.open()
    assert desk.scan("C02XK0ABJGZ1").feedback.code == "finding.not_in_register"


@pytest.mark.parametrize(
    "code", ["OPEN", "DIAG", "WORK", "READY", "DONE", "CANCEL", "UNDO", "SYM01", "REPORT"]
)
def test_a_command_without_a_repair_says_what_is_missing(desk: Desk, code: str) -> None:
    desk.sign_in()
    outcome = desk.do(code)
    expected = "no_product" if code == "OPEN" else "no_repair"
    assert codes(outcome.feedback) == ("refused", expected, "scan_product")


def test_a_part_label_without_a_repair_says_what_is_missing(desk: Desk) -> None:
    desk.sign_in()
    assert codes(desk.scan(BATTERY).feedback) == ("refused", "no_repair", "scan_product")
