"""A field of a form: its name above, what helps or what is wrong below."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.form_sight import MOST, FieldKind
from app.services.typed_values import day_in
from app.ui.office.forms.choice_field import HEIGHT, ChoiceField
from app.ui.office.forms.rows import FieldRow
from app.ui.overriding import override
from app.ui.theme.applying import BODY, SMALL
from app.ui.theme.colours import Level
from app.ui.widgets.field import Field
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Lines, Text

_ICONS: Final = {
    FieldKind.TEXT: "pen",
    FieldKind.BADGE: "badge",
    FieldKind.NUMBER: "pen",
    FieldKind.AMOUNT: "pen",
    FieldKind.SECRET: "lock",
    FieldKind.DAY: "hourglass",
    FieldKind.FILE: "file-text",
}
_LINES: Final = 3
_DAYS: Final[Mapping[int, timedelta]] = {
    Qt.Key.Key_Up: timedelta(days=1),
    Qt.Key.Key_Down: timedelta(days=-1),
}


class Entry(Field):
    """Like every field to type into, but that Esc empties nothing: it may hold an hour's work."""

    def __init__(self, kind: FieldKind, parent: QWidget | None = None) -> None:
        super().__init__(_ICONS[kind], HEIGHT, MOST, parent)
        self._kind = kind
        if kind is FieldKind.SECRET:  # the wedge listens to nothing that is hidden
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @override
    def event(self, arg__1: QEvent, /) -> bool:
        return QLineEdit.event(self, arg__1)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        step = _DAYS.get(event.key()) if self._kind is FieldKind.DAY else None
        day = day_in(self.text().strip()) if step is not None else None
        if step is None or day is None:
            QLineEdit.keyPressEvent(self, event)
            return
        later = day_in((day + step).isoformat())
        if later is not None:
            self.setText(later.isoformat())

    def show_row(self, row: FieldRow) -> None:
        """Change what stands in it, unless it stands there already: the cursor stays."""
        if self.text() != row.value:
            self.setText(row.value)
        self.setAccessibleName(row.label)
        self.setAccessibleDescription(row.error or row.hint)


class Wrong(Ground):
    """What is wrong with a field: a shape and a sentence on the fill of what stops."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.STOP, parent)
        self._words = Lines(_LINES, SMALL)
        glyph = Glyph(16)
        glyph.show_icon("refused")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(glyph)
        row.addWidget(self._words, 1)

    def show_words(self, text: str) -> None:
        """Change it; without words there is none."""
        self.setVisible(bool(text))
        self._words.say(text)


class FieldBox(QWidget):
    """Shows a `FieldRow`.

    Signals:
        edited: The field's name, and what stands in it now.
        entered: Enter was pressed in the field of this name.
    """

    edited = Signal(str, str)
    entered = Signal(str)

    def __init__(self, row: FieldRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.kind = row.name, row.kind
        self._label = Text(BODY, strong=True)
        self._hint = Text(SMALL, muted=True)
        self._wrong = Wrong()
        self.editor: Entry | ChoiceField = self._made(row.kind)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        for one in (self._label, self.editor, self._hint, self._wrong):
            inner.addWidget(one)
        inner.addStretch(1)

    def _made(self, kind: FieldKind) -> Entry | ChoiceField:
        if kind is FieldKind.CHOICE:
            choice = ChoiceField()
            choice.picked.connect(self._edit)
            choice.entered.connect(self._enter)
            return choice
        entry = Entry(kind)
        entry.textChanged.connect(self._edit)
        entry.returnPressed.connect(self._enter)
        return entry

    def _enter(self) -> None:
        self.entered.emit(self.name)

    def _edit(self, value: str) -> None:
        self.edited.emit(self.name, value)

    def show_row(self, row: FieldRow, *, is_locked: bool) -> None:
        """Change what it says."""
        self._label.say(row.label)
        self.editor.show_row(row)
        self.editor.setEnabled(not is_locked)
        self._hint.say(row.hint)
        self._hint.setVisible(not row.error)
        self._wrong.show_words(row.error)
