"""The marked row of a table that opens it: all its words, in its place, and no other row moves."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.office_sight import Ask, Board
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.widgets.cell_delegate import whole_height
from app.ui.widgets.table import Table
from tests.ui.conftest import Open
from tests.ui.office_samples import PEOPLE, PROGRAMME
from tests.ui.office_window import ShownOffice, at_office

ROW = 54
LONG = "Register the missing products; under the minimum they are repaired elsewhere, all of them "
SERIAL = "C02XK0ABJGH5" * 12


def rows(last: str = "tomorrow", *, opens: bool = True) -> TableRows:
    long = (Cell("Installed base", note="P5"), Cell(LONG + last, note="987 of 1,000"))
    short = (Cell("Technicians", note="P6"), Cell("Book it"))
    done = (Cell("Terms"), Cell("Met", Level.OK, "accepted"))
    return TableRows("Points", ("a", "b"), (short, long, done), "", (), (1, 2), opens)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(ROW)
    qtbot.addWidget(made)
    made.resize(420, 360)
    made.show_table(rows())
    with qtbot.waitExposed(made):
        made.show()
    return made


def mark(table: Table, row: int) -> None:
    table.setCurrentIndex(table.model().index(row, 0))


def heights(table: Table) -> list[int]:
    return [table.rowHeight(row) for row in range(table.model().rowCount())]


def picture(table: Table) -> QImage:
    return table.grab().toImage()


def test_the_marked_row_is_as_high_as_its_words_and_the_others_are_as_before(table: Table) -> None:
    assert heights(table) == [ROW] * 3
    mark(table, 1)
    first, long, last = heights(table)
    assert (first, last) == (ROW, ROW)
    assert long > ROW
    mark(table, 0)
    assert heights(table) == [ROW] * 3
    mark(table, 2)
    assert heights(table) == [ROW] * 3


def test_the_last_word_is_painted_in_the_marked_row_alone(table: Table) -> None:
    closed = picture(table)
    table.show_table(rows("yesterday"))
    assert picture(table) == closed
    mark(table, 1)
    opened = picture(table)
    table.show_table(rows("tomorrow"))
    assert picture(table) != opened


def test_a_word_that_is_wider_than_its_column_is_broken(table: Table) -> None:
    width = table.columnWidth(1)
    assert whole_height(Cell(SERIAL), width) > 2 * whole_height(Cell("C02"), width)
    assert whole_height(Cell("", note="below"), width) > whole_height(Cell(""), width)


def test_a_narrower_table_opens_the_row_further(table: Table) -> None:
    mark(table, 1)
    before = heights(table)[1]
    table.resize(260, 360)
    assert heights(table)[1] > before


def test_the_mark_stays_where_the_words_change_and_goes_with_its_row(table: Table) -> None:
    mark(table, 1)
    table.show_table(rows("i morgon"))
    assert table.currentIndex().row() == 1
    assert heights(table)[1] > ROW
    table.show_table(TableRows("Points", ("a", "b"), rows().rows[:1], "", (), (1, 2), opens=True))
    assert not table.currentIndex().isValid()
    assert heights(table) == [ROW]


def test_a_table_that_opens_nothing_keeps_its_heights(table: Table) -> None:
    mark(table, 1)
    table.show_table(rows(opens=False))
    assert heights(table) == [ROW] * 3
    mark(table, 1)
    assert heights(table) == [ROW] * 3
    assert not picture(table).isNull()


def at_programme(open_window: Open, language: str, size: tuple[int, int]) -> ShownOffice:
    shown = at_office(open_window(language))
    shown.opened.window.resize(*size)
    shown.told("office_programme")
    shown.office.answer(PROGRAMME)
    return shown


@pytest.mark.parametrize("size", [(1024, 720), (1280, 800)])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_point_of_the_programme_is_read_whole_by_the_arrows_alone(
    open_window: Open, qtbot: QtBot, language: str, size: tuple[int, int]
) -> None:
    table = at_programme(open_window, language, size).view.table.table
    qtbot.waitUntil(table.hasFocus)
    room = table.viewport().rect()
    told = table.rows_model.table
    opened: list[int] = []
    for row, cells in enumerate(told.rows):
        assert table.currentIndex().row() == row
        place = table.visualRect(table.currentIndex())
        assert room.top() <= place.top()
        assert place.bottom() <= room.bottom()
        asked = max(whole_height(cell, table.columnWidth(at)) for at, cell in enumerate(cells))
        assert table.rowHeight(row) == max(ROW, asked)
        opened += [row] if asked > ROW else []
        QTest.keyClick(table, Qt.Key.Key_Down)
    assert opened


def test_the_words_that_come_again_take_the_focus_from_nobody(open_window: Open) -> None:
    shown = at_programme(open_window, "en", (1280, 800))
    shown.view.setFocus()
    shown.opened.controller.office.look_again()
    shown.office.answer(PROGRAMME)
    assert not shown.view.table.table.hasFocus()


def test_the_people_after_the_programme_have_rows_of_one_height(open_window: Open) -> None:
    shown = at_programme(open_window, "sv", (1024, 720))
    shown.told("office_people")
    shown.office.answer(PEOPLE)
    table = shown.view.table.table
    assert shown.office.asked[-1] == Ask(Board.PEOPLE)
    assert set(heights(table)) == {ROW}
