"""The ports `Reader` and `Transaction` over one open transaction."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

from app.data import (
    entries,
    equipment_tests,
    esd_states,
    on_record,
    products,
    programme,
    registers,
    repairs,
)
from app.data.driver import Connection
from app.data.folding import fold_newest
from app.data.own import own_bench, set_head
from app.data.register_changes import apply
from app.data.sync_states import sync_state_of
from app.domain.completed_repairs import CompletedRepair
from app.domain.equipment import Equipment
from app.domain.equipment_tests import PieceTests
from app.domain.esd import EsdState, Tester
from app.domain.frames import Frame
from app.domain.installed_base import InstalledBase
from app.domain.journal import Draft, Entry, sealed
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Person
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.services.ports import Clock, Ids, Organisation, SyncState
from app.services.register_queries import Listing, RegisterPage, RegisterQuery
from app.services.registering import CHANGED

T = TypeVar("T")
_UNTOUCHED = frozenset(
    {
        registers.organisation,
        products.asset,
        registers.person,
        registers.person_by_badge,
        registers.tester,
        registers.piece,
        registers.catalogue_part,
        registers.lot,
    }
)
"""What an entry does not change, unless it changes a register."""


class StoreReader:
    """What can be asked of the store, as of one moment (`app.services.ports.Reader`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[object, ...], object] = {}

    def _once(self, question: Callable[..., T], *of: object) -> T:
        """Ask the database once: a scan's rules and its picture ask for the same rows."""
        asked = (question, *of)
        if asked not in self._known:
            self._known[asked] = question(self._connection, *of)
        return cast("T", self._known[asked])

    @property
    def bench_id(self) -> UUID:
        """This bench."""
        return self._once(own_bench).bench_id

    def organisation(self) -> Organisation:
        """Whose bench this is."""
        return self._once(registers.organisation)

    def asset(self, identifier: str) -> Asset | None:
        """The product with this serial, IMEI or asset tag."""
        return self._once(products.asset, identifier)

    def assets(self, identifiers: Collection[str]) -> Mapping[str, Asset]:
        """Many products at once, each by the text that means it."""
        return products.assets(self._connection, identifiers)

    def register(self, query: RegisterQuery) -> RegisterPage:
        """A page of the product register: all of it by number, or what is searched for."""
        from app.data import register_pages, register_search  # no scan asks for it

        if query.text.strip():
            return register_search.search(self._connection, query)
        return register_pages.by_number(self._connection, query)

    def listing(self, asked: Listing) -> tuple[Asset, ...]:
        """A page of the product register in an order."""
        from app.data import register_pages

        return register_pages.listing(self._connection, asked)

    def installed_base(self) -> InstalledBase:
        """The register's Apple products, counted."""
        return programme.installed_base(self._connection)

    def person(self, person_id: str) -> Person | None:
        """A person by id."""
        return self._once(registers.person, person_id)

    def person_by_badge(self, badge: str) -> Person | None:
        """A person by badge number."""
        return self._once(registers.person_by_badge, badge)

    def people(self) -> tuple[Person, ...]:
        """Everybody of the register, by badge."""
        return registers.people(self._connection)

    def tester(self, device: str) -> Tester | None:
        """The ESD tester in service that is connected as this device."""
        return self._once(registers.tester, device)

    def equipment(self) -> tuple[Equipment, ...]:
        """Everything of the equipment register, by kind."""
        return registers.equipment(self._connection)

    def piece(self, equipment_id: str) -> Equipment | None:
        """A piece of equipment by its id."""
        return self._once(registers.piece, equipment_id)

    def equipment_tests(self) -> tuple[PieceTests, ...]:
        """What was tested of every piece of equipment, by its id."""
        return equipment_tests.every(self._connection)

    def piece_tests(self, equipment_id: str) -> PieceTests | None:
        """What was tested of a piece of equipment, None where nothing was."""
        return self._once(equipment_tests.load, equipment_id)

    def work(self, since: datetime, until: datetime) -> tuple[tuple[str, datetime], ...]:
        """Who worked on repairs, and when: the first moment of each quarter of an hour."""
        return equipment_tests.work(self._connection, since, until)

    def testers_on_record(self) -> frozenset[str]:
        """The ids of the testers whose readings let somebody work, in the register or not."""
        return self._once(on_record.testers)

    def people_on_record(self) -> frozenset[str]:
        """The ids of the people who worked on repairs, in the register or not."""
        return self._once(on_record.people)

    def catalogue_part(self, number: str) -> CataloguePart | None:
        """A part number of the catalogue."""
        return self._once(registers.catalogue_part, number)

    def lot(self, component_serial: str) -> PartLot | None:
        """The purchase that a part's serial came with."""
        return self._once(registers.lot, component_serial)

    def repair(self, repair_id: str) -> Repair | None:
        """A repair by id."""
        return self._once(repairs.load, repair_id)

    def repair_by_number(self, number: str) -> Repair | None:
        """A repair by its short number; the oldest, should two benches have used it."""
        return repairs.by_number(self._connection, number)

    def open_repairs(self, serial: str | None = None) -> tuple[Repair, ...]:
        """The repairs still to be finished, oldest first; of one product if a serial is given."""
        return self._once(repairs.unfinished, serial)

    def repairs_of(self, serial: str) -> tuple[Repair, ...]:
        """Every repair of a product, newest first."""
        return repairs.of_product(self._connection, serial)

    def completed_repairs(self, since: datetime, until: datetime) -> tuple[CompletedRepair, ...]:
        """The repairs that were completed from one moment to before another, in order of time."""
        return programme.completed(self._connection, since, until)

    def repair_holding(self, kgb: str) -> Repair | None:
        """The repair that holds a part's serial as KGB."""
        return repairs.holding(self._connection, kgb)

    def esd_state(self, person_id: str) -> EsdState | None:
        """A person's ESD standing."""
        return self._once(esd_states.load, person_id)

    def entry(self, entry_id: UUID) -> Entry | None:
        """An entry by id."""
        return entries.by_id(self._connection, entry_id)

    def timeline(self, subject: str) -> tuple[Entry, ...]:
        """Everything that was recorded about a subject, rejected entries too."""
        return entries.timeline(self._connection, subject)

    def told(self, subject: str, *kinds: str) -> tuple[Entry, ...]:
        """What of some kinds was recorded about a subject, rejected entries too."""
        return entries.told(self._connection, subject, *kinds)

    def head(self) -> Entry | None:
        """This bench's newest entry."""
        own = own_bench(self._connection)
        return entries.at(self._connection, own.key, own.seq)

    def sync_state(self) -> SyncState:
        """Where this bench stands with the service."""
        return sync_state_of(self._connection)


