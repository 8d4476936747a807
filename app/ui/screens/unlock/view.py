"""The unlock screen: one field and one button. What is scanned meanwhile waits."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.screens.unlock.viewmodel import UnlockRows
from app.ui.theme.applying import HEAD, PROMPT
from app.ui.widgets.button import GLOVE, ActionButton
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.secret import SecretField
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

_MIDDLE: Final = Qt.AlignmentFlag.AlignHCenter
_WIDTH: Final = 460


class UnlockView(QWidget):
    """Shows `UnlockRows`.

    Signals:
        given: A passphrase was typed.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph(96, ground=True)
        self._prompt = Text(PROMPT, strong=True)
        self._detail = Text(HEAD, muted=True)
        self.field = SecretField()
        self.field.setFixedWidth(_WIDTH)
        self.field.returnPressed.connect(self._give)
        self.unlock = ActionButton()
        self.unlock.setFixedSize(_WIDTH, GLOVE)
        self.unlock.clicked.connect(self._give)
        card = Ground()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 24, 32, 24)
        inner.setSpacing(10)
        inner.addStretch(1)
        inner.addWidget(self._glyph, 0, _MIDDLE)
        for label in (self._prompt, self._detail):
            label.setAlignment(_MIDDLE)
            inner.addWidget(label)
        inner.addSpacing(10)
        inner.addWidget(self.field, 0, _MIDDLE)
        inner.addWidget(self.unlock, 0, _MIDDLE)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_rows(self, rows: UnlockRows) -> None:
        """Change what it shows."""
        self._glyph.show_icon(rows.prompt.icon)
        self._prompt.say(rows.prompt.text)
        self._detail.say(rows.prompt.detail)
        self.field.show_name(rows.field)
        self.unlock.show_action(rows.unlock)
        for one in (self.field, self.unlock):
            one.setVisible(not rows.busy)
        if not rows.busy:
            self.field.setFocus()

    def _give(self) -> None:
        text = self.field.text()
        self.field.clear()
        if text:
            self.given.emit(text)
