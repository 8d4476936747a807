"""A field for a passphrase: what is typed is not shown."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit, QWidget

from app.ui.overriding import override
from app.ui.widgets.field import Field

HEIGHT: Final = 52
LONGEST: Final = 1_000


class SecretField(Field):
    """Dots instead of letters; the words in it say what it is for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("lock", HEIGHT, LONGEST, parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def show_name(self, name: str) -> None:
        """Say what it is for."""
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    @override
    def sizeHint(self) -> QSize:
        return QSize(360, HEIGHT)