class StoreTransaction(StoreReader):
    """A transaction that writes (`app.services.ports.Transaction`)."""

    def __init__(self, connection: Connection, clock: Clock, ids: Ids) -> None:
        super().__init__(connection)
        self._clock = clock
        self._ids = ids

    def append(self, draft: Draft, frame: Frame | None = None) -> Entry:
        """Give a draft its place in the journal, with its frame, and fold it into the read models.

        The head is read inside the transaction, which holds the writer's place: two programs on
        the same home never give one place twice.

        Raises:
            EntryInvalidError: The payload has no canonical form; nothing was written.
        """
        connection = self._connection
        own = self._once(own_bench)
        entry = sealed(
            draft,
            entry_id=self._ids.new(),
            bench_id=own.bench_id,
            seq=own.seq + 1,
            at=self._clock.now(),
            previous=own.hash,
        )
        entries.add(connection, entry, own.key, frame)
        set_head(connection, own.key, entry.seq, bytes.fromhex(entry.hash))
        fold_newest(connection, entry)
        kept: frozenset[Callable[..., object]] = _UNTOUCHED
        if entry.kind == CHANGED:
            apply(connection, entry)
            kept = frozenset()
        self._known = {asked: answer for asked, answer in self._known.items() if asked[0] in kept}
        self._known[(own_bench,)] = own._replace(seq=entry.seq, hash=entry.hash)
        return entry
