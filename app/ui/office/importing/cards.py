"""What stands on the screen before a file is chosen, and once one has been gone through."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.office.importing.rows import FileRows, ResultRows
from app.ui.overriding import override
from app.ui.theme.applying import BODY, HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.facts import Facts
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.listing import Listing
from app.ui.widgets.secret import SecretField
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Lines, Text

_HINTS: Final = 3
_ROW: Final = 54
_COUNTS: Final = 6
_NOTE_LINES: Final = 2


class Note(Ground):
    """One sentence with its shape, on the fill of its level."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._glyph = Glyph(22)
        self._words = Lines(_NOTE_LINES, BODY)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(10)
        row.addWidget(self._glyph)
        row.addWidget(self._words, 1)

    def show_note(self, text: str, level: Level, icon: str) -> None:
        """Change it; without words there is none."""
        self.setVisible(bool(text))
        self.set_level(level)
        self._glyph.setVisible(bool(icon))
        self._glyph.show_icon(icon)
        self._words.say(text)
        self._words.setToolTip(text)


class FileCard(Ground):
    """Shows `FileRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._problem = Note()
        self._drop = Text(HEAD, strong=True)
        self._hints = [Text(BODY, muted=True) for _ in range(_HINTS)]
        inner = QVBoxLayout(self)
        inner.setContentsMargins(24, 18, 24, 18)
        inner.setSpacing(10)
        inner.addWidget(self._problem)
        inner.addWidget(self._drop)
        for one in self._hints:
            inner.addWidget(one)
        inner.addStretch(1)

    def show_rows(self, rows: FileRows) -> None:
        """Change what it says."""
        self._problem.show_note(rows.problem, Level.STOP, "refused")
        self._drop.say(rows.drop)
        for label, hint in zip(self._hints, rows.hints, strict=True):
            label.say(hint)


class ResultCard(QWidget):
    """Shows `ResultRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ground = Ground()
        self._counts = Facts(_COUNTS, BODY)
        self._note = Note()
        self.pin = SecretField()
        self.table = Listing(_ROW)
        counts = QVBoxLayout(self._ground)
        counts.setContentsMargins(24, 8, 24, 8)
        counts.addWidget(self._counts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._ground)
        whole.addWidget(self._note)
        whole.addWidget(self.pin)
        whole.addWidget(self.table, 1)

    def show_rows(self, rows: ResultRows) -> None:
        """Change what it shows."""
        self._ground.setVisible(bool(rows.counts))
        self._counts.show_facts(rows.counts)
        self._note.show_note(rows.note, rows.level, rows.icon)
        self.table.show_table(rows.table)
        self.pin.setVisible(bool(rows.pin))
        self.pin.show_name(rows.pin)
        if not rows.pin:
            self.pin.clear()

    @override
    def hideEvent(self, event: QHideEvent, /) -> None:
        """What was typed of a PIN is not kept out of sight."""
        self.pin.clear()
        super().hideEvent(event)

    def take_pin(self) -> str:
        """What was typed, which is kept here no longer; without any the field gets the focus."""
        typed = self.pin.text().strip()
        self.pin.clear()
        if not typed:
            self.pin.setFocus(Qt.FocusReason.OtherFocusReason)
        return typed
