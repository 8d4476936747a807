"""A field to type into: rounded, with an icon; Esc empties it before it does anything else."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.theme.applying import BODY, colours_of, font

_GLYPH: Final = 22
_ICON: Final = 40


class Field(QLineEdit):
    """How every field to type into looks.

    Args:
        icon: What is drawn at its left.
        height: In pixels.
        most: How many characters it takes.
    """

    def __init__(self, icon: str, height: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setFont(font(BODY))
        self.setMaxLength(most)
        self.setFrame(False)
        self.setTextMargins(_ICON, 0, 10, 0)
        self.setFixedHeight(height)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    @override
    def event(self, arg__1: QEvent, /) -> bool:
        """Keep Esc from leaving what is shown while something is typed."""
        if (
            arg__1.type() == QEvent.Type.ShortcutOverride
            and isinstance(arg__1, QKeyEvent)
            and arg__1.key() == Qt.Key.Key_Escape
            and self.text()
        ):
            arg__1.accept()
            return True
        return super().event(arg__1)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            edge = colours.accent if self.hasFocus() else colours.edge
            painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)
            draw_icon(painter, self._icon, colours.muted, QRect(11, 0, _GLYPH, self.height()))
