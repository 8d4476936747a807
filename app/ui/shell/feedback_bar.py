"""The answer to a scan: colour, shape, word, sentence, way on, and UNDO where it helps."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.shell.rows import Action, Answer
from app.ui.theme.applying import BODY, HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.button import ActionButton
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Lines, Text

HEIGHT = 98
WORD_POINTS = 20


class FeedbackBar(Ground):
    """Shows an `Answer`.

    Signals:
        commanded: A command's code was pressed (UNDO).
    """

    commanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._answer: Answer | None = None
        self._glyph = Glyph(56)
        self._word = Text(WORD_POINTS, strong=True)
        self._word.setWordWrap(False)
        self._sentence = Lines(2, HEAD)
        self._way_on = Lines(1, HEAD, strong=True)
        self._undo: ActionButton | None = None
        self._note_glyph = Glyph(28)
        self._note_glyph.show_icon("repeated")
        self._note = Text(BODY, strong=True)
        self._note.setWordWrap(False)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._sentence)
        words.addWidget(self._way_on)
        words.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 14, 10)
        row.setSpacing(16)
        row.addWidget(self._glyph)
        row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self._note_glyph)
        row.addWidget(self._note)
        self._word.setMinimumWidth(150)
        self.setFixedHeight(HEIGHT)

    def show_answer(self, answer: Answer) -> None:
        """Change the answer."""
        if answer == self._answer:
            return
        self._answer = answer
        self.set_level(answer.level)
        self._glyph.show_icon(answer.icon)
        self._word.say(answer.word)
        self._sentence.say(answer.sentence)
        self._way_on.say(answer.way_on)
        self._way_on.setVisible(bool(answer.way_on))
        self._note.say(answer.note)
        self._note.setVisible(bool(answer.note))
        self._note_glyph.setVisible(bool(answer.note))
        self._show_undo(answer.undo)

    def _show_undo(self, undo: Action | None) -> None:
        if self._undo is None:
            if undo is None:
                return
            self._undo = ActionButton(least_width=132)
            self._undo.setMaximumWidth(170)
            self._undo.clicked.connect(self._pressed)
            self._row.addWidget(self._undo)
        self._undo.setVisible(undo is not None)
        if undo is not None:
            self._undo.show_action(undo)

    def _pressed(self) -> None:
        if self._undo is not None:
            self.commanded.emit(self._undo.code)
