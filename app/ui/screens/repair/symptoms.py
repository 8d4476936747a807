"""The symptoms as buttons, while nobody has said what is wrong."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.ui.shell.rows import Action
from app.ui.theme.applying import HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.button import ActionButton
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

_COLUMNS: Final = 5


class Symptoms(Ground):
    """A button per symptom.

    Signals:
        commanded: The symptom's command.
    """

    commanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._title = Text(HEAD, strong=True)
        self._buttons: list[ActionButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(10)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(24, 12, 16, 14)
        inner.setSpacing(10)
        inner.addWidget(self._title)
        inner.addLayout(self._grid, 1)

    def show_symptoms(self, title: str, symptoms: tuple[Action, ...]) -> None:
        """Change the buttons."""
        self._title.say(title)
        while len(self._buttons) < len(symptoms):
            self._add()
        for button, symptom in zip(self._buttons, symptoms, strict=False):
            button.show_action(symptom)

    def _add(self) -> None:
        button = ActionButton(least_width=104)
        button.clicked.connect(self._pressed)
        self._grid.addWidget(button, *divmod(len(self._buttons), _COLUMNS))
        self._buttons.append(button)

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.commanded.emit(button.code)
