"""A table of large rows: painted plainly, pressed as a whole, never edited."""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QResizeEvent
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
from app.ui.widgets.cell_delegate import PAD, CellDelegate
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.table_model import Index, RowsModel

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


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
        painter.drawText(rect.adjusted(PAD, 0, -PAD, 0), _LEFT, str(name or ""))
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
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.share(self._widths)

    def _pressed(self, index: Index) -> None:
        key = self.key_of(index.row())
        if key:
            self.row_pressed.emit(key)


class Table(PlainTable):
    """A table over `TableRows`."""

    def __init__(
        self, row_height: int, *, headers: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(row_height, headers=headers, parent=parent)
        self._model = RowsModel(self)
        self.setModel(self._model)

    @property
    def rows_model(self) -> RowsModel:
        """Its model."""
        return self._model

    def show_table(self, table: TableRows) -> None:
        """Show another table."""
        self._model.show_table(table)
        self.setAccessibleName(table.title)
        self.share(table.widths)

    @override
    def key_of(self, row: int) -> str:
        keys = self._model.table.keys
        return keys[row] if row < len(keys) else ""
