"""The composition root: settings become a bench. The only module that knows every other.

Every room is imported where it is built: a command pays for what it uses, and the window paints
before the store is imported.
"""

import logging
import threading
import tomllib
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from app.domain.frames import DeviceRole, DeviceState, Frame
from app.domain.policy import Policy, PolicyInvalidError, policy_of
from app.logs import logging_to
from app.resources import resource
from app.services.bench import Bench, Listeners
from app.services.ports import EsdDecoder, Reader, StoreFaultError, SyncState
from app.services.rescue import keep_frames, kept_frames
from app.services.session import Rules, rules_at
from app.services.views import BenchView, Outcome
from app.settings import Settings
from app.texts import Language, Texts

if TYPE_CHECKING:
    from app.data.restoring import Restored
    from app.data.store import LocalStore
    from app.data.verifying import Verified
    from app.devices import DeviceSpec
    from app.services.repair_report import RepairReport
    from app.services.reporting import ReportMade
    from app.sync.credentials import Credentials
    from app.sync.tally import SyncReport
    from app.sync.worker import SyncStatus, SyncWorker

log = logging.getLogger("repair_bench.bootstrap")

Passphrase = Callable[[], str]


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where the clock is read


class SystemIds:
    """UUIDv7 from the computer's clock and randomness."""

    def new(self) -> UUID:
        """A new identity."""
        from uuid_utils.compat import uuid7

        return uuid7()


