"""A field that is chosen for: it shows what is chosen, and a list of the others when it is pressed.

The list is a part of the window, no window of its own: a scanner's keys go on reaching the bench.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.office.forms.rows import FieldRow
from app.ui.office.importing.option_list import OptionList
from app.ui.overriding import override
from app.ui.theme.applying import BODY, colours_of, font

if TYPE_CHECKING:
    from app.ui.shell.rows import Choice

HEIGHT: Final = 44
_ROW: Final = 36
_MOST: Final = 6
_STEPS: Final[Mapping[int, int]] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER: Final[frozenset[int]] = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Options(OptionList):
    """The list; it goes when the focus does, and Esc closes no more than it."""

    closed = Signal()

    @override
    def event(self, arg__1: QEvent, /) -> bool:
        escape = isinstance(arg__1, QKeyEvent) and arg__1.key() == Qt.Key.Key_Escape
        if escape and arg__1.type() == QEvent.Type.ShortcutOverride:
            arg__1.accept()
            return True
        return super().event(arg__1)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.hide()

    @override
    def paintEvent(self, e: QPaintEvent, /) -> None:
        super().paintEvent(e)
        with QPainter(self.viewport()) as painter:
            painter.setPen(QPen(QColor(colours_of(self.palette()).edge), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))


class ChoiceField(QAbstractButton):
    """Up, Down and first letters change it at once; Space, or a press, shows the list.

    Signals:
        picked: The code of what is chosen now.
        entered: Enter was pressed.
    """

    picked = Signal(str)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._name = ""
        self._list: _Options | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.clicked.connect(self._open)

    def show_row(self, row: FieldRow) -> None:
        """Change what it shows."""
        self._choices, self._name = row.choices, row.label
        self.setText(row.shown)
        self.setAccessibleName(f"{row.label}: {row.shown}")
        self.setAccessibleDescription(row.error or row.hint)
        self.update()

    @property
    def options(self) -> OptionList | None:
        """The list, while it is shown."""
        return self._list if self._list is not None and self._list.isVisible() else None

    @override
    def sizeHint(self) -> QSize:
        return QSize(220, HEIGHT)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        key = event.key()
        if key in _ENTER:
            self.entered.emit()
        elif key in _STEPS:
            self._step(_STEPS[key])
        elif key != Qt.Key.Key_Space and event.text().isprintable() and event.text():
            self._jump(event.text())
        else:
            super().keyPressEvent(event)

    def _at(self) -> int:
        """Which one is chosen; before the first where none is."""
        return next((at for at, one in enumerate(self._choices) if one.chosen), -1)

    def _step(self, by: int) -> None:
        to = max(0, min(self._at() + by, len(self._choices) - 1))
        if self._choices and to != self._at():
            self.picked.emit(self._choices[to].code)

    def _jump(self, letter: str) -> None:
        """Choose the next one that begins with a letter."""
        after = self._at() + 1
        turned = (*self._choices[after:], *self._choices[:after])
        found = (one for one in turned if one.title.casefold().startswith(letter.casefold()))
        for one in found:
            self.picked.emit(one.code)
            return

    # ------------------------------------------------------------------
    # The list
    # ------------------------------------------------------------------

    def _open(self) -> None:
        if self._list is None:
            self._list = made = _Options(self.window())
            made.chosen.connect(self._choose)
            made.closed.connect(self._close)
        height = _ROW * min(len(self._choices), _MOST) + 4
        top = self.mapTo(self.window(), QPoint(0, self.height() + 2))
        if top.y() + height > self.window().height():
            top = self.mapTo(self.window(), QPoint(0, -height - 2))
        self._list.setGeometry(QRect(top, QSize(self.width(), height)))
        self._list.show_choices(self._name, self._choices)
        self._list.show()
        self._list.raise_()
        self._list.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, code: str) -> None:
        self._close()
        self.picked.emit(code)

    def _close(self) -> None:
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours = colours_of(self.palette())
        marked = self.hasFocus()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(colours.pressed if self.isDown() else colours.surface))
            painter.setPen(
                QPen(QColor(colours.accent if marked else colours.edge), 2 if marked else 1)
            )
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -2, -2), 8, 8)
            painter.setFont(font(BODY))
            painter.setPen(QColor(colours.text if self._at() >= 0 else colours.muted))
            inside = self.rect().adjusted(12, 0, -36, 0)
            fitted = painter.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, inside.width()
            )
            start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inside, start | Qt.TextFlag.TextSingleLine, fitted)
            self._paint_mark(painter, colours.muted)

    def _paint_mark(self, painter: QPainter, ink: str) -> None:
        """A small angle: there is a list below."""
        middle = QPoint(self.width() - 20, self.height() // 2 + 2)
        painter.setPen(QPen(QColor(ink), 2))
        painter.drawLine(middle + QPoint(-6, -5), middle)
        painter.drawLine(middle, middle + QPoint(6, -5))
