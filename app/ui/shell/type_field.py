"""The one field to type into, for a code that no scanner reads."""

from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.theme.applying import BODY, colours_of, font

LONGEST_TYPED: Final = 200
_GLYPH: Final = 22
_ICON: Final = 40


class TypeField(QLineEdit):
    """Enter hands the text on as if it had been scanned; Esc empties the field first.

    Signals:
        entered: What was typed.
    """

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(font(BODY))
        self.setMaxLength(LONGEST_TYPED)
        self.setFrame(False)
        self.setTextMargins(_ICON, 0, 10, 0)
        self.setFixedHeight(44)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.returnPressed.connect(self._enter)

    def _enter(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.entered.emit(text)

    @override
    def event(self, arg__1: QEvent, /) -> bool:
        """Keep Esc from putting the repair aside while something is typed."""
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
    def sizeHint(self) -> QSize:
        return QSize(260, 44)

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
            draw_icon(painter, "keyboard", colours.muted, QRect(11, 0, _GLYPH, self.height()))
