"""The devices screen: cards, the table below, choices of a check, and what helps."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.devices.card import CardView
from app.ui.devices.live_viewmodel import CARDS, LiveRows
from app.ui.theme.applying import BODY
from app.ui.widgets.button import GLOVE, SmallButton
from app.ui.widgets.choice import ChoiceButton, choice_row, show_choices
from app.ui.widgets.listing import Listing
from app.ui.widgets.prompt import PromptBar
from app.ui.widgets.text import Line, Text

_ROW: Final = 50
_LEAST: Final = 20
"""A small window shows less of the table, and all of the words."""
_COPY: Final = 36
_VALUES: Final = 5
_PERCENTS: Final = 3
_CHOICE: Final = GLOVE


class LiveView(QWidget):
    """Shows `LiveRows`.

    Signals:
        chosen: The code of a choice was pressed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self._cards = [CardView() for _ in range(CARDS)]
        self.values = [self._choice() for _ in range(_VALUES)]
        self.percents = [self._choice() for _ in range(_PERCENTS)]
        self.table = Listing(_ROW)
        self.table.table.setMinimumHeight(_LEAST)
        self._help = Text(BODY)
        self._command = Line(BODY, strong=True)
        self.copy = SmallButton()
        self.copy.setFixedHeight(_COPY)
        self.copy.clicked.connect(self._copy)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(self._prompt)
        whole.addLayout(choice_row(self._cards))
        whole.addLayout(choice_row(self.values))
        whole.addLayout(choice_row(self.percents))
        whole.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self._help, 2)
        foot.addWidget(self._command, 3)
        foot.addWidget(self.copy)
        whole.addLayout(foot)

    def _choice(self) -> ChoiceButton:
        made = ChoiceButton(_CHOICE)
        made.clicked.connect(self._choose)
        return made

    def show_rows(self, rows: LiveRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(rows.cards))
            if at < len(rows.cards):
                card.show_card(rows.cards[at])
        show_choices(self.values, rows.values)
        show_choices(self.percents, rows.percents)
        self.table.show_table(rows.table)
        self._help.say(rows.help)
        self._help.setVisible(bool(rows.help))
        self._command.say(rows.command)
        self.copy.show_control(rows.copy, text=rows.copy)
        for one in (self._command, self.copy):
            one.setVisible(bool(rows.command))

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            self.chosen.emit(button.code)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._command.text())
