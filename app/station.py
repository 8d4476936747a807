"""One bench with all its threads: store, readers, reports, sync; started and stopped in order.

The threads are plain, named and joined (design, section 5). A window or a command only gives it
somebody to tell.
"""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from app.bootstrap import (
    Passphrase,
    SystemClock,
    SystemIds,
    devices_of,
    diagnostics_of,
    open_store,
    pin_gate,
    programmes,
    render,
)
from app.domain.frames import DeviceState, Frame
from app.services.bench import Bench, Listeners
from app.services.ports import StoreFaultError, SyncState
from app.services.rescue import forget_taken, keep_frames, take_frames
from app.services.views import BenchView, Outcome
from app.settings import Settings
from app.texts import Language

if TYPE_CHECKING:
    from app.data.onlooking import Onlooker
    from app.data.store import LocalStore
    from app.data.verifying import Verified
    from app.devices.attending import Attendant
    from app.domain.esd import Measurement
    from app.domain.line_fault import LineFault
    from app.services.filing import Filing
    from app.services.reporting import ReportMade
    from app.sync.worker import SyncStatus, SyncWorker

log = logging.getLogger("repair_bench.station")

_TESTER = "esd-1"


class Told(Protocol):
    """Who is told what happens at a bench; called from any thread, and must be quick."""

    def tell_opened(self, view: BenchView) -> None:
        """The store is open; the picture to paint first."""
        ...

    def tell_outcome(self, outcome: Outcome, frame: Frame) -> None:
        """A frame was committed and answered."""
        ...

    def tell_device(self, state: DeviceState) -> None:
        """A device changed its state."""
        ...

    def tell_sync(self, status: "SyncStatus") -> None:
        """Sync changed its state."""
        ...

    def tell_report(self, made: "ReportMade") -> None:
        """A report lies on the disk."""
        ...

    def tell_fault(self, code: str, fields: Mapping[str, str]) -> None:
        """The environment or a defect; the sentence is ``fault.<code>``."""
        ...


class Tidying(Protocol):
    """A process that tidies the register beside the work."""

    @property
    def is_running(self) -> bool:
        """Whether it is still at work."""
        ...

    def close(self) -> None:
        """End it at once."""
        ...


