"""A form: the prompt, a note, and the fields in three columns; where they do not fit it scrolls."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from app.ui.office.forms.fields import FieldBox
from app.ui.office.forms.rows import FormRows
from app.ui.office.importing.cards import Note
from app.ui.theme.colours import Level
from app.ui.widgets.prompt import PromptBar
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.surface import Ground

_COLUMNS: Final = 3


class FormView(QWidget):
    """Shows `FormRows`.

    Signals:
        edited: A field's name, and what stands in it now.
    """

    edited = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self.note = Note()
        self._card = Ground()
        self._area = _scrolling()
        self._made: tuple[tuple[str, str], ...] = ()
        self.boxes: dict[str, FieldBox] = {}
        inner = QVBoxLayout(self._card)
        inner.setContentsMargins(4, 6, 4, 4)
        inner.addWidget(self._area)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._prompt)
        whole.addWidget(self.note)
        whole.addWidget(self._card, 1)
        whole.addStretch(0)

    def show_rows(self, rows: FormRows) -> None:
        """Change what it shows; another form has other fields."""
        self._prompt.show_prompt(rows.prompt)
        note = rows.note
        self.note.show_note(
            note.text if note is not None else "",
            note.level if note is not None else Level.CALM,
            note.icon if note is not None else "",
        )
        named = tuple((one.name, one.kind.value) for one in rows.fields)
        if named != self._made:
            self._made = named
            self._build(rows)
        self._card.setVisible(bool(rows.fields))
        for row in rows.fields:
            self.boxes[row.name].show_row(row, is_locked=rows.is_locked)

    def _build(self, rows: FormRows) -> None:
        """Other fields: in rows of three, which is also the order of Tab."""
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(8, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.boxes = {}
        at = 0
        for row in rows.fields:
            box = self.boxes[row.name] = FieldBox(row)
            box.edited.connect(self.edited)
            box.entered.connect(self._go_on)
            at += -at % _COLUMNS if row.is_wide else 0
            span = _COLUMNS if row.is_wide else 1
            grid.addWidget(box, at // _COLUMNS, at % _COLUMNS, 1, span)
            at += span
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(at, 1)
        self._area.setWidget(held)  # the one before is deleted
        held.setAutoFillBackground(False)

    def _go_on(self, name: str) -> None:
        """Enter goes to the next field, and saves nothing: a scanner that types ends with it."""
        names = list(self.boxes)
        after = names[names.index(name) + 1 :]
        if after:
            self.go_to(after[0])

    def go_to(self, name: str) -> None:
        """Put the cursor into a field, the first where none is named."""
        box = self.boxes.get(name) or next(iter(self.boxes.values()), None)
        if box is not None:
            box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(box)


def _scrolling() -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBar(ScrollBar())
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    area.viewport().setAutoFillBackground(False)
    return area
