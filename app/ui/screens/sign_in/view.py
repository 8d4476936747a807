"""The sign-in screen: one large badge and one sentence."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.theme.applying import BODY, HEAD, PROMPT
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.ui.screens.sign_in.viewmodel import SignInRows

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class SignInView(QWidget):
    """Shows `SignInRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(112, ground=True)
        self._prompt = Text(PROMPT, strong=True)
        self._detail = Text(HEAD, muted=True)
        self._waiting = Text(HEAD)
        self._ways: list[tuple[Glyph, Text]] = []
        card = Ground()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 24, 32, 24)
        inner.setSpacing(10)
        inner.addStretch(2)
        inner.addWidget(self._glyph, 0, _MIDDLE)
        inner.addSpacing(14)
        for label in (self._prompt, self._detail, self._waiting):
            label.setAlignment(_MIDDLE)
            inner.addWidget(label)
        inner.addStretch(2)
        self._ways_row = QHBoxLayout()
        self._ways_row.setSpacing(12)
        self._ways_row.addStretch(1)
        self._ways_row.addStretch(1)
        inner.addLayout(self._ways_row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_rows(self, rows: "SignInRows") -> None:
        """Change what it shows."""
        self._glyph.show_icon(rows.prompt.icon)
        self._prompt.say(rows.prompt.text)
        self._detail.say(rows.prompt.detail)
        self._waiting.say(rows.waiting)
        while len(self._ways) < len(rows.ways):
            self._add_way()
        for at, (glyph, text) in enumerate(self._ways):
            there = at < len(rows.ways)
            glyph.setVisible(there)
            text.setVisible(there)
            if there:
                glyph.show_icon(rows.ways[at][0])
                text.say(rows.ways[at][1])

    def _add_way(self) -> None:
        glyph, text = Glyph(24), Text(BODY, muted=True)
        text.setWordWrap(False)
        at = self._ways_row.count() - 1
        self._ways_row.insertWidget(at, glyph)
        self._ways_row.insertWidget(at + 1, text)
        self._ways_row.insertSpacing(at + 2, 24)
        self._ways.append((glyph, text))
