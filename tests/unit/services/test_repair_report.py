"""The report says what the journal and the registers say, in the site's time, and no more."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from app.domain import esd as domain_esd
from app.domain.esd import EsdState, EsdVerdict
from app.domain.folds import repair_of
from app.domain.journal import GENESIS, Draft, Entry, Json, instant_text, sealed
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Certification, Person, Role
from app.domain.policy import CODES, Policy, PolicyRow, Severity
from app.domain.products import Asset, Coverage, Family, Ownership
from app.domain.repairs import Repair, Step
from app.services.ports import Organisation, SyncState
from app.services.repair_report import RepairUnknownError, repair_report
from app.services.report_model import Actor, JournalMark, RepairReport

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
    people: dict[str, Person] = field(default_factory=lambda: {"elsa": ELSA_ROW})
    assets: dict[str, Asset] = field(default_factory=lambda: {MAC.serial: MAC})
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
        return self.assets.get(identifier)

    def person(self, person_id: str) -> Person | None:
        return self.people.get(person_id)

    def person_by_badge(self, badge: str) -> Person | None:
        return next((one for one in self.people.values() if one.badge == badge), None)

    def tester(self, device: str) -> domain_esd.Tester | None:
        return None

    def catalogue_part(self, number: str) -> CataloguePart | None:
        return self.catalogue.get(number)

    def lot(self, component_serial: str) -> PartLot | None:
        return self.lots.get(component_serial)

    def repair(self, repair_id: str) -> Repair | None:
        return self.folded or repair_of(self.timeline(f"repair:{repair_id}"))

    def repair_by_number(self, number: str) -> Repair | None:
        return None

    def open_repairs(self, serial: str | None = None) -> tuple[Repair, ...]:
        return ()

    def repair_holding(self, kgb: str) -> Repair | None:
        return None

    def esd_state(self, person_id: str) -> EsdState | None:
        return None

    def entry(self, entry_id: UUID) -> Entry | None:
        return None

    def timeline(self, subject: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.subject == subject)

    def head(self) -> Entry | None:
        return self.entries[-1]

    def sync_state(self) -> SyncState:
        return SyncState(enrolled=False, waiting=0, rejected=0, revision=0, chain="")


@pytest.fixture
def journal() -> Journal:
    return Journal()


def whole(journal: Journal) -> Journal:
    """A repair from scan to signature, with everything on record."""
    journal.measured()
    journal.opened()
    journal.add("repair.symptom_recorded", **{"symptom": "battery_drains", "from": ""})
    journal.add("repair.diagnosis_recorded", diagnosis="PPT002", **{"from": ""})
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.fitted()
    journal.add("repair.noted", text="Swollen.")
    journal.moved(Step.IN_REPAIR, Step.READY)
    signed: dict[str, Json] = {"person": "elsa", "person_name": "Elsa Åkerström"}
    journal.add("repair.signed", **signed | {"content_hash": journal.entries[-1].hash})
    journal.moved(Step.READY, Step.COMPLETED)
    return journal


# ----------------------------------------------------------------------
# The whole
# ----------------------------------------------------------------------


def test_a_repair_with_everything_on_record_lacks_nothing(journal: Journal) -> None:
    report = whole(journal).report()
    assert report.gaps == ()
    assert (report.number, report.serial, report.step, report.gsx) == (
        "K7M2",
        MAC.serial,
        Step.COMPLETED,
        "SPCM",
    )
    assert (report.symptom, report.diagnosis) == ("battery_drains", "PPT002")
    assert report.product == MAC
    assert [note.text for note in report.notes] == ["Swollen."]
    assert (report.policy_edition, report.policy_now) == ("se 2026-11", "se 2026-11")


def test_the_same_entries_give_the_same_report(journal: Journal) -> None:
    first = whole(journal).report()
    journal.now += timedelta(days=400)
    assert journal.report() == first


def test_making_the_report_is_no_part_of_it(journal: Journal) -> None:
    first = whole(journal).report()
    journal.add("report.made", sha256="00" * 32, language="sv")
    assert journal.report() == first


def test_the_mark_is_the_newest_entry_of_the_repair(journal: Journal) -> None:
    whole(journal)
    newest = journal.entries[-1]
    journal.measured()
    mark = journal.report().mark
    assert (mark.bench_id, mark.seq, mark.hash) == (BENCH, newest.seq, newest.hash)


def test_the_mark_is_printed_as_bench_place_and_hash() -> None:
    mark = JournalMark(BENCH, 12, "ab" * 32, MORNING)
    assert mark.code == f"RBJ1:{BENCH}:12:{'ab' * 32}"


def test_an_unknown_repair_is_said_to_be_unknown(journal: Journal) -> None:
    with pytest.raises(RepairUnknownError) as caught:
        journal.report()
    assert (caught.value.code, caught.value.repair_id) == ("repair_unknown", REPAIR)


def test_a_read_model_without_entries_is_no_repair(journal: Journal) -> None:
    whole(journal)
    journal.folded = repair_of(journal.entries)
    journal.entries = []
    with pytest.raises(RepairUnknownError):
        journal.report()


def test_a_repair_that_nothing_is_known_of_names_every_gap(journal: Journal) -> None:
    journal.opened(serial="XXXXXXXXXX", findings=None, policy_edition=None)
    assert journal.report().gaps == (
        "product",
        "ownership",
        "proof",
        "coverage",
        "symptom",
        "diagnosis",
        "findings",
        "policy",
        "certification",
        "signature",
    )


def test_a_product_without_proof_and_owner_lacks_both(journal: Journal) -> None:
    unknown = replace(MAC, ownership=Ownership.UNKNOWN, proof="", coverages=())
    journal.assets[MAC.serial] = unknown
    assert whole(journal).report().gaps == ("ownership", "proof", "coverage")


# ----------------------------------------------------------------------
# Time
# ----------------------------------------------------------------------


def test_steps_are_told_in_the_sites_time(journal: Journal) -> None:
    journal.opened()
    report = journal.report()
    assert report.steps[0].at.isoformat() == "2026-11-23T08:01:00+01:00"
    assert (report.zone, report.zone_known) == ("Europe/Stockholm", True)


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(journal: Journal) -> None:
    journal.now = datetime(2026, 10, 25, 0, 29, tzinfo=UTC)
    journal.opened()
    journal.now = datetime(2026, 10, 25, 1, 29, tzinfo=UTC)
    journal.moved(Step.OPENED, Step.DIAGNOSED)
    assert [step.at.isoformat() for step in journal.report().steps] == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:30:00+01:00",
    ]


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "Europe", "../../etc/passwd", "\x00"])
def test_a_time_zone_that_nobody_knows_is_said_and_utc_is_used(journal: Journal, name: str) -> None:
    journal.organisation_row = replace(journal.organisation_row, time_zone=name)
    journal.opened()
    report = journal.report()
    assert (report.zone, report.zone_known) == ("UTC", False)
    assert report.steps[0].at.isoformat() == "2026-11-23T07:01:00+00:00"


def test_the_last_instant_of_the_calendar_stays_in_utc(journal: Journal) -> None:
    journal.now = datetime(9999, 12, 31, 23, 58, tzinfo=UTC)
    journal.opened()
    assert journal.report().opened_at.isoformat() == "9999-12-31T23:59:00+00:00"


# ----------------------------------------------------------------------
# People
# ----------------------------------------------------------------------


def test_only_certifications_that_held_for_the_product_on_the_day_are_named(
    journal: Journal,
) -> None:
    (worker,) = whole(journal).report().workers
    assert [one.valid_from for one in worker.certifications] == [date(2025, 2, 1)]
    assert (worker.actor.name, worker.tech_id, worker.responsible) == (
        "Elsa Åkerström",
        "T-55012",
        True,
    )


def test_everybody_who_worked_is_named_after_who_opened_the_repair(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, actor=NILS)
    journal.fitted(actor=NILS)
    workers = journal.report().workers
    assert [(one.actor.id, one.actor.name, one.responsible) for one in workers] == [
        ("elsa", "Elsa Åkerström", True),
        ("nils", "", False),
    ]
    assert workers[1].certifications == ()


def test_a_product_of_no_family_asks_for_no_certification_that_anybody_holds(
    journal: Journal,
) -> None:
    journal.assets[MAC.serial] = replace(MAC, family=None)
    assert whole(journal).report().workers[0].certifications == ()


def test_what_the_program_did_is_nobodys_work(journal: Journal) -> None:
    journal.add("repair.opened", "bench", number="K7M2", serial=MAC.serial)
    report = journal.report()
    assert report.workers == ()
    assert report.steps[0].actor == Actor("bench", "")


# ----------------------------------------------------------------------
# Parts, findings, notes, conflicts
# ----------------------------------------------------------------------


def test_a_fitted_part_traces_to_its_purchase(journal: Journal) -> None:
    (part,) = whole(journal).report().parts
    assert (part.number, part.name, part.kgb, part.kbb) == ("661-17578", "Battery", KGB, KBB)
    assert (part.order, part.delivery, part.source) == ("PO-1", "DN-1", "apple")
    assert part.received_on == date(2026, 11, 20)
    assert part.is_traced
    assert part.actor == Actor("elsa", "Elsa Åkerström")


def test_a_part_without_a_purchase_is_a_gap(journal: Journal) -> None:
    journal.lots = {}
    report = whole(journal).report()
    assert report.parts[0].received_on is None
    assert report.gaps == ("purchase",)


def test_what_a_part_entry_does_not_say_comes_from_the_registers(journal: Journal) -> None:
    journal.catalogue["661-17578"] = CataloguePart("661-17578", "Battery with Top Case")
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.fitted(part_name=None, source=7)
    (part,) = journal.report().parts
    assert (part.name, part.source) == ("Battery with Top Case", "apple")


def test_a_part_that_no_register_knows_keeps_its_number_alone(journal: Journal) -> None:
    journal.lots = {}
    journal.opened()
    journal.fitted(part_name="", source="")
    (part,) = journal.report().parts
    assert (part.number, part.name, part.source) == ("661-17578", "", "")


def test_a_part_or_conflict_without_its_entry_says_nothing_of_when_and_who(
    journal: Journal,
) -> None:
    journal.opened()
    fitted = journal.fitted()
    journal.fitted()
    journal.folded = journal.repair(REPAIR)
    journal.entries = journal.entries[:1]
    report = journal.report()
    assert (report.parts[0].at, report.parts[0].actor) == (None, None)
    assert report.parts[0].kgb == fitted.payload["kgb"]
    (conflict,) = report.conflicts
    assert (conflict.kind, conflict.at, conflict.actor) == ("", None, None)


def test_findings_at_opening_are_told_as_recorded(journal: Journal) -> None:
    journal.opened(findings=[{"rule": "P5", "severity": "warn", "code": "no_proof"}, "nonsense"])
    findings = journal.report().findings
    assert findings is not None
    assert [(one.rule, one.severity, one.code) for one in findings] == [("P5", "warn", "no_proof")]


def test_a_conflict_is_told_with_its_entry(journal: Journal) -> None:
    journal.opened()
    odd = journal.add("repair.status_changed", NILS, **{"from": "ready", "to": "completed"})
    (conflict,) = journal.report().conflicts
    assert (conflict.code, conflict.kind) == ("wrong_from", "repair.status_changed")
    assert (conflict.entry_id, conflict.actor) == (str(odd.id), Actor("nils", ""))


def test_a_parked_note_is_a_conflict_and_no_note(journal: Journal) -> None:
    journal.add("repair.noted", text="too early")
    journal.opened()
    journal.add("repair.noted", text="in time")
    report = journal.report()
    assert [note.text for note in report.notes] == ["in time"]
    assert [one.code for one in report.conflicts] == ["orphan"]


def test_a_repair_without_its_opening_still_gives_a_report(journal: Journal) -> None:
    journal.add("repair.noted", text="too early")
    report = journal.report()
    assert (report.number, report.findings, report.policy_edition) == ("", None, "")
    assert report.workers == ()


# ----------------------------------------------------------------------
# The signature
# ----------------------------------------------------------------------


def test_completing_is_the_signatures_own_effect(journal: Journal) -> None:
    signature = whole(journal).report().signature
    assert signature is not None
    assert signature.actor == Actor("elsa", "Elsa Åkerström")
    assert signature.later == 0
    assert signature.content_hash == journal.entries[-3].hash


def test_what_comes_after_the_signature_is_counted(journal: Journal) -> None:
    whole(journal)
    journal.add("repair.noted", text="afterthought")
    journal.add("repair.noted", text="another")
    signature = journal.report().signature
    assert signature is not None
    assert signature.later == 2


def test_a_completing_by_somebody_else_is_not_covered(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, Step.READY)
    journal.add("repair.signed", person="elsa", content_hash=journal.entries[-1].hash)
    journal.moved(Step.READY, Step.COMPLETED, actor=NILS)
    signature = journal.report().signature
    assert signature is not None
    assert (signature.found, signature.later, signature.actor.name) == (True, 1, "Elsa Åkerström")


def test_what_came_between_the_content_and_the_signing_is_not_covered(journal: Journal) -> None:
    opened = journal.opened()
    journal.add("repair.noted", text="slipped in")
    journal.add("repair.signed", person="elsa", content_hash=opened.hash)
    signature = journal.report().signature
    assert signature is not None
    assert signature.later == 1


def test_a_signature_on_something_else_covers_nothing(journal: Journal) -> None:
    journal.opened()
    journal.add("repair.signed", person="elsa", content_hash="ab" * 32)
    report = journal.report()
    assert report.signature is not None
    assert (report.signature.found, report.signature.later) == (False, 1)
    assert report.gaps[-1] == "signature"


def test_a_signature_whose_entry_is_not_at_hand_is_told_from_the_read_model(
    journal: Journal,
) -> None:
    whole(journal)
    journal.folded = journal.repair(REPAIR)
    journal.entries = [one for one in journal.entries if one.kind != "repair.signed"]
    signature = journal.report().signature
    assert signature is not None
    assert (signature.actor.name, signature.later) == ("Elsa Åkerström", 0)


# ----------------------------------------------------------------------
# ESD
# ----------------------------------------------------------------------


def test_the_reading_before_the_work_guards_it(journal: Journal) -> None:
    esd = whole(journal).report().esd
    (reading,) = esd.readings
    assert (esd.work, reading.guarded, esd.unguarded) == (2, 2, ())
    assert (reading.ohm, reading.verdict, reading.tester_verdict) == (
        1_050_000,
        EsdVerdict.PASS,
        EsdVerdict.PASS,
    )
    assert reading.limit is not None
    assert (reading.limit.low_ohm, reading.limit.high_ohm) == (750_000, 35_000_000)
    assert (reading.tester_name, reading.tester_serial) == ("PGT 7100", "20417")
    assert reading.calibration_due == date(2027, 3, 31)
    assert reading.at.isoformat() == "2026-11-23T08:01:00+01:00"
    assert reading.valid_until.isoformat() == "2026-11-23T20:00:00+01:00"


def test_readings_of_other_days_stay_out(journal: Journal) -> None:
    journal.measured()
    journal.now += timedelta(days=1)
    whole(journal)
    journal.measured()
    assert len(journal.report().esd.readings) == 1


def test_a_reading_during_the_work_is_shown_even_when_it_failed(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.measured(verdict="fail_high", ohm=None, over_range=True, valid_until="")
    journal.fitted()
    esd = journal.report().esd
    assert [(one.verdict, one.guarded) for one in esd.readings] == [
        (EsdVerdict.PASS, 1),
        (EsdVerdict.FAIL_HIGH, 0),
    ]
    (gap,) = esd.unguarded
    assert (gap.code, gap.count) == ("esd_failed", 1)
    assert journal.report().gaps[-2:] == ("esd_work", "signature")


def test_work_after_the_validity_is_named_with_its_span(journal: Journal) -> None:
    journal.measured(valid_until=instant_text(journal.now + timedelta(minutes=2)))
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    first = journal.fitted()
    last = journal.fitted(kgb="C015052020KFY5J6A")
    report = journal.report()
    (gap,) = report.esd.unguarded
    assert (gap.code, gap.count, gap.actor.name) == ("esd_stale", 3, "Elsa Åkerström")
    assert gap.last == last.recorded_at
    assert gap.first < first.recorded_at
    assert report.esd.readings == ()
    assert "esd" in report.gaps


def test_work_without_any_reading_is_a_gap(journal: Journal) -> None:
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    report = journal.report()
    assert [one.code for one in report.esd.unguarded] == ["esd_missing"]
    assert "esd" in report.gaps


def test_no_internal_work_needs_no_reading(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    esd = journal.report().esd
    assert (esd.work, esd.readings, esd.unguarded) == (0, (), ())


def test_each_persons_work_is_judged_by_their_own_reading(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    journal.fitted(actor=NILS)
    esd = journal.report().esd
    assert [one.guarded for one in esd.readings] == [1]
    assert [(one.actor.id, one.code) for one in esd.unguarded] == [("nils", "esd_missing")]


def test_work_that_was_parked_did_not_happen(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.IN_REPAIR)
    assert journal.report().esd.work == 0


def test_readings_between_two_spells_of_work_stay_out(journal: Journal) -> None:
    journal.measured()
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR, Step.READY)
    journal.now += timedelta(minutes=5)
    between = journal.measured()
    journal.now += timedelta(minutes=5)
    journal.measured()
    journal.moved(Step.READY, Step.IN_REPAIR, Step.READY)
    readings = journal.report().esd.readings
    assert [one.guarded for one in readings] == [1, 1]
    assert between.id not in {one.entry_id for one in readings}


def test_a_reading_that_cannot_be_read_is_told_as_far_as_it_goes(journal: Journal) -> None:
    journal.people = {}
    journal.opened()
    journal.moved(Step.OPENED, Step.DIAGNOSED, Step.IN_REPAIR)
    odd: Mapping[str, Json] = {
        "ohm": True,
        "verdict": "splendid",
        "tester_verdict": None,
        "limit": "none",
        "valid_until": "tomorrow",
        "calibration_due": "soon",
        "tester": None,
        "tester_name": 7,
        "tester_serial": None,
        "person_name": None,
    }
    entry = journal.measured(**odd)
    (reading,) = journal.report().esd.readings
    assert (reading.ohm, reading.verdict, reading.tester_verdict, reading.limit) == (
        None,
        EsdVerdict.INVALID,
        None,
        None,
    )
    assert reading.valid_until == entry.recorded_at
    assert (reading.calibration_due, reading.tester_name) == (None, "")
    assert reading.person == Actor("elsa", "")
