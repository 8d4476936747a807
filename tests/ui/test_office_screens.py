"""The lead's boards: asked for by key or barcode, searched as one types, left without a trace."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.products import Family
from app.services.office_sight import (
    Ask,
    Board,
    RegisterSight,
    SavedSearch,
    toggled,
)
from app.services.views import Screen, Tone
from app.ui.office.panel import Office
from app.ui.screens.home.view import HomeView
from app.ui.widgets.paged_model import PAGE
from tests.ui.conftest import Open
from tests.ui.esd_samples import feedback
from tests.ui.office_samples import (
    MAC,
    MANY,
    PEOPLE,
    PHONE,
    PRODUCT,
)
from tests.ui.office_window import HOME, ShownOffice, at_office
from tests.ui.samples import outcome


@pytest.fixture
def shown(open_window: Open) -> ShownOffice:
    return at_office(open_window())


def test_a_key_asks_the_bench_as_its_barcode_does(shown: ShownOffice) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier
    shown.key(Qt.Key.Key_F7)
    shown.key(Qt.Key.Key_F8)
    shown.key(Qt.Key.Key_F7, shift)
    shown.key(Qt.Key.Key_F8, shift)
    shown.key(Qt.Key.Key_F11, shift)
    assert shown.opened.bench.commands == ["REGISTER", "GEAR", "PEOPLE", "PROGRAMME", "RECALL"]


@pytest.mark.parametrize("board", [one for one in Board if one is not Board.PRODUCT])
def test_an_answer_shows_its_board_and_asks_for_it(shown: ShownOffice, board: Board) -> None:
    shown.told(f"office_{board.value}")
    assert shown.office.asked == [Ask(board)]
    assert shown.state == Office(Ask(board), saved=())
    assert shown.view.isVisible()


def test_esc_goes_back_from_a_product_to_the_register_and_then_to_the_work(
    shown: ShownOffice,
) -> None:
    shown.told("office_register")
    shown.office.answer(RegisterSight(Ask(Board.REGISTER), 2, (MAC, PHONE)))
    shown.view.opened.emit(MAC.serial)
    assert shown.office.asked[-1] == Ask(Board.PRODUCT, serial=MAC.serial)
    shown.office.answer(PRODUCT)
    shown.key(Qt.Key.Key_Escape)
    assert shown.state == Office(Ask(Board.REGISTER), saved=())
    shown.key(Qt.Key.Key_Escape)
    assert shown.state is None
    home = shown.opened.window.findChild(HomeView)
    assert home is not None
    assert home.isVisible()
    assert shown.opened.bench.commands == []


def test_esc_with_nothing_shown_is_the_benchs(shown: ShownOffice) -> None:
    shown.key(Qt.Key.Key_Escape)
    assert shown.opened.bench.commands == ["HOME"]


def test_each_letter_asks_anew_and_a_late_answer_is_left_out(shown: ShownOffice) -> None:
    shown.told("office_register")
    QTest.keyClicks(shown.view.search, "ip")
    assert [ask.text for ask in shown.office.asked] == ["", "i", "ip"]
    shown.office.answer(RegisterSight(Ask(Board.REGISTER, "i"), 9, (MAC,)))
    assert shown.state is not None
    assert shown.state.register is None
    shown.office.answer(RegisterSight(Ask(Board.REGISTER, "ip"), 1, (PHONE,)))
    assert shown.view.paged.table.paged_model.key(0) == PHONE.serial
    QTest.keyClick(shown.view.search, Qt.Key.Key_Escape)
    assert shown.office.asked[-1].text == ""
    assert shown.state.ask.board is Board.REGISTER


def test_what_was_found_is_opened_by_keys_alone(shown: ShownOffice) -> None:
    shown.told("office_register")
    QTest.keyClick(shown.view.search, Qt.Key.Key_Down)
    assert shown.view.search.hasFocus()  # nothing is found yet
    QTest.keyClicks(shown.view.search, "ip")
    shown.office.answer(RegisterSight(Ask(Board.REGISTER, "ip"), 2, (MAC, PHONE)))
    QTest.keyClick(shown.view.search, Qt.Key.Key_Down)
    QTest.keyClick(shown.view.paged.table, Qt.Key.Key_Down)
    QTest.keyClick(shown.view.paged.table, Qt.Key.Key_Return)
    assert shown.office.asked[-1] == Ask(Board.PRODUCT, serial=PHONE.serial)


def test_a_family_narrows_what_is_searched(shown: ShownOffice) -> None:
    shown.told("office_register")
    QTest.keyClicks(shown.view.search, "x")
    QTest.mouseClick(shown.view.filters[1], Qt.MouseButton.LeftButton)
    assert shown.office.asked[-1] == Ask(Board.REGISTER, "x", Family.IPHONE)
    QTest.mouseClick(shown.view.filters[0], Qt.MouseButton.LeftButton)
    assert shown.office.asked[-1] == Ask(Board.REGISTER, "x")


def test_a_search_is_saved_found_again_and_let_go(shown: ShownOffice) -> None:
    shown.told("office_register")
    assert not shown.view.filters[5].isVisible()
    QTest.keyClicks(shown.view.search, "98")
    QTest.mouseClick(shown.view.filters[4], Qt.MouseButton.LeftButton)
    QTest.mouseClick(shown.view.filters[5], Qt.MouseButton.LeftButton)
    assert shown.office.saved == (SavedSearch("98", Family.MAC),)
    shown.view.search.clear()
    QTest.mouseClick(shown.view.filters[0], Qt.MouseButton.LeftButton)
    shown.opened.controller.office.leave()
    shown.told("office_register")
    assert shown.office.asked[-1] == Ask(Board.REGISTER)
    QTest.mouseClick(shown.view.saved[0], Qt.MouseButton.LeftButton)
    assert shown.office.asked[-1] == Ask(Board.REGISTER, "98", Family.MAC)
    assert shown.view.search.text() == "98"
    QTest.mouseClick(shown.view.filters[5], Qt.MouseButton.LeftButton)
    assert shown.office.saved == ()
    assert not shown.view.saved[0].isVisible()


def test_no_search_is_saved_over_those_that_are_not_read_yet(shown: ShownOffice) -> None:
    shown.office.reads, shown.office.saved = False, (SavedSearch("before"),)
    shown.told("office_register")
    QTest.keyClicks(shown.view.search, "98")
    QTest.mouseClick(shown.view.filters[5], Qt.MouseButton.LeftButton)
    assert shown.office.saved == (SavedSearch("before"),)
    shown.office.read()
    QTest.mouseClick(shown.view.filters[5], Qt.MouseButton.LeftButton)
    assert shown.office.saved == (SavedSearch("before"), SavedSearch("98"))


def test_a_sixth_search_takes_the_place_of_the_oldest() -> None:
    saved: tuple[SavedSearch, ...] = ()
    for text in "abcdef":
        saved = toggled(saved, SavedSearch(text))
    assert [one.text for one in saved] == list("bcdef")
    assert toggled(saved, SavedSearch("c")) == tuple(map(SavedSearch, "bdef"))


def test_scrolling_asks_for_the_page_that_is_shown(shown: ShownOffice, qtbot: QtBot) -> None:
    shown.told("office_register")
    shown.office.answer(RegisterSight(Ask(Board.REGISTER), 100_000, MANY))
    table = shown.view.paged.table
    with qtbot.waitSignal(table.wanted, timeout=5_000):
        table.scrollTo(table.paged_model.index(50_000, 0))
        table.grab()
    first = 50_000 // PAGE * PAGE
    assert first in {ask.first for ask in shown.office.asked}
    page = RegisterSight(Ask(Board.REGISTER, first=first), 100_000, MANY)
    shown.office.answer(page)
    assert table.paged_model.key(first) == MANY[0].serial
    assert table.paged_model.key(0) == MANY[0].serial


def test_a_page_that_was_left_out_is_asked_for_again(shown: ShownOffice, qtbot: QtBot) -> None:
    """Also where the same question has the same answer: as after a letter that was taken back."""
    shown.told("office_register")
    first = RegisterSight(Ask(Board.REGISTER), 100_000, MANY)
    shown.office.answer(first)
    table = shown.view.paged.table
    at = 50_000 // PAGE * PAGE

    def scroll() -> None:
        with qtbot.waitSignal(table.wanted, timeout=5_000):
            table.scrollTo(table.paged_model.index(50_000, 0))
            table.grab()

    scroll()
    shown.view.search.setText("x")
    shown.office.answer(replace(first, ask=Ask(Board.REGISTER, first=at)))
    shown.view.search.clear()
    shown.office.asked.clear()
    shown.office.answer(replace(first))
    scroll()
    assert at in {ask.first for ask in shown.office.asked}
    shown.office.answer(replace(first, ask=Ask(Board.REGISTER, first=at)))
    assert table.paged_model.key(at) == MANY[0].serial


def test_what_changed_in_the_register_is_shown_when_it_is_opened_again(
    shown: ShownOffice, qtbot: QtBot
) -> None:
    shown.told("office_register")
    shown.office.answer(RegisterSight(Ask(Board.REGISTER), 2 * PAGE, MANY))
    shown.office.answer(RegisterSight(Ask(Board.REGISTER, first=PAGE), 2 * PAGE, (MAC,)))
    model = shown.view.paged.table.paged_model
    assert model.key(PAGE) == MAC.serial
    shown.opened.controller.office.leave()
    shown.told("office_register")
    shown.office.answer(RegisterSight(Ask(Board.REGISTER), 2 * PAGE, MANY))
    assert model.key(PAGE) == ""
    with qtbot.waitSignal(shown.view.paged.table.wanted, timeout=5_000):
        pass  # it was asked for again when it was looked for
    shown.office.answer(RegisterSight(Ask(Board.REGISTER, first=PAGE), 2 * PAGE, (PHONE,)))
    assert model.key(PAGE) == PHONE.serial


def test_a_row_that_stands_for_a_scan_is_handed_to_the_bench(shown: ShownOffice) -> None:
    shown.told("office_register")
    shown.view.opened.emit(MAC.serial)
    shown.office.answer(PRODUCT)
    table = shown.view.table.table
    QTest.mouseClick(
        table.viewport(),
        Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.rows_model.index(0, 0)).center(),
    )
    assert shown.opened.bench.texts == [table.rows_model.table.keys[0]]
    assert table.rows_model.table.keys[1] == ""


def test_work_that_goes_on_is_shown_again(shown: ShownOffice) -> None:
    shown.told("office_people")
    shown.told("scan.unknown", tone=Tone.REFUSED)
    assert shown.state is not None
    shown.told("product_allowed", replace(HOME, screen=Screen.ESD_GATE))
    assert shown.state is None
    shown.told("office_people", replace(HOME, screen=Screen.ESD_GATE))
    shown.told("home_already", replace(HOME, screen=Screen.ESD_GATE))
    assert shown.state is None


def test_the_devices_take_the_place_of_a_board(shown: ShownOffice) -> None:
    shown.told("office_people")
    shown.told("devices_shown")
    assert shown.state is None


def test_an_answer_after_the_board_was_left_changes_nothing(shown: ShownOffice) -> None:
    shown.told("office_people")
    shown.opened.controller.office.leave()
    shown.office.answer(PEOPLE)
    assert shown.state is None


def test_without_anybody_to_ask_a_board_says_what_it_is(open_window: Open) -> None:
    opened = open_window()
    opened.bridge.tell_opened(HOME)
    opened.bridge.tell_outcome(outcome(feedback(Tone.ACCEPTED, "office_register"), HOME))
    assert opened.controller.state.office == Office(Ask(Board.REGISTER))
