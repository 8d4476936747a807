"""What the ESD gate says: the reading, its limits, and who has to confirm what was typed."""

from dataclasses import replace
from datetime import timedelta

from app.domain.esd import EsdVerdict
from app.services.views import BenchView, EsdStanding, Screen
from app.ui.screens.esd_gate.viewmodel import esd_gate_rows, limits_text
from app.ui.theme.colours import Level
from app.ui.wording import MISSING, Wording
from tests.ui.pin_samples import CONFIRMS
from tests.ui.samples import ANNA, LEAD, LIMIT, NOW, PASSED, TYPED, UNTESTED, reading

GATE = BenchView(Screen.ESD_GATE, ANNA, PASSED)


def test_a_pass_is_shown_with_limits_and_validity(english: Wording) -> None:
    rows = esd_gate_rows(GATE, english, NOW)
    assert (rows.reading, rows.level, rows.verdict) == ("1.02 MΩ", Level.OK, "Pass")
    facts = dict(rows.facts)
    assert facts["Valid until"] == "2026-11-24 01:12"
    assert facts["Limits"] == "750 kΩ to 35 MΩ"
    assert facts["Person"] == "Anna Lindström"
    assert rows.prompt.level is Level.OK


def test_over_range_is_a_fail_at_the_end_of_the_scale(english: Wording) -> None:
    standing = EsdStanding(reading(None, EsdVerdict.FAIL_HIGH, over=True), LIMIT, "esd_failed")
    rows = esd_gate_rows(replace(GATE, esd=standing), english, NOW)
    assert (rows.reading, rows.level) == ("Out of range", Level.STOP)
    assert rows.scale is not None
    assert rows.scale.value == 1.0


def test_a_pass_that_ran_out_asks_for_another(english: Wording) -> None:
    rows = esd_gate_rows(GATE, english, NOW + timedelta(hours=12))
    assert (rows.level, rows.verdict) == (Level.ATTENTION, "Has run out")
    assert dict(rows.facts)["Valid until"].startswith("Ended")
    assert rows.prompt.text == "Test your wrist strap"


def test_without_a_reading_the_gate_says_what_to_do(english: Wording) -> None:
    rows = esd_gate_rows(replace(GATE, esd=UNTESTED), english, NOW)
    assert (rows.reading, rows.level, rows.verdict) == (MISSING, Level.NOTE, "No reading")
    assert rows.scale is not None
    assert rows.scale.value is None


def test_a_policy_without_limits_is_told(english: Wording) -> None:
    rows = esd_gate_rows(replace(GATE, esd=replace(UNTESTED, limit=None)), english, NOW)
    assert rows.scale is None
    assert dict(rows.facts)["Limits"] == "None in the policy"


def test_a_limit_without_a_lower_end_says_so(english: Wording) -> None:
    limit = replace(LIMIT, low_ohm=None)
    rows = esd_gate_rows(replace(GATE, esd=replace(PASSED, limit=limit)), english, NOW)
    assert limits_text(limit, english) == "Up to 35 MΩ"
    assert rows.scale is not None
    assert (rows.scale.low, rows.scale.low_text) == (0.0, "")


def test_the_reading_lies_between_its_limits_on_the_scale(english: Wording) -> None:
    scale = esd_gate_rows(GATE, english, NOW).scale
    assert scale is not None
    assert scale.value is not None
    assert scale.low < scale.value < scale.high


def test_a_typed_value_asks_for_a_second_person(english: Wording, swedish: Wording) -> None:
    view = replace(GATE, esd=UNTESTED, typed=TYPED)
    rows = esd_gate_rows(view, english, NOW)
    assert rows.prompt.text == "Second person: scan your badge"
    assert rows.prompt.detail == (
        "Does the tester's display show 1.05 MΩ? Then scan your badge before 13:43."
        " Undo takes the value back."
    )
    assert (rows.reading, rows.level, rows.icon) == ("1.05 MΩ", Level.ATTENTION, "asked")
    assert rows.verdict == "Not confirmed"
    facts = dict(rows.facts)
    assert (facts["Measured"], facts["Valid until"], facts["Tester"]) == ("13:41", MISSING, MISSING)
    assert facts["Limits"] == "750 kΩ to 35 MΩ"
    assert rows.scale is not None
    assert rows.scale.value is not None
    assert rows.scale.low < rows.scale.value < rows.scale.high
    assert esd_gate_rows(view, swedish, NOW).reading == "1,05 MΩ"


def test_the_prompt_asks_for_the_pin_of_who_confirms(english: Wording, swedish: Wording) -> None:
    view = replace(GATE, esd=UNTESTED, typed=TYPED, pin=CONFIRMS)
    prompt = esd_gate_rows(view, english, NOW).prompt
    assert (prompt.icon, prompt.text) == ("lock", f"PIN of {LEAD.name}")
    assert prompt.detail == "Type it and press Enter. It is not shown."
    assert esd_gate_rows(view, swedish, NOW).prompt.text == f"PIN för {LEAD.name}"


def test_a_typed_value_is_shown_without_limits_too(english: Wording) -> None:
    view = replace(GATE, esd=replace(UNTESTED, limit=None), typed=TYPED)
    rows = esd_gate_rows(view, english, NOW)
    assert (rows.reading, rows.scale) == ("1.05 MΩ", None)


def test_a_typed_value_goes_when_its_time_is_over(english: Wording) -> None:
    view = replace(GATE, esd=UNTESTED, typed=TYPED)
    rows = esd_gate_rows(view, english, TYPED.until + timedelta(seconds=1))
    assert rows == esd_gate_rows(replace(view, typed=None), english, NOW)


def test_nobody_signed_in_is_no_person(english: Wording) -> None:
    rows = esd_gate_rows(BenchView(Screen.ESD_GATE), english, NOW)
    assert dict(rows.facts)["Person"] == MISSING
