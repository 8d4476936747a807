"""The screen of a bench that does not open: readable from where one stands."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.screens.cannot_open.viewmodel import CannotOpenRows
from app.ui.theme.applying import HEAD, PROMPT
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

_ANSWERS: Final = 2
_WIDEST: Final = 860
_MIDDLE: Final = Qt.AlignmentFlag.AlignHCenter


class CannotOpenView(QWidget):
    """Shows `CannotOpenRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(88, ground=True)
        self._what = Text(PROMPT, strong=True)
        self._what.setAlignment(_MIDDLE)
        self._answers = [(Text(HEAD, strong=True), Text(HEAD)) for _ in range(_ANSWERS)]
        column = QWidget()
        column.setMaximumWidth(_WIDEST)
        words = QVBoxLayout(column)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(6)
        words.addStretch(1)
        words.addWidget(self._glyph, 0, _MIDDLE)
        words.addSpacing(8)
        words.addWidget(self._what)
        for caption, sentence in self._answers:
            words.addSpacing(16)
            words.addWidget(caption)
            words.addWidget(sentence)
        words.addStretch(1)
        card = Ground()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 20, 32, 20)
        inner.addWidget(column, 1)
        inner.setAlignment(column, _MIDDLE)
        column.setMinimumWidth(_WIDEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_rows(self, rows: CannotOpenRows) -> None:
        """Change what it shows."""
        self._glyph.show_icon(rows.prompt.icon, rows.prompt.level)
        self._what.say(rows.prompt.text)
        for (caption, sentence), (name, text) in zip(self._answers, rows.answers, strict=True):
            caption.say(name)
            sentence.say(text)
