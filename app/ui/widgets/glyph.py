"""An icon as a widget: in the colour of what it lies on, or on a ground of its own."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.theme.applying import colours_of
from app.ui.theme.colours import STATUS_BORDER, Fill, Level


class Glyph(QWidget):
    """An icon of a fixed size; the word beside it says the same, so it has no name."""

    def __init__(self, size: int, *, ground: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._ground = ground
        self._level = Level.CALM
        self.setFixedSize(size, size)

    def show_icon(self, name: str, level: Level = Level.CALM) -> None:
        """Change the drawing and, on a ground, its level; an empty name draws nothing."""
        if (name, level) != (self._name, self._level):
            self._name, self._level = name, level
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if not self._name:
            return
        with QPainter(self) as painter:
            if not self._ground:
                colour = self.palette().color(self.foregroundRole()).name()
                draw_icon(painter, self._name, colour, self.rect())
                return
            colours = colours_of(self.palette())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill = Fill(colours.accent, colours.on_accent, colours.accent)
            if self._level is not Level.CALM:
                fill = colours.fills[self._level]
            painter.setPen(QPen(QColor(fill.border), STATUS_BORDER))
            painter.setBrush(QColor(fill.back))
            ground = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ground, self.width() / 4, self.width() / 4)
            inset = self.width() // 5
            inside = self.rect().adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, self._name, fill.text, inside)
