"""``window``: the bench as a technician sees it.

Until the window is painted nothing is imported that its picture does not need.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from app.commands.console import CommandFailedError, parser_of
from app.commands.homes import settings_here

if TYPE_CHECKING:
    from app.commands.doorway import HomeDoor
    from app.commands.window_devices import WindowDevices
    from app.domain.frames import Frame
    from app.settings import Settings
    from app.station import Station
    from app.ui.bridge import Bridge
    from app.ui.port import Rooms


def _has_display() -> bool:
    named = any(os.environ.get(one) for one in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or sys.platform != "linux"


def need_display() -> None:
    """Say in words what Qt would end the program for.

    Raises:
        CommandFailedError: There is no display to show a window on.
    """
    if not _has_display():
        raise CommandFailedError("cli.no_display")


class WindowBench:
    """Makes what stands before the bench, then the bench.

    Args:
        settings: Of the home.
        held: Lets go of the devices when the window is closed.
    """

    def __init__(self, settings: "Settings", held: ExitStack) -> None:
        self._settings = settings
        self._held = held
        self._door: HomeDoor | None = None
        self._station: Station | None = None
        self._language = settings.language
        self._devices: WindowDevices | None = None
        self._passphrase = ""

    def make_door(self, bridge: "Bridge") -> "HomeDoor":
        """What stands before the bench."""
        from app.commands.doorway import HomeDoor

        self._door = HomeDoor(self._settings, bridge)
        return self._door

    def make_bench(self, bridge: "Bridge") -> "Station":
        """The bench, started.

        Raises:
            BenchNotMadeError: Its devices are held, or set up in a way that cannot work.
        """
        from app.commands.holding import device_reason, devices_held
        from app.commands.telling import DoorTold
        from app.commands.tidy_process import TidyProcess
        from app.domain.policy import PolicyInvalidError
        from app.station import Station
        from app.ui.main import language_of
        from app.ui.port import BenchNotMadeError

        settings = self._settings
        door = self._door or self.make_door(bridge)
        try:
            self._held.enter_context(devices_held(settings))
            station = Station(
                settings,
                DoorTold(bridge, door.passphrase),
                self._ask_passphrase,
                lambda: language_of(self._language),
                tidy=partial(TidyProcess, settings.home),
            )
        except CommandFailedError as error:
            code = "second_instance" if error.key == "cli.second_instance" else "device_setting"
            fields = {name: str(value) for name, value in error.fields.items()}
            raise BenchNotMadeError(code, **fields) from error
        except PolicyInvalidError as error:
            raise BenchNotMadeError("policy_invalid", reason=str(error)) from error
        except Exception as error:
            reason = device_reason(error)
            if reason is None:
                raise
            raise BenchNotMadeError("device_setting", text=reason) from error
        station.start()
        self._station = station
        return station

    def make_rooms(self) -> "Rooms":
        """What the window's rooms ask of the bench."""
        from app.commands.window_devices import WindowDevices
        from app.commands.window_forms import WindowForms
        from app.commands.window_import import WindowImport
        from app.commands.window_office import WindowOffice
        from app.ui.port import Rooms

        settings = self._settings
        self._devices = WindowDevices(settings, self._station_now)
        return Rooms(
            self._devices,
            WindowOffice(self._station_now, settings.home),
            WindowImport(settings, self._station_now, lambda: self._passphrase),
            WindowForms(settings, self._station_now),
        )

    def _station_now(self) -> "Station | None":
        return self._station

    def _ask_passphrase(self) -> str:
        """The passphrase of the home; kept beside the key, for the process of an import."""
        if self._door is not None:
            self._passphrase = self._door.passphrase()
        return self._passphrase

    def submit(self, frame: "Frame") -> None:
        """A scanner in keyboard mode typed this."""
        if self._devices is not None and self._devices.typed(frame):
            return
        if self._station is not None:
            self._station.submit(frame)

    def keep_settings(self, wanted: Mapping[str, str]) -> None:
        """Keep what its test code told."""
        from app.commands.look import keep_settings

        keep_settings(self._settings.home, wanted)

    def keep_look(self, language: str, theme: str) -> None:
        """Keep what was chosen in the window; reports are made in its language from now on."""
        from app.commands.look import keep_look

        self._language = language
        keep_look(self._settings.home, language, theme)


def _show_failure(failure: CommandFailedError) -> int:
    """Show a window that says why there is no bench: whoever started it may see no terminal.

    Raises:
        CommandFailedError: The failure itself, when the window is closed or cannot be shown.
    """
    if _has_display():
        from app.bootstrap import SystemClock
        from app.settings import Settings, home_folder
        from app.ui.main import run_window

        run_window(_no_bench(failure), Settings(home_folder()), SystemClock().now)
    raise failure


def _no_bench(failure: CommandFailedError) -> Callable[["Bridge"], "Station"]:
    def make_bench(bridge: "Bridge") -> "Station":
        from app.ui.port import BenchNotMadeError

        del bridge
        fields = {name: str(value) for name, value in failure.fields.items()}
        raise BenchNotMadeError("settings_invalid", **fields) from failure

    return make_bench


def run(words: Sequence[str]) -> int:
    """Show the window until it is closed."""
    if words:
        parser_of("window").parse_args(words)
    try:
        settings = settings_here()
    except CommandFailedError as failure:
        return _show_failure(failure)
    need_display()
    from app.bootstrap import SystemClock
    from app.ui.main import run_window

    with ExitStack() as held:
        bench = WindowBench(settings, held)
        return run_window(
            bench.make_bench,
            settings,
            SystemClock().now,
            make_door=bench.make_door,
            keep_look=bench.keep_look,
            keyboard=bench,
            make_rooms=bench.make_rooms,
        )
