"""How far something is: a bar with its percent in large figures, and what is known beside it."""

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.ui.office.importing.rows import ProgressRows
from app.ui.overriding import override
from app.ui.theme.applying import HEAD, READING, colours_of
from app.ui.widgets.facts import Facts
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

_HEIGHT: Final = 28
_WHOLE: Final = 100


class Bar(QWidget):
    """A bar of which so much is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.percent = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_percent(self, percent: int) -> None:
        """Change how much of it is filled."""
        if percent != self.percent:
            self.percent = percent
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(QColor(colours.edge), 1.5))
            painter.setBrush(QColor(colours.page))
            painter.drawRoundedRect(whole, 8, 8)
            filled = whole.adjusted(3, 3, -3, -3)
            filled.setWidth(filled.width() * self.percent / _WHOLE)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(filled, 5, 5)


class ProgressCard(Ground):
    """Shows `ProgressRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = Text(HEAD, strong=True)
        self._percent = Text(READING, strong=True, figures=True)
        self.bar = Bar()
        self._facts = Facts(3, HEAD)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(24, 18, 24, 18)
        inner.setSpacing(12)
        for one in (self._title, self._percent, self.bar, self._facts):
            inner.addWidget(one)
        inner.addStretch(1)

    def show_rows(self, rows: ProgressRows) -> None:
        """Change how far it is."""
        self._title.say(rows.title)
        self._percent.say(rows.percent_text)
        self.bar.show_percent(rows.percent)
        self.bar.setAccessibleName(f"{rows.title} {rows.percent_text}")
        self._facts.show_facts(rows.facts)
