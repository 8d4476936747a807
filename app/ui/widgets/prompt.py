"""The prompt: the one thing to do now, in 24 points, at the same place on every screen."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.shell.rows import Prompt
from app.ui.theme.applying import BODY, PROMPT
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.text import Line, Text


class PromptBar(QWidget):
    """Icon, sentence, and what helps to do it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(64, ground=True)
        self._text = Line(PROMPT, strong=True)
        self._detail = Text(BODY, muted=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._text)
        words.addWidget(self._detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)

    def show_prompt(self, prompt: Prompt) -> None:
        """Change what is to be done."""
        self._glyph.show_icon(prompt.icon, prompt.level)
        self._text.say(prompt.text)
        self._detail.say(prompt.detail)
        self._detail.setVisible(bool(prompt.detail))
