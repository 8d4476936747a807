"""What happens in the demo: the scans and readings of one repair, on real bytes, act by act."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from app.commands.console import CommandFailedError
from app.commands.telling import BridgeTold
from app.devices.simulators import SimulatedScanner, SimulatedTester
from app.domain.frames import DeviceState, DeviceStatus, Frame
from app.services.playing import badge, command
from app.services.reporting import ReportMade
from app.services.views import BenchView, Outcome, Tone
from app.sync.worker import SyncPhase, SyncStatus

if TYPE_CHECKING:
    from app.ui.bridge import Bridge

ANSWER_SECONDS: Final = 60.0
"""How long an act waits for its answer; a machine that is slower than this is stuck."""
PICTURE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that the technician does.

    Attributes:
        scan: What the scanner sends, empty for a reading.
        reading: What the tester sends, empty for a scan.
        tone: The answer that the bench gives.
        pictures: Names of the screenshots taken then, each with its language and theme.
    """

    tone: Tone
    scan: str = ""
    reading: str = ""
    pictures: tuple[tuple[str, str, str], ...] = ()


def _looks(name: str) -> tuple[tuple[str, str, str], ...]:
    """A screen in both languages and both themes."""
    return tuple(
        (f"{name}-{language}-{theme}", language, theme)
        for language in ("en", "sv")
        for theme in ("light", "dark")
    )


SERIAL: Final = "C02XK0ABJGH5"
SOMEBODY_ELSES: Final = "RW0KZ6NGPL"

ACTS: Final = (
    Act(Tone.ACCEPTED, scan=badge("1001"), pictures=_looks("esd-gate")),
    Act(Tone.REFUSED, reading="WRIST;OL;FAIL", pictures=_looks("esd-failed")),
    Act(Tone.ACCEPTED, reading="WRIST;1.05E+06;PASS", pictures=_looks("home")),
    Act(Tone.REFUSED, scan=SOMEBODY_ELSES, pictures=_looks("not-ours")),
    Act(Tone.ASKED, scan=f"S{SERIAL}", pictures=_looks("product")),
    Act(Tone.ACCEPTED, scan=command("OPEN")),
    Act(Tone.ACCEPTED, scan=command("SYM03")),
    Act(Tone.ACCEPTED, scan="PPT002"),
    Act(Tone.ACCEPTED, scan=command("DIAG")),
    Act(Tone.ACCEPTED, scan=command("WORK"), pictures=_looks("repair")),
    Act(Tone.ASKED, scan="1P661-38402"),
    Act(Tone.ASKED, scan="SF8Y53MZJ42W6P2H94", pictures=_looks("part")),
    Act(Tone.ACCEPTED, scan="F5D547790KPG5NYAW", pictures=_looks("fitted")),
    Act(Tone.ACCEPTED, scan="ADP000"),
    Act(Tone.ASKED, scan=command("DONE"), pictures=_looks("sign")),
    Act(Tone.ACCEPTED, scan=badge("1001")),
)
"""One repair, from badge to signature; the first reading fails, the first product is not ours."""


