"""Tables: Qt's own tester in fatal mode, and rows that are pressed as a whole."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.ui.screens.home.viewmodel import jobs_table
from app.ui.screens.repair.timeline import timeline_table
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.applying import SMALL as SMALL_FONT
from app.ui.theme.applying import font
from app.ui.theme.colours import Level
from app.ui.widgets.cell_delegate import PAD
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import CellRole, RowsModel
from app.ui.wording import Wording, shown
from tests.ui.samples import FITTED, NOW, OTHERS, at_repair

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
SMALL = TableRows(
    title="Two",
    headers=("a", "b"),
    rows=((Cell("1"), Cell("x", Level.STOP, "refused")), (Cell("2", note="below"), Cell("y"))),
    empty="",
    keys=("first", ""),
    widths=(1, 2),
)


def test_the_model_keeps_qts_promises(english: Wording) -> None:
    model = RowsModel()
    tester = QAbstractItemModelTester(model, FATAL)
    for table in (
        jobs_table(OTHERS, english, NOW),
        timeline_table(at_repair(FITTED), english, NOW),
        SMALL,
        TableRows("", ("a",), (), "none"),
        SMALL,
    ):
        model.show_table(table)
        assert model.rowCount() == len(table.rows)
    assert tester.model() is model


def test_the_model_is_replaced_only_by_another_table(qtbot: QtBot) -> None:
    model = RowsModel()
    with qtbot.waitSignal(model.modelReset, timeout=1_000):
        model.show_table(SMALL)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_table(SMALL)
    assert model.table is SMALL


def test_a_heading_wider_than_its_column_ends_with_an_ellipsis(qtbot: QtBot) -> None:
    table = Table(40)
    qtbot.addWidget(table)
    table.resize(300, 100)

    def head(name: str) -> QImage:
        table.show_table(replace(SMALL, headers=(name, "b")))
        return table.horizontalHeader().grab().toImage()

    name = "Proof of purchase"
    cut = head(name)
    room = table.columnWidth(0) - 2 * PAD
    told = QFontMetrics(font(SMALL_FONT)).elidedText(name, Qt.TextElideMode.ElideRight, room)
    assert told.endswith("…")
    assert cut == head(told) != head(told[:-1])


def test_cells_tell_their_text_and_nothing_else() -> None:
    model = RowsModel()
    model.show_table(SMALL)
    at = model.index(0, 1)
    assert at.data() == "x"
    assert at.data(Qt.ItemDataRole.AccessibleTextRole) == "x"
    assert at.data(CellRole) == SMALL.rows[0][1]
    assert at.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.headerData(1, Qt.Orientation.Horizontal) == "b"
    assert model.headerData(7, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.flags(QModelIndex()) == Qt.ItemFlag.NoItemFlags


def test_break_marks_are_not_told() -> None:
    model = RowsModel()
    model.show_table(TableRows("", ("a",), ((Cell(shown("W" * 40)),),), ""))
    assert model.index(0, 0).data() == "W" * 40


@pytest.mark.parametrize(("row", "says"), [(0, ["first"]), (1, [])])
def test_a_pressed_row_says_its_key(qtbot: QtBot, row: int, says: list[str]) -> None:
    table = Table(76)
    qtbot.addWidget(table)
    table.show_table(SMALL)
    table.resize(400, 300)
    with qtbot.waitExposed(table):
        table.show()
    heard: list[str] = []
    table.row_pressed.connect(heard.append)
    place = table.visualRect(table.rows_model.index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert heard == says


def test_columns_share_the_whole_width(qtbot: QtBot) -> None:
    table = Table(46)
    qtbot.addWidget(table)
    table.show_table(SMALL)
    table.resize(401, 300)
    with qtbot.waitExposed(table):
        table.show()
    widths = [table.columnWidth(column) for column in range(2)]
    assert sum(widths) == table.viewport().width()
    assert widths[1] == pytest.approx(widths[0] * 2, abs=3)
