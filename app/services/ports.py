"""What the use cases need from the outside; each port has a real part and, in tests, a fake."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.domain.account import NO_TERMS, AccountTerms
from app.domain.completed_repairs import CompletedRepair
from app.domain.equipment import Equipment
from app.domain.equipment_tests import PieceTests
from app.domain.esd import EsdState, Measurement, Tester
from app.domain.frames import Frame
from app.domain.installed_base import InstalledBase
from app.domain.journal import Draft, Entry
from app.domain.line_fault import LineFault
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Person
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.services.register_queries import Listing, RegisterPage, RegisterQuery


class Clock(Protocol):
    """The time, as an argument."""

    def now(self) -> datetime:
        """This moment, UTC, aware."""
        ...


class Ids(Protocol):
    """New identities."""

    def new(self) -> UUID:
        """A UUIDv7."""
        ...


class EsdDecoder(Protocol):
    """Reads a tester's frame by its profile; pure, and never raises."""

    def __call__(self, frame: Frame, /) -> tuple[Measurement | LineFault, ...] | LineFault:
        """The measurements of a frame, with faults of single lines, or why there are none."""
        ...


@dataclass(frozen=True, slots=True)
class Organisation:
    """Whose bench this is.

    Attributes:
        name: The organisation's name, as printed on reports.
        site: The repair station's name.
        account: The self-servicing account's number.
        time_zone: IANA name of the site's time zone.
        esd_profile: Which limits of the policy apply; empty for the policy's own choice.
        terms: What was agreed with the account, and where it stands.
    """

    name: str
    site: str
    account: str
    time_zone: str
    esd_profile: str = ""
    terms: AccountTerms = NO_TERMS


@dataclass(frozen=True, slots=True)
class SyncState:
    """Where this bench stands with the account service.

    Attributes:
        enrolled: Whether it has been enrolled at a service.
        waiting: Entries that the service has not answered yet.
        rejected: Entries that the service refused; they stay visible.
        revision: The last revision pulled.
        chain: The service's chain hash at that revision, hex.
    """

    enrolled: bool
    waiting: int
    rejected: int
    revision: int
    chain: str


class Reader(Protocol):
    """What can be asked of the local store, inside a transaction."""

    @property
    def bench_id(self) -> UUID:
        """This bench."""
        ...

    def organisation(self) -> Organisation:
        """Whose bench this is."""
        ...

    def asset(self, identifier: str) -> Asset | None:
        """The product with this serial, IMEI or asset tag."""
        ...

    def assets(self, identifiers: Collection[str]) -> Mapping[str, Asset]:
        """Many products at once, each by the text that means it; what means none is left out."""
        ...

    def register(self, query: RegisterQuery) -> RegisterPage:
        """A page of the product register: all of it by number, or what is searched for."""
        ...

    def listing(self, asked: Listing) -> tuple[Asset, ...]:
        """A page of the product register in an order."""
        ...

    def installed_base(self) -> InstalledBase:
        """The register's Apple products, counted."""
        ...

    def person(self, person_id: str) -> Person | None:
        """A person by id."""
        ...

    def person_by_badge(self, badge: str) -> Person | None:
        """A person by badge number."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Everybody of the register, by badge."""
        ...

    def tester(self, device: str) -> Tester | None:
        """The ESD tester in service that is connected as this device; one away is none."""
        ...

    def equipment(self) -> tuple[Equipment, ...]:
        """Everything of the equipment register, by kind."""
        ...

    def piece(self, equipment_id: str) -> Equipment | None:
        """A piece of equipment by its id."""
        ...

    def equipment_tests(self) -> tuple[PieceTests, ...]:
        """What was tested of every piece of equipment, by its id."""
        ...

    def piece_tests(self, equipment_id: str) -> PieceTests | None:
        """What was tested of a piece of equipment, None where nothing was."""
        ...

    def work(self, since: datetime, until: datetime) -> tuple[tuple[str, datetime], ...]:
        """Who worked on repairs from one moment to before another, in order of time.

        Each person's id with the first moment in each quarter of an hour: a step of a repair was
        taken, a part was fitted.
        """
        ...

    def catalogue_part(self, number: str) -> CataloguePart | None:
        """A part number of the catalogue."""
        ...

    def lot(self, component_serial: str) -> PartLot | None:
        """The purchase that a part's serial came with."""
        ...

    def repair(self, repair_id: str) -> Repair | None:
        """A repair by id."""
        ...

    def repair_by_number(self, number: str) -> Repair | None:
        """A repair by its short number."""
        ...

    def open_repairs(self, serial: str | None = None) -> tuple[Repair, ...]:
        """The repairs still to be finished, oldest first; of one product if a serial is given."""
        ...

    def repairs_of(self, serial: str) -> tuple[Repair, ...]:
        """Every repair of a product, newest first."""
        ...

    def completed_repairs(self, since: datetime, until: datetime) -> tuple[CompletedRepair, ...]:
        """The repairs that were completed from one moment to before another, in order of time."""
        ...

    def repair_holding(self, kgb: str) -> Repair | None:
        """The repair that holds a part's serial as KGB."""
        ...

    def esd_state(self, person_id: str) -> EsdState | None:
        """A person's ESD standing."""
        ...

    def entry(self, entry_id: UUID) -> Entry | None:
        """An entry by id."""
        ...

    def timeline(self, subject: str) -> tuple[Entry, ...]:
        """Everything that was recorded about a subject, in canonical order."""
        ...

    def testers_on_record(self) -> frozenset[str]:
        """The ids of the testers whose readings let somebody work, in the register or not."""
        ...

    def people_on_record(self) -> frozenset[str]:
        """The ids of the people who worked on repairs, in the register or not."""
        ...

    def told(self, subject: str, *kinds: str) -> tuple[Entry, ...]:
        """What of some kinds was recorded about a subject: of a long timeline, far quicker."""
        ...

    def head(self) -> Entry | None:
        """This bench's newest entry."""
        ...

    def sync_state(self) -> SyncState:
        """Where this bench stands with the service."""
        ...


