"""One device as a card: how it stands, what to do, what it says."""

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.devices.live_viewmodel import DeviceCard
from app.ui.theme.applying import BODY, HEAD, SMALL
from app.ui.widgets.pill import Pill
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Line, Lines

CURE_LINES: Final = 4


class CardView(Ground):
    """Shows a `DeviceCard`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = Line(HEAD, strong=True)
        self._pill = Pill(BODY, 18)
        self._cure = Lines(CURE_LINES, BODY)
        self._cure.setMinimumHeight(CURE_LINES * self._cure.fontMetrics().lineSpacing())
        self._said = Line(BODY, figures=True)
        self._means = Line(BODY, strong=True)
        self._counters = Line(SMALL, muted=True)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._pill)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(14, 8, 14, 8)
        inner.setSpacing(2)
        inner.addLayout(head)
        inner.addWidget(self._cure)
        inner.addStretch(1)
        for label in (self._said, self._means, self._counters):
            inner.addWidget(label)

    def show_card(self, card: DeviceCard) -> None:
        """Change what it shows."""
        self._title.say(card.title)
        self._pill.show_status(card.level, card.icon, card.word)
        self._cure.say(card.cure)
        self._cure.setVisible(bool(card.cure))
        for label in (self._said, self._means, self._counters):
            label.setVisible(not card.cure)  # what to do first
        self._said.say(card.said)
        self._means.say(card.means)
        self._counters.say(card.counters)
