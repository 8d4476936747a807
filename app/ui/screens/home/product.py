"""A product with its verdict and every reason for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QScroller, QVBoxLayout, QWidget

from app.ui.screens.home.viewmodel import ProductRows, Reason
from app.ui.theme.applying import BODY, HEAD, PROMPT, SMALL
from app.ui.theme.colours import Level
from app.ui.widgets.facts import Facts
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.pill import Pill
from app.ui.widgets.scroll_bar import ScrollBar
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Line, Lines, Text


class _ReasonRow(QWidget):
    """One rule's word: shape on its fill, sentence, the programme's point."""

    def __init__(self) -> None:
        super().__init__()
        self._glyph = Glyph(40, ground=True)
        self._sentence = Lines(2, BODY)
        self._rule = Text(SMALL, muted=True)
        self._rule.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(14)
        row.addWidget(self._glyph)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._rule)

    def show_reason(self, reason: Reason) -> None:
        self._glyph.show_icon(reason.icon, reason.level)
        self._sentence.say(reason.sentence)
        self._rule.say(reason.rule)


class ProductView(Ground):
    """Shows `ProductRows`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._model = Line(HEAD, strong=True)
        self._serial = Line(PROMPT, strong=True, figures=True)
        self._verdict = Pill()
        self._facts = Facts(3)
        self._none = Text(BODY, muted=True)
        self._rows: list[_ReasonRow] = []
        first = QHBoxLayout()
        first.addWidget(self._model, 1)
        first.addWidget(self._verdict, 0, Qt.AlignmentFlag.AlignTop)
        top = QVBoxLayout()
        top.setSpacing(0)
        top.addLayout(first)
        top.addWidget(self._serial)  # the serial has a line for itself: it is never cut short
        held = QWidget()
        self._reasons = QVBoxLayout(held)
        self._reasons.setContentsMargins(0, 0, 0, 0)
        self._reasons.setSpacing(8)
        self._reasons.addWidget(self._none)
        self._reasons.addStretch(1)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(24, 12, 24, 12)
        inner.setSpacing(8)
        inner.addLayout(top)
        inner.addWidget(_scrolling(held), 1)
        inner.addWidget(self._facts)

    def show_rows(self, rows: ProductRows) -> None:
        """Change the product."""
        self._model.say(rows.model)
        self._serial.say(rows.serial)
        self._verdict.show_status(rows.level, rows.icon, rows.verdict)
        self._none.say(rows.no_reasons)
        self._none.setVisible(not rows.reasons)
        while len(self._rows) < len(rows.reasons):
            made = _ReasonRow()
            self._reasons.insertWidget(len(self._rows) + 1, made)
            self._rows.append(made)
        for at, row in enumerate(self._rows):
            row.setVisible(at < len(rows.reasons))
            if at < len(rows.reasons):
                row.show_reason(rows.reasons[at])
        self._facts.show_facts(rows.facts)
        self._facts.setVisible(bool(rows.facts))


def _scrolling(held: QWidget) -> QScrollArea:
    """A view that scrolls where there are more reasons than fit."""
    area = QScrollArea()
    area.setWidget(held)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setVerticalScrollBar(ScrollBar())
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    held.setAutoFillBackground(False)
    return area
