"""The recall's board: chosen by hand or by keys alone, listed, opened, written."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.commands import COMMANDS
from app.domain.recall import ByLot, Period, Suspicion
from app.services.office_sight import (
    Ask,
    Board,
    FailedSight,
    FileKind,
    FileSight,
    RecallSight,
    Shown,
)
from app.services.recall_sight import RecallAsk, Suspect
from app.services.views import Screen
from app.texts import Language
from app.ui.office.painting import office_actions, office_rows
from app.ui.office.panel import Office, RecallForm
from app.ui.office.recall_choices import picks
from app.ui.office.rows import OfficeRows
from app.ui.theme.colours import Level
from app.ui.widgets.field import Field
from app.ui.wording import Wording
from tests.ui.conftest import Open
from tests.ui.office_samples import PROGRAMME, TESTER
from tests.ui.office_window import HOME, ShownOffice, at_office
from tests.ui.recall_samples import (
    BY_LOT,
    BY_TESTER,
    CHOICES,
    FEW,
    LISTED,
    NONE,
    RECALL_STATES,
    WRITTEN,
)
from tests.ui.samples import ANNA, LEAD

ASKED = Ask(Board.RECALL)
PLAIN = RecallAsk(Suspect.TESTER, TESTER.id)
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def shown(open_window: Open) -> ShownOffice:
    """The board, asked for by a lead, with what can be chosen."""
    made = at_office(open_window())
    made.told("office_recall")
    made.office.answer(CHOICES)
    return made


def field(shown: ShownOffice, code: str) -> Field:
    found = shown.view.fields.field(code)
    assert found is not None
    return found


def press(shown: ShownOffice, suspect: Suspect) -> None:
    button = shown.view.filters[list(Suspect).index(suspect)]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def listed(shown: ShownOffice, sight: RecallSight = FEW) -> None:
    """The list is shown."""
    recall = sight.ask.recall
    assert recall is not None
    shown.view.options.chosen.emit("PICK_0")
    shown.opened.controller.office.ask(replace(ASKED, recall=recall))
    shown.office.answer(sight)


# ----------------------------------------------------------------------
# The question
# ----------------------------------------------------------------------


def test_the_board_opens_with_the_testers_and_the_cursor_in_the_search(shown: ShownOffice) -> None:
    assert shown.office.asked == [ASKED]
    assert field(shown, "find").hasFocus()
    assert shown.view.options.options.isVisible()
    assert not shown.view.paged.isVisible()
    assert not shown.view.search.isVisible()


def test_a_tester_is_chosen_by_keys_alone_for_the_days_that_stand_there(
    shown: ShownOffice,
) -> None:
    QTest.keyClicks(field(shown, "find"), "pgt")
    QTest.keyClicks(field(shown, "from"), "2026-11-01")
    QTest.keyClicks(field(shown, "to"), "2026-11-20")
    QTest.keyClick(field(shown, "to"), Qt.Key.Key_Return)
    assert shown.view.options.options.hasFocus()
    QTest.keyClick(shown.view.options.options, Qt.Key.Key_Return)
    assert shown.office.asked[-1] == replace(ASKED, recall=BY_TESTER)
    shown.office.answer(LISTED)
    assert shown.view.paged.table.hasFocus()


def test_letters_narrow_what_can_be_chosen_and_keep_its_place(
    shown: ShownOffice, english: Wording
) -> None:
    QTest.keyClicks(field(shown, "find"), "wt-20 RETIRED")
    assert shown.state is not None
    options = office_rows(shown.state, english).options
    assert options is not None
    assert [one.code for one in options.choices] == ["PICK_1"]
    shown.view.options.chosen.emit("PICK_1")
    assert shown.office.asked[-1].recall == RecallAsk(Suspect.TESTER, "EQ9")


def test_another_kind_is_chosen_from_its_own_list(shown: ShownOffice) -> None:
    QTest.keyClicks(field(shown, "find"), "pgt")
    for suspect, chosen in (
        (Suspect.CALIBRATION, RecallAsk(Suspect.CALIBRATION, TESTER.id, "RISE-77")),
        (Suspect.TECHNICIAN, RecallAsk(Suspect.TECHNICIAN, ANNA.id)),
        (Suspect.CERTIFICATE, RecallAsk(Suspect.CERTIFICATE, ANNA.id, "ACMT")),
    ):
        press(shown, suspect)
        assert field(shown, "find").text() == ""
        assert field(shown, "find").hasFocus()
        shown.office.answer(CHOICES)
        shown.view.options.chosen.emit("PICK_0")
        assert shown.office.asked[-1].recall == chosen
        shown.key(Qt.Key.Key_Escape)


def test_parts_are_typed_and_listed_by_enter_or_by_key(shown: ShownOffice) -> None:
    press(shown, Suspect.LOT)
    assert field(shown, "part_number").hasFocus()
    assert not field(shown, "from").isVisible()
    QTest.keyClicks(field(shown, "part_number"), "661-17578")
    QTest.keyClicks(field(shown, "delivery"), "80012345")
    QTest.keyClick(field(shown, "delivery"), Qt.Key.Key_Return)
    assert shown.office.asked[-1].recall == BY_LOT
    shown.office.answer(NONE)
    shown.key(Qt.Key.Key_Escape)
    assert field(shown, "delivery").text() == "80012345"
    field(shown, "delivery").clear()
    shown.key(Qt.Key.Key_F6)
    assert shown.office.asked[-1].recall == replace(BY_LOT, lot=ByLot(part_number="661-17578"))
    assert shown.opened.bench.commands == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("from", "2026-11-21"), "The period ends before it begins"),
        (("from", "21/11"), "21/11 is no day"),
    ],
)
def test_a_period_that_is_none_is_refused_in_words_until_it_is_mended(
    shown: ShownOffice, english: Wording, typed: tuple[str, str], words: str
) -> None:
    QTest.keyClicks(field(shown, "to"), "2026-11-20")
    QTest.keyClicks(field(shown, typed[0]), typed[1])
    shown.view.options.chosen.emit("PICK_0")
    assert shown.office.asked == [ASKED]
    assert shown.state is not None
    prompt = office_rows(shown.state, english).prompt
    assert prompt.level is Level.STOP
    assert words in prompt.detail
    QTest.keyClick(field(shown, "from"), Qt.Key.Key_Backspace)
    assert office_rows(shown.state, english).prompt.level is Level.CALM


def test_no_parts_are_refused_in_words(shown: ShownOffice) -> None:
    press(shown, Suspect.LOT)
    shown.key(Qt.Key.Key_F6)
    assert shown.state is not None
    assert shown.state.form.problem == "lot_empty"
    assert shown.office.asked[-1] == ASKED


def test_a_key_of_the_work_does_nothing_unseen(shown: ShownOffice) -> None:
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F6):
        shown.key(key)
    shown.key(Qt.Key.Key_P, CTRL)
    assert shown.opened.bench.commands == []
    assert shown.office.files == []
    shown.key(Qt.Key.Key_F8)
    assert shown.opened.bench.commands == ["GEAR"]


def test_a_choice_that_is_gone_is_none(shown: ShownOffice) -> None:
    for code in ("PICK_99", "FAMILY_mac"):
        shown.view.options.chosen.emit(code)
    shown.opened.controller.office.ask(replace(ASKED, recall=PLAIN))
    shown.office.answer(replace(FEW, ask=replace(ASKED, recall=PLAIN)))
    shown.view.options.chosen.emit("PICK_0")
    assert [ask.recall for ask in shown.office.asked] == [None, PLAIN]


def test_opened_anew_it_asks_anew(shown: ShownOffice) -> None:
    press(shown, Suspect.LOT)
    QTest.keyClicks(field(shown, "serial"), "x")
    shown.opened.controller.office.leave()
    shown.told("office_recall")
    assert shown.state is not None
    assert shown.state.form == RecallForm()
    assert field(shown, "serial").text() == ""


# ----------------------------------------------------------------------
# The list
# ----------------------------------------------------------------------


def test_a_repair_is_opened_as_if_its_tag_were_scanned(shown: ShownOffice) -> None:
    listed(shown)
    table = shown.view.paged.table
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.paged_model.index(0, 0)).center(),
    )
    assert shown.opened.bench.texts == [table.paged_model.key(0)]
    assert "R7" in table.paged_model.key(0)
    shown.told("repair_shown", replace(HOME, screen=Screen.REPAIR))
    assert shown.state is None


def test_the_certain_and_the_doubtful_ones_are_told_apart(
    shown: ShownOffice, english: Wording
) -> None:
    listed(shown)
    assert shown.state is not None
    rows = office_rows(shown.state, english)
    assert [one.title for one in rows.filters] == ["All: 2", "Certain: 1", "In doubt: 1"]
    QTest.mouseClick(shown.view.filters[2], Qt.MouseButton.LeftButton)
    assert shown.office.asked[-1] == replace(FEW.ask, shown=Shown.DOUBTFUL)


def test_what_is_scanned_goes_to_the_bench_and_the_list_stays(shown: ShownOffice) -> None:
    listed(shown)
    shown.told("scan.unknown")
    assert shown.state is not None
    assert shown.state.ask.recall == BY_TESTER


def test_esc_goes_back_to_the_question_and_then_to_the_work(shown: ShownOffice) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_Escape)
    assert shown.office.asked[-1] == ASKED
    shown.office.answer(CHOICES)
    shown.key(Qt.Key.Key_Escape)
    assert shown.state is None
    assert shown.opened.bench.commands == []


def test_another_question_can_be_pressed(shown: ShownOffice) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F2)
    assert shown.office.asked[-1] == ASKED


# ----------------------------------------------------------------------
# The files
# ----------------------------------------------------------------------


def test_a_list_is_written_by_key_in_the_windows_language_one_file_at_a_time(
    shown: ShownOffice, english: Wording
) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F3)
    shown.key(Qt.Key.Key_P, CTRL)  # not before the first one is there
    assert shown.office.files == [(FEW.ask, FileKind.CSV, Language.ENGLISH)]
    assert shown.state is not None
    assert "being written" in office_rows(shown.state, english).prompt.detail
    assert shown.office.written is not None
    shown.office.written(WRITTEN)
    prompt = office_rows(shown.state, english).prompt
    assert prompt.level is Level.OK
    assert "recall-tester-EQ1.\u200bcsv" in prompt.detail  # it may break there
    shown.key(Qt.Key.Key_P, CTRL)
    assert [kind for _, kind, _ in shown.office.files] == [FileKind.CSV, FileKind.PDF]


@pytest.mark.parametrize("fault", ["No space left on device", "bug"])
def test_why_a_file_could_not_be_written_is_told(english: Wording, fault: str) -> None:
    office = Office(FEW.ask, FEW, FEW, file=replace(WRITTEN, fault=fault))
    prompt = office_rows(office, english).prompt
    assert prompt.level is Level.ATTENTION
    assert ("defect" if fault == "bug" else fault) in prompt.detail


def test_a_file_that_is_there_when_nobody_looks_is_told_to_who_comes_back(
    shown: ShownOffice,
) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F3)
    shown.opened.controller.office.leave()
    assert shown.office.written is not None
    shown.office.written(WRITTEN)
    assert shown.state is None
    shown.told("office_recall")
    assert shown.state is not None
    assert shown.state.file is None
    listed(shown)
    assert shown.state.file == WRITTEN
    shown.opened.controller.office.leave()
    shown.told("office_recall")
    listed(shown)
    assert shown.state.file is None


def test_a_file_that_is_coming_is_told_to_who_comes_back(shown: ShownOffice) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F3)
    shown.key(Qt.Key.Key_Escape)
    assert shown.state is not None
    assert shown.state.file is None
    listed(shown)
    assert shown.state.file == FileSight(FEW.ask, FileKind.CSV)
    assert shown.office.written is not None
    shown.office.written(replace(WRITTEN, ask=replace(ASKED, recall=PLAIN)))
    assert shown.state.file == FileSight(FEW.ask, FileKind.CSV)


def test_the_readiness_report_is_written_from_the_programmes_board(
    shown: ShownOffice, english: Wording
) -> None:
    shown.told("office_programme")
    shown.office.answer(PROGRAMME)
    shown.opened.controller.shell.commanded.emit("READINESS")
    shown.key(Qt.Key.Key_P, CTRL)
    assert shown.office.files == [(PROGRAMME.ask, FileKind.PDF, Language.ENGLISH)]
    assert shown.office.written is not None
    shown.office.written(FileSight(PROGRAMME.ask, FileKind.PDF, Path("/r/readiness.pdf")))
    assert shown.state is not None
    prompt = office_rows(shown.state, english).prompt
    assert prompt.detail == "Written: readiness.pdf, in the folder /r"
    assert prompt.level is Level.STOP  # whether it qualifies stays to be seen


def test_without_anybody_to_ask_nothing_is_written(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(HOME)
    made = ShownOffice(opened, at_office(open_window()).office)
    made.told("office_recall")
    opened.controller.office.save(FileKind.CSV)
    opened.controller.office.leave()
    opened.controller.office.save(FileKind.CSV)
    assert made.state is None


# ----------------------------------------------------------------------
# Words
# ----------------------------------------------------------------------


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
    assert codes["office_recall_few"] == ["RECALL_CSV", "RECALL_PDF", "RECALL_AGAIN"]


def test_what_can_be_chosen_is_told_with_what_tells_it_apart(english: Wording) -> None:
    words = {
        suspect: [one.words for one in picks(CHOICES.choices, suspect, english)]
        for suspect in Suspect
    }
    assert words[Suspect.TESTER][1] == "Walther WT-20 · EQ9 · SN0001 · retired"
    assert words[Suspect.CALIBRATION] == [
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
