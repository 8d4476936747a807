"""The recall's board: chosen by hand or by keys alone, listed, opened."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.recall import ByLot
from app.services.office_sight import Shown
from app.services.recall_board import ROWS
from app.services.recall_sight import RecallAsk, Suspect
from app.services.views import Screen
from app.ui.office.painting import office_rows
from app.ui.office.panel import RecallForm
from app.ui.theme.colours import Level
from app.ui.widgets.paged_model import PAGE
from app.ui.wording import Wording
from tests.ui.conftest import Open
from tests.ui.office_samples import TESTER
from tests.ui.office_window import HOME, ShownOffice
from tests.ui.recall_samples import (
    BY_LOT,
    BY_TESTER,
    CHOICES,
    FEW,
    LISTED,
    NONE,
)
from tests.ui.recall_window import ASKED, CTRL, PLAIN, at_recall, field, listed, press
from tests.ui.samples import ANNA


@pytest.fixture
def shown(open_window: Open) -> ShownOffice:
    return at_recall(open_window())


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


def test_down_goes_from_a_field_to_the_list_where_there_is_one(shown: ShownOffice) -> None:
    QTest.keyClick(field(shown, "find"), Qt.Key.Key_Down)
    assert shown.view.options.options.hasFocus()
    press(shown, Suspect.LOT)
    QTest.keyClick(field(shown, "part_number"), Qt.Key.Key_Down)
    assert field(shown, "part_number").hasFocus()


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


def test_a_page_is_as_long_as_what_the_table_asks_for() -> None:
    assert ROWS == PAGE


def test_a_repair_is_opened_by_key(shown: ShownOffice) -> None:
    listed(shown)
    table = shown.view.paged.table
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert len(shown.opened.bench.texts) == 1
    assert "R8" in shown.opened.bench.texts[0]


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
    assert shown.office.left == 1
    assert shown.opened.bench.commands == []


def test_another_question_can_be_pressed(shown: ShownOffice) -> None:
    listed(shown)
    shown.key(Qt.Key.Key_F2)
    assert shown.office.asked[-1] == ASKED
