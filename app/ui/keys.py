"""The keys of the command table, bound to a window."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain.commands import COMMANDS, DEVICE_COMMANDS


class CommandKey(QShortcut):
    """A key of the command table; held down it counts once.

    Signals:
        given: The code of its command.
    """

    given = Signal(str)

    def __init__(self, keys: QKeySequence, window: QWidget, code: str) -> None:
        super().__init__(keys, window)
        self._code = code
        self.setAutoRepeat(False)
        self.activated.connect(self._give)

    def _give(self) -> None:
        self.given.emit(self._code)


def bind_keys(window: QWidget, given: Callable[[str], None]) -> None:
    """Hand the code of a command on whenever its key is pressed in this window."""
    for command in (*COMMANDS.values(), *DEVICE_COMMANDS.values()):
        if command.shortcut:
            key = CommandKey(QKeySequence(command.shortcut), window, command.code)
            key.given.connect(given)
