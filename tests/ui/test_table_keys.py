"""Tables by keys alone: gone to, gone through and pressed, a row at a time."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.table_rows import Cell, TableRows
from app.ui.widgets.paged_table import PagedTable
from app.ui.widgets.table import PlainTable, Table

Key = Qt.Key
NAMES = tuple(f"row {number}" for number in range(40))
ROWS = tuple((Cell(name), Cell("b", note="below")) for name in NAMES)


def whole_table() -> PlainTable:
    table = Table(48)
    table.show_table(TableRows("Rows", ("a", "b"), ROWS, "", keys=NAMES, widths=(1, 1)))
    return table


def paged_table() -> PlainTable:
    table = PagedTable(48)
    table.begin("Rows", ("a", "b"), (1, 1), len(ROWS))
    table.take(0, tuple(zip(NAMES, ROWS, strict=True)))
    return table


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """What a table is in; pytest-qt alone would not keep it."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture(params=[whole_table, paged_table])
def table(request: pytest.FixtureRequest, window: QWidget, qtbot: QtBot) -> PlainTable:
    """A table in a window, between a field and another; the first has the focus."""
    made: PlainTable = request.param()
    whole = QVBoxLayout(window)
    whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
    before = QLineEdit()
    for one in (before, made, QLineEdit()):
        whole.addWidget(one)
    window.resize(600, 500)
    with qtbot.waitActive(window):
        window.show()
    before.setFocus()
    return made


def press(table: PlainTable, *keys: Qt.Key) -> None:
    for key in keys:
        focused = table.window().focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)


def pressed(table: PlainTable, *keys: Qt.Key) -> list[str]:
    """The keys of the rows that are pressed by these keys."""
    spy = QSignalSpy(table.row_pressed)
    press(table, *keys)
    return [spy.at(at)[0] for at in range(spy.count())]


def test_tab_goes_to_the_first_row_and_on(table: PlainTable) -> None:
    press(table, Key.Key_Tab)
    assert table.hasFocus()
    assert pressed(table, Key.Key_Return) == ["row 0"]
    press(table, Key.Key_Tab)
    assert not table.hasFocus()


def test_a_row_that_was_left_is_come_back_to(table: PlainTable) -> None:
    press(table, Key.Key_Tab, Key.Key_Down, Key.Key_Down, Key.Key_Tab, Key.Key_Backtab)
    assert pressed(table, Key.Key_Enter) == ["row 2"]


def test_the_first_row_that_shows_is_gone_to(table: PlainTable) -> None:
    table.verticalScrollBar().setValue(48 * 10)
    press(table, Key.Key_Tab)
    assert pressed(table, Key.Key_Space) == ["row 10"]


def test_a_row_is_gone_through_as_a_whole(table: PlainTable) -> None:
    press(table, Key.Key_Tab, Key.Key_Down, Key.Key_Right)
    assert pressed(table, Key.Key_Return) == ["row 1"]
    assert table.currentIndex().column() == 0
    assert pressed(table, Key.Key_Left, Key.Key_Return) == ["row 1"]
    assert pressed(table, Key.Key_End, Key.Key_Return) == ["row 39"]
    assert pressed(table, Key.Key_Home, Key.Key_Return) == ["row 0"]


def test_letters_look_for_no_row(table: PlainTable) -> None:
    press(table, Key.Key_Tab, Key.Key_Down)
    QTest.keyClicks(table, "row 3")
    assert pressed(table, Key.Key_Return) == ["row 1"]


def test_the_marked_row_is_seen_while_the_keys_are_here(table: PlainTable) -> None:
    rest = table.viewport().grab().toImage()
    press(table, Key.Key_Tab)
    marked = table.viewport().grab().toImage()
    assert marked.copy(0, 0, 600, 48) != rest.copy(0, 0, 600, 48)
    assert marked.copy(0, 48, 600, 48) == rest.copy(0, 48, 600, 48)
    press(table, Key.Key_Tab)
    assert table.viewport().grab().toImage() == rest


def test_a_table_without_rows_presses_nothing(qtbot: QtBot) -> None:
    empty = Table(48)
    qtbot.addWidget(empty)
    with qtbot.waitExposed(empty):
        empty.show()
    empty.setFocus()
    assert pressed(empty, Key.Key_Return, Key.Key_Down, Key.Key_End) == []
