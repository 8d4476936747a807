"""The table of any length: pages asked for when they show, and let go again."""

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.services.register_queries import RegisterQuery
from app.ui.table_rows import Cell
from app.ui.widgets.paged_model import KEPT, PAGE, PagedModel
from app.ui.widgets.paged_table import PagedTable
from app.ui.widgets.table_model import CellRole

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


def page(first: int, count: int = PAGE) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    return tuple((f"k{at}", (Cell(f"a{at}"), Cell(f"b{at}"))) for at in range(first, first + count))


def test_the_paged_model_keeps_qts_promises() -> None:
    model = PagedModel()
    tester = QAbstractItemModelTester(model, FATAL)
    for total in (0, 1, 300, 0):
        model.begin(("a", "b"), total)
        assert (model.rowCount(), model.columnCount()) == (total, 2)
        for first in range(0, total, PAGE):
            model.take(first, page(first, min(PAGE, total - first)))
    assert tester.model() is model


def test_a_page_is_asked_for_once_and_pages_beyond_some_are_let_go(qtbot: QtBot) -> None:
    model = PagedModel()
    wanted: list[int] = []
    model.wanted.connect(wanted.append)
    model.begin(("a", "b"), 1_000_000)
    assert model.index(5, 0).data() == ""
    assert model.key(6) == ""
    assert wanted == [0]
    for first in range(0, PAGE * (KEPT + 3), PAGE):
        model.take(first, page(first))
    assert model.kept == KEPT
    assert model.index(PAGE * 5, 1).data() == f"b{PAGE * 5}"
    assert model.key(0) == "k0"  # the first page is never let go: it stands for a new question
    assert model.key(PAGE) == model.key(PAGE + 1) == ""
    assert wanted == [0, PAGE]


def test_a_page_that_is_here_already_changes_nothing() -> None:
    model = PagedModel()
    changed: list[None] = []
    model.dataChanged.connect(lambda: changed.append(None))
    model.begin(("a", "b"), 3)
    for _ in range(2):
        model.take(0, page(0, 3))
    assert len(changed) == 1
    model.take(0, page(1, 3))
    assert len(changed) == 2


def test_a_page_is_as_long_as_the_store_gives_them() -> None:
    assert RegisterQuery().limit == PAGE


def test_cells_tell_their_text_and_nothing_else() -> None:
    model = PagedModel()
    model.begin(("a", "b"), 2)
    model.take(0, page(0, 1))  # shorter than promised
    at = model.index(0, 1)
    assert at.data() == at.data(Qt.ItemDataRole.ToolTipRole) == "b0"
    assert at.data(CellRole) == Cell("b0")
    assert at.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.index(1, 0).data() == ""
    assert model.headerData(0, Qt.Orientation.Horizontal) == "a"
    assert model.headerData(7, Qt.Orientation.Horizontal) is None
    assert model.headerData(0, Qt.Orientation.Vertical) is None


def test_a_pressed_row_that_is_not_here_yet_is_nothing(qtbot: QtBot) -> None:
    table = PagedTable(40)
    qtbot.addWidget(table)
    table.resize(400, 300)
    table.begin("t", ("a", "b"), (1, 1), 3)
    table.show()
    pressed: list[str] = []
    table.row_pressed.connect(pressed.append)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert pressed == []
    table.take(0, page(0, 3))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert pressed == ["k0"]
