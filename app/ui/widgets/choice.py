"""A choice for gloves: a title, what it means in words, and a mark on the one that is chosen."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from app.ui.overriding import override
from app.ui.shell.rows import Choice
from app.ui.theme.applying import BODY, colours_of, font
from app.ui.widgets.button import GLOVE

_LEFT: Final = 46
_PAD: Final = 12
_TITLE: Final = 24
_BETWEEN: Final = 10
_WRAPPED: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class ChoiceButton(QAbstractButton):
    """Shows a `Choice`; Tab reaches it and Space presses it."""

    def __init__(self, height: int = GLOVE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice | None = None
        self._height = height
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def code(self) -> str:
        """What is chosen by it."""
        return self._choice.code if self._choice is not None else ""

    def show_choice(self, choice: Choice) -> None:
        """Change what it stands for."""
        if choice == self._choice:
            return
        self._choice = choice
        self.setText(choice.title.replace("&", "&&"))
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.note)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, self._height)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        choice = self._choice
        if choice is None:
            return
        colours = colours_of(self.palette())
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            marked = choice.chosen or self.hasFocus()
            painter.setBrush(QColor(colours.pressed if self.isDown() else colours.surface))
            edge = colours.accent if marked else colours.edge
            painter.setPen(QPen(QColor(edge), 3 if choice.chosen else 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 10, 10)
            self._paint_mark(painter, edge, chosen=choice.chosen)
            width = self.width() - _LEFT - _PAD
            painter.setPen(QColor(colours.text))
            painter.setFont(font(BODY, strong=True))
            painter.drawText(QRect(_LEFT, _PAD, width, _TITLE), _WRAPPED, choice.title)
            painter.setPen(QColor(colours.muted))
            painter.setFont(font(BODY))
            below = QRect(_LEFT, _PAD + _TITLE + 2, width, self.height() - _TITLE - _PAD - 6)
            painter.drawText(below, _WRAPPED, choice.note)

    @staticmethod
    def _paint_mark(painter: QPainter, ink: str, *, chosen: bool) -> None:
        """A ring, filled where it is the chosen one: a shape beside the colour."""
        middle = QPointF(_LEFT / 2, _PAD + _TITLE / 2 - 1)
        painter.setPen(QPen(QColor(ink), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(middle, 9, 9)
        if chosen:
            painter.setBrush(QColor(ink))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(middle, 5, 5)


def choice_row(buttons: Sequence[QWidget]) -> QHBoxLayout:
    """Choices beside each other, all as wide."""
    row = QHBoxLayout()
    row.setSpacing(_BETWEEN)
    for one in buttons:
        row.addWidget(one, 1)
    return row


def show_choices(buttons: Sequence[ChoiceButton], choices: Sequence[Choice]) -> None:
    """Show as many buttons as there are choices."""
    for at, button in enumerate(buttons):
        button.setVisible(at < len(choices))
        if at < len(choices):
            button.show_choice(choices[at])
