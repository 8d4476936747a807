"""A journal and registers in memory for the report to be made of."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from app.domain import esd as domain_esd
from app.domain.completed_repairs import CompletedRepair
from app.domain.diagnostics.codes import told_codes
from app.domain.diagnostics.record import IMPORTED, Stage, payload_of
from app.domain.equipment import Equipment
from app.domain.equipment_tests import PieceTests
from app.domain.esd import EsdState
from app.domain.folds import repair_of
from app.domain.installed_base import InstalledBase
from app.domain.journal import GENESIS, Draft, Entry, Json, instant_text, sealed
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Person, Role
from app.domain.policy import CODES, Policy, PolicyRow, Severity
from app.domain.products import Asset, Coverage, Family, Ownership
from app.domain.repairs import Repair, Step
from app.services.ports import Organisation, SyncState
from app.services.reference_codes import shipped_codes
from app.services.register_queries import Listing, RegisterPage, RegisterQuery
from app.services.repair_report import repair_report
from app.services.report_model import RepairReport

BENCH = UUID(int=0xBE)
REPAIR = "0199-repair"
SUBJECT = f"repair:{REPAIR}"
ELSA, NILS = "person:elsa", "person:nils"
MORNING = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
KGB, KBB = "F5D547790KPG5NYAW", "C4H7482010WH80MA5"

ELSA_ROW = Person(
    "elsa",
    "Elsa Åkerström",
    "1001",
    Role.TECHNICIAN,
    "T-55012",
    (
        Certification("ACMT", (Family.MAC,), date(2025, 2, 1), date(2027, 2, 1)),
        Certification("ACMT", (Family.MAC,), date(2021, 2, 1), date(2023, 2, 1)),
        Certification("iOS", (Family.IPHONE,), date(2025, 2, 1), None),
    ),
)
MAC = Asset(
    "C02XK0ABJGH5",
    "MacBook Pro",
    Family.MAC,
    Ownership.OWNED,
    proof="order 7",
    coverages=(Coverage("apple", "LI", None, None, "GSX", None),),
)
LOT = PartLot(KGB, "661-17578", "PO-1", "DN-1", date(2026, 11, 20))
POLICY = Policy(
    "se",
    "2026-11",
    {code: PolicyRow(code, "P1", Severity.WARN, None, "", "a source") for code in CODES},
    {},
    "iec-61340-5-1",
)

KTH = Organisation("KTH", "Verkstaden", "0001", "Europe/Stockholm")


@dataclass
class Journal:
    """A bench's journal and registers in memory; each entry a minute after the one before."""

    organisation_row: Organisation = KTH
    persons: dict[str, Person] = field(default_factory=lambda: {"elsa": ELSA_ROW})
    products: dict[str, Asset] = field(default_factory=lambda: {MAC.serial: MAC})
    lots: dict[str, PartLot] = field(default_factory=lambda: {KGB: LOT})
    catalogue: dict[str, CataloguePart] = field(default_factory=dict[str, CataloguePart])
    entries: list[Entry] = field(default_factory=list[Entry])
    now: datetime = MORNING
    folded: Repair | None = None

    def add(
        self, kind: str, actor: str = ELSA, subject: str = SUBJECT, /, **payload: Json
    ) -> Entry:
        self.now += timedelta(minutes=1)
        seq = len(self.entries) + 1
        entry = sealed(
            Draft(kind, subject, actor, payload),
            entry_id=UUID(int=seq),
            bench_id=BENCH,
            seq=seq,
            at=self.now,
            previous=self.entries[-1].hash if self.entries else GENESIS,
        )
        self.entries.append(entry)
        return entry

    def opened(self, **payload: Json) -> Entry:
        told: dict[str, Json] = {"number": "K7M2", "serial": MAC.serial, "findings": []}
        return self.add("repair.opened", **told | {"policy_edition": "se 2026-11"} | payload)

    def moved(self, *steps: Step, actor: str = ELSA) -> None:
        for source, target in pairwise(steps):
            self.add("repair.status_changed", actor, **{"from": source.value, "to": target.value})

    def fitted(self, kgb: str = KGB, actor: str = ELSA, **payload: Json) -> Entry:
        told: dict[str, Json] = {
            "part_number": "661-17578",
            "part_name": "Battery",
            "kgb": kgb,
            "kbb": KBB,
            "order": "PO-1",
            "delivery": "DN-1",
            "source": "apple",
        }
        return self.add("part.fitted", actor, **told | payload)

    def examined(self, code: str, stage: Stage) -> Entry:
        """A reference code: the diagnosis before the work, its proof after."""
        run: dict[str, Json] = payload_of(told_codes([code]).run(shipped_codes()), stage)
        if stage is Stage.BEFORE:
            told: dict[str, Json] = {"diagnosis": code, "from": ""}
            return self.add("repair.diagnosis_recorded", **run | told)
        return self.add(IMPORTED, **run)

    def measured(self, person: str = ELSA, /, **payload: Json) -> Entry:
        told: dict[str, Json] = {
            "channel": "wrist",
            "ohm": 1_050_000,
            "verdict": "pass",
            "tester_verdict": "pass",
            "limit": {
                "low_ohm": 750_000,
                "high_ohm": 35_000_000,
                "high_inclusive": False,
                "standard": "IEC 61340-5-1",
                "profile": "iec-61340-5-1",
            },
            "valid_until": instant_text(self.now + timedelta(hours=12)),
            "tester": "eq-7",
            "tester_name": "PGT 7100",
            "tester_serial": "20417",
            "calibration_due": "2027-03-31",
            "person_name": "Elsa Åkerström",
        }
        return self.add("esd.measured", person, person, **told | payload)

    def report(self) -> RepairReport:
        return repair_report(self, REPAIR, POLICY)

    # -- the port

    @property
    def bench_id(self) -> UUID:
        return BENCH

    def organisation(self) -> Organisation:
        return self.organisation_row

    def asset(self, identifier: str) -> Asset | None:
        return self.products.get(identifier)

    def assets(self, identifiers: Collection[str]) -> Mapping[str, Asset]:
        return {text: self.products[text] for text in identifiers if text in self.products}

    def installed_base(self) -> InstalledBase:
        return InstalledBase()

    def person(self, person_id: str) -> Person | None:
        return self.persons.get(person_id)

    def people(self) -> tuple[Person, ...]:
        return tuple(self.persons.values())

    def person_by_badge(self, badge: str) -> Person | None:
        return next((one for one in self.persons.values() if one.badge == badge), None)

    def tester(self, device: str) -> domain_esd.Tester | None:
        return None

    def equipment(self) -> tuple[Equipment, ...]:
        return ()

    def piece(self, equipment_id: str) -> Equipment | None:
        return None

    def equipment_tests(self) -> tuple[PieceTests, ...]:
        return ()

    def piece_tests(self, equipment_id: str) -> PieceTests | None:
        return None

    def work(self, since: datetime, until: datetime) -> tuple[tuple[str, datetime], ...]:
        return ()

    def catalogue_part(self, number: str) -> CataloguePart | None:
        return self.catalogue.get(number)

    def lot(self, component_serial: str) -> PartLot | None:
        return self.lots.get(component_serial)

    def repair(self, repair_id: str) -> Repair | None:
        return self.folded or repair_of(self.timeline(f"repair:{repair_id}"))

    def repair_by_number(self, number: str) -> Repair | None:
        return None

    def register(self, query: RegisterQuery) -> RegisterPage:
        return RegisterPage((), 0)

    def listing(self, asked: Listing) -> tuple[Asset, ...]:
        return ()

    def open_repairs(self, serial: str | None = None) -> tuple[Repair, ...]:
        return ()

    def repairs_of(self, serial: str) -> tuple[Repair, ...]:
        return ()

    def completed_repairs(self, since: datetime, until: datetime) -> tuple[CompletedRepair, ...]:
        return ()

    def repair_holding(self, kgb: str) -> Repair | None:
        return None

    def esd_state(self, person_id: str) -> EsdState | None:
        return None

    def entry(self, entry_id: UUID) -> Entry | None:
        return None

    def timeline(self, subject: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.subject == subject)

    def testers_on_record(self) -> frozenset[str]:
        return frozenset()

    def people_on_record(self) -> frozenset[str]:
        return frozenset()

    def told(self, subject: str, *kinds: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.timeline(subject) if entry.kind in kinds)

    def head(self) -> Entry | None:
        return self.entries[-1]

    def sync_state(self) -> SyncState:
        return SyncState(enrolled=False, waiting=0, rejected=0, revision=0, chain="")


def whole(journal: Journal) -> Journal:
    """A repair from scan to signature, with everything on record."""
    journal.measured()
    journal.opened()
    journal.add("repair.symptom_recorded", **{"symptom": "battery_drains", "from": ""})
    journal.examined("PPT002", Stage.BEFORE)
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.fitted()
    journal.add("repair.noted", text="Swollen.")
    journal.examined("ADP000", Stage.AFTER)
    journal.moved(Step.IN_REPAIR, Step.READY)
    signed: dict[str, Json] = {"person": "elsa", "person_name": "Elsa Åkerström"}
    journal.add("repair.signed", **signed | {"content_hash": journal.entries[-1].hash})
    journal.moved(Step.READY, Step.COMPLETED)
    return journal
