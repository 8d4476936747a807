"""``demo``: a sample organisation, and one repair from scan to signed report to sync.

Everything is real but the hardware: bytes on real pseudo-terminals, an encrypted store, an account
service in a process of its own.
"""

import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from app import bootstrap
from app.commands.console import CommandFailedError, answer, language_of, parser_of, words_of
from app.commands.demo_script import ANSWER_SECONDS, Stage, Watcher, perform
from app.commands.demo_service import DemoService, demo_service
from app.commands.homes import passphrase
from app.commands.window_forms import WindowForms
from app.commands.window_import import WindowImport
from app.commands.window_office import WindowOffice
from app.devices import load_profile
from app.devices.simulators import SimulatedScanner, SimulatedTester
from app.services.views import Outcome
from app.settings import Settings
from app.station import Station

if TYPE_CHECKING:
    from app.ui.bridge import Bridge

MARK: Final = ".repair-bench-demo"
"""Marks a folder whose bench and service a demo made and the next demo may replace."""
WATCHING_PACE: Final = 1.6
"""Seconds between two acts where somebody watches."""


def run(words: Sequence[str]) -> int:
    """Play the demo; in a window it stays open afterwards."""
    parser = parser_of("demo")
    parser.add_argument("--offscreen", action="store_true")
    parser.add_argument("--out", type=Path, metavar="DIR")
    args = parser.parse_args(words)
    offscreen = args.offscreen or not _has_display()
    if offscreen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = _prepared(args.out or Path(tempfile.gettempdir()) / "repair-bench-demo")
    with demo_service(folder) as service:
        document = _play(folder, service, offscreen=offscreen)
    text = words_of().say("cli.demo_done", repair=document["repair"], report=document["report"])
    answer(document, as_json=args.json, text=text)
    return 0


