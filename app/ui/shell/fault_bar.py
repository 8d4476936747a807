"""What is wrong, until somebody puts the message away: no scan dismisses it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.shell.rows import Fault
from app.ui.theme.applying import BODY
from app.ui.theme.colours import Level
from app.ui.widgets.button import SmallButton
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Lines, Text


class FaultBar(Ground):
    """Shows a `Fault`; hidden while there is none.

    Signals:
        dismissed: The message was put away.
    """

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._glyph = Glyph(32)
        self._glyph.show_icon("warning")
        self._word = Text(BODY, strong=True)
        self._word.setWordWrap(False)
        self._sentence = Lines(2, BODY)
        self._dismiss = SmallButton()
        self._dismiss.clicked.connect(self.dismissed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 8, 14, 8)
        row.setSpacing(14)
        row.addWidget(self._glyph)
        row.addWidget(self._word)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._dismiss)
        self.set_level(Level.STOP)
        self.hide()

    def show_fault(self, fault: Fault | None) -> None:
        """Change the message; None hides it."""
        self.setVisible(fault is not None)
        if fault is not None:
            self._word.say(fault.word)
            self._sentence.say(fault.sentence)
            self._dismiss.show_control(fault.dismiss, icon="x")
