"""Captions with their values, in columns."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.theme.applying import BODY, SMALL
from app.ui.widgets.text import Line, Lines, Text


class Facts(QWidget):
    """A grid of facts: the caption above, the value below it."""

    def __init__(self, columns: int, points: int = BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._points = points
        self._facts: tuple[tuple[str, str], ...] = ()
        self._labels: list[tuple[Text, Text]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(1)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Change the facts; labels are kept and used again."""
        if facts == self._facts:
            return
        self._facts = facts
        while len(self._labels) < len(facts):
            self._add()
        for at, (caption, value) in enumerate(self._labels):
            there = at < len(facts)
            caption.setVisible(there)
            value.setVisible(there)
            if there:
                caption.say(facts[at][0])
                value.say(facts[at][1])

    def _add(self) -> None:
        row, column = divmod(len(self._labels), self._columns)
        caption = Line(SMALL, muted=True)
        value = Lines(2, self._points)
        value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(caption, row * 3, column)
        self._grid.addWidget(value, row * 3 + 1, column)
        self._grid.setRowMinimumHeight(row * 3 + 2, 6)
        self._labels.append((caption, value))
