"""The reading on a logarithmic scale, between its limits."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.overriding import override
from app.ui.screens.esd_gate.viewmodel import Scale
from app.ui.theme.applying import SMALL, colours_of, font
from app.ui.theme.colours import Colours, Level

_BAR: Final = 22
_TOP: Final = 34
_SIDE: Final = 28


class ScaleView(QWidget):
    """Shows a `Scale`. The same values stand beside it as words, so it has no name of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale: Scale | None = None
        self.setFixedHeight(100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_scale(self, scale: Scale | None) -> None:
        """Change the reading or the limits."""
        if scale != self._scale:
            self._scale = scale
            self.update()

    def _x(self, place: float) -> float:
        return _SIDE + place * (self.width() - 2 * _SIDE)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        scale = self._scale
        if scale is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            self._paint_bar(painter, scale, colours)
            self._paint_marks(painter, scale, colours)
            if scale.value is not None:
                self._paint_value(painter, scale.value, colours)

    def _paint_bar(self, painter: QPainter, scale: Scale, colours: Colours) -> None:
        whole = QRectF(self._x(0), _TOP, self._x(1) - self._x(0), _BAR)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.page))
        painter.drawRoundedRect(whole, 6, 6)
        passes = colours.fills[Level.OK]
        painter.setPen(QPen(QColor(passes.border), 2))
        painter.setBrush(QColor(passes.back))
        low, high = self._x(scale.low), self._x(scale.high)
        painter.drawRect(QRectF(low, _TOP, high - low, _BAR))
        painter.setFont(font(SMALL, strong=True))
        painter.setPen(QColor(colours.text))
        # outside the range, so that the mark of a reading inside it covers neither
        below = QRect(round(low) - 200, 4, 200, _TOP - 8)
        above = QRect(round(high), 4, 200, _TOP - 8)
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, scale.low_text)
        painter.drawText(above, Qt.AlignmentFlag.AlignLeft, scale.high_text)

    def _paint_marks(self, painter: QPainter, scale: Scale, colours: Colours) -> None:
        painter.setFont(font(SMALL))
        painter.setPen(QColor(colours.muted))
        for place, text in scale.marks:
            x = round(self._x(place))
            painter.drawLine(x, _TOP + _BAR + 2, x, _TOP + _BAR + 8)
            painter.drawText(
                QRect(x - 50, _TOP + _BAR + 10, 100, 22), Qt.AlignmentFlag.AlignHCenter, text
            )

    def _paint_value(self, painter: QPainter, value: float, colours: Colours) -> None:
        x, top = self._x(value), _TOP - 6
        painter.setPen(QPen(QColor(colours.surface), 2))
        painter.setBrush(QColor(colours.text))
        painter.drawRoundedRect(QRectF(x - 4, top, 8, _BAR + 12), 3, 3)
        painter.drawPolygon(
            QPolygonF([QPointF(x - 10, top - 8), QPointF(x + 10, top - 8), QPointF(x, top + 6)])
        )
