"""``window``: the bench as a technician sees it.

Until the window is painted nothing is imported that its picture does not need.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from app.commands.console import CommandFailedError, parser_of
from app.commands.homes import homed_settings, passphrase

if TYPE_CHECKING:
    from app.station import Station
    from app.ui.bridge import Bridge


def need_display() -> None:
    """Say in words what Qt would end the program for.

    Raises:
        CommandFailedError: There is no display to show a window on.
    """
    named = any(os.environ.get(one) for one in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if sys.platform == "linux" and not named:
        raise CommandFailedError("cli.no_display")


def run(words: Sequence[str]) -> int:
    """Show the window until it is closed."""
    if words:
        parser_of("window").parse_args(words)
    settings = homed_settings()
    need_display()
    from app.bootstrap import SystemClock
    from app.ui.main import language_of, run_window

    with ExitStack() as held:

        def make_bench(bridge: "Bridge") -> "Station":
            from app.commands.holding import devices_held
            from app.commands.telling import BridgeTold
            from app.station import Station

            held.enter_context(devices_held(settings))
            station = Station(
                settings, BridgeTold(bridge), passphrase, lambda: language_of(settings.language)
            )
            station.start()
            return station

        return run_window(make_bench, settings, SystemClock().now)
