"""The composition root: settings become a bench. The only module that knows every other.

Every room is imported where it is built: a command pays for what it uses, and the window paints
before the store is imported.
"""

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from app.data.restoring import Restored
    from app.data.store import LocalStore
    from app.devices import DeviceSpec
    from app.devices.diagnostics import FolderFile, Rounds
    from app.domain.frames import DeviceState
    from app.domain.policy import Policy
    from app.services.bench import Bench
    from app.services.filing import Filing
    from app.services.pin_gate import PinGate
    from app.services.pins import PinDesk
    from app.services.ports import EsdDecoder, Reader
    from app.services.programmes import Programmes
    from app.services.readiness_model import ReadinessReport
    from app.services.recalling import RecallList
    from app.services.repair_report import RepairReport
    from app.services.session import Rules
    from app.settings import Settings
    from app.sync.client import ServiceClient
    from app.sync.credentials import Credentials
    from app.sync.tally import SyncReport
    from app.texts import Texts

log = logging.getLogger("repair_bench.bootstrap")

Passphrase = Callable[[], str]


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """This moment, UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place where the clock is read


class SystemIds:
    """UUIDv7 from the computer's clock and randomness."""

    def new(self) -> "UUID":
        """A new identity."""
        from uuid_utils.compat import uuid7

        return uuid7()


def programme(name: str) -> "Policy":
    """The policy file that applies, with the one that it is the changes to.

    Raises:
        PolicyInvalidError: There is none of that name, or it cannot be used.
    """
    from app.domain.policy import policy_of, regional

    table = _programme_file(name)
    base = table.get("base")
    return policy_of(table if base is None else regional(_programme_file(str(base)), table))


def programmes(settings: "Settings") -> "Programmes":
    """The programmes by region: the account's own counts, the setting's stands in.

    Who wears ESD footwear is the site's to say, whichever region it is in.

    Raises:
        PolicyInvalidError: The setting names none that can be used.
    """
    from app.services.programmes import Programmes

    def read(name: str) -> "Policy":
        policy, words = programme(name), settings.esd_footwear.split()
        return policy.asking_footwear(words) if words else policy

    return Programmes(read(settings.programme), read)


def _programme_file(name: str) -> dict[str, object]:
    import tomllib

    from app.domain.policy import PolicyInvalidError
    from app.resources import resource

    path = resource("programmes", f"{Path(name).name}.toml")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PolicyInvalidError("programme", str(error)) from error


@dataclass(frozen=True, slots=True)
class Home:
    """This bench's home, open for the length of a command."""

    settings: "Settings"
    store: "LocalStore"
    programmes: "Programmes"
    clock: SystemClock
    ids: SystemIds

    def rules(self, reader: "Reader") -> "Rules":
        """The rules at this moment of this site."""
        from app.services.session import rules_at

        organisation = reader.organisation()
        policy, zone = self.programmes.of(organisation), organisation.time_zone
        return rules_at(policy, self.clock.now(), zone, self.ids)


class InUseError(Exception):
    """Another program reads the devices of this home."""


def make_home(settings: "Settings", kind: str, passphrase: Passphrase) -> None:
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


def open_store(settings: "Settings", passphrase: Passphrase) -> "LocalStore":
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
def opened_home(settings: "Settings", passphrase: Passphrase) -> Generator[Home]:
    """This bench's home for the length of a command.

    Raises:
        StoreFaultError: It cannot be opened.
        PolicyInvalidError: There are no rules to judge by.
    """
    rules = programmes(settings)
    with open_store(settings, passphrase) as store:
        yield Home(settings, store, rules, SystemClock(), SystemIds())


@contextmanager
def held(settings: "Settings") -> Generator[None]:
    """Hold the devices of this home: two programs would share a scanner's bytes.

    Raises:
        InUseError: Another one holds them.
        StoreFaultError: The home cannot be written.
    """
    from filelock import FileLock, Timeout

    from app.data.faults import fault_of_file
    from app.logs import logging_to

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


def restore(settings: "Settings", backup: Path, passphrase: Passphrase) -> "Restored":
    """Put a backup in the place of this home's store, or make the home from it.

    The bench goes on under a new id, so it has to be enrolled again.

    Raises:
        StoreFaultError: It cannot be restored; the store is as it was.
    """
    from app.data.keys import KeyKind, KeyPlace
    from app.data.opening import open_home, restore_home
    from app.data.store import key_json_beside
    from app.sync.credentials import sign_out

    place = KeyPlace(settings.home)
    if not place.is_made() and key_json_beside(backup).exists():
        place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.adopt(key_json_beside(backup).read_text(encoding="utf-8"))
    asked = passphrase() if place.kind() is KeyKind.PASSPHRASE else None
    restored = restore_home(place, backup, SystemClock(), SystemIds(), asked)
    with open_home(place, SystemClock(), SystemIds(), asked) as store:
        sign_out(store.vault)
    return restored


