"""A titled list of choices on a card, with a sentence in place of none."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.office.importing.option_list import OptionList
from app.ui.office.rows import Options
from app.ui.theme.applying import BODY, HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text


class OptionsCard(Ground):
    """Shows `Options`.

    Signals:
        chosen: The code of the one that was pressed, or entered.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._title = Text(HEAD, strong=True)
        self._title.setContentsMargins(12, 0, 0, 0)
        self._empty = Text(BODY, muted=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 2, 12, 0)
        self.options = OptionList()
        self.options.chosen.connect(self.chosen)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(self._title)
        inner.addWidget(self._empty, 1)
        inner.addWidget(self.options, 1)

    def begin(self) -> None:
        """Put the focus on the list, where there is one."""
        if self.options.isVisible():
            self.options.setFocus(Qt.FocusReason.TabFocusReason)

    def show_options(self, options: Options) -> None:
        """Change the choices."""
        self._title.say(options.title)
        self._empty.say(options.empty)
        self._empty.setVisible(bool(options.empty))
        self.options.setVisible(bool(options.choices))
        self.options.show_choices(options.title, options.choices)
