"""The large buttons: always five places, so that a verb does not move under a hand."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui.shell.rows import MOST_ACTIONS, Action
from app.ui.widgets.button import ActionButton


class ActionsBar(QWidget):
    """Shows at most five actions.

    Signals:
        commanded: A command's code was pressed.
    """

    commanded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(10)
        self._buttons: list[ActionButton] = []

    def _make(self) -> None:
        for _ in range(MOST_ACTIONS):
            button = ActionButton(least_width=104)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.clicked.connect(self._pressed)
            button.hide()
            self._row.addWidget(button, 1)
            self._buttons.append(button)

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Change the verbs; the buttons are made when the first ones come."""
        if actions and not self._buttons:
            self._make()
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(actions))
            if at < len(actions):
                button.show_action(actions[at])

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.commanded.emit(button.code)
