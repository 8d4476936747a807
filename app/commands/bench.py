"""``bench``: a bench without a window: reads the devices, records, a line per event."""

import signal
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import FrameType
from typing import TYPE_CHECKING, Final

from app.commands.console import (
    CommandFailedError,
    event,
    language_of,
    parser_of,
    readable,
    silence,
    speak,
    words_of,
)
from app.commands.documents import bench_event
from app.commands.failures import fault_key
from app.commands.holding import devices_held
from app.commands.homes import homed_settings, passphrase
from app.commands.results import filing_event
from app.commands.tidy_process import TidyProcess
from app.domain.frames import DeviceState, Frame
from app.services.filing import Filing
from app.services.ports import StoreFaultError
from app.services.views import BenchView, Outcome
from app.settings import home_folder
from app.station import Station

if TYPE_CHECKING:
    from app.services.reporting import ReportMade
    from app.sync.worker import SyncStatus


PASSING: Final = "locked"
"""The only fault of opening that ends by itself: another program is in the middle of something."""


class Printer:
    """Tells the events of a bench as lines of JSON.

    Args:
        wanted: After how many scans and readings it is done; 0 for never.

    Attributes:
        done: Set when there is nothing more to do.
        failure: Why it ended before that.
    """

    def __init__(self, wanted: int) -> None:
        self.done = threading.Event()
        self.failure: CommandFailedError | None = None
        self._is_open = False
        self._is_deaf = False
        self._said = ""
        self._wanted = wanted
        self._seen = 0
        self._turn = threading.Lock()

    def tell_opened(self, view: BenchView) -> None:
        """The store is open."""
        del view
        self._is_open = True
        speak(words_of().say("cli.bench_ready"))

    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        """What was committed: a line per scan and per channel of a reading."""
        del frame
        self._said = ""
        with self._turn:
            for entry in outcome.entries:
                line = bench_event(entry)
                if line is not None and not self.done.is_set():
                    self._print(line)
                    self._seen += 1
            if 0 < self._wanted <= self._seen:
                self.done.set()

    def tell_device(self, state: DeviceState) -> None:
        """A device changed its state."""
        with self._turn:
            self._print(
                {
                    "event": "device",
                    "device": state.device,
                    "state": state.status.value,
                    "where": state.where,
                    "cause": state.cause,
                }
            )

    def _print(self, line: Mapping[str, object]) -> None:
        """Tell an event; where nobody hears it any more, the bench ends: it is on record."""
        if self._is_deaf:
            return
        try:
            event(line)
        except OSError as error:
            self._is_deaf = True
            silence()
            reason = error.strerror or str(error)
            self.failure = CommandFailedError("cli.not_told", reason=reason)
            self.done.set()

    def tell_sync(self, status: "SyncStatus") -> None:
        """Sync is not the business of this command."""

    def tell_report(self, made: "ReportMade") -> None:
        """A report was made."""
        speak(words_of().say("cli.report_made", path=made.path))

    def tell_filing(self, name: str, filing: Filing) -> None:
        """What became of a file of the watched results folder."""
        with self._turn:
            self._print(filing_event(name, filing))

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        """Something is wrong; an open bench goes on, and says the same only once in a row."""
        if not self._is_open and code != PASSING:
            self.failure = CommandFailedError(fault_key(code), **{**fields, "path": home_folder()})
            self.done.set()
            return
        said = words_of().say(f"fault.{code}", **fields)
        if said != self._said:
            self._said = said
            speak(said)


def run(words: Sequence[str]) -> int:
    """Run until it is stopped, or until so many events were recorded."""
    parser = parser_of("bench")
    parser.add_argument("--scanner", type=readable, metavar="URL")
    parser.add_argument("--esd", type=readable, metavar="URL")
    parser.add_argument("--scanner-profile", type=readable, metavar="NAME")
    parser.add_argument("--profile", type=readable, metavar="NAME")
    parser.add_argument("--diagnostics", type=readable, metavar="URL")
    parser.add_argument("--results", type=readable, metavar="DIR")
    parser.add_argument("--once", type=int, default=0, metavar="N")
    args = parser.parse_args(words)
    settings = homed_settings()
    given = {
        "scanner_url": args.scanner,
        "esd_url": args.esd,
        "scanner_profile": args.scanner_profile,
        "esd_profile": args.profile,
        "diagnostics_url": args.diagnostics,
        "diagnostics_folder": args.results,
    }
    settings = replace(settings, **{key: value for key, value in given.items() if value})
    printer = Printer(args.once)
    with devices_held(settings):
        station = Station(
            settings,
            printer,
            _passphrase,
            lambda: language_of(settings.language),
            printer.tell_filing,
            partial(TidyProcess, settings.home),
        )
        _until_stopped(station, printer.done)
    if printer.failure is not None:
        raise printer.failure
    return 0


def _passphrase() -> str:
    """The passphrase, asked in the thread that opens the store."""
    try:
        return passphrase()
    except CommandFailedError as error:
        raise StoreFaultError("passphrase_needed", str(error)) from error


def _until_stopped(station: Station, done: threading.Event) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        done.set()

    before = {one: signal.signal(one, stop) for one in (signal.SIGINT, signal.SIGTERM)}
    station.start()
    try:
        done.wait()
    finally:
        station.close()
        for one, handler in before.items():
            signal.signal(one, handler)
