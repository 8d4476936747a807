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
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._buttons: list[ActionButton] = []
        for _ in range(MOST_ACTIONS):
            button = ActionButton()
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.clicked.connect(self._pressed)
            button.hide()
            row.addWidget(button, 1)
            self._buttons.append(button)

    def show_actions(self, actions: tuple[Action, ...]) -> None:
        """Change the verbs."""
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(actions))
            if at < len(actions):
                button.show_action(actions[at])

    def _pressed(self) -> None:
        button = self.sender()
        if isinstance(button, ActionButton):
            self.commanded.emit(button.code)
