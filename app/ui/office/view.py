"""A board: prompt, filters, search field, and a table below."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.office.options_card import OptionsCard
from app.ui.office.paged_listing import PagedListing
from app.ui.office.recall_fields import FieldsRow
from app.ui.office.rows import OfficeRows
from app.ui.office.search_field import SearchField
from app.ui.screens.home.product import ProductView
from app.ui.widgets.button import ActionButton
from app.ui.widgets.choice import ChoiceButton, choice_row, show_choices
from app.ui.widgets.listing import Listing
from app.ui.widgets.prompt import PromptBar

_ROW: Final = 54
_CHOICE: Final = 48
_ADDING: Final = 208
_FILTERS: Final = 6
_SAVED: Final = 5


class OfficeView(QWidget):
    """Shows `OfficeRows`.

    Signals:
        chosen: The code of a filter was pressed.
        searched: What is searched for now.
        opened: A row of a table of any length was pressed.
        scanned: A row was pressed that stands for a scan, or for a form.
        commanded: The code of the button beside the prompt that was pressed.
        wanted: The first row of a page of a table that is shown and not here yet.
        typed: The code of a field, and what stands in it now.
        entered: Enter was pressed in a field.
    """

    chosen = Signal(str)
    searched = Signal(str)
    opened = Signal(str)
    scanned = Signal(str)
    commanded = Signal(str)
    wanted = Signal(int)
    typed = Signal(str, str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self.adding, self.answering = self._button(), self._button()
        self.filters = [self._choice() for _ in range(_FILTERS)]
        self.saved = [self._choice() for _ in range(_SAVED)]
        self.search = SearchField()
        self.search.searched.connect(self.searched)
        self.search.left.connect(self._go_down)
        self.paged = PagedListing(_ROW)
        self.paged.table.row_pressed.connect(self.opened)
        self.paged.table.wanted.connect(self.wanted)
        self.table = Listing(_ROW)
        self.table.row_pressed.connect(self.scanned)
        self.fields = FieldsRow()
        self.fields.typed.connect(self.typed)
        self.fields.entered.connect(self.entered)
        self.options = OptionsCard()
        self.fields.left.connect(self.options.begin)
        self.options.chosen.connect(self.chosen)
        self._product = ProductView()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self._prompt, 1)
        top.addWidget(self.answering)
        top.addWidget(self.adding)
        whole.addLayout(top)
        finding = choice_row(self.filters)
        finding.insertWidget(0, self.search, 2)
        whole.addLayout(finding)
        whole.addWidget(self.fields)
        whole.addLayout(choice_row(self.saved))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._product, 6)
        below.addWidget(self.table, 5)
        below.addWidget(self.paged, 1)
        below.addWidget(self.options, 1)
        whole.addLayout(below, 1)

    def _button(self) -> ActionButton:
        made = ActionButton(least_width=_ADDING)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.clicked.connect(self._command)
        return made

    def _choice(self) -> ChoiceButton:
        made = ChoiceButton(_CHOICE)
        made.clicked.connect(self._choose)
        return made

    def show_rows(self, rows: OfficeRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        for button, action in ((self.adding, rows.adding), (self.answering, rows.answering)):
            button.setVisible(action is not None)
            if action is not None:
                button.show_action(action)
        show_choices(self.filters, rows.filters)
        show_choices(self.saved, rows.saved)
        self.search.show_search(rows.search)
        self._product.setVisible(rows.product is not None)
        if rows.product is not None:
            self._product.show_rows(rows.product)
        self.table.setVisible(rows.table is not None)
        if rows.table is not None:
            self.table.show_table(rows.table)
        self.paged.setVisible(rows.paged is not None)
        if rows.paged is not None:
            self.paged.show_rows(rows.paged)
        self.fields.show_fields(rows.fields)
        self.options.setVisible(rows.options is not None)
        if rows.options is not None:
            self.options.show_options(rows.options)

    def _command(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.commanded.emit(button.code)

    def _go_down(self) -> None:
        if self.paged.table.isVisible():
            self.paged.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            self.chosen.emit(button.code)
