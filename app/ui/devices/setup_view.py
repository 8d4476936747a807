"""The setting up: steps, the one thing to do, what is connected, what spoke."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.devices.panel import SetupStep
from app.ui.devices.setup_viewmodel import SetupRows
from app.ui.shell.type_field import TypeField
from app.ui.theme.applying import BODY, HEAD
from app.ui.widgets.facts import Facts
from app.ui.widgets.listing import Listing
from app.ui.widgets.pill import Pill
from app.ui.widgets.prompt import PromptBar
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

_ROW: Final = 52
_LEAST: Final = 20
"""A small window shows less of the table, and all of the words."""
_FOUND: Final = 130


class SetupView(QWidget):
    """Shows `SetupRows`.

    Signals:
        addressed: An address was typed.
    """

    addressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = [Pill(BODY, 18) for _ in SetupStep]
        self._prompt = PromptBar()
        self._facts = Facts(2, BODY)
        self._verdict = Text(HEAD, strong=True)
        self._found = Ground()
        self._found.setMinimumHeight(_FOUND)
        self.table = Listing(_ROW)
        self.table.table.setMinimumHeight(_LEAST)
        self.address = TypeField()
        self.address.entered.connect(self.addressed)
        steps = QHBoxLayout()
        steps.setSpacing(10)
        for one in self._steps:
            steps.addWidget(one)
        steps.addStretch(1)
        inner = QVBoxLayout(self._found)
        inner.setContentsMargins(20, 10, 20, 10)
        inner.setSpacing(4)
        inner.addWidget(self._verdict)
        inner.addWidget(self._facts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(steps)
        whole.addWidget(self._prompt)
        whole.addWidget(self._found)
        whole.addWidget(self.table, 100)
        whole.addStretch(1)
        whole.addWidget(self.address)
        self.address.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_rows(self, rows: SetupRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        for pill, step in zip(self._steps, rows.steps, strict=True):
            pill.show_status(step.level, step.icon, step.text)
        self._found.setVisible(bool(rows.verdict))
        self.table.setVisible(bool(rows.table.headers))
        self._verdict.say(rows.verdict)
        self._facts.show_facts(rows.found)
        self.table.show_table(rows.table)
        self.address.setVisible(bool(rows.address))
        self.address.setPlaceholderText(rows.address)
        self.address.setAccessibleName(rows.address)
