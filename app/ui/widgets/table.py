"""A table of large rows: painted plainly, pressed as a whole, never edited.

Tab goes to its rows and on, the arrows move the mark from row to row, Enter presses the marked one.
A table that opens its marked row shows all of that row's words, however many lines they take.
"""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScroller,
    QTableView,
    QWidget,
)

from app.ui.overriding import override
from app.ui.table_rows import TableRows
from app.ui.theme.applying import SMALL, colours_of, font
from app.ui.widgets.cell_delegate import PAD, CellDelegate, whole_height
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.table_model import Index, RowsModel

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_PRESSES: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
_Move = QAbstractItemView.CursorAction
_TO_ROW: Final[Mapping[QAbstractItemView.CursorAction, Callable[[QTableView], int]]] = {
    _Move.MoveHome: lambda _: 0,
    _Move.MoveEnd: lambda table: table.model().rowCount() - 1,
    _Move.MoveLeft: lambda table: table.currentIndex().row(),
    _Move.MoveRight: lambda table: table.currentIndex().row(),
}
"""A row is gone through as a whole: these keys go to no column."""


class _Header(QHeaderView):
    """Column names: small, muted, with a line below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFixedHeight(34)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        colours = colours_of(self.palette())
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        painter.setPen(QColor(colours.edge))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(font(SMALL))
        painter.setPen(QColor(colours.muted))
        name = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(str(name or ""), Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, _LEFT, shown)
        painter.restore()


class PlainTable(QTableView):
    """How every table looks: large rows, pressed as a whole, no grid, no selection.

    Signals:
        row_pressed: The key of the row that was pressed.
    """

    row_pressed = Signal(str)

    def __init__(self, row_height: int, *, headers: bool, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._widths: tuple[int, ...] = ()
        self.setItemDelegate(CellDelegate(self))
        self.setHorizontalHeader(_Header(self))
        self.horizontalHeader().setVisible(headers)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(ScrollBar())
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._pressed)

    def key_of(self, row: int) -> str:
        """What pressing a row means; empty for nothing."""
        del row
        return ""

    def share(self, widths: tuple[int, ...]) -> None:
        """Give each column its share; what rounding leaves over goes to the last."""
        self._widths = widths
        whole, left = sum(widths), self.viewport().width()
        for column, part in enumerate(widths):
            width = left if column == len(widths) - 1 else self.viewport().width() * part // whole
            self.setColumnWidth(column, width)
            left -= width

    @override
    def focusInEvent(self, event: QFocusEvent, /) -> None:
        if not self.currentIndex().isValid():
            self._mark(self.rowAt(0))  # Qt would scroll back to the first of all
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def currentChanged(self, current: Index, previous: Index, /) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()  # a row is marked as a whole

    @override
    def moveCursor(
        self,
        cursorAction: QAbstractItemView.CursorAction,
        modifiers: Qt.KeyboardModifier,
    ) -> QModelIndex:
        row = _TO_ROW.get(cursorAction)
        if row is not None:
            return self.model().index(row(self), 0)
        return super().moveCursor(cursorAction, modifiers)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _PRESSES:
            self._pressed(self.currentIndex())
        elif event.text() and event.text().isprintable():
            event.ignore()  # letters are typed for the field at the foot, and look for no row
        else:
            super().keyPressEvent(event)

    def _mark(self, row: int) -> None:
        self.selectionModel().setCurrentIndex(
            self.model().index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
        )

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.share(self._widths)

    def _pressed(self, index: Index) -> None:
        key = self.key_of(index.row()) if index.isValid() else ""
        if key:
            self.row_pressed.emit(key)


class Table(PlainTable):
    """A table over `TableRows`."""

    def __init__(
        self, row_height: int, *, headers: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(row_height, headers=headers, parent=parent)
        self._model = RowsModel(self)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(self._model)

    @property
    def rows_model(self) -> RowsModel:
        """Its model."""
        return self._model

    def show_table(self, table: TableRows) -> None:
        """Show another table; one that opens its marked row keeps the mark at its place."""
        marked = self.currentIndex().row() if table.opens else -1
        self._model.show_table(table)
        self.setAccessibleName(table.title)
        self.share(table.widths)
        if not self.currentIndex().isValid() and 0 <= marked < len(table.rows):
            self._mark(marked)

    @override
    def share(self, widths: tuple[int, ...]) -> None:
        super().share(widths)
        self._open(self.currentIndex().row())

    @override
    def currentChanged(self, current: Index, previous: Index, /) -> None:
        self._open(current.row())  # first: what it scrolls to is as high as it is then
        super().currentChanged(current, previous)

    def _open(self, row: int) -> None:
        """Make the marked row as high as its words ask for, and the one before as high as any."""
        usual, before = self.verticalHeader().defaultSectionSize(), self._delegate.opened
        self._delegate.opened = row if self._model.table.opens else -1
        if before not in {-1, self._delegate.opened}:
            self.setRowHeight(before, usual)
        if self._delegate.opened >= 0:
            cells = enumerate(self._model.table.rows[row])
            asked = (whole_height(cell, self.columnWidth(column)) for column, cell in cells)
            self.setRowHeight(row, max(usual, *asked))
            self.updateGeometries()

    @override
    def key_of(self, row: int) -> str:
        keys = self._model.table.keys
        return keys[row] if row < len(keys) else ""
