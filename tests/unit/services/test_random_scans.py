"""Whatever is scanned, in whatever order: nothing raises, nothing passes the gate that may not."""

import tempfile
from datetime import timedelta
from functools import reduce
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from typing_extensions import override

from app.domain.commands import COMMANDS
from app.domain.equipment_tests import fold_tests
from app.domain.esd import WRIST, Measurement
from app.domain.folds import esd_of, repair_of
from app.domain.frames import FrameFault
from app.domain.journal import Entry, first_fault
from app.domain.line_fault import LineFault
from app.domain.people import Person
from app.domain.policy import Severity
from app.domain.repairs import Repair, Step
from app.domain.verdicts import PartAtHand, Work, overrides_of, part_findings, work_gate
from app.services.overriding import Override, override_rule
from app.services.playing import badge, command, tag
from app.services.ports import Reader
from app.services.session import Rules
from app.services.views import BenchView, Outcome, Tone
from tests.fixtures_store import CountedIds, SteppingClock, new_store
from tests.unit.services import desk as bench
from tests.unit.services.desk import PASSING, REGISTERS, Desk, asset, lot, person

BADGES = st.sampled_from([bench.ANNA, bench.BO, bench.CLEO, bench.DAN, "9999"]).map(badge)
PRODUCTS = st.sampled_from(
    [
        bench.MAC,
        bench.PHONE,
        bench.PHONE_IMEI,
        bench.LEASED,
        bench.ENDED,
        bench.UNKNOWN_OWNER,
        bench.OTHERS,
        bench.TAG,
        "C02NEW000001",
    ]
)
PARTS = st.sampled_from(
    [bench.BATTERY, bench.CABLE, bench.CASE, "661-99999", "\x1d1P661-17578\x1dSF5D547790KPG5NYAW"]
)
CODES = st.sampled_from(
    [
        *["PPT002", "PPT005", "ADP000", "QQQ111"],
        f"https://diag.example/?serialno={bench.MAC}&refcodes=NDR001,PPT007",
        f"https://diag.example/?serialno={bench.PHONE}&refcodes=ADP000",
        "https://diag.example/?refcodes=nothing",
    ]
)
SERIALS = st.sampled_from(
    [
        bench.KGB,
        bench.KGB2,
        bench.KBB,
        bench.OLD_KBB,
        bench.GREY_KGB,
        bench.CASE_KGB,
        bench.CABLE_KGB,
    ]
)
MEASURED = st.sampled_from(
    [
        PASSING,
        Measurement(WRIST, None, over_range=True),
        Measurement("left_foot", 5),
        Measurement("surface", 1_000_000),
    ]
)
TYPED = st.sampled_from(["ESD 1,05M", "esd 1.0 Mohm", "ESD 12 k", "ESD OL", "ESD 1,05"])
OPERATORS = st.sampled_from([None, None, bench.ANNA, bench.BO, "9999"])
CHANGES = st.sampled_from(
    [
        asset(bench.MAC, ownership="other"),
        asset(bench.MAC, ownership="unknown"),
        asset(bench.MAC),
        bench.tester(bench.TESTER, "2026-11-22"),
        bench.tester(bench.TESTER, "2027-03-31"),
        lot(bench.KGB, bench.BATTERY, "a market"),
        lot(bench.KGB, bench.BATTERY),
        person("anna", "Anna", bench.ANNA, "technician"),
        person("anna", "Anna", bench.ANNA, "technician", "mac", "iphone"),
        bench.RegisterRow("people", "bo", None),
        person("bo", "Bo", bench.BO, "technician", "mac"),
    ]
)
WORK = ("SYM01", "DIAG", "WORK")
MAT = bench.row("equipment", "mat-1", id="mat-1", kind="esd_mat")
ESD_KINDS = {"esd.measured", "esd.unreadable", "esd.ignored"}
STOCKHOLM = ZoneInfo("Europe/Stockholm")


