"""A field for a passphrase: what is typed is not shown."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.overriding import override
from app.ui.theme.applying import BODY, colours_of, font

HEIGHT: Final = 52
LONGEST: Final = 1_000


class SecretField(QLineEdit):
    """Dots instead of letters; the words in it say what it is for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFont(font(BODY))
        self.setMaxLength(LONGEST)
        self.setFrame(False)
        self.setTextMargins(14, 0, 14, 0)
        self.setFixedHeight(HEIGHT)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def show_name(self, name: str) -> None:
        """Say what it is for."""
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)

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
