"""The one field to type into, for a code that no scanner reads."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.overriding import override
from app.ui.widgets.field import Field

LONGEST_TYPED: Final = 200
_HEIGHT: Final = 44


class TypeField(Field):
    """Enter hands the text on as if it had been scanned; Esc empties the field first.

    Signals:
        entered: What was typed.
        pin_entered: The same while it was hidden: a PIN.
    """

    entered = Signal(str)
    pin_entered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("keyboard", _HEIGHT, LONGEST_TYPED, parent)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.returnPressed.connect(self._enter)

    def _enter(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            (self.pin_entered if self.is_secret else self.entered).emit(text)

    @property
    def is_secret(self) -> bool:
        """Whether what is typed is hidden."""
        return self.echoMode() is QLineEdit.EchoMode.Password

    def show_secret(self, *, secret: bool) -> None:
        """Hide what is typed from now on, or hide it no more.

        What was typed before a PIN was asked for is its beginning, and stays; what is left of a PIN
        is never shown.
        """
        if secret is self.is_secret:
            return
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clear()
            self.setEchoMode(QLineEdit.EchoMode.Normal)
            self.clearFocus()

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, _HEIGHT)
