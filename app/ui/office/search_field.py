"""The field to search in: every letter narrows what is shown; Esc empties it, Down leaves it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.ui.overriding import override
from app.ui.widgets.field import Field

LONGEST: Final = 80
_HEIGHT: Final = 48
_DOWN: Final = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SearchField(Field):
    """Tells what is searched for as it is typed.

    Signals:
        searched: What stands in it now, without outer spaces.
        left: Somebody goes down to what was found.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("search", _HEIGHT, LONGEST, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textChanged.connect(self._changed)

    def show_search(self, placeholder: str) -> None:
        """Say what can be searched; without words there is no field."""
        self.setVisible(bool(placeholder))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if event.key() in _DOWN:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _changed(self, text: str) -> None:
        self.searched.emit(text.strip())