class Station:
    """One bench with all its threads: store, readers, reports, sync (design, section 5).

    Args:
        settings: Of this bench.
        told: Who is told what happens.
        passphrase: Asks for the passphrase where the key comes from one.
        language: The language of reports, asked anew for each.
        on_filing: Is told the name of each file of the watched results folder and what became of
            it; from any thread.
        tidy: Begins to tidy the register in a process of its own, with the passphrase of the home's
            key, where there is one (`app.commands.tidy`).

    Raises:
        PolicyInvalidError: There are no rules to judge by.
        ProfileError: A device's profile cannot be used.
        AddressError: A device's address can never be opened.
    """

    def __init__(
        self,
        settings: Settings,
        told: Told,
        passphrase: Passphrase,
        language: Callable[[], Language],
        on_filing: "Callable[[str, Filing], None] | None" = None,
        tidy: Callable[[str], Tidying] | None = None,
    ) -> None:
        from app.services.reporting import ReportDesk

        self.settings = settings
        self._told = told
        self._clock, self._ids = SystemClock(), SystemIds()
        specs = devices_of(settings)[0]
        self._passphrase, self._secret = passphrase, ""
        self._tidy = tidy
        self._tidying: Tidying | None = None
        self._store: LocalStore | None = None
        self._sync: SyncWorker | None = None
        self._revision = 0
        self._missing = ""
        self._unsaved: tuple[Frame, ...] = ()
        self._opened = threading.Event()
        self._closing = threading.Event()
        self._backup = threading.Thread(target=self._back_up, name="backup")
        self.bench = Bench(
            self._open,
            programmes(settings),
            self._clock,
            self._ids,
            Listeners(
                self._on_opened,
                self._on_outcome,
                self._on_fault,
                self._on_bug,
                self._rescue,
                self._on_refreshed,
            ),
            {_TESTER: self._decode},
            pin_gate(settings, lambda: self._local, self._clock),
        )
        self._reports = ReportDesk(self.bench, render, settings.reports, language)
        self._attendant: Attendant | None = None
        self._turn = threading.Lock()
        self._specs = tuple(specs)
        if specs:
            self.attendant()  # an address that cannot be is told before anything is started
        self._tell_filing = on_filing
        self._rounds = diagnostics_of(settings, self.bench, self._on_filing, told.tell_device)

    def attendant(self) -> "Attendant":
        """Who looks after the devices; made when it is first asked for."""
        with self._turn:
            if self._attendant is None:
                from app.devices.attending import Attendant

                self._attendant = Attendant(self.bench.submit, self._told.tell_device, self._clock)
            return self._attendant

    def use_devices(self, settings: Settings) -> None:
        """Read these devices from now on; those before are let go first, which may take seconds.

        Raises:
            ProfileError: A device's profile cannot be used.
            AddressError: A device's address can never be opened.
        """
        specs, decoders = devices_of(settings)
        self.attendant().attend(specs, decoders, devices_of(settings)[1])

    def submit(self, frame: Frame) -> None:
        """A frame of a device that is not the attendant's, such as a scanner that types."""
        if self._attendant is None:
            self.bench.submit(frame)
        else:
            self._attendant.watch.frame(frame)

    def _decode(self, frame: Frame) -> "tuple[Measurement | LineFault, ...] | LineFault":
        return self.attendant().decode(frame)

    def start(self) -> None:
        """Start every thread but sync, which begins when the store is open."""
        self.bench.start()
        self._submit_unsaved()
        if self._specs:
            self.use_devices(self.settings)
        for rounds in self._rounds:
            rounds.start()

    def _submit_unsaved(self) -> None:
        """Record what the last run could not; its file stays until that is done."""
        try:
            self._unsaved = take_frames(self.settings.unsaved)
        except OSError:
            log.exception("the frames that were set aside cannot be read")
        self.bench.recover(self._unsaved)
        self.bench.call(lambda _: forget_taken(self.settings.unsaved))

    def command(self, code: str) -> None:
        """A verb of the command table."""
        self.bench.command(code)

    def typed(self, text: str) -> None:
        """What a person typed."""
        self.bench.typed(text)

    def pin(self, text: str) -> None:
        """A PIN that a person typed; it is recorded nowhere."""
        self.bench.pin(text)

    def sync_now(self) -> None:
        """A person wants it now."""
        if self._sync is not None:
            self._sync.wake(now=True)

    def onlook(self) -> "Onlooker":
        """A second way to read the store, beside the thread that owns it; whoever asks closes it.

        Raises:
            StoreFaultError: The store is not open, or the environment failed.
        """
        return self._local.onlooker()

    def verified(self) -> "Future[Verified]":
        """Prove the journal, in the store thread."""
        return self.bench.call(lambda _: self._local.verify())

    def sync_state(self) -> "Future[SyncState]":
        """Where the bench stands with the service, asked in the store thread."""
        return self.bench.call(lambda _: self._local.sync_state())

    def close(self) -> None:
        """Finish what is queued, then end and join every thread, the store last.

        Safe to call again, also where a call before was cut off: what has ended stays so.
        """
        self._closing.set()
        for rounds in self._rounds:
            rounds.ask_to_stop()
        if self._attendant is not None:
            self._attendant.let_go()
        self.bench.hurry()
        self._drain()
        self._reports.stop()
        if self._sync is not None:
            self._sync.stop()
        if self._tidying is not None:
            self._tidying.close()
        if self._backup.ident is not None:
            self._backup.join()
        self.bench.stop()
        for rounds in self._rounds:
            rounds.join()  # now that the store thread answers nobody, none of them waits for it
        if self._store is not None:
            self._store.close()

    def _drain(self) -> None:
        """Wait for the frames that are queued, so that the reports they ask for are queued too."""
        if self._opened.is_set():
            with suppress(CancelledError):  # it has ended: nothing is queued
                self.bench.call(lambda _: None).result()

    def _open(self) -> "LocalStore":
        """Open the store; runs in the store thread, which keeps it for itself."""
        self._store = open_store(self.settings, self._asked)
        return self._store

    def _asked(self) -> str:
        """The passphrase; kept beside the key, for a process that tidies."""
        self._secret = self._passphrase()
        return self._secret

    @property
    def _local(self) -> "LocalStore":
        if self._store is None:
            raise StoreFaultError("missing", "the store is not open")
        return self._store

    def _on_opened(self, view: BenchView) -> None:
        self._opened.set()
        self._told.tell_opened(view)
        damaged = self._local.register_fault
        if damaged is not None:
            self._on_fault(damaged)
        self._tell_programme()
        if self._closing.is_set():
            return  # nobody would end what is begun now
        self.attendant()  # here: its import would hold up the window
        self._start_sync()
        self._backup.start()

    def _on_refreshed(self, view: BenchView) -> None:
        self._told.tell_opened(view)
        self._tell_programme()

    def _tell_programme(self) -> None:
        """Tell once of a region that the account names and that there is no programme for."""
        before, self._missing = self._missing, self.bench.programmes.missing
        if self._missing not in {"", before}:
            fields = {"region": self._missing, "used": self.bench.programmes.own.region}
            self._told.tell_fault("no_programme", fields)

    def _back_up(self) -> None:
        """The day's backup, beside the work: it reads by a connection of its own."""
        try:
            self._local.back_up_if_due(self._unless_closing)
        except StoreFaultError as fault:
            self._on_fault(fault)
        except CancelledError:
            log.info("the backup was cut off; the next start makes it")

    def _unless_closing(self, done: int, pages: int) -> None:
        del done, pages
        if self._closing.is_set():
            raise CancelledError

    def _start_sync(self) -> None:
        from app.services.queued import QueuedSyncStore, QueuedVault
        from app.sync.credentials import connected
        from app.sync.worker import SyncWorker

        vault = QueuedVault(self.bench, lambda _: self._local.vault)
        store = QueuedSyncStore(self.bench, lambda _: self._local)
        self._sync = SyncWorker(store, lambda: connected(vault), self._on_sync)
        self._sync.start()

    def _on_sync(self, status: "SyncStatus") -> None:
        """What came down may have changed what is shown: paint it anew."""
        self._told.tell_sync(status)
        revision = status.sync.revision if status.sync is not None else self._revision
        if revision != self._revision:
            self._revision = revision
            self.bench.refresh()
            self._tidy_register()

    def _tidy_register(self) -> None:
        """What came down may be so much that the register is to be tidied; in the sync thread."""
        if self._tidy is None or (self._tidying is not None and self._tidying.is_running):
            return
        try:
            if self.bench.call(lambda _: self._local.is_to_compact()).result():
                self._tidying = self._tidy(self._secret)
        except (StoreFaultError, OSError) as error:
            log.warning("the register is not tidied: %s", error)

    def _on_outcome(self, outcome: Outcome, frame: Frame) -> None:
        self._told.tell_outcome(outcome, frame)
        if outcome.report_for:
            actor = outcome.entries[-1].actor
            made = self._reports.make(outcome.report_for, actor)
            made.add_done_callback(self._on_report)
        if self._sync is not None:
            self._sync.wake()
        if any(entry.kind == "repair.opened" for entry in outcome.entries):
            for rounds in self._rounds:
                rounds.retry()  # its results may lie in the folder

    def _on_filing(self, name: str, filing: "Filing") -> None:
        if self._tell_filing is not None:
            self._tell_filing(name, filing)
        if filing.entry is not None and self._sync is not None:
            self._sync.wake()

    def _on_report(self, made: "Future[ReportMade]") -> None:
        try:
            self._told.tell_report(made.result())
        except OSError as error:
            self._told.tell_fault("report_failed", {"reason": error.strerror or str(error)})
        except Exception as error:
            log.exception("the report could not be made")
            self._told.tell_fault("report_failed", {"reason": type(error).__name__})
        if self._sync is not None:
            self._sync.wake()

    def _on_fault(self, fault: StoreFaultError) -> None:
        self._told.tell_fault(fault.code, {"path": str(self.settings.database)})

    def _on_bug(self, frame: Frame, error: Exception) -> None:
        fields = {"device": frame.device, "reason": type(error).__name__}
        self._told.tell_fault("bug", fields)

    def _rescue(self, frames: Sequence[Frame]) -> None:
        new = [frame for frame in frames if frame not in self._unsaved]  # those are on the disk
        try:
            keep_frames(self.settings.unsaved, new)
        except OSError as error:
            log.exception("%s frames could not be kept", len(frames))
            fields = {"count": str(len(frames)), "reason": str(error)}
            self._told.tell_fault("frames_not_kept", fields)
