"""A status as a pill: fill, shape and word together, never one of them alone."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.ui.theme.applying import HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text


class Pill(Ground):
    """A status with its icon and word."""

    def __init__(self, points: int = HEAD, icon: int = 28, parent: QWidget | None = None) -> None:
        super().__init__(Level.NOTE, parent)
        self._glyph = Glyph(icon)
        self._word = Text(points, strong=True)
        self._word.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 18, 8)
        row.setSpacing(10)
        row.addWidget(self._glyph)
        row.addWidget(self._word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dress()

    def show_status(self, level: Level, icon: str, word: str) -> None:
        """Change the status."""
        self.set_level(level)
        self._glyph.show_icon(icon)
        self._word.say(word)