class Transaction(Reader, Protocol):
    """One durable transaction: all of it is there after a power cut, or none."""

    def append(self, draft: Draft, frame: Frame | None = None) -> Entry:
        """Give a draft its place in the journal and fold it into the read models.

        Args:
            draft: What happened.
            frame: The raw bytes that it tells the meaning of, kept beside it.

        Raises:
            EntryInvalidError: The payload has no canonical form; nothing was written.
        """
        ...


class Store(Protocol):
    """The local store. One thread owns it."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """A transaction that commits, durably, when the block ends without an error.

        Raises:
            StoreFaultError: The disk is full, the file is read-only or corrupt; nothing was
                written.
        """
        ...

    def reading(self) -> AbstractContextManager[Reader]:
        """A consistent view that writes nothing."""
        ...


class StoreFaultError(Exception):
    """The environment kept the store from working; the user is told, nothing was half-written.

    Attributes:
        code: ``disk_full``, ``read_only``, ``corrupt``, ``wrong_key``, ``newer_database``,
            ``locked`` or ``io``.
        detail: The driver's words, for the log and the support bundle.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class PushOutcome:
    """The service's answer on one entry.

    Attributes:
        seq: The entry's place on this bench.
        outcome: ``accepted``, ``known``, ``parked`` or ``rejected``.
        revision: The service's place for it; None for a rejected one.
        code: Why it was parked or rejected.
    """

    seq: int
    outcome: str
    revision: int | None
    code: str | None


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A row of a register as the service sends it; a value of None is a tombstone."""

    register: str
    key: str
    value: dict[str, object] | None


@dataclass(frozen=True, slots=True)
class LogItem:
    """One revision of the service's log: an entry or a register row."""

    revision: int
    chain: str
    content: Entry | RegisterRow


class SyncStore(Protocol):
    """The part of the local store that the sync client uses."""

    @property
    def bench_id(self) -> UUID:
        """This bench."""
        ...

    def sync_state(self) -> SyncState:
        """Where this bench stands with the service."""
        ...

    def pending(self, limit: int) -> tuple[Entry, ...]:
        """This bench's entries that the service has not answered, in seq order."""
        ...

    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        """Store the service's answers, and refold what they touch; nothing is dropped."""
        ...

    def apply_page(self, items: Sequence[LogItem]) -> None:
        """Apply a page of the service's log and move the cursor, in one transaction."""
        ...

    def start_over(self) -> None:
        """The service was restored: forget its revisions, keep every entry, push and pull again."""
        ...

    def carry_over(self) -> int:
        """This bench was restored: write under its new id what the service never had.

        Called when everything was pulled, for only then it is known what the service has.

        Returns:
            How many entries are to be pushed now.
        """
        ...


class Vault(Protocol):
    """Where secrets lie: the keyring, or what this bench has in its place."""

    def get(self, name: str) -> str | None:
        """The secret, None where there is none."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep a secret, in place of the one before."""
        ...
