"""Painted grounds: a card, and a status fill that gives its text colour to what lies on it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.overriding import override
from app.ui.theme.applying import colours_of
from app.ui.theme.colours import STATUS_BORDER, Fill, Level

RADIUS = 10.0


def paint_ground(widget: QWidget, fill: Fill, *, border: float, radius: float = RADIUS) -> None:
    """Paint a rounded ground with its border inside the widget."""
    with QPainter(widget) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(fill.back))
        painter.setPen(QPen(QColor(fill.border), border) if border else Qt.PenStyle.NoPen)
        inset = border / 2
        painter.drawRoundedRect(
            QRectF(widget.rect()).adjusted(inset, inset, -inset, -inset), radius, radius
        )


class Ground(QWidget):
    """A ground of a level: a card where it is calm, a status fill otherwise."""

    def __init__(self, level: Level = Level.CALM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self._ink = ""

    @property
    def fill(self) -> Fill:
        """The fill of the moment."""
        return colours_of(QApplication.palette()).fills[self._level]

    def set_level(self, level: Level) -> None:
        """Change the level."""
        if level is not self._level:
            self._level = level
            self._dress()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        """Paint the ground; after a change of theme what lies on it is dressed first."""
        fill = self.fill
        if self._level is not Level.CALM and self._ink != fill.text:
            self._dress()
        paint_ground(self, fill, border=1.0 if self._level is Level.CALM else STATUS_BORDER)

    def _dress(self) -> None:
        """What lies on a status fill is written in the fill's own text colour."""
        self._ink = "" if self._level is Level.CALM else self.fill.text
        dressed = QPalette()  # only what is set below; the rest stays the application's
        if self._ink:
            for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText):
                dressed.setColor(role, QColor(self._ink))
        self.setPalette(dressed)
        self.update()