def enrol(store: "LocalStore", url: str, code: str, name: str) -> "Credentials":
    """Join an account service.

    Raises:
        SyncFaultError: The service refused, or cannot be reached; the vault is as it was.
    """
    from app.sync.credentials import enrol as enrolled

    credentials = enrolled(store.vault, url, code, bench_id=store.bench_id, name=name)
    store.set_service(credentials.url)
    return credentials


def sync_round(
    store: "LocalStore", begun: "Callable[[ServiceClient], object]" = lambda _: None
) -> "SyncReport":
    """Send what waits, take what is new.

    Args:
        store: Of this home.
        begun: Is given what `ServiceClient.stop` ends the round by, from any thread.

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
        begun(client)
        return sync_once(client, store)


def render(report: "RepairReport", texts: "Texts") -> bytes:
    """The repair report as PDF."""
    from app.reports import render_repair_report

    return render_repair_report(report, texts)


def pin_desk(
    settings: "Settings", store: "Callable[[], LocalStore]", clock: SystemClock
) -> "PinDesk":
    """This bench's PINs.

    They lie in the encrypted store even where other secrets lie in the keyring, which whoever sits
    at the computer can open, and take the count of wrong tries out of.
    """
    from time import monotonic

    from app.data.pin_hashes import Argon2Hasher
    from app.data.vault import DatabaseVault
    from app.services.pins import PinDesk

    return PinDesk(
        lambda: DatabaseVault(store().database),
        Argon2Hasher(),
        settings.pin_locks,
        clock,
        monotonic,
    )


def pin_gate(
    settings: "Settings", store: "Callable[[], LocalStore]", clock: SystemClock
) -> "PinGate | None":
    """What stands between a badge and the sign-in; None where no PIN is demanded of anybody."""
    from app.domain.pins import PinRequired

    if settings.pin_of_whom is PinRequired.NEVER:
        return None
    from app.services.pin_gate import PinGate

    return PinGate(pin_desk(settings, store, clock), settings.pin_of_whom)


def render_readiness(report: "ReadinessReport", texts: "Texts") -> bytes:
    """The readiness report as PDF."""
    from app.reports import render_readiness_report

    return render_readiness_report(report, texts)


def render_recall(
    found: "RecallList", texts: "Texts", go_on: Callable[[], None] = lambda: None
) -> bytes:
    """The list of a recall as PDF; what `go_on`, which is called for each page, raises ends it."""
    from app.reports.recall_report import render_recall_report

    return render_recall_report(found, texts, go_on)


def devices_of(settings: "Settings") -> "tuple[list[DeviceSpec], dict[str, EsdDecoder]]":
    """The devices that the settings name, and what reads the testers' frames.

    Raises:
        ProfileError: A profile cannot be used.
        AddressError: An address can never be opened.
    """
    if not (settings.scanner_url or settings.esd_url):
        return [], {}
    from app.devices import check_address, decoder, device_spec, load_profile
    from app.domain.frames import DeviceRole

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


def diagnostics_of(
    settings: "Settings",
    bench: "Bench",
    on_filing: "Callable[[str, Filing], None]",
    on_state: "Callable[[DeviceState], None]",
) -> "tuple[Rounds, ...]":
    """What looks after the diagnostics server and its folder, where the settings name them.

    Args:
        settings: Of the bench.
        bench: Whose store thread files the results.
        on_filing: Is told the name of each file and what became of it.
        on_state: Is told each change of the server's and the folder's state.

    Raises:
        AddressError: The server can never be asked at its address.
    """
    if not (settings.diagnostics_url or settings.diagnostics_folder):
        return ()
    from app.devices.diagnostics import Rounds, posts_of
    from app.services.reference_codes import shipped_codes
    from app.services.results_desk import ResultsDesk

    desk = ResultsDesk(bench, shipped_codes(), on_filing)

    def take(file: "FolderFile") -> bool:
        return desk.take(file.name, file.raw, file.modified)

    posts = posts_of(settings.diagnostics_url, settings.diagnostics_folder, take)
    return tuple(Rounds(post, SystemClock(), on_state) for post in posts)
