"""``window``: the bench as a technician sees it."""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app import bootstrap
from app.commands.console import CommandFailedError, parser_of
from app.commands.homes import homed_settings, passphrase
from app.station import Station

if TYPE_CHECKING:
    from app.domain.frames import DeviceState, Frame
    from app.services.reporting import ReportMade
    from app.services.views import BenchView, Outcome
    from app.sync.worker import SyncStatus
    from app.ui.bridge import Bridge


class BridgeTold:
    """Tells the window, through its bridge, what happens at the bench."""

    def __init__(self, bridge: "Bridge") -> None:
        self.bridge = bridge

    def tell_opened(self, view: "BenchView") -> None:
        """The store is open."""
        self.bridge.tell_opened(view)

    def tell_outcome(self, outcome: "Outcome", frame: "Frame") -> None:
        """A frame was committed and answered."""
        del frame
        self.bridge.tell_outcome(outcome)

    def tell_device(self, state: "DeviceState") -> None:
        """A device changed its state."""
        self.bridge.tell_device(state)

    def tell_sync(self, status: "SyncStatus") -> None:
        """Sync changed its state; only what asks for somebody is a fault, offline is not."""
        if status.sync is not None:
            self.bridge.tell_sync(status.sync)
        if status.state.value == "refused" and status.code is not None:
            fields = {name: str(value) for name, value in status.fields.items()}
            self.bridge.tell_fault(f"sync.{status.code}", fields)

    def tell_report(self, made: "ReportMade") -> None:
        """A report lies on the disk."""
        from app.ui.port import ReportDone

        self.bridge.tell_report(ReportDone(made.repair_id, made.path))

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        """The environment or a defect."""
        self.bridge.tell_fault(code, fields)


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
    parser_of("window").parse_args(words)
    settings = homed_settings()
    need_display()
    from app.ui.main import language_of, run_window

    with bootstrap.held(settings):

        def make_bench(bridge: "Bridge") -> Station:
            station = Station(
                settings, BridgeTold(bridge), passphrase, lambda: language_of(settings.language)
            )
            station.start()
            return station

        return run_window(make_bench, settings, bootstrap.SystemClock().now)
