"""The ESD gate: the reading as large as the bench is wide."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.screens.esd_gate.scale import ScaleView
from app.ui.screens.esd_gate.viewmodel import EsdGateRows
from app.ui.theme.applying import BODY, READING
from app.ui.widgets.facts import Facts
from app.ui.widgets.pill import Pill
from app.ui.widgets.prompt import PromptBar
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text


class EsdGateView(QWidget):
    """Shows `EsdGateRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self._caption = Text(BODY, muted=True)
        self._reading = Text(READING, strong=True, figures=True)
        self._reading.setWordWrap(False)
        self._verdict = Pill()
        self._scale = ScaleView()
        self._facts = Facts(3)
        value = QVBoxLayout()
        value.setSpacing(0)
        value.addWidget(self._caption)
        value.addWidget(self._reading)
        top = QHBoxLayout()
        top.addLayout(value, 1)
        top.addWidget(self._verdict, 0, Qt.AlignmentFlag.AlignVCenter)
        card = Ground()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(28, 12, 28, 12)
        inner.setSpacing(4)
        inner.addLayout(top)
        inner.addWidget(self._scale)
        inner.addStretch(1)
        inner.addWidget(self._facts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self._prompt)
        whole.addWidget(card, 1)

    def show_rows(self, rows: EsdGateRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        self._caption.say(rows.reading_caption)
        self._reading.say(rows.reading)
        self._verdict.show_status(rows.level, rows.icon, rows.verdict)
        self._scale.setVisible(rows.scale is not None)
        self._scale.show_scale(rows.scale)
        self._facts.show_facts(rows.facts)
