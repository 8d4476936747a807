"""The one field to type into, for a code that no scanner reads."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.overriding import override
from app.ui.widgets.field import Field

LONGEST_TYPED: Final = 200
_HEIGHT: Final = 44


class TypeField(Field):
    """Enter hands the text on as if it had been scanned; Esc empties the field first.

    Signals:
        entered: What was typed.
    """

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("keyboard", _HEIGHT, LONGEST_TYPED, parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.returnPressed.connect(self._enter)

    def _enter(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.entered.emit(text)

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, _HEIGHT)
