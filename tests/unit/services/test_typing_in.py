"""A reading typed off a display: a second person's badge makes it count, and nothing else does."""

from dataclasses import replace

import pytest

from app.domain.esd import WRIST, EsdVerdict, Measurement
from app.domain.journal import instant_text
from app.domain.typed_readings import TypedValue
from app.services.playing import badge
from app.services.saying import say_feedback, say_way_on
from app.services.typing_in import TESTER
from app.services.views import Outcome, Screen
from app.texts import Language, texts
from tests.unit.services import desk as bench
from tests.unit.services.desk import (
    ANNA,
    BO,
    MAC,
    Desk,
    codes,
    field_of,
)

TYPED = "ESD 1,05M"
LOW, HIGH, OVER = "ESD 12k", "ESD 90 M", "ESD OL"
FAILING = Measurement(WRIST, None, over_range=True)


def asked(desk: Desk, text: str = TYPED) -> Outcome:
    desk.sign_in()
    outcome = desk.type_in(text)
    assert codes(outcome.feedback) == ("asked", "esd_typed", "second_person")
    assert outcome.view.typed is not None
    return outcome


def gap(outcome: Outcome) -> str:
    assert outcome.view.esd is not None
    return outcome.view.esd.gap


# ----------------------------------------------------------------------
# Asked, and confirmed
# ----------------------------------------------------------------------


def test_what_would_pass_waits_with_its_value_and_limits(desk: Desk) -> None:
    outcome = asked(desk)
    assert outcome.view.typed is not None
    assert outcome.view.typed.ohm == 1_050_000
    assert outcome.view.typed.frame.raw == TYPED.encode()
    assert outcome.feedback.can_undo
    assert (gap(outcome), outcome.view.screen) == ("esd_missing", Screen.ESD_GATE)
    assert [one.kind for one in outcome.entries] == ["scan.recorded"]
    said = {language: say_feedback(texts(language), outcome.feedback) for language in Language}
    assert "1.05 MΩ. The limits are 750 kΩ to 35 MΩ" in said[Language.ENGLISH]
    assert "1,05 MΩ. Gränserna är 750 kΩ till 35 MΩ" in said[Language.SWEDISH]
    for language in Language:
        assert say_way_on(texts(language), outcome.feedback)


def test_the_next_badge_of_another_person_confirms_and_signs_nobody_in(desk: Desk) -> None:
    at = asked(desk).at
    outcome = desk.scan(badge(BO))
    assert codes(outcome.feedback) == ("accepted", "esd_confirmed", "scan_product")
    assert (field_of(outcome.feedback, "person"), field_of(outcome.feedback, "witness")) == (
        "Anna",
        "Bo",
    )
    assert outcome.view.person is not None
    assert outcome.view.person.id == "anna"
    assert (gap(outcome), outcome.view.screen, outcome.view.typed) == ("", Screen.HOME, None)
    assert [one.kind for one in outcome.entries] == ["scan.recorded", "esd.measured"]
    entry = outcome.entries[1]
    assert (entry.subject, entry.actor) == ("person:anna", "person:anna")
    payload = entry.payload
    assert bytes.fromhex(str(payload["raw_hex"])) == TYPED.encode()
    assert {key: payload[key] for key in ("ohm", "verdict", "source", "doubt", "device")} == {
        "ohm": 1_050_000,
        "verdict": "pass",
        "source": "manual",
        "doubt": None,
        "device": TESTER,
    }
    assert (payload["confirmed_by"], payload["confirmed_by_name"]) == ("bo", "Bo")
    assert payload["tester"] == TESTER
    assert str(payload["received_at"]) <= instant_text(at)  # it holds from when it was typed


def test_the_value_goes_by_barcodes_alone(desk: Desk) -> None:
    desk.sign_in()
    assert desk.do(TypedValue(1_050_000).code).feedback.code == "esd_typed"
    assert desk.scan(badge(BO)).feedback.code == "esd_confirmed"


def test_the_own_badge_is_refused_and_the_reading_still_waits(desk: Desk) -> None:
    asked(desk)
    own = desk.scan(badge(ANNA))
    assert codes(own.feedback) == ("refused", "esd_witness_same", "esd_witness_same")
    assert own.view.typed is not None
    assert desk.scan(badge(BO)).feedback.code == "esd_confirmed"


def test_a_badge_that_nobody_has_is_refused_and_the_reading_still_waits(desk: Desk) -> None:
    asked(desk)
    unknown = desk.scan(badge("9999"))
    assert codes(unknown.feedback) == ("refused", "esd_witness_unknown", "esd_witness_unknown")
    assert field_of(unknown.feedback, "person") == "9999"
    assert unknown.view.typed is not None


