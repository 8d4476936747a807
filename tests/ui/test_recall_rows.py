"""What the recall's board says: the question, each row of its answer, and why there is none."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.commands import COMMANDS
from app.domain.recall import Period, Suspicion
from app.services.office_sight import (
    FailedSight,
)
from app.services.recall_sight import Suspect
from app.ui.office.painting import office_actions, office_rows
from app.ui.office.panel import Office
from app.ui.office.recall_choices import picks
from app.ui.office.rows import OfficeRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording
from tests.ui.recall_samples import (
    BY_TESTER,
    CHOICES,
    FEW,
    RECALL_STATES,
)
from tests.ui.recall_window import ASKED
from tests.ui.samples import LEAD


def rows_of(name: str, english: Wording) -> OfficeRows:
    office = RECALL_STATES[name].office
    assert office is not None
    return office_rows(office, english)


def test_each_row_tells_the_repair_the_product_who_holds_it_and_why(english: Wording) -> None:
    paged = rows_of("office_recall_few", english).paged
    assert paged is not None
    assert paged.title == "2 repairs are touched: 1 certain, 1 in doubt."
    certain, doubtful = [cells for _, cells in paged.rows]
    assert [one.text for one in certain] == [
        "R7",
        "C02XK0ABJGH5",
        "Karin Holm",
        "In repair, 661-17578",
        "2026-11-23",
        "certain",
    ]
    assert [one.note for one in certain[:3]] == ["Completed", "MacBook Pro", "Library"]
    assert "later test came between" in doubtful[3].note
    assert doubtful[5].level is Level.ATTENTION


def test_what_no_register_holds_stands_last_and_says_so(english: Wording) -> None:
    told = {
        one: [pick.words for pick in picks(CHOICES.choices, one, english)]
        for one in (Suspect.TESTER, Suspect.CALIBRATION, Suspect.TECHNICIAN)
    }
    dot = " \N{MIDDLE DOT} "
    away = "not in the register now"
    assert told[Suspect.TESTER][-2:] == [
        dot.join(("Hioki ST5541", "EQ3", "HI-7", away)),
        dot.join(("esd-old", away)),
    ]
    assert told[Suspect.CALIBRATION][-1] == dot.join(("RISE-12", "Hioki ST5541", "EQ3", away))
    assert told[Suspect.TECHNICIAN][-2:] == [
        dot.join(("Bo Berg", "1009", "p-bo", away)),
        dot.join(("p-x", away)),
    ]
    assert not [one for one in told[Suspect.TESTER][:-2] if away in one]


def test_a_repair_of_which_only_work_is_on_record_cannot_be_opened(english: Wording) -> None:
    paged = rows_of("office_recall_listed", english).paged
    assert paged is not None
    key, cells = paged.rows[-1]
    assert key == ""
    assert (cells[0].text, cells[0].note) == ("r9", "Opening not on record")


def test_what_was_asked_stands_above_with_its_days(english: Wording) -> None:
    prompt = rows_of("office_recall_few", english).prompt
    assert prompt.text == "ESD tester Warmbier PGT 130 (EQ1)"
    assert "from 2026-11-01 until 2026-11-20" in prompt.detail
    assert "Esc" in rows_of("office_recall_none", english).prompt.detail


def test_a_time_that_follows_from_what_was_found_bad_is_told_with_why(english: Wording) -> None:
    bad = Suspicion(Period(FEW.found.period.start))
    office = Office(FEW.ask, replace(FEW, found=replace(FEW.found, suspicions=(bad,))))
    prompt = office_rows(office, english).prompt
    assert prompt.detail.startswith("Found out of order from 2026-11-01: what it measured")


@pytest.mark.parametrize(("side", "words"), [("start", "until 2026-11-20"), ("end", "from 2026")])
def test_a_period_may_have_one_end(english: Wording, side: str, words: str) -> None:
    found = replace(FEW.found, period=replace(FEW.found.period, **{side: None}))
    office = Office(FEW.ask, replace(FEW, found=found))
    assert words in office_rows(office, english).prompt.detail


def test_an_empty_list_says_how_it_may_be_wrong(english: Wording) -> None:
    rows = rows_of("office_recall_none", english)
    assert rows.paged is not None
    assert rows.filters == ()
    assert rows.paged.title == "No repair is touched."
    assert "Check each letter" in rows.paged.empty


def test_an_empty_register_says_what_to_do(english: Wording) -> None:
    options = rows_of("office_recall_empty", english).options
    assert options is not None
    assert "repair-bench equipment add" in options.empty
    nothing = rows_of("office_recall_no_fit", english).options
    assert nothing is not None
    assert "zz" in nothing.empty


def test_why_nothing_was_looked_for_is_told(english: Wording) -> None:
    assert "EQ1" in rows_of("office_recall_refused", english).prompt.detail
    assert "defect" in rows_of("office_recall_failed", english).prompt.detail
    store = Office(ASKED, FailedSight(ASKED, "disk_full"))
    assert "store" in office_rows(store, english).prompt.detail


def test_before_the_list_is_here_nothing_of_it_can_be_done(english: Wording) -> None:
    office = RECALL_STATES["office_recall_looking"].office
    assert office is not None
    assert [one.code for one in office_actions(office, english)] == ["RECALL_AGAIN"]
    assert rows_of("office_recall_looking", english).paged is None


def test_the_buttons_are_those_of_the_question_or_of_the_list(english: Wording) -> None:
    codes = {
        name: [one.code for one in office_actions(told.office, english)]
        for name, told in RECALL_STATES.items()
        if told.office is not None
    }
    assert codes["office_recall_tester"] == ["OFFICE_BACK"]
    assert codes["office_recall_lot"] == ["RECALL_LIST", "OFFICE_BACK"]
    few = ["RECALL_CSV", "RECALL_PDF", "OFFICE_SAVE_AS", "RECALL_AGAIN"]
    assert codes["office_recall_few"] == few


def test_what_can_be_chosen_is_told_with_what_tells_it_apart(english: Wording) -> None:
    words = {
        suspect: [one.words for one in picks(CHOICES.choices, suspect, english)]
        for suspect in Suspect
    }
    assert words[Suspect.TESTER][1] == "Walther WT-20 · EQ9 · SN0001 · retired"
    assert words[Suspect.CALIBRATION][:2] == [
        "RISE-77 · 2026-01-10 \N{EN DASH} 2026-11-02 · Warmbier PGT 130 · EQ1",
        "RISE-41 · Warmbier PGT 130 · EQ1",
    ]
    assert words[Suspect.TECHNICIAN][1].startswith(LEAD.name)
    (certificate,) = words[Suspect.CERTIFICATE]
    assert "2025-02-03 \N{EN DASH} 2028-02-02, 2025-02-03 \N{EN DASH}" in certificate
    assert words[Suspect.LOT] == []


def test_the_question_and_the_command_line_name_the_same_days() -> None:
    assert (BY_TESTER.start, BY_TESTER.end) == (date(2026, 11, 1), date(2026, 11, 20))
    assert COMMANDS["RECALL"].shortcut == "Shift+F11"
