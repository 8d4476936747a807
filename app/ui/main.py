"""The window's life: painted first, then the bench, then the event loop, then everything joined."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.texts import Language, texts
from app.ui.bridge import Bridge
from app.ui.crash import Crashes
from app.ui.screens.sign_in.view import SignInView
from app.ui.screens.sign_in.viewmodel import SignInRows
from app.ui.shell.opening import opening_frame, opening_prompt
from app.ui.shell.window import BenchWindow
from app.ui.theme.applying import apply_theme, install_fonts, is_dark
from app.ui.wording import Wording

if TYPE_CHECKING:  # imported after the first paint
    from app.ui.controller import Controller
    from app.ui.port import BenchPort

log = logging.getLogger("repair_bench.ui")

MakeBench = Callable[[Bridge], "BenchPort"]


@dataclass(frozen=True, slots=True)
class Start:
    """What the window starts with.

    Attributes:
        settings: Language, theme, sound, lock.
        now: The clock.
        zone: The site's time zone, None for the computer's own.
    """

    settings: Settings
    now: Callable[[], datetime]
    zone: tzinfo | None = None


class Program(QObject):
    """Makes the window, and the bench once the window is painted.

    Attributes:
        bridge: Through which other threads reach the window.
        window: The window.
        controller: Set after the first paint.
        port: The bench, set after the first paint.
    """

    def __init__(self, app: QApplication, start: Start, make_bench: MakeBench) -> None:
        super().__init__()
        self._start = start
        self._make_bench = make_bench
        self.language = language_of(start.settings.language)
        self.controller: Controller | None = None
        self.port: BenchPort | None = None
        self.bridge = Bridge()
        dark = is_dark(start.settings.theme)
        install_fonts()
        apply_theme(app, dark=dark)
        self.window = BenchWindow()
        self._sign_in = SignInView()
        wording = Wording(texts(self.language), start.zone)
        self._sign_in.show_rows(SignInRows(opening_prompt(wording), ""))
        self.window.add_screen(self._sign_in)
        self.window.show_frame(opening_frame(wording, dark=dark))
        self.window.painted.connect(self._painted)

    def _painted(self) -> None:
        QTimer.singleShot(0, self, self.begin_work)

    def begin_work(self) -> None:
        """Import what the work needs, make the bench, and bind it."""
        from app.services.ports import StoreFaultError
        from app.ui.controller import Controller, Look
        from app.ui.sound import Sounds

        settings = self._start.settings
        sounds = Sounds(enabled=settings.sound)
        self.controller = Controller(
            self.window,
            self._sign_in,
            self.bridge,
            Look(self.language, settings.theme, self._start.zone),
            self._start.now,
            sounds=sounds,
            lock_after_minutes=settings.lock_after_minutes,
        )
        self.controller.render()
        try:
            self.port = self._make_bench(self.bridge)
        except StoreFaultError as fault:
            log.exception("the bench could not be made")
            self.bridge.tell_fault(fault.code)
            return
        self.controller.attach(self.port)
        QTimer.singleShot(0, self, sounds.load)

    def close(self) -> None:
        """End the bench, then the window."""
        if self.port is not None:
            self.port.close()
            self.port = None
        self.window.close()
        self.window.deleteLater()


def language_of(setting: str, system: QLocale | None = None) -> Language:
    """The language that a setting names; empty follows the system, English where it is another."""
    if setting in set(Language):
        return Language(setting)
    locale = system if system is not None else QLocale.system()
    swedish = locale.language() is QLocale.Language.Swedish
    return Language.SWEDISH if swedish else Language.ENGLISH


def run_window(
    make_bench: MakeBench,
    settings: Settings,
    now: Callable[[], datetime],
    zone: tzinfo | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        make_bench: Makes and starts the bench; called once in the UI thread, after the first paint.
        settings: Language, theme, sound, lock, and where crash reports go.
        now: The clock, UTC.
        zone: The site's time zone, None for the computer's own.

    Returns:
        The exit code of the event loop.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["repair-bench"])
    app.setApplicationName("repair-bench")
    app.setApplicationDisplayName("Repair Bench")
    app.setDesktopFileName("repair-bench")
    program = Program(app, Start(settings, now, zone), make_bench)
    with Crashes(settings.logs, program.bridge.tell_fault, now).watching():
        program.window.show()
        try:
            return app.exec()
        finally:
            program.close()