class Bench(RuleBasedStateMachine):
    """A bench at which anything is scanned; each answer is judged against the rules anew."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        clock = SteppingClock()
        path = Path(self.folder.name) / "bench.db"
        self.store = new_store(path, clock, CountedIds())
        self.desk = Desk(self.store, clock, CountedIds(lane=9))
        self.desk.put(*REGISTERS, MAT)
        self.view: BenchView | None = None

    @override
    def teardown(self) -> None:
        entries = self.desk.entries
        assert first_fault(entries) is None
        verified = self.store.verify()
        assert verified.first_fault is None
        assert verified.entries == len(entries)
        with self.store.reading() as reader:
            self.every_state_is_its_fold(reader)
        self.store.close()
        self.folder.cleanup()

    def every_state_is_its_fold(self, reader: Reader) -> None:
        for subject in {entry.subject for entry in self.desk.entries}:
            kind, _, identity = subject.partition(":")
            timeline = reader.timeline(subject)
            if kind == "repair":
                repair = reader.repair(identity)
                assert repair == repair_of(timeline)
                assert repair is not None
                assert repair.conflicts == ()
            elif kind == "person":
                assert reader.esd_state(identity) == esd_of(timeline)
            elif kind == "equipment":
                assert reader.piece_tests(identity) == reduce(fold_tests, timeline, None)

    # ------------------------------------------------------------------
    # What may happen
    # ------------------------------------------------------------------

    @initialize(number=st.sampled_from([bench.ANNA, bench.BO]))
    def somebody_works(self, number: str) -> None:
        self.desk.work(bench.MAC, number)

    @rule(text=BADGES)
    def badge(self, text: str) -> None:
        self.scanned(text)

    @rule(text=PRODUCTS)
    def product(self, text: str) -> None:
        self.scanned(text)

    @rule(text=PARTS)
    def part(self, text: str) -> None:
        self.scanned(text)

    @rule(text=CODES)
    def diagnostics(self, text: str) -> None:
        self.scanned(text)

    @rule(text=SERIALS)
    def component(self, text: str) -> None:
        self.scanned(text)

    @rule(number=PARTS, kgb=SERIALS, kbb=SERIALS)
    def whole_part(self, number: str, kgb: str, kbb: str) -> None:
        for text in (number, kgb, kbb):
            self.scanned(text)

    @rule(code=st.sampled_from(sorted(COMMANDS)))
    def verb(self, code: str) -> None:
        self.scanned(command(code))

    @rule(steps=st.sampled_from([WORK, ("OPEN", *WORK), ("DONE",), ("LOCK",), ("UNDO", "UNDO")]))
    def verbs(self, steps: tuple[str, ...]) -> None:
        for code in steps:
            self.scanned(command(code))

    @precondition(lambda self: self.view is not None and self.view.open_repairs)
    @rule(data=st.data())
    def repair_tag(self, data: st.DataObject) -> None:
        assert self.view is not None
        self.scanned(tag(data.draw(st.sampled_from(self.view.open_repairs)).number))

    @rule(raw=st.binary(max_size=40), fault=st.sampled_from([None, *FrameFault]))
    def anything(self, raw: bytes, fault: FrameFault | None) -> None:
        self.judged(self.desk.take(self.desk.frame(raw, fault=fault)))

    @rule(measured=MEASURED, operator=OPERATORS)
    def reading(self, measured: Measurement, operator: str | None) -> None:
        told = Measurement(
            measured.channel, measured.ohm, over_range=measured.over_range, operator=operator
        )
        self.judged(self.desk.measure(told))

    @rule(label=st.sampled_from(["EQMAT1", "EQNOSUCH"]), measured=MEASURED)
    def piece_and_reading(self, label: str, measured: Measurement) -> None:
        self.scanned(command(label))
        self.judged(self.desk.measure(measured))

    @rule(text=TYPED)
    def typed(self, text: str) -> None:
        self.judged(self.desk.type_in(text))

    @rule(text=TYPED, number=BADGES)
    def typed_and_confirmed(self, text: str, number: str) -> None:
        self.judged(self.desk.type_in(text))
        self.judged(self.desk.scan(number))

    @rule()
    def unreadable(self) -> None:
        self.judged(self.desk.measure(read=lambda _: LineFault("no_match")))

    @rule(text=st.one_of(BADGES, st.sampled_from(["OPEN", "DONE", "WORK"]).map(command)))
    def late(self, text: str) -> None:
        before = self.desk.session
        self.judged(self.desk.take(self.desk.frame(text.encode()), late=True))
        assert self.desk.session == before

    @rule(minutes=st.sampled_from([-800, -1, 1, 400, 721]))
    def time(self, minutes: int) -> None:
        self.desk.clock.moment += timedelta(minutes=minutes)

    @rule(row=CHANGES)
    def register(self, row: bench.RegisterRow) -> None:
        self.desk.put(row)

    @rule(
        named=st.sampled_from([bench.MAC, bench.ENDED, bench.UNKNOWN_OWNER, bench.OTHERS, ""]),
        code=st.sampled_from(["owner_unknown", "lease_ended", "owner_other", "not_certified"]),
        number=st.sampled_from([bench.CLEO, bench.ANNA]),
    )
    def answered(self, named: str, code: str, number: str) -> None:
        rules, repair_id = self.desk.rules, self.desk.session.repair_id
        with self.store.writing() as tx:
            wanted = Override(named or repair_id or bench.MAC, code, number, "because")
            done = override_rule(tx, wanted, rules)
        self.desk.entries.extend(done.entries)
        assert not done.entries or number == bench.CLEO
        assert all(one.payload["code"] in {"owner_unknown", "lease_ended"} for one in done.entries)

    # ------------------------------------------------------------------
    # What must hold
    # ------------------------------------------------------------------

    def scanned(self, text: str) -> None:
        before = self.view.repair if self.view is not None else None
        self.judged(self.desk.scan(text), before)

    def judged(self, outcome: Outcome, before: Repair | None = None) -> None:
        self.view = outcome.view
        if outcome.feedback.tone in {Tone.REFUSED, Tone.REPEATED}:
            kinds = {entry.kind for entry in outcome.entries}
            assert kinds <= {"scan.recorded", "equipment.tested", *ESD_KINDS}
        for entry in outcome.entries:
            self.entry_was_allowed(entry, before)

    def entry_was_allowed(self, entry: Entry, before: Repair | None) -> None:
        """Nothing reaches the state of work, and no part a product, with a blocking finding.

        And nothing that was typed passes whom nobody else vouches for.
        """
        if entry.payload.get("source") == "manual" and entry.payload.get("verdict") == "pass":
            told = entry.payload
            assert told["confirmed_by"] not in (None, told.get("person")) or "nominal_ohm" in told
        fitted = entry.kind == "part.fitted"
        to = {
            "repair.status_changed": entry.payload.get("to"),
            "repair.undone": entry.payload.get("from"),
        }.get(entry.kind)
        if not fitted and to != Step.IN_REPAIR.value:
            return
        rules = self.desk.rules
        with self.store.reading() as reader:
            worker = reader.person(entry.actor.partition(":")[2])
            repair = reader.repair(entry.subject.partition(":")[2])
            assert worker is not None
            assert repair is not None
            outside = self.is_outside(reader, entry)
            self.gate_was_open(reader, rules, worker, repair, outside=outside)
            if fitted:
                self.part_was_allowed(reader, entry, before)

    def is_outside(self, reader: Reader, entry: Entry) -> bool:
        part = reader.catalogue_part(str(entry.payload.get("part_number")))
        return entry.kind == "part.fitted" and part is not None and not part.opens_device

    def gate_was_open(
        self, reader: Reader, rules: Rules, worker: Person, repair: Repair, *, outside: bool
    ) -> None:
        state = reader.esd_state(worker.id)
        tester = reader.tester(state.tester_id) if state is not None else None
        day = state.measured_at.astimezone(STOCKHOLM).date() if state is not None else None
        product = reader.asset(repair.serial)
        work = Work(product, worker, state, tester=tester, read_on=day)
        gate = work_gate(work, rules.policy, now=rules.now, today=rules.today)
        told = (*reader.timeline(f"repair:{repair.id}"), *reader.timeline(f"asset:{repair.serial}"))
        gate = gate.lifted(overrides_of(told))
        stops = [one for one in gate.blocking if not (outside and one.rule == "P8")]
        assert stops == []

    def part_was_allowed(self, reader: Reader, entry: Entry, before: Repair | None) -> None:
        number, kgb = str(entry.payload["part_number"]), str(entry.payload["kgb"])
        found = part_findings(PartAtHand(number, kgb, reader.lot(kgb)), self.desk.policy)
        assert [one for one in found if one.severity is Severity.BLOCK] == []
        assert before is not None
        assert before.step is Step.IN_REPAIR
        held = [part.kgb for one in self.repairs(reader) for part in one.parts]
        assert held.count(kgb) == 1

    def repairs(self, reader: Reader) -> list[Repair]:
        ids = {e.subject.partition(":")[2] for e in self.desk.entries if e.kind == "repair.opened"}
        return [one for one in map(reader.repair, ids) if one is not None]

    @invariant()
    def nothing_is_shown_to_nobody(self) -> None:
        view = self.view
        if view is None or view.person is not None:
            return
        assert (view.repair, view.product, view.esd) == (None, None, None)
        assert view.timeline == ()
        if self.desk.session.person_id is None:
            assert view.pending_part is None
            assert not view.awaiting_signature
            assert view.typed is None

    @invariant()
    def each_place_is_one_person_s(self) -> None:
        people = list[str | None]()
        place = self.desk.session if self.desk.session.person_id else self.desk.session.locked
        while place is not None:
            people.append(place.person_id)
            place = place.locked
        assert len(people) == len(set(people))
        assert None not in people


TestRandomScans = Bench.TestCase
TestRandomScans.settings = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
