"""The last three events, newest first, with UNDO beside them wherever it can do something."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.shell.rows import Action, EventLine
from app.ui.theme.applying import SMALL
from app.ui.widgets.button import GLOVE, ActionButton
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.text import Line


class _EventRow(QWidget):
    """One event: shape, time, sentence, and a mark on what UNDO takes back."""

    def __init__(self) -> None:
        super().__init__()
        self._glyph = Glyph(18)
        self._time = Line(SMALL, muted=True, figures=True)
        self._time.setFixedWidth(self._time.fontMetrics().horizontalAdvance("00:00") + 2)
        self._sentence = Line(SMALL)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._mark = Glyph(16)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._glyph)
        row.addWidget(self._time)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._mark)

    def show_event(self, event: EventLine) -> None:
        self._glyph.show_icon(event.icon)
        self._time.say(event.time)
        self._sentence.say(event.sentence)
        self._mark.show_icon("undo" if event.undoable else "")


class Events(QWidget):
    """Shows the last events.

    Signals:
        commanded: A command's code was pressed (UNDO).
    """

    commanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = Line(SMALL, muted=True)
        self._rows: list[_EventRow] = []
        self._undo: ActionButton | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._lines.addWidget(self._none)
        self._lines.addStretch(1)
        self._whole = QHBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(12)
        self._whole.addLayout(self._lines, 1)
        self.setFixedHeight(GLOVE)

    def show_events(self, events: tuple[EventLine, ...], none: str, undo: Action | None) -> None:
        """Change the events."""
        self._none.say(none)
        self._none.setVisible(not events)
        while len(self._rows) < len(events):
            made = _EventRow()
            self._lines.insertWidget(len(self._rows) + 1, made)
            self._rows.append(made)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(events))
            if at < len(events):
                row.show_event(events[at])
        self._show_undo(undo)

    def _show_undo(self, undo: Action | None) -> None:
        if self._undo is None:
            if undo is None:
                return
            self._undo = ActionButton(least_width=104)
            self._undo.setFixedSize(124, GLOVE)
            self._undo.clicked.connect(self._pressed)
            self._whole.addWidget(self._undo)
        self._undo.setVisible(undo is not None)
        if undo is not None:
            self._undo.show_action(undo)

    def _pressed(self) -> None:
        if self._undo is not None:
            self.commanded.emit(self._undo.code)