def _has_display() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _prepared(folder: Path) -> Path:
    """A folder for the demo's own files; an earlier demo in it is replaced.

    Raises:
        CommandFailedError: It holds a bench or a service that no demo made, or cannot be written.
    """
    bench = folder / "bench"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        services = list(folder.glob("service.db*"))
        if not (folder / MARK).exists():
            for theirs in (bench, *services):
                if theirs.exists():
                    raise CommandFailedError("cli.demo_not_ours", path=theirs)
            (folder / MARK).touch()  # before anything else: a demo may be killed at any moment
        if bench.exists():
            shutil.rmtree(bench)
        for old in services:
            old.unlink()
        bench.mkdir()
        (folder / "screenshots").mkdir(exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailedError("cli.not_written", path=folder, reason=reason) from error
    return folder


class DemoBench:
    """The demo's bench: a real one, and the script that plays on its devices.

    Args:
        stage: What the script plays on.
        station: The bench.
        service: What it syncs to.
        close_at_end: Whether the window closes when the script is done.

    Attributes:
        station: The bench.
    """

    def __init__(
        self, stage: Stage, station: Station, service: DemoService, *, close_at_end: bool
    ) -> None:
        self._stage = stage
        self.station = station
        self._service = service
        self._close_at_end = close_at_end
        self._home = station.settings.home
        self._document: dict[str, Any] | None = None
        self._failure: Exception | None = None
        self._script = threading.Thread(target=self._perform, name="demo")

    def start(self) -> None:
        """Start the bench, then the script."""
        self.station.start()
        self._script.start()

    def command(self, code: str) -> None:
        """A verb was pressed."""
        self.station.command(code)

    def typed(self, text: str) -> None:
        """Something was typed."""
        self.station.typed(text)

    def pin(self, text: str) -> None:
        """A PIN was typed; the sample organisation demands none."""
        self.station.pin(text)

    def close(self) -> None:
        """Stop the script where it is, then the bench."""
        self._stage.leave()
        self._script.join()
        self.station.close()

    def document(self) -> dict[str, Any]:
        """What the demo did (design, section 7).

        Raises:
            CommandFailedError: It stopped, or was closed, before its end.
        """
        if isinstance(self._failure, CommandFailedError):
            raise self._failure
        if self._failure is not None or self._document is None:
            reason = repr(self._failure) if self._failure is not None else "closed"
            raise CommandFailedError("cli.demo_failed", reason=reason) from self._failure
        return self._document

    def _perform(self) -> None:
        try:
            self._document = self._told(perform(self._stage))
        except Exception as error:  # noqa: BLE001 - `document` raises it in the main thread
            self._failure = error
        if self._close_at_end:
            self._stage.told.bridge.ask_close()

    def _told(self, outcomes: list[Outcome]) -> dict[str, Any]:
        made = self._stage.told.reports.get(timeout=ANSWER_SECONDS)
        if made is None:
            raise CommandFailedError("cli.demo_failed", reason="closed")
        self._stage.told.wait_until_synced(lambda: self.station.sync_state().result().waiting)
        journal = self.station.verified().result()
        state = self.station.sync_state().result()
        entries = [entry for outcome in outcomes for entry in outcome.entries]
        reading = [entry.payload for entry in entries if entry.kind == "esd.measured"][-1]
        opened = next(entry for entry in entries if entry.kind == "repair.opened")
        parts = [entry.payload for entry in entries if entry.kind == "part.fitted"]
        return {
            "repair": opened.payload["number"],
            "repair_id": opened.subject.partition(":")[2],
            "report": str(made.path),
            "screenshots": [str(path) for path in self._stage.taken],
            "esd": {"ohm": reading["ohm"], "verdict": reading["verdict"]},
            "parts": [
                {"number": one["part_number"], "kgb": one["kgb"], "kbb": one["kbb"]}
                for one in parts
            ],
            "journal": {
                "entries": journal.entries,
                "verified": journal.verified,
            },
            "sync": {
                "pushed": journal.entries - state.waiting,
                "waiting": state.waiting,
                "revision": state.revision,
            },
            "home": str(self._home),
            "service_database": str(self._service.database),
        }


def _play(folder: Path, service: DemoService, *, offscreen: bool) -> dict[str, Any]:
    """Make the bench, show the window, play the script in it.

    Raises:
        CommandFailedError: The script stopped.
    """
    from app.ui.main import language_of as window_language
    from app.ui.main import run_window
    from app.ui.port import Rooms

    home = folder / "bench"
    scanner = SimulatedScanner(load_profile("serial-crlf"), home / "scanner")
    tester = SimulatedTester(load_profile("generic-wrist-line"), home / "tester")
    settings = replace(
        Settings(home),
        language=language_of().value,
        theme="light" if offscreen else "system",
        scanner_url=scanner.path,
        esd_url=tester.path,
        sound=not offscreen,
    )
    bootstrap.make_home(settings, "file", passphrase)
    with bootstrap.open_store(settings, passphrase) as store:
        bootstrap.enrol(store, service.url, service.code, "Demo")
    demos: list[DemoBench] = []
    with scanner, tester, bootstrap.held(settings):

        def make_bench(bridge: "Bridge") -> DemoBench:
            told = Watcher(bridge)
            station = Station(
                settings, told, passphrase, lambda: window_language(settings.language)
            )
            pictures = folder / "screenshots" if offscreen else None
            pace = 0.0 if offscreen else WATCHING_PACE
            stage = Stage(scanner, tester, told, pictures, pace)
            demo = DemoBench(stage, station, service, close_at_end=offscreen)
            demo.start()
            demos.append(demo)
            return demo

        def station_now() -> Station | None:
            return demos[0].station if demos else None

        run_window(
            make_bench,
            settings,
            bootstrap.SystemClock().now,
            make_rooms=lambda: Rooms(
                office=WindowOffice(station_now, home),
                importing=WindowImport(settings, station_now, str),  # its key lies in a file
                forms=WindowForms(settings, station_now),
            ),
        )
    return demos[0].document()
