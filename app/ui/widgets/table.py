"""A table of large rows: painted plainly, pressed as a whole, never edited."""

import re
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.applying import BODY, SMALL, colours_of, font
from app.ui.theme.colours import Level
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.table_model import CellRole, Index, RowsModel

_PAD: Final = 12
_FIGURES: Final = re.compile(r"[0-9:., ]+")
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Delegate(QStyledItemDelegate):
    """Paints one cell: text, its note below, or a status with its shape."""

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CellRole)
        if not isinstance(cell, Cell):
            return
        place: QRect = option.rect
        colours = colours_of(self._table.palette())
        painter.save()
        painter.setPen(QColor(colours.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        inside = place.adjusted(_PAD, 0, -_PAD, 0)
        if cell.level is not Level.CALM:
            fill = colours.fills[cell.level]
            inside = _paint_status(painter, cell, fill.back, fill.border, fill.text, inside)
            _paint_line(painter, cell.text, fill.text, inside)
        elif cell.note:
            _paint_two(painter, cell, colours.text, colours.muted, inside)
        else:
            _paint_line(painter, cell.text, colours.text, inside)
        painter.restore()


def _paint_status(
    painter: QPainter, cell: Cell, back: str, border: str, ink: str, inside: QRect
) -> QRect:
    """Paint the ground and the shape; give the place that is left for the word."""
    metrics = QFontMetrics(font(BODY))
    width = min(inside.width(), metrics.horizontalAdvance(cell.text) + 46)
    ground = QRect(inside.left(), 0, width, metrics.height() + 12)
    ground.moveCenter(QRect(inside.left(), inside.top(), width, inside.height()).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(back))
    painter.setPen(QPen(QColor(border), 2))
    painter.drawRoundedRect(QRectF(ground).adjusted(1, 1, -1, -1), 8, 8)
    draw_icon(painter, cell.icon, ink, QRect(ground.left() + 9, ground.top(), 18, ground.height()))
    return ground.adjusted(33, 0, -8, 0)


def _paint_line(painter: QPainter, text: str, ink: str, inside: QRect) -> None:
    used = font(BODY, figures=_FIGURES.fullmatch(text) is not None)
    painter.setFont(used)
    painter.setPen(QColor(ink))
    fitted = QFontMetrics(used).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(inside, _LEFT | Qt.TextFlag.TextSingleLine, fitted)


def _paint_two(painter: QPainter, cell: Cell, ink: str, muted: str, inside: QRect) -> None:
    middle = inside.center().y()
    upper = QRect(inside.left(), middle - 23, inside.width(), 24)
    lower = QRect(inside.left(), middle + 1, inside.width(), 21)
    _paint_line(painter, cell.text, ink, upper)
    small = font(SMALL)
    painter.setFont(small)
    painter.setPen(QColor(muted))
    fitted = QFontMetrics(small).elidedText(cell.note, Qt.TextElideMode.ElideRight, inside.width())
    painter.drawText(lower, _LEFT | Qt.TextFlag.TextSingleLine, fitted)


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
        painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _LEFT, str(name or ""))
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
        self.setItemDelegate(_Delegate(self))
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
