"""The preview: what can be chosen above, the first rows, and the list beside them."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.office.importing.cards import Note
from app.ui.office.importing.option_list import OptionList
from app.ui.office.importing.preview_table import PreviewView
from app.ui.office.importing.rows import ColumnsRows
from app.ui.theme.applying import BODY
from app.ui.widgets.choice import ChoiceButton
from app.ui.widgets.field import Field
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Lines

_SUBJECTS: Final = 5
_SUBJECT: Final = 64
_FIELD: Final = 44
_LONGEST: Final = 60
_TITLE_LINES: Final = 2
_LEAST: Final = 90


class ColumnsView(QWidget):
    """Shows `ColumnsRows`.

    Signals:
        subject_chosen: What the list is to choose.
        chosen: The code that was chosen of the list.
        marked: Row and column of the mark, from 0.
        named: The name that the mapping is to be saved by.
    """

    subject_chosen = Signal(str)
    chosen = Signal(str)
    marked = Signal(int, int)
    named = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subjects = [ChoiceButton(_SUBJECT) for _ in range(_SUBJECTS)]
        self.note = Note()
        self.table = PreviewView()
        self.options = OptionList()
        self.name = Field("pen", _FIELD, _LONGEST)
        self._title = Lines(_TITLE_LINES, BODY, strong=True)
        for one in self.subjects:
            one.clicked.connect(self._subject)
        self.table.marked.connect(self.marked)
        self.table.entered.connect(self._enter)
        self.options.chosen.connect(self._choose)
        self.name.returnPressed.connect(self._name)
        self.table.setMinimumHeight(_LEAST)
        self.options.setMinimumHeight(_LEAST)
        self._lay_out()

    def _lay_out(self) -> None:
        subjects = QHBoxLayout()
        subjects.setSpacing(8)
        for one in self.subjects:
            subjects.addWidget(one, 1)
        rows, choices = Ground(), Ground()
        left = QVBoxLayout(rows)
        left.setContentsMargins(2, 2, 2, 2)
        left.addWidget(self.table)
        right = QVBoxLayout(choices)
        right.setContentsMargins(10, 8, 10, 8)
        right.setSpacing(6)
        right.addWidget(self._title)
        right.addWidget(self.name)
        right.addWidget(self.options, 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(rows, 7)
        below.addWidget(choices, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(subjects)
        whole.addLayout(below, 1)
        whole.addWidget(self.note)

    def show_rows(self, rows: ColumnsRows) -> None:
        """Change what it shows."""
        for at, button in enumerate(self.subjects):
            button.setVisible(at < len(rows.subjects))
            if at < len(rows.subjects):
                button.show_choice(rows.subjects[at])
        self.note.show_note(rows.note, rows.level, rows.icon)
        self.table.show_table(rows.table)
        self._title.say(rows.options.title)
        self.options.show_choices(rows.options.title, rows.options.choices)
        self.name.setVisible(bool(rows.options.name))
        self.name.setPlaceholderText(rows.options.name)
        self.name.setAccessibleName(rows.options.name)

    def begin_naming(self) -> None:
        """Put the focus where the mapping's name is typed."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _subject(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            self.subject_chosen.emit(button.code)

    def _enter(self) -> None:
        """The marked column's field is to be chosen."""
        self.subject_chosen.emit("field")
        self.options.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose(self, code: str) -> None:
        """Something was chosen: back to the rows, to see what it does."""
        self.chosen.emit(code)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _name(self) -> None:
        name = self.name.text().strip()
        if name:
            self.named.emit(name)
