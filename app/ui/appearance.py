"""How the window looks and speaks: what the settings begin with, and what a person changes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import tzinfo

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.texts import Language, texts
from app.ui.bridge import LookAsked
from app.ui.theme.applying import apply_theme, is_dark
from app.ui.wording import Wording


@dataclass(frozen=True, slots=True)
class Look:
    """How the window looks and speaks.

    Attributes:
        language: The language.
        theme: ``light``, ``dark`` or ``system``.
        zone: The site's time zone, None for the computer's own.
    """

    language: Language
    theme: str
    zone: tzinfo | None = None


class Appearance(QObject):
    """The look of one window, put on whenever it changes.

    Signals:
        chosen: Language and theme, after a person chose one of them.

    Args:
        look: What it begins with; put on when `dress` is called first.
        render: Paints the window in the look that holds now.
        parent: Whose it is.

    Attributes:
        look: How the window looks and speaks now.
    """

    chosen = Signal(str, str)

    def __init__(self, look: Look, render: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self.look = look
        self._render = render
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    @property
    def wording(self) -> Wording:
        """How things are said now."""
        return Wording(texts(self.look.language), self.look.zone)

    @property
    def dark(self) -> bool:
        """Whether the dark colours hold now."""
        return is_dark(self.look.theme)

    def move_to(self, zone: tzinfo) -> None:
        """Tell times as the site's clocks do; seen when the window is painted next."""
        self.look = replace(self.look, zone=zone)

    def on_asked(self, asked: LookAsked) -> None:
        """Another language or theme is asked for, for as long as the window is open."""
        look = self.look
        if asked.language:
            look = replace(look, language=Language(asked.language))
        if asked.theme:
            look = replace(look, theme=asked.theme)
        self._change(look)

    def choose_other_language(self) -> None:
        """A person chose the other language."""
        swedish = self.look.language is Language.SWEDISH
        other = Language.ENGLISH if swedish else Language.SWEDISH
        self._choose(replace(self.look, language=other))

    def choose_other_theme(self) -> None:
        """A person chose the colours that do not hold now."""
        self._choose(replace(self.look, theme="light" if self.dark else "dark"))

    def dress(self) -> None:
        """Put the look on, and paint."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, dark=self.dark)
        self._render()

    def _choose(self, look: Look) -> None:
        self._change(look)
        self.chosen.emit(look.language.value, look.theme)

    def _change(self, look: Look) -> None:
        self.look = look
        self.dress()

    def _on_system_theme(self) -> None:
        if self.look.theme == "system":
            self.dress()
