"""The first rows of a file as a table: each column with its heading and what it is read into."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.ui.icons import draw_icon
from app.ui.office.importing.preview_model import HeadRole, PreviewModel, PreviewRole
from app.ui.office.importing.rows import PreviewCell, PreviewHead, PreviewTable
from app.ui.overriding import override
from app.ui.theme.applying import BODY, SMALL, colours_of, font
from app.ui.theme.colours import Level
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.table_model import Index

_PAD: Final = 10
_HEAD: Final = 50
_ROW: Final = 28
_WIDTH: Final = 176
_NUMBERS: Final = 52
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _Cells(QStyledItemDelegate):
    """Paints a cell; a refused one as a status with its shape, the marked one with an edge."""

    def __init__(self, table: "PreviewView") -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(PreviewRole)
        if not isinstance(cell, PreviewCell):
            return
        place: QRect = option.rect
        colours = colours_of(self._table.palette())
        painter.save()
        ink = colours.text
        inside = place.adjusted(_PAD, 0, -_PAD, 0)
        if cell.reason:
            fill = colours.fills[Level.ATTENTION]
            painter.fillRect(place.adjusted(0, 1, -1, -2), QColor(fill.back))
            ink = fill.text
            draw_icon(painter, "warning", ink, QRect(inside.left(), place.top(), 16, _ROW))
            inside.setLeft(inside.left() + 22)
        painter.setPen(QColor(colours.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        _write(painter, cell.text, ink, inside, font(BODY))
        if self._table.currentIndex() == index:
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(QRectF(place).adjusted(1, 1, -2, -2))
        painter.restore()


class _Heads(QHeaderView):
    """Paints heading and field, one above the other; the marked column's ground is another."""

    def __init__(self, table: "PreviewView") -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setFixedHeight(_HEAD)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultSectionSize(_WIDTH)

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        head = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal, HeadRole)
        if not isinstance(head, PreviewHead):
            return
        colours = colours_of(self.palette())
        marked = self._table.currentIndex().column() == logicalIndex
        painter.save()
        painter.fillRect(rect, QColor(colours.pressed if marked else colours.surface))
        painter.setPen(QColor(colours.edge))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        upper = QRect(rect.left() + _PAD, rect.top() + 1, rect.width() - 2 * _PAD, 24)
        _write(painter, head.heading, colours.text, upper, font(BODY, strong=head.is_used))
        lower = upper.translated(0, 24)
        if head.is_used:
            draw_icon(painter, "check", colours.text, QRect(lower.left(), lower.top(), 14, 24))
            lower.setLeft(lower.left() + 20)
        ink = colours.text if head.is_used else colours.muted
        _write(painter, head.field, ink, lower, font(SMALL))
        painter.restore()


def _write(painter: QPainter, text: str, ink: str, place: QRect, used: QFont) -> None:
    painter.setFont(used)
    painter.setPen(QColor(ink))
    fitted = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, _LEFT | Qt.TextFlag.TextSingleLine, fitted)


class PreviewView(QTableView):
    """Shows a `PreviewTable`; arrows move the mark, Enter chooses the marked column's field.

    Signals:
        marked: Row and column of the mark, from 0.
        entered: The marked column's field is to be chosen.
    """

    marked = Signal(int, int)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = PreviewModel(self)
        self._showing = False
        self.setItemDelegate(_Cells(self))
        self.setHorizontalHeader(_Heads(self))
        self.setModel(self._model)
        numbers = self.verticalHeader()
        numbers.setDefaultSectionSize(_ROW)
        numbers.setFixedWidth(_NUMBERS)
        numbers.setFont(font(SMALL))
        numbers.setSectionsClickable(False)
        self.setCornerButtonEnabled(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBar(ScrollBar())
        self.setHorizontalScrollBar(ScrollBar(orientation=Qt.Orientation.Horizontal))
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.clicked.connect(self._clicked)
        self.horizontalHeader().sectionClicked.connect(self._head_clicked)
        self.selectionModel().currentChanged.connect(self._moved)

    @property
    def preview_model(self) -> PreviewModel:
        """Its model."""
        return self._model

    def show_table(self, table: PreviewTable) -> None:
        """Change what it shows, and where the mark is."""
        self._showing = True
        try:
            self._model.show_table(table)
            self.setAccessibleName(table.name)
            for corner in self.findChildren(QAbstractButton):
                corner.setAccessibleName(table.name)
            wanted = self._model.index(table.row, table.column)
            if wanted != self.currentIndex():
                self.selectionModel().setCurrentIndex(
                    wanted, QItemSelectionModel.SelectionFlag.NoUpdate
                )
        finally:
            self._showing = False

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.entered.emit()
        elif event.text().isprintable() and event.text():
            event.ignore()  # nobody looks for a cell by its letters: the field at the foot has them
        else:
            super().keyPressEvent(event)

    def _moved(self, now: Index, _before: Index) -> None:
        self.horizontalHeader().viewport().update()
        self.viewport().update()
        if not self._showing and now.isValid():
            self.marked.emit(now.row(), now.column())

    def _clicked(self, _index: Index) -> None:
        self.entered.emit()

    def _head_clicked(self, column: int) -> None:
        row = max(0, self.currentIndex().row())
        self.setCurrentIndex(self._model.index(row, column))
        self.entered.emit()
