"""A painted window with a bench that only remembers what it was asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.texts import Language, texts
from app.ui.appearance import Look
from app.ui.bridge import Bridge
from app.ui.controller import Controller
from app.ui.sound import Sounds
from app.ui.theme.applying import apply_theme
from app.ui.window import BenchWindow, first_texts, install_fonts
from app.ui.wording import Wording
from tests.ui.samples import NOW, UTC


@dataclass
class RememberingBench:
    """Remembers what the window asked for."""

    commands: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    pins: list[str] = field(default_factory=list)
    closed: int = 0

    def command(self, code: str) -> None:
        self.commands.append(code)

    def typed(self, text: str) -> None:
        self.texts.append(text)

    def pin(self, text: str) -> None:
        self.pins.append(text)

    def close(self) -> None:
        self.closed += 1


@dataclass
class Opened:
    """A window with everything behind it."""

    window: BenchWindow
    controller: Controller
    bridge: Bridge
    bench: RememberingBench


Open = Callable[..., Opened]


@pytest.fixture
def qtbot(qtbot: QtBot) -> Iterator[QtBot]:
    """The plugin's own, that holds its widgets until they are closed.

    It keeps weak references and still has the widgets painted when the test has returned: a window
    that only a cycle holds would then be collected in the middle of its own painting.
    """
    held: list[QWidget] = []
    add = qtbot.addWidget

    def add_widget(widget: QWidget) -> None:
        held.append(widget)
        add(widget)

    qtbot.addWidget = add_widget  # pyright: ignore[reportAttributeAccessIssue] - of this test's bot alone
    yield qtbot
    held.clear()


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot) -> Open:
    """Open windows; each is closed after the test."""
    install_fonts()

    def opened(
        language: str = "en", theme: str = "light", *, lock_after_minutes: int = 0
    ) -> Opened:
        dark = theme == "dark"
        window = BenchWindow(first_texts(Language(language)), dark=dark)
        apply_theme(qapp, dark=dark)
        bridge, bench = Bridge(), RememberingBench()
        qtbot.addWidget(window)
        look = Look(Language(language), theme, UTC)
        controller = Controller(
            window,
            bridge,
            look,
            lambda: NOW,
            sounds=Sounds(enabled=False),
            lock_after_minutes=lock_after_minutes,
        )
        controller.attach(bench)
        with qtbot.waitExposed(window):
            window.show()
        return Opened(window, controller, bridge, bench)

    return opened


@pytest.fixture
def english() -> Wording:
    return Wording(texts(Language.ENGLISH), UTC)


@pytest.fixture
def swedish() -> Wording:
    return Wording(texts(Language.SWEDISH), UTC)
