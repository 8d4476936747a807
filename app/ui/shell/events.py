"""The last three events, newest first, with UNDO beside them wherever it can do something."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.shell.rows import EVENTS_KEPT, Action, EventLine
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
        self._rows = [_EventRow() for _ in range(EVENTS_KEPT)]
        self._undo = ActionButton(least_width=104)
        self._undo.setFixedSize(124, GLOVE)
        self._undo.clicked.connect(self._pressed)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(self._none)
        for row in self._rows:
            row.hide()
            lines.addWidget(row)
        lines.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addLayout(lines, 1)
        whole.addWidget(self._undo)
        self.setFixedHeight(GLOVE)

    def show_events(self, events: tuple[EventLine, ...], none: str, undo: Action | None) -> None:
        """Change the events."""
        self._none.say(none)
        self._none.setVisible(not events)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(events))
            if at < len(events):
                row.show_event(events[at])
        self._undo.setVisible(undo is not None)
        if undo is not None:
            self._undo.show_action(undo)

    def _pressed(self) -> None:
        self.commanded.emit(self._undo.code)
