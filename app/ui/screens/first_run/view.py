"""The first run's screen: the choices as large cards, the fields, and the button that makes it."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui.overriding import override
from app.ui.screens.first_run.viewmodel import FirstRunRows
from app.ui.shell.rows import Choice
from app.ui.widgets.button import ActionButton
from app.ui.widgets.choice import ChoiceButton
from app.ui.widgets.prompt import PromptBar
from app.ui.widgets.secret import SecretField
from app.ui.widgets.surface import Ground

_KEY: Final = 144
_START: Final = 116
_KEYS: Final = 3
_STARTS: Final = 2


class FirstRunView(QWidget):
    """Shows `FirstRunRows`.

    Signals:
        chosen: The code of a choice was pressed.
        wanted: The home is to be made; what was typed into the two fields.
    """

    chosen = Signal(str)
    wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self._keys = [self._choice(_KEY) for _ in range(_KEYS)]
        self._starts = [self._choice(_START) for _ in range(_STARTS)]
        self.first, self.again = SecretField(), SecretField()
        self.make = ActionButton(least_width=220)
        self.make.setFixedHeight(_START)
        self.make.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # before there is a scanner
        self.make.clicked.connect(self._ask)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._ask)
        card = Ground()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(28, 20, 28, 20)
        inner.setSpacing(16)
        inner.addWidget(self._prompt)
        keys = QHBoxLayout()
        keys.setSpacing(12)
        for one in self._keys:
            keys.addWidget(one, 1)
        inner.addLayout(keys)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(self.first, 1)
        fields.addWidget(self.again, 1)
        inner.addLayout(fields)
        inner.addStretch(1)
        foot = QGridLayout()
        foot.setHorizontalSpacing(12)
        for at, one in enumerate(self._starts):
            foot.addWidget(one, 0, at)
        foot.addWidget(self.make, 0, _STARTS)
        for at in range(_STARTS + 1):
            foot.setColumnStretch(at, 1)
        inner.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        order = [*self._keys, self.first, self.again, *self._starts, self.make]
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def _choice(self, height: int) -> ChoiceButton:
        made = ChoiceButton(height)
        made.clicked.connect(self._choose)
        return made

    def show_rows(self, rows: FirstRunRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        _show_choices(self._keys, rows.keys)
        _show_choices(self._starts, rows.starts)
        self._show_fields(rows)
        self.make.setVisible(rows.make is not None)
        if rows.make is not None:
            self.make.show_action(rows.make)

    def _show_fields(self, rows: FirstRunRows) -> None:
        there = bool(rows.first)
        appeared = there and self.first.isHidden()
        self.first.show_name(rows.first)
        self.again.show_name(rows.again)
        for one in (self.first, self.again):
            one.setVisible(there)
            if not there:
                one.clear()
        if appeared:
            self.first.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """Enter presses what Tab reached; in a field it goes on by itself."""
        focus = self.focusWidget()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if isinstance(focus, QAbstractButton) and focus.hasFocus():
                focus.click()
            return
        super().keyPressEvent(event)

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, ChoiceButton):
            self.chosen.emit(button.code)

    def _ask(self) -> None:
        self.wanted.emit(self.first.text(), self.again.text())


def _show_choices(buttons: list[ChoiceButton], choices: tuple[Choice, ...]) -> None:
    for at, button in enumerate(buttons):
        button.setVisible(at < len(choices))
        if at < len(choices):
            button.show_choice(choices[at])
