"""The window's life: painted first, then the bench, then the event loop, then everything joined."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QObject, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.texts import Language
from app.ui.crash import Crashes
from app.ui.window import BenchWindow, first_texts, install_fonts

if TYPE_CHECKING:  # imported after the first paint
    from datetime import datetime, tzinfo

    from app.ui.bridge import Bridge
    from app.ui.controller import Controller
    from app.ui.port import (
        BenchPort,
        DoorPort,
        KeyboardPort,
        Rooms,
    )
    from app.ui.wedge.scanner import KeyboardScanner

log = logging.getLogger("repair_bench.ui")

SOUND_AFTER_MS: Final = 1_500
"""Loading the sounds takes longer than an answer may: not while the bench is coming up."""

MakeBench = Callable[["Bridge"], "BenchPort"]
MakeDoor = Callable[["Bridge"], "DoorPort"]
MakeRooms = Callable[[], "Rooms"]
KeepLook = Callable[[str, str], None]
"""Keeps language and theme for the next start."""


@dataclass(frozen=True, slots=True)
class Start:
    """What the window starts with.

    Attributes:
        settings: Language, theme, sound, lock.
        now: The clock.
        zone: The site's time zone, None for the computer's own.
        make_door: Makes what stands before the bench; None where nothing may.
        keep_look: Keeps what a person chooses; None where nothing is kept.
        keyboard: Takes what a scanner in keyboard mode types; None where nobody listens for one.
        make_rooms: Makes what the window's rooms ask; None where nobody is asked.
    """

    settings: Settings
    now: "Callable[[], datetime]"
    zone: "tzinfo | None" = None
    make_door: MakeDoor | None = None
    keep_look: KeepLook | None = None
    keyboard: "KeyboardPort | None" = None
    make_rooms: MakeRooms | None = None


class Program(QObject):
    """Makes the window, and the bench once the window is painted.

    Attributes:
        window: The window.
        bridge: Through which other threads reach it; set after the first paint, as all below.
        controller: Binds them.
        port: The bench.
        rooms: What the window's rooms ask of it.
        door: What stands before it, where something may.
        scanner: The scanner in keyboard mode that is listened for.
    """

    def __init__(self, start: Start, make_bench: MakeBench) -> None:
        super().__init__()
        self._start = start
        self._make_bench = make_bench
        self._chosen: tuple[str, str] | None = None
        self._is_new = False
        self._language = language_of(start.settings.language)
        self.bridge: Bridge | None = None
        self.controller: Controller | None = None
        self.port: BenchPort | None = None
        self.rooms: Rooms | None = None
        self.door: DoorPort | None = None
        self.scanner: KeyboardScanner | None = None
        install_fonts()
        dark = is_dark_at_first(start.settings.theme)
        self.window = BenchWindow(first_texts(self._language), dark=dark)
        self.window.painted.connect(self._painted)

    def _painted(self) -> None:
        QTimer.singleShot(0, self, self.begin_work)

    def begin_work(self) -> None:
        """Import what the work needs, fill the window, and make the bench: its home first."""
        from app.ui.appearance import Look
        from app.ui.bridge import Bridge
        from app.ui.controller import Controller
        from app.ui.sound import Sounds

        settings = self._start.settings
        sounds = Sounds(enabled=settings.sound)
        self.bridge = Bridge(self)
        self.controller = Controller(
            self.window,
            self.bridge,
            Look(self._language, settings.theme, self._start.zone),
            self._start.now,
            sounds=sounds,
            lock_after_minutes=settings.lock_after_minutes,
        )
        self.controller.appearance.dress()
        QTimer.singleShot(SOUND_AFTER_MS, self, sounds.load)
        self.controller.appearance.chosen.connect(self._look_chosen)
        self.bridge.made.connect(self._home_made)
        self.bridge.opened.connect(self._opened)
        if self._start.make_door is not None:
            self.door = self._start.make_door(self.bridge)
            self.controller.doorway.attach(self.door)
            if not self.door.is_made():
                self.door.look()
                return
        self.begin_bench()

    def _home_made(self) -> None:
        self._is_new = True
        self.begin_bench()

    def _opened(self) -> None:
        """A bench that was just made begins with its devices."""
        if self._is_new and self.controller is not None:
            self._is_new = False
            self.controller.devices.begin_where_nothing_is()

    def begin_bench(self) -> None:
        """Make the bench, and bind it; where there is none to make, tell why."""
        from app.services.ports import StoreFaultError
        from app.ui.port import BenchNotMadeError

        if self.bridge is None or self.controller is None:
            return
        self.controller.on_door(None)
        try:
            self.port = self._make_bench(self.bridge)
        except StoreFaultError as fault:
            log.exception("the bench could not be made")
            self.bridge.tell_fault(fault.code)
        except BenchNotMadeError as error:
            log.exception("the bench could not be made")
            self.bridge.tell_fault(error.code, error.fields)
        else:
            self.controller.attach(self.port)
            self._open_rooms(self.controller, self.bridge)
            self._keep_look()
            QTimer.singleShot(0, self, self._listen_to_keys)

    def _open_rooms(self, controller: "Controller", bridge: "Bridge") -> None:
        """Let the window's rooms ask; they are imported here, after the first paint."""
        if self.rooms is None and self._start.make_rooms is not None:
            self.rooms = rooms = self._start.make_rooms()
            controller.devices.attach(rooms.devices)
            controller.office.attach(rooms.office, bridge.tell_office)
            controller.importing.attach(rooms.importing, bridge.tell_import)
            controller.forms.attach(rooms.forms, bridge.tell_form)

    def _listen_to_keys(self) -> None:
        """Listen for a scanner that types, once there is a bench for what it says."""
        start = self._start
        if start.keyboard is None or self.bridge is None or self.controller is None:
            return
        if self.port is None or self.scanner is not None:
            return
        from app.ui.wedge.installing import listen

        self.scanner = listen(
            self.window, self.controller, self.bridge, start.keyboard, start.settings, start.now
        )
        self.controller.devices.layout = self._keyboard_layout

    def _keyboard_layout(self) -> str:
        return self.scanner.setup.layout.name if self.scanner is not None else ""

    def _look_chosen(self, language: str, theme: str) -> None:
        self._chosen = (language, theme)
        self._keep_look()

    def _keep_look(self) -> None:
        """Keep what was chosen; a first run has no home yet to keep it in."""
        if self._chosen is not None and self.port is not None and self._start.keep_look is not None:
            self._start.keep_look(*self._chosen)

    def tell_fault(self, code: str, fields: dict[str, str]) -> None:
        """Tell the window what is wrong, from any thread; before it is filled the log has it."""
        if self.bridge is not None:
            self.bridge.tell_fault(code, fields)

    def close(self) -> None:
        """End what stands before the bench, the bench, then the window."""
        if self.door is not None:
            self.door.close()
            self.door = None
        if self.scanner is not None:
            self.scanner.stop()
            self.scanner = None
        if self.rooms is not None:
            self.rooms.close()
            self.rooms = None
        if self.port is not None:
            self.port.close()
            self.port = None
        self.window.close()
        self.window.deleteLater()