def test_a_second_value_takes_the_place_of_the_first(desk: Desk) -> None:
    asked(desk)
    again = desk.type_in("ESD 2 M")
    assert again.view.typed is not None
    assert again.view.typed.ohm == 2_000_000
    assert desk.scan(badge(BO)).entries[1].payload["ohm"] == 2_000_000


def test_work_goes_on_while_it_waits(desk: Desk) -> None:
    asked(desk)
    shown = desk.scan(MAC)
    assert shown.view.product is not None
    assert shown.view.typed is not None
    confirmed = desk.scan(badge(BO))
    assert confirmed.view.product is not None
    assert confirmed.feedback.code == "esd_confirmed"


def test_a_signature_that_was_asked_for_is_still_asked_for(desk: Desk) -> None:
    desk.work()
    desk.do("DONE")
    asking = desk.type_in(TYPED)
    assert asking.view.awaiting_signature
    assert desk.scan(badge(ANNA)).feedback.code == "esd_witness_same"
    confirmed = desk.scan(badge(BO))
    assert codes(confirmed.feedback) == ("accepted", "esd_confirmed", "scan_to_sign")
    assert desk.scan(badge(ANNA)).feedback.code == "repair_completed"


def test_limits_without_a_lower_end_begin_at_nothing(desk: Desk) -> None:
    policy = desk.policy
    limit = policy.limit(WRIST)
    assert limit is not None
    open_below = {policy.esd_profile: {WRIST: replace(limit, low_ohm=None)}}
    desk.policy = replace(policy, esd_limits=open_below)
    assert field_of(asked(desk, "ESD 5").feedback, "low_ohm") == "0"


# ----------------------------------------------------------------------
# Recorded at once
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "verdict"),
    [
        (LOW, "esd_failed_low", "fail_low"),
        (HIGH, "esd_failed_high", "fail_high"),
        (OVER, "esd_failed_high", "fail_high"),
    ],
)
def test_a_fail_is_believed_at_once(desk: Desk, text: str, code: str, verdict: str) -> None:
    desk.sign_in()
    outcome = desk.type_in(text)
    assert codes(outcome.feedback) == ("refused", code, code)
    payload = outcome.entries[1].payload
    assert (payload["verdict"], payload["source"], payload["confirmed_by"]) == (
        verdict,
        "manual",
        None,
    )
    assert outcome.view.typed is None
    assert gap(outcome) == "esd_failed"


def test_out_of_range_has_a_barcode_as_well(desk: Desk) -> None:
    desk.sign_in()
    assert desk.do(TypedValue(None).code).feedback.code == "esd_failed_high"


@pytest.mark.parametrize("due", [None, "2026-11-22"])
def test_a_tester_out_of_calibration_is_told_before_anybody_is_asked(
    desk: Desk, due: str | None
) -> None:
    desk.put(bench.tester(TESTER, due))
    desk.sign_in()
    outcome = desk.type_in(TYPED)
    assert codes(outcome.feedback) == ("refused", "esd_not_valid", "esd_not_valid")
    assert outcome.entries[1].payload["verdict"] == EsdVerdict.INVALID.value
    assert outcome.view.typed is None


def test_without_a_registered_tester_it_does_not_count(desk: Desk) -> None:
    desk.without("equipment", TESTER)
    desk.sign_in()
    assert desk.type_in(TYPED).feedback.code == "esd_not_valid"


def test_a_calibration_that_ends_while_it_waits_is_told(desk: Desk) -> None:
    asked(desk)
    desk.put(bench.tester(TESTER, "2026-11-22"))
    outcome = desk.scan(badge(BO))
    assert outcome.feedback.code == "esd_not_valid"
    assert outcome.entries[1].payload["confirmed_by"] == "bo"


# ----------------------------------------------------------------------
# Not taken
# ----------------------------------------------------------------------


def test_what_cannot_be_read_is_no_reading(desk: Desk) -> None:
    desk.sign_in()
    outcome = desk.type_in("ESD 1,05")
    assert codes(outcome.feedback) == ("refused", "esd_typed_unreadable", "type_reading")
    assert [one.kind for one in outcome.entries] == ["scan.recorded"]


def test_a_scanned_label_that_begins_alike_is_no_reading(desk: Desk) -> None:
    desk.sign_in()
    assert desk.scan("ESD 12").feedback.code == "scan.unknown"


def test_another_command_that_begins_alike_is_unknown(desk: Desk) -> None:
    desk.sign_in()
    assert desk.do("ESDX").feedback.code == "command_unknown"


def test_somebody_has_to_be_signed_in(desk: Desk) -> None:
    for outcome in (desk.type_in(TYPED), desk.do(TypedValue(1_050_000).code)):
        assert codes(outcome.feedback) == ("refused", "sign_in_first", "scan_badge")
        assert outcome.view.typed is None