def programme(name: str) -> Policy:
    """The policy file that applies.

    Raises:
        PolicyInvalidError: There is none of that name, or it cannot be used.
    """
    path = resource("programmes", f"{Path(name).name}.toml")
    try:
        return policy_of(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyInvalidError("programme", str(error)) from error


@dataclass(frozen=True, slots=True)
class Home:
    """This bench's home, open for the length of a command."""

    settings: Settings
    store: "LocalStore"
    policy: Policy
    clock: SystemClock
    ids: SystemIds

    def rules(self, reader: Reader) -> Rules:
        """The rules at this moment of this site."""
        return rules_at(self.policy, self.clock.now(), reader.organisation().time_zone, self.ids)


class InUseError(Exception):
    """Another program reads the devices of this home."""


def make_home(settings: Settings, kind: str, passphrase: Passphrase) -> None:
    """Make the home of a new bench: its folder, its key, its store.

    Args:
        settings: Of the home.
        kind: Where the key lies: ``keyring``, ``passphrase`` or ``file``.
        passphrase: Asks for the new passphrase, where there is one.

    Raises:
        StoreFaultError: There is one already, there is no keyring, or the disk failed.
    """
    from app.data.keys import KeyKind, KeyPlace
    from app.data.opening import create_home

    asked = passphrase() if kind == KeyKind.PASSPHRASE else None
    place = KeyPlace(settings.home)
    create_home(place, KeyKind(kind), SystemClock(), SystemIds(), asked).close()


def open_store(settings: Settings, passphrase: Passphrase) -> "LocalStore":
    """The store of this home.

    Raises:
        StoreFaultError: There is none (``missing``), or it cannot be opened.
    """
    from app.data.keys import KeyKind, KeyPlace
    from app.data.opening import open_home

    place = KeyPlace(settings.home)
    asked = passphrase() if place.kind() is KeyKind.PASSPHRASE else None
    return open_home(place, SystemClock(), SystemIds(), asked)


@contextmanager
def opened_home(settings: Settings, passphrase: Passphrase) -> Generator[Home]:
    """This bench's home for the length of a command.

    Raises:
        StoreFaultError: It cannot be opened.
        PolicyInvalidError: There are no rules to judge by.
    """
    policy = programme(settings.programme)
    with open_store(settings, passphrase) as store:
        yield Home(settings, store, policy, SystemClock(), SystemIds())


@contextmanager
def held(settings: Settings) -> Generator[None]:
    """Hold the devices of this home: two programs would share a scanner's bytes.

    Raises:
        InUseError: Another one holds them.
        StoreFaultError: The home cannot be written.
    """
    from filelock import FileLock, Timeout

    from app.data.faults import fault_of_file

    lock = FileLock(settings.home / "devices.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise InUseError(str(settings.home)) from error
    except OSError as error:
        raise fault_of_file(error) from error
    try:
        with logging_to(settings.logs):
            yield
    finally:
        lock.release()


def restore(settings: Settings, backup: Path, passphrase: Passphrase) -> "Restored":
    """Put a backup in the place of this home's store, under a new bench id.

    Raises:
        StoreFaultError: It cannot be restored; the store is as it was.
    """
    from app.data.keys import KeyKind, KeyPlace
    from app.data.restoring import restore as restored

    place = KeyPlace(settings.home)
    key = place.load(passphrase() if place.kind() is KeyKind.PASSPHRASE else None)
    return restored(backup, settings.database, key, SystemClock(), SystemIds())


def enrol(store: "LocalStore", url: str, code: str, name: str) -> "Credentials":
    """Join an account service.

    Raises:
        SyncFaultError: The service refused, or cannot be reached; the vault is as it was.
    """
    from app.sync.credentials import enrol as enrolled

    return enrolled(store.vault, url, code, bench_id=store.bench_id, name=name)


def sync_round(store: "LocalStore") -> "SyncReport":
    """Send what waits, take what is new.

    Raises:
        SyncFaultError: The bench is not enrolled, or the round ended early.
    """
    from app.sync.credentials import connected
    from app.sync.errors import SyncFaultError
    from app.sync.once import sync_once

    client = connected(store.vault)
    if client is None:
        raise SyncFaultError("not_enrolled")
    with client:
        return sync_once(client, store)


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


def devices_of(settings: Settings) -> "tuple[list[DeviceSpec], dict[str, EsdDecoder]]":
    """The devices that the settings name, and what reads the testers' frames.

    Raises:
        ProfileError: A profile cannot be used.
        AddressError: An address can never be opened.
    """
    from app.devices import check_address, decoder, device_spec, load_profile

    specs: list[DeviceSpec] = []
    decoders: dict[str, EsdDecoder] = {}
    wanted = (
        ("scanner-1", settings.scanner_url, settings.scanner_profile),
        ("esd-1", settings.esd_url, settings.esd_profile),
    )
    for name, url, profile_name in wanted:
        if not url:
            continue
        check_address(url)
        profile = load_profile(profile_name, settings.home)
        specs.append(device_spec(name, url, profile))
        if profile.role is DeviceRole.ESD_TESTER:
            decoders[name] = decoder(profile)
    return specs, decoders


class Station:
    """One bench with all its threads: store, readers, reports, sync (design, section 5).

    Args:
        settings: Of this bench.
        told: Who is told what happens.
        passphrase: Asks for the passphrase where the key comes from one.
        language: The language of reports, asked anew for each.

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
    ) -> None:
        from app.devices import Supervisor
        from app.services.reporting import ReportDesk

        self.settings = settings
        self._told = told
        self._clock, self._ids = SystemClock(), SystemIds()
        specs, decoders = devices_of(settings)
        self._passphrase = passphrase
        self._store: LocalStore | None = None
        self._sync: SyncWorker | None = None
        self._opened = threading.Event()
        self.bench = Bench(
            self._open,
            programme(settings.programme),
            self._clock,
            self._ids,
            Listeners(
                self._on_opened, self._on_outcome, self._on_fault, self._on_bug, self._rescue
            ),
            decoders,
        )
        self._reports = ReportDesk(
            self.bench, self.bench.policy, render, settings.reports, language
        )
        self._supervisor = Supervisor(specs, self.bench.submit, told.tell_device, self._clock)

    def start(self) -> None:
        """Start every thread but sync, which begins when the store is open."""
        self.bench.start()
        for frame in kept_frames(self.settings.unsaved):
            self.bench.submit(frame)
        self._supervisor.start()

    def command(self, code: str) -> None:
        """A verb of the command table."""
        self.bench.command(code)

    def typed(self, text: str) -> None:
        """What a person typed."""
        self.bench.typed(text)

    def sync_now(self) -> None:
        """A person wants it now."""
        if self._sync is not None:
            self._sync.wake(now=True)

    def verified(self) -> "Future[Verified]":
        """Prove the journal, in the store thread."""
        return self.bench.call(lambda _: self._local.verify())

    def sync_state(self) -> "Future[SyncState]":
        """Where the bench stands with the service, asked in the store thread."""
        return self.bench.call(lambda _: self._local.sync_state())

    def close(self) -> None:
        """Finish what is queued, then end and join every thread, the store last."""
        self._supervisor.stop()
        self._drain()
        self._reports.stop()
        if self._sync is not None:
            self._sync.stop()
        self.bench.stop()
        if self._store is not None:
            self._store.close()

    def _drain(self) -> None:
        """Wait for the frames that are queued, so that the reports they ask for are queued too."""
        if self._opened.is_set():
            self.bench.call(lambda _: None).result()

    def _open(self) -> "LocalStore":
        """Open the store; runs in the store thread, which keeps it for itself."""
        self._store = open_store(self.settings, self._passphrase)
        return self._store

    @property
    def _local(self) -> "LocalStore":
        if self._store is None:
            raise StoreFaultError("missing", "the store is not open")
        return self._store

    def _on_opened(self, view: BenchView) -> None:
        self._opened.set()
        self.settings.unsaved.unlink(missing_ok=True)
        self._told.tell_opened(view)
        self._start_sync()

    def _start_sync(self) -> None:
        from app.services.queued import QueuedSyncStore, QueuedVault
        from app.sync.credentials import connected
        from app.sync.worker import SyncWorker

        vault = QueuedVault(self.bench, lambda _: self._local.vault)
        store = QueuedSyncStore(self.bench, lambda _: self._local)
        self._sync = SyncWorker(store, lambda: connected(vault), self._told.tell_sync)
        self._sync.start()

    def _on_outcome(self, outcome: Outcome, frame: Frame) -> None:
        self._told.tell_outcome(outcome, frame)
        if outcome.report_for:
            actor = outcome.entries[-1].actor
            made = self._reports.make(outcome.report_for, actor)
            made.add_done_callback(self._on_report)
        if self._sync is not None:
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
        try:
            keep_frames(self.settings.unsaved, frames)
        except OSError as error:
            log.exception("%s frames could not be kept", len(frames))
            fields = {"count": str(len(frames)), "reason": str(error)}
            self._told.tell_fault("frames_not_kept", fields)


def render(report: "RepairReport", texts: Texts) -> bytes:
    """The repair report as PDF."""
    from app.reports import render_repair_report

    return render_repair_report(report, texts)
