"""The steps of a repair as a line of marks, each with its word and its time."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.screens.repair.viewmodel import StepMark
from app.ui.theme.applying import BODY, SMALL, colours_of, font
from app.ui.theme.colours import Colours, Level
from app.ui.widgets.text import Line

_MARK: Final = 34
_MIDDLE: Final = Qt.AlignmentFlag.AlignHCenter


class _Step(QWidget):
    """One mark with its half of the line to either side."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = StepMark("", "", "", "ahead")
        self._number = 0
        self._last = False
        self._name = Line(BODY)
        self._detail = Line(SMALL, muted=True, figures=True)
        self._code = Line(SMALL, muted=True)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, _MARK + 6, 0, 0)
        inner.setSpacing(0)
        for label in (self._name, self._detail, self._code):
            label.setAlignment(_MIDDLE)
            inner.addWidget(label)

    def show_step(self, mark: StepMark, number: int, *, last: bool) -> None:
        self._number, self._last = number, last
        if mark == self._mark:
            return
        self._mark = mark
        self._name.setFont(font(BODY, strong=mark.state in {"now", "stopped"}))
        self._name.say(mark.name)
        self._detail.say(mark.detail)
        self._code.say(mark.code)
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            circle = QRect(0, 2, _MARK, _MARK)
            circle.moveLeft((self.width() - _MARK) // 2)
            self._paint_line(painter, colours, circle)
            back, ink, edge = _inks(self._mark.state, colours)
            painter.setBrush(QColor(back))
            painter.setPen(QPen(QColor(edge), 2))
            painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
            inside = circle.adjusted(8, 8, -8, -8)
            if self._mark.state == "done":
                draw_icon(painter, "check", ink, inside)
            elif self._mark.state == "stopped":
                draw_icon(painter, "x", ink, inside)
            else:
                painter.setFont(font(BODY, strong=True))
                painter.setPen(QColor(ink))
                painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))

    def _paint_line(self, painter: QPainter, colours: Colours, circle: QRect) -> None:
        middle = circle.center().y() + 0.5
        reached = self._mark.state != "ahead"
        if self._number > 1:
            painter.setPen(_pen(colours, solid=reached))
            painter.drawLine(QPointF(0, middle), QPointF(circle.left() - 6, middle))
        if not self._last:
            painter.setPen(_pen(colours, solid=self._mark.state == "done"))
            painter.drawLine(QPointF(circle.right() + 6, middle), QPointF(self.width(), middle))


def _pen(colours: Colours, *, solid: bool) -> QPen:
    return QPen(QColor(colours.text if solid else colours.line), 2)


def _inks(state: str, colours: Colours) -> tuple[str, str, str]:
    """Ground, writing and border of a mark."""
    match state:
        case "done":
            return colours.text, colours.surface, colours.text
        case "now":
            return colours.accent, colours.on_accent, colours.accent
        case "stopped":
            fill = colours.fills[Level.STOP]
            return fill.back, fill.text, fill.border
        case _:
            return colours.surface, colours.muted, colours.edge


class Stepper(QWidget):
    """Shows the `StepMark`s of a repair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[_Step] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)

    def show_steps(self, marks: tuple[StepMark, ...]) -> None:
        """Change the steps."""
        while len(self._steps) < len(marks):
            made = _Step()
            self._row.addWidget(made, 1)
            self._steps.append(made)
        for at, step in enumerate(self._steps):
            step.setVisible(at < len(marks))
            if at < len(marks):
                step.show_step(marks[at], at + 1, last=at == len(marks) - 1)