def is_dark_at_first(theme: str) -> bool:
    """Whether the first picture is dark; ``system`` is read off the platform's own palette."""
    if theme != "system":
        return theme == "dark"
    role = QPalette.ColorRole
    ground = QApplication.palette()
    return ground.color(role.Window).lightness() < ground.color(role.WindowText).lightness()


def language_of(setting: str, system: QLocale | None = None) -> Language:
    """The language that a setting names; empty follows the system, English where it is another."""
    if setting in set(Language):
        return Language(setting)
    locale = system if system is not None else QLocale.system()
    swedish = locale.language() is QLocale.Language.Swedish
    return Language.SWEDISH if swedish else Language.ENGLISH


def run_window(  # noqa: PLR0913 - each can be left out
    make_bench: MakeBench,
    settings: Settings,
    now: "Callable[[], datetime]",
    zone: "tzinfo | None" = None,
    *,
    make_door: MakeDoor | None = None,
    keep_look: KeepLook | None = None,
    keyboard: "KeyboardPort | None" = None,
    make_rooms: MakeRooms | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        make_bench: Makes and starts the bench; called once in the UI thread, after the first paint.
        settings: Language, theme, sound, lock, and where crash reports go.
        now: The clock, UTC.
        zone: The site's time zone, None for the computer's own.
        make_door: Makes what stands before the bench; None where nothing may.
        keep_look: Keeps the language and theme that a person chooses; None where nothing is kept.
        keyboard: Takes what a scanner in keyboard mode types; None where nobody listens for one.
        make_rooms: Makes what the window's rooms ask; called in the UI thread, once there is a
            bench. None where nobody is asked.

    Returns:
        The exit code of the event loop.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        # asking for the style by name here costs 20 ms less than QApplication.setStyle
        app = QApplication(["repair-bench", "-style", "Fusion"])
    app.setApplicationName("repair-bench")
    app.setApplicationDisplayName("Repair Bench")
    app.setDesktopFileName("repair-bench")
    start = Start(settings, now, zone, make_door, keep_look, keyboard, make_rooms)
    program = Program(start, make_bench)
    with Crashes(settings.logs, program.tell_fault, now).watching():
        program.window.show()
        try:
            return app.exec()
        finally:
            program.close()