class Watcher(BridgeTold):
    """Tells the window, and lets the script wait for what it was told."""

    def __init__(self, bridge: "Bridge") -> None:
        super().__init__(bridge)
        self.outcomes: SimpleQueue[Outcome | None] = SimpleQueue()
        self.reports: SimpleQueue[ReportMade | None] = SimpleQueue()
        self.faults: list[str] = []
        self._changed = threading.Condition()
        self._sync_told = threading.Event()
        self._ready: set[str] = set()
        self._synced: SyncStatus | None = None
        self._opened = False

    @override
    def tell_opened(self, view: BenchView) -> None:
        """The store is open."""
        super().tell_opened(view)
        with self._changed:
            self._opened = True
            self._changed.notify_all()

    @override
    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        """A frame was committed and answered."""
        super().tell_outcome(outcome, frame)
        self.outcomes.put(outcome)

    @override
    def tell_device(self, state: DeviceState) -> None:
        """A device changed its state."""
        super().tell_device(state)
        with self._changed:
            if state.status is DeviceStatus.READY:
                self._ready.add(state.device)
            self._changed.notify_all()

    @override
    def tell_sync(self, status: SyncStatus) -> None:
        """Sync changed its state."""
        super().tell_sync(status)
        with self._changed:
            self._synced = status
            self._changed.notify_all()
        self._sync_told.set()

    @override
    def tell_report(self, made: ReportMade) -> None:
        """A report lies on the disk."""
        super().tell_report(made)
        self.reports.put(made)

    @override
    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        """Something is wrong."""
        super().tell_fault(code, fields)
        self.faults.append(code)

    def wait_until_ready(self) -> None:
        """Until store, scanner and tester are open, and the registers have come down."""

        def ready() -> bool:
            registers = self._synced is not None and self._synced.state is SyncPhase.IDLE
            return self._opened and len(self._ready) > 1 and registers

        self._wait(ready, "ready")

    def wait_until_synced(self, waiting: Callable[[], int]) -> None:
        """Until the service has answered everything.

        Args:
            waiting: How many entries the service has not answered.
        """
        while True:
            self._sync_told.clear()
            if waiting() == 0:  # asks the store's thread, which must not wait for a lock held here
                return
            if not self._sync_told.wait(ANSWER_SECONDS):
                raise CommandFailedError("cli.demo_failed", reason=f"synced: {self.faults}")

    def _wait(self, condition: Callable[[], bool], name: str) -> None:
        with self._changed:
            if not self._changed.wait_for(condition, ANSWER_SECONDS):
                raise CommandFailedError("cli.demo_failed", reason=f"{name}: {self.faults}")


@dataclass(slots=True)
class Stage:
    """Everything that the script plays on.

    Attributes:
        scanner: Writes to the scanner's wire.
        tester: Writes to the tester's wire.
        told: Hears the answers.
        pictures: Where screenshots go; None for none.
        pace: Seconds between two acts, for somebody who watches.
        left: Set when the window is gone.
    """

    scanner: SimulatedScanner
    tester: SimulatedTester
    told: Watcher
    pictures: Path | None
    pace: float = 0.0
    left: threading.Event = field(default_factory=threading.Event)
    taken: list[Path] = field(default_factory=list[Path])

    def leave(self) -> None:
        """The window is gone: whoever waits is let go."""
        self.left.set()
        self.told.outcomes.put(None)
        self.told.reports.put(None)


def perform(stage: Stage) -> list[Outcome]:
    """Play every act and wait for its answer.

    Returns:
        The answers, in order.

    Raises:
        CommandFailedError: An answer did not come, or was another than the script says.
    """
    stage.told.wait_until_ready()
    _photograph(stage, _looks("sign-in"))
    outcomes: list[Outcome] = []
    for act in ACTS:
        if stage.left.wait(stage.pace):
            raise CommandFailedError("cli.demo_failed", reason="closed")
        outcomes.append(_play(stage, act))
        _photograph(stage, act.pictures)
    return outcomes


def _play(stage: Stage, act: Act) -> Outcome:
    if act.scan:
        stage.scanner.scan(act.scan)
    else:
        stage.tester.send(act.reading)
    try:
        outcome = stage.told.outcomes.get(timeout=ANSWER_SECONDS)
    except Empty as error:
        raise CommandFailedError("cli.demo_failed", reason=act.scan or act.reading) from error
    if outcome is None:
        raise CommandFailedError("cli.demo_failed", reason="closed")
    if outcome.feedback.tone is not act.tone:
        code = outcome.feedback.code
        raise CommandFailedError("cli.demo_failed", reason=f"{act.scan or act.reading}: {code}")
    return outcome


def _photograph(stage: Stage, pictures: tuple[tuple[str, str, str], ...]) -> None:
    if stage.pictures is None:
        return
    bridge = stage.told.bridge
    for name, language, theme in pictures:
        path = stage.pictures / f"{name}.png"
        bridge.ask_look(language, theme)
        if not bridge.ask_picture(path).wait(PICTURE_SECONDS):
            raise CommandFailedError("cli.demo_failed", reason=f"{name}.png")
        stage.taken.append(path)
