"""What each screen says: rows made from the bench's view."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain.products import Coverage, FormerIdentity, Ownership
from app.domain.repairs import Step
from app.domain.verdicts import RuleOverride, Verdict
from app.services.views import BenchView, PendingPart, ProductCard, Screen
from app.ui.painting import picture_of
from app.ui.screens.home.viewmodel import HomeRows, home_rows, jobs_table
from app.ui.screens.repair.timeline import timeline_table
from app.ui.screens.repair.viewmodel import PATH, repair_rows, step_marks
from app.ui.screens.sign_in.viewmodel import sign_in_rows
from app.ui.state import WindowState
from app.ui.theme.colours import Level
from app.ui.wording import BREAK, MISSING, Wording
from tests.ui.samples import (
    ANNA,
    BLOCKED_CARD,
    CANCELLED,
    COMPLETED,
    FITTED,
    IN_REPAIR,
    LEAD,
    MAC,
    MAC_CARD,
    NOW,
    OTHERS,
    PASSED,
    PHONE_CARD,
    READY,
    RECEIVED,
    STATES,
    SYMPTOM,
    TIMELINE,
    TORN,
    UNKNOWN_CARD,
    at_repair,
)

UNIT = PendingPart("661-21993", "Battery", "DVH1")
HOME = BenchView(Screen.HOME, ANNA, PASSED)
GATE = BenchView(Screen.ESD_GATE, ANNA, PASSED)


# ----------------------------------------------------------------------
# Sign in
# ----------------------------------------------------------------------


def test_a_locked_bench_says_what_waits(english: Wording) -> None:
    rows = sign_in_rows(BenchView(Screen.SIGN_IN, open_repairs=OTHERS), english)
    assert rows.waiting == "3 repairs are open on this bench."
    assert sign_in_rows(BenchView(Screen.SIGN_IN), english).waiting == ""


def test_an_opening_store_says_that_the_scan_is_kept(english: Wording) -> None:
    rows = picture_of(WindowState(), english, NOW, dark=False).rows
    assert "kept" in rows.prompt.detail


# ----------------------------------------------------------------------
# Home
# ----------------------------------------------------------------------


def test_every_reason_is_shown_with_its_rule(english: Wording) -> None:
    rows = home_rows(replace(HOME, product=BLOCKED_CARD), english, NOW)
    assert rows.product is not None
    assert (rows.product.level, rows.product.verdict) == (Level.STOP, "Blocked")
    assert [one.rule for one in rows.product.reasons] == ["P1", "P3", "P5"]
    assert [one.level for one in rows.product.reasons] == [Level.STOP, Level.STOP, Level.ATTENTION]
    assert "Elgiganten Trygghet" in rows.product.reasons[1].sentence
    assert rows.prompt.text == "Not to be repaired here"


def test_a_rule_that_a_lead_answers_for_names_the_lead_and_the_reason(english: Wording) -> None:
    finding = BLOCKED_CARD.findings[0]
    word = RuleOverride("e1", "asset:x", finding.code, (), "seen\x07 on the order", "eva", "Eva Ek")
    card = replace(BLOCKED_CARD, findings=(finding.lifted_by(word),))
    rows = home_rows(replace(HOME, product=card), english, NOW)
    assert rows.product is not None
    (reason,) = rows.product.reasons
    assert reason.level is Level.ATTENTION
    assert "Eva Ek answers for it: seen" in reason.sentence
    assert "\x07" not in reason.sentence


def test_an_allowed_product_asks_to_be_opened(english: Wording) -> None:
    rows = home_rows(replace(HOME, product=PHONE_CARD), english, NOW)
    assert rows.product is not None
    assert rows.product.reasons == ()
    assert rows.product.level is Level.OK
    assert rows.prompt.text == "Scan “Open repair”"


def test_a_product_says_which_serial_its_old_labels_have(english: Wording) -> None:
    asset = PHONE_CARD.asset
    assert asset is not None
    former = (FormerIdentity("354178036859789"), FormerIdentity("F2LXK0ABJC6K"))
    card = replace(PHONE_CARD, asset=replace(asset, former=former))
    rows = home_rows(replace(HOME, product=card), english, NOW)
    assert rows.product is not None
    assert rows.product.model == f"{asset.model} · formerly F2LXK0ABJC6K"


def test_a_leased_product_names_lessor_and_end(english: Wording) -> None:
    rows = home_rows(replace(HOME, product=MAC_CARD), english, NOW)
    assert rows.product is not None
    facts = dict(rows.product.facts)
    assert facts["Ownership"] == "Leased from Atea Finans until 2026-12-18"
    assert facts["Coverage"] == "Apple: protection plan, until 2026-11-19"


def test_a_coverage_of_unknown_kind_is_told_as_it_came(swedish: Wording) -> None:
    odd = Coverage("Solid", "X9", None, None, "", None)
    asset = replace(MAC, coverages=(odd,), ownership=Ownership.LEASED, lessor="")
    card = ProductCard(MAC.serial, asset, Verdict.ALLOWED, (), ())
    rows = home_rows(replace(HOME, product=card), swedish, NOW)
    assert rows.product is not None
    facts = dict(rows.product.facts)
    assert facts["Garanti"] == "Solid: X9, till " + MISSING
    assert facts["Ägande"] == "Leasad"


def test_an_unknown_product_shows_what_was_scanned(english: Wording) -> None:
    rows = home_rows(replace(HOME, product=UNKNOWN_CARD), english, NOW)
    assert rows.product is not None
    assert (rows.product.model, rows.product.serial) == (
        "Not in the register",
        "356938035643809",
    )
    assert rows.product.facts == ()


def test_pressing_an_open_repair_is_scanning_its_tag(english: Wording) -> None:
    table = jobs_table(OTHERS, english, NOW)
    assert table.keys[0].startswith("OR9D2HW81P")
    assert len(table.keys) == len(table.rows) == len(OTHERS)
    assert all(len(row) == len(table.headers) == len(table.widths) for row in table.rows)


def test_a_repair_without_a_number_cannot_be_pressed(english: Wording) -> None:
    table = jobs_table((replace(OTHERS[0], number="", serial=""),), english, NOW)
    assert table.keys == ("",)
    assert table.rows[0][0].text == MISSING


def test_a_repair_of_another_day_shows_its_date(english: Wording) -> None:
    received = [row[4] for row in jobs_table(OTHERS, english, NOW).rows]
    assert [(one.text, one.note) for one in received] == [
        ("2026-11-20", "09:15"),
        ("2026-11-22", "15:02"),
        ("12:58", ""),
    ]


def test_a_conflict_is_marked_in_the_list(english: Wording) -> None:
    table = jobs_table(OTHERS, english, NOW)
    marked = table.rows[1][3]
    assert (marked.text, marked.level, marked.icon) == ("1 conflict", Level.ATTENTION, "warning")
    assert table.rows[0][3].level is Level.CALM


# ----------------------------------------------------------------------
# Repair
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("view", "prompt"),
    [
        (at_repair(RECEIVED), "Scan what is wrong"),
        (at_repair(SYMPTOM), "Scan “Diagnosed”"),
        (at_repair(IN_REPAIR), "Scan a part label, or “Done”"),
        (
            at_repair(IN_REPAIR, pending_part=PendingPart("661-21993", "Battery")),
            "Scan the new part's serial",
        ),
        (
            at_repair(IN_REPAIR, pending_part=UNIT),
            "Scan the old part's serial",
        ),
        (
            at_repair(IN_REPAIR, pending_part=replace(UNIT, is_unit=True)),
            "Scan it once more if the whole unit is new",
        ),
        (at_repair(IN_REPAIR, awaits_radio=True), "Scan the new IMEI"),
        (at_repair(READY), "Scan “Done”, then your badge"),
        (at_repair(READY, awaiting_signature=True), "Scan your badge to sign"),
        (at_repair(COMPLETED), "Completed"),
        (at_repair(CANCELLED), "Cancelled"),
    ],
)
def test_the_prompt_is_the_one_next_thing(english: Wording, view: BenchView, prompt: str) -> None:
    rows = repair_rows(view, english, NOW)
    assert rows is not None
    assert rows.prompt.text == prompt


def test_symptoms_are_offered_until_one_is_chosen(english: Wording) -> None:
    rows = repair_rows(at_repair(RECEIVED), english, NOW)
    assert rows is not None
    assert [one.code for one in rows.symptoms] == [f"SYM{n:02}" for n in range(1, 11)]
    chosen = repair_rows(at_repair(SYMPTOM), english, NOW)
    assert chosen is not None
    assert chosen.symptoms == ()


def test_steps_carry_their_times_and_gsx_codes(english: Wording) -> None:
    marks = step_marks(IN_REPAIR, english, NOW)
    assert [one.state for one in marks] == ["done", "done", "now", "ahead", "ahead"]
    assert [one.detail for one in marks] == ["12:58", "13:06", "13:08", "", ""]
    assert marks[2].code == "BEGR"


def test_a_step_taken_back_loses_its_time(english: Wording) -> None:
    back = replace(READY, step=Step.IN_REPAIR)
    marks = step_marks(back, english, NOW)
    assert (marks[3].state, marks[3].detail) == ("ahead", "")


def test_a_completed_repair_has_no_step_left(english: Wording) -> None:
    assert {one.state for one in step_marks(COMPLETED, english, NOW)} == {"done"}


def test_a_cancelled_repair_ends_where_it_did(english: Wording) -> None:
    marks = step_marks(CANCELLED, english, NOW)
    assert [one.name for one in marks] == ["Received", "Diagnosed", "Cancelled"]
    assert marks[-1].state == "stopped"


def test_a_repair_without_history_is_still_drawn(english: Wording) -> None:
    marks = step_marks(replace(IN_REPAIR, history=()), english, NOW)
    assert len(marks) == len(PATH)
    assert {one.detail for one in marks} == {""}


def test_parts_show_what_went_in_and_out(english: Wording) -> None:
    rows = repair_rows(at_repair(FITTED), english, NOW)
    assert rows is not None
    first = [cell.text for cell in rows.parts.rows[0]]
    assert first == ["661-21993", "DVH3256A0Q8P1LMAT", "DVH2204A1B7P1LMAX"]
    assert rows.parts.rows[0][0].note == "4500120991"


@pytest.mark.parametrize(
    ("part", "marked"),
    [(PendingPart("661-21993", "Battery"), 1), (PendingPart("661-21993", "Battery", "DVH1"), 2)],
)
def test_the_part_in_hand_stands_first_with_what_is_missing_marked(
    english: Wording, part: PendingPart, marked: int
) -> None:
    rows = repair_rows(at_repair(FITTED, pending_part=part), english, NOW)
    assert rows is not None
    assert len(rows.parts.rows) == len(FITTED.parts) + 1
    levels = [cell.level for cell in rows.parts.rows[0]]
    assert [at for at, level in enumerate(levels) if level is Level.ATTENTION] == [marked]


def test_conflicts_say_who_settles_them(english: Wording) -> None:
    rows = repair_rows(at_repair(TORN), english, NOW)
    assert rows is not None
    assert rows.conflicts.startswith("2 entries do not fit.")


def test_the_head_tells_symptom_diagnosis_and_signature(english: Wording) -> None:
    rows = repair_rows(at_repair(replace(COMPLETED, diagnosis="Cell 2 bulges")), english, NOW)
    assert rows is not None
    assert rows.about == "Swollen battery · Diagnosis: Cell 2 bulges · Signed 13:41"
    assert rows.number == "Repair 4K7QX0M2 · MacBook Pro 14″ (M3 Pro, 2023)"
    bare = repair_rows(at_repair(RECEIVED, product=None), english, NOW)
    assert bare is not None
    assert (bare.about, bare.number) == ("No symptom yet", "Repair 4K7QX0M2")


def test_a_repair_screen_without_a_repair_shows_home(english: Wording) -> None:
    empty = WindowState().with_view(BenchView(Screen.REPAIR, ANNA, PASSED))
    assert isinstance(picture_of(empty, english, NOW, dark=False).rows, HomeRows)


# ----------------------------------------------------------------------
# The timeline
# ----------------------------------------------------------------------


def test_the_timeline_is_newest_first_and_in_words(english: Wording) -> None:
    table = timeline_table(at_repair(FITTED), english, NOW)
    said = [row[1].text.replace(BREAK, "") for row in table.rows]
    assert said == [
        "Fitted Speaker, left, FKN3301C9Y2Q0PQB3",
        "Recorded: tester.from_the_future",
        "Undone: part",
        "Fitted Battery, DVH3256A0Q8P1LMAT",
        "Diagnosed → In repair",
        "Received → Diagnosed",
        "Symptom: Swollen battery",
        "Received for repair",
    ]


def test_the_timeline_names_who_is_known_and_says_the_id_of_who_is_not(english: Wording) -> None:
    by_anna = timeline_table(at_repair(FITTED), english, NOW)
    assert {row[1].note for row in by_anna.rows} == {"Anna Lindström"}
    by_other = timeline_table(at_repair(FITTED, person=LEAD), english, NOW)
    assert {row[1].note for row in by_other.rows} == {"Anna Lindström"}
    nobody_known = timeline_table(at_repair(FITTED, names=()), english, NOW)
    assert {row[1].note for row in nobody_known.rows} == {"p-anna"}


def test_a_signature_names_its_person(english: Wording) -> None:
    signed = replace(
        TIMELINE[0],
        kind="repair.signed",
        actor="person:p-karin",
        payload={"person": "p-karin", "person_name": "Karin Öberg"},
    )
    row = timeline_table(at_repair(FITTED, timeline=(signed,)), english, NOW).rows[0]
    assert (row[1].text, row[1].note) == ("Signed by Karin Öberg", "Karin Öberg")


def test_the_programs_own_entries_are_the_benchs(english: Wording) -> None:
    own = replace(TIMELINE[0], kind="report.made", actor="bench", payload={"sha256": 7})
    row = timeline_table(at_repair(FITTED, timeline=(own,)), english, NOW).rows[0]
    assert (row[1].text, row[1].note) == ("Report made", "The bench")


def test_an_entry_of_another_day_shows_its_date(english: Wording) -> None:
    later = NOW + timedelta(days=2)
    row = timeline_table(at_repair(FITTED), english, later).rows[0]
    assert (row[0].text, row[0].note) == ("13:30", date(2026, 11, 23).isoformat())


def test_a_payload_of_the_wrong_shape_leaves_dashes(english: Wording) -> None:
    odd = replace(TIMELINE[4], payload={"part_name": ["a"], "kgb": None})
    row = timeline_table(at_repair(FITTED, timeline=(odd,)), english, NOW).rows[0]
    assert row[1].text == f"Fitted {MISSING}, {MISSING}"


@pytest.mark.parametrize("name", STATES)
def test_every_state_has_a_picture_in_both_languages(
    name: str, english: Wording, swedish: Wording
) -> None:
    said = [picture_of(STATES[name], one, NOW, dark=True) for one in (english, swedish)]
    assert said[0].rows != said[1].rows
