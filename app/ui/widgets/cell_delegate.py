"""Paints the cells of a table: a text, its note below, or a status with its shape.

A table that is scrolled is painted anew in each frame, so what is laid out once is kept: laying a
text out costs three times what painting it does (`tests/benchmarks/table.py`). Only the one row
that is open is laid out each time.
"""

import re
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QStaticText, QTextOption
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.table_rows import Cell
from app.ui.theme.applying import BODY, SMALL, colours_of, font
from app.ui.theme.colours import Colours, Fill, Level
from app.ui.widgets.table_model import CellRole, Index

PAD: Final = 12
"""Pixels on each side of a cell."""
KEPT: Final = 2048
"""Texts that are kept laid out: those of some windows full of rows."""
_MARK: Final = 3
_ABOVE: Final = 6
"""Pixels above and below the texts of a row that is open."""
_FIGURES: Final = re.compile(r"[0-9:., ]+")


class CellDelegate(QStyledItemDelegate):
    """Paints what a model has as a `Cell`.

    Attributes:
        opened: The row whose texts wrap, which is as high as they ask for; -1 for none.
    """

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self.opened = -1
        self._table = table
        self._laid = lru_cache(KEPT)(_lay)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CellRole)
        if not isinstance(cell, Cell):
            return
        place: QRect = option.rect
        colours = colours_of(self._table.palette())
        painter.setPen(QColor(colours.line))
        painter.drawLine(place.bottomLeft(), place.bottomRight())
        if self._table.hasFocus() and index.row() == self._table.currentIndex().row():
            self._paint_mark(painter, colours.accent, place)
        inside = place.adjusted(PAD, 0, -PAD, 0)
        if cell.level is not Level.CALM:
            self._paint_status(painter, cell, colours.fills[cell.level], inside)
        elif self.opened >= 0 and index.row() == self.opened:
            _paint_whole(painter, cell, colours, inside)
        elif cell.note:
            self._paint_two(painter, cell, colours, inside)
        else:
            self._paint_line(painter, cell.text, BODY, colours.text, inside)

    @staticmethod
    def _paint_mark(painter: QPainter, ink: str, place: QRect) -> None:
        """A line above and below the row that Enter presses."""
        painter.setPen(QPen(QColor(ink), _MARK))
        for at in (place.top() + _MARK // 2, place.bottom() - _MARK // 2):
            painter.drawLine(place.left(), at, place.right(), at)

    def _paint_status(self, painter: QPainter, cell: Cell, fill: Fill, inside: QRect) -> None:
        """Its ground, its shape and its word."""
        metrics = QFontMetrics(font(BODY))
        width = min(inside.width(), metrics.horizontalAdvance(cell.text) + 46)
        ground = QRect(inside.left(), 0, width, metrics.height() + 12)
        ground.moveCenter(QRect(inside.left(), inside.top(), width, inside.height()).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(fill.back))
        painter.setPen(QPen(QColor(fill.border), 2))
        painter.drawRoundedRect(QRectF(ground).adjusted(1, 1, -1, -1), 8, 8)
        shape = QRect(ground.left() + 9, ground.top(), 18, ground.height())
        draw_icon(painter, cell.icon, fill.text, shape)
        painter.restore()
        self._paint_line(painter, cell.text, BODY, fill.text, ground.adjusted(33, 0, -8, 0))

    def _paint_two(self, painter: QPainter, cell: Cell, colours: Colours, inside: QRect) -> None:
        middle = inside.center().y()
        upper = QRect(inside.left(), middle - 23, inside.width(), 24)
        lower = QRect(inside.left(), middle + 1, inside.width(), 21)
        self._paint_line(painter, cell.text, BODY, colours.text, upper)
        self._paint_line(painter, cell.note, SMALL, colours.muted, lower)

    def _paint_line(self, painter: QPainter, text: str, size: int, ink: str, inside: QRect) -> None:
        if not text:
            return
        figures = size == BODY and _FIGURES.fullmatch(text) is not None
        laid, used, height = self._laid(text, size, inside.width(), figures=figures)
        painter.setFont(used)
        painter.setPen(QColor(ink))
        top = inside.top() + (inside.height() - height) // 2
        painter.drawStaticText(QPoint(inside.left(), top), laid)


def _lay(text: str, size: int, width: int, *, figures: bool) -> tuple[QStaticText, QFont, int]:
    """A text laid out, as much of it as fits a width; its font, and its height in pixels."""
    used = font(size, figures=figures)
    metrics = QFontMetrics(used)
    laid = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, width))
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    laid.prepare(font=used)
    return laid, used, metrics.height()


def whole_height(cell: Cell, width: int) -> int:
    """How many pixels a cell of a row that is open asks for, at the width of its column."""
    if cell.level is not Level.CALM:
        return 0
    laid = _wrapped(cell, width - 2 * PAD)
    return 2 * _ABOVE + sum(round(one.size().height()) for one, _ in laid)


def _wrapped(cell: Cell, width: int) -> list[tuple[QStaticText, QFont]]:
    """The text and its note, each over as many lines as it needs, with their fonts."""
    wrap = QTextOption()
    wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid: list[tuple[QStaticText, QFont]] = []
    for text, size in ((cell.text, BODY), (cell.note, SMALL)):
        if text:
            used, one = font(size), QStaticText(text)
            one.setTextFormat(Qt.TextFormat.PlainText)
            one.setTextOption(wrap)
            one.setTextWidth(width)
            one.prepare(font=used)
            laid.append((one, used))
    return laid


def _paint_whole(painter: QPainter, cell: Cell, colours: Colours, inside: QRect) -> None:
    laid = _wrapped(cell, inside.width())
    height = sum(round(one.size().height()) for one, _ in laid)
    top = inside.top() + (inside.height() - height) // 2
    for (one, used), ink in zip(laid, (colours.text, colours.muted), strict=False):
        painter.setFont(used)
        painter.setPen(QColor(ink))
        painter.drawStaticText(QPoint(inside.left(), top), one)
        top += round(one.size().height())
