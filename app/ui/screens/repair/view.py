"""The repair screen: prompt, steps, parts or symptoms, timeline."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.overriding import override
from app.ui.screens.repair.stepper import Stepper
from app.ui.screens.repair.symptoms import Symptoms
from app.ui.screens.repair.viewmodel import RepairRows
from app.ui.theme.applying import BODY, PROMPT
from app.ui.theme.colours import Level
from app.ui.widgets.listing import Listing
from app.ui.widgets.pill import Pill
from app.ui.widgets.prompt import PromptBar
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Line

_ROW = 54
_LOW: Final = 432
"""Below this height the symptoms need the head's room; the prompt names the product."""


class RepairHead(Ground):
    """What is repaired, and how far it has come."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._number = Line(BODY, muted=True)
        self._serial = Line(PROMPT, strong=True, figures=True)
        self._about = Line(BODY)
        self._steps = Stepper()
        about = QVBoxLayout()
        about.setSpacing(2)
        about.addWidget(self._number)
        about.addWidget(self._serial)
        about.addWidget(self._about)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 12, 10)
        row.setSpacing(20)
        row.addLayout(about, 5)
        row.addWidget(self._steps, 7, Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: RepairRows) -> None:
        """Change the repair."""
        self._number.say(rows.number)
        self._serial.say(rows.serial)
        self._about.say(rows.about)
        self._steps.show_steps(rows.steps)


class RepairView(QWidget):
    """Shows `RepairRows`.

    Signals:
        commanded: A command's code was pressed (a symptom).
    """

    commanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choosing = False
        self._prompt = PromptBar()
        self._head = RepairHead()
        self._conflicts = Pill(BODY, 22)
        self._symptoms = Symptoms()
        self._symptoms.commanded.connect(self.commanded)
        self._parts = Listing(_ROW)
        self._timeline = Listing(_ROW, headers=False)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._symptoms, 7)
        below.addWidget(self._parts, 7)
        below.addWidget(self._timeline, 4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self._prompt)
        whole.addWidget(self._head)
        whole.addWidget(self._conflicts)
        whole.addLayout(below, 1)

    def show_rows(self, rows: RepairRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        self._head.show_rows(rows)
        self._conflicts.setVisible(bool(rows.conflicts))
        self._conflicts.show_status(Level.ATTENTION, "warning", rows.conflicts)
        self._choosing = bool(rows.symptoms)
        self._make_room()
        self._symptoms.setVisible(self._choosing)
        self._parts.setVisible(not self._choosing)
        self._timeline.setVisible(not self._choosing)
        self._symptoms.show_symptoms(rows.symptoms_title, rows.symptoms)
        self._parts.show_table(rows.parts)
        self._timeline.show_table(rows.timeline)

    def _make_room(self) -> None:
        self._head.setVisible(not self._choosing or self.height() >= _LOW)

    @override
    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self._make_room()
