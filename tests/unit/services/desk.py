"""A bench to scan at: real encrypted store, real handling, a clock that a test moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import count
from tomllib import loads

from app.data.store import LocalStore
from app.domain.esd import WRIST, EsdVerdict, Measurement
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.journal import Entry
from app.domain.line_fault import LineFault
from app.domain.policy import Policy, policy_of
from app.domain.repairs import Repair
from app.resources import resource
from app.services.handling import Handled, handle
from app.services.playing import badge, command
from app.services.ports import RegisterRow
from app.services.programmes import Programmes
from app.services.session import Rules, Session, rules_at
from app.services.typing_in import KEYBOARD
from app.services.views import Feedback, Outcome
from tests.fixtures_store import CountedIds, SteppingClock

MAC, PHONE, LEASED = "C02XK0ABJGH5", "F2LXK0ABJC6K", "C02XK0ABJGH7"
PHONE_IMEI = "354178036859789"
OTHERS, UNKNOWN_OWNER, OTHER_MAKER = "C020THER0001", "C02VNKN00001", "5CG1234ABC"
COVERED, NO_PROOF, ENDED = "C02C0VERED01", "C02N0PR00F01", "C02ENDED0001"
TAGGED, TAG = "C02TAGGED001", "IT004711"
DASH_TAG = "KTH-004711"
BATTERY, CABLE, CASE = "661-17578", "076-00412", "923-06959"
KGB, KGB2, KBB = "F5D547790KPG5NYAW", "C015052020KFY5J6A", "C4H7482010WH80MA5"
OLD_KBB = "D8675309QWERTYUIA"
USED_KGB, GREY_KGB, CASE_KGB, CABLE_KGB = (
    "F5D0000000USED001",
    "F5D000GREY001",
    "F5D000CASE001",
    "F5D000CABLE01",
)
ANNA, BO, CLEO, DAN = "1001", "1002", "1003", "1004"
"""Anna and Bo are certified technicians, Cleo is a lead, Dan is certified for nothing now."""
TESTER, OLD_TESTER, STRANGE_TESTER = "esd-1", "esd-old", "esd-strange"


def row(register: str, key: str, **value: object) -> RegisterRow:
    return RegisterRow(register, key, value)


def asset(serial: str, **value: object) -> RegisterRow:
    usual: dict[str, object] = {
        "serial": serial,
        "model": "MacBook Pro",
        "family": "mac",
        "ownership": "owned",
        "maker": "apple",
        "proof": "order 7",
    }
    return RegisterRow("assets", serial, usual | value)


def lot(serial: str, number: str, source: str = "apple") -> RegisterRow:
    return row(
        "lots",
        serial,
        component_serial=serial,
        part_number=number,
        order="PO-1",
        delivery="DN-1",
        received_on="2026-11-20",
        source=source,
    )


def person(
    key: str, name: str, number: str, role: str, *families: str, **dates: str
) -> RegisterRow:
    certification = {
        "name": "ACMT",
        "families": list(families),
        "valid_from": "2025-01-01",
        **dates,
    }
    return row(
        "people",
        key,
        id=key,
        name=name,
        badge=number,
        role=role,
        certifications=[certification] if families else [],
    )


def tester(device: str, due: str | None) -> RegisterRow:
    return row(
        "equipment",
        device,
        id=device,
        kind="esd_tester",
        device=device,
        name="7100",
        serial="PGT-1",
        calibration_due=due,
    )


ACCOUNT = row("account", "account", name="KTH", site="Verkstaden", time_zone="Europe/Stockholm")
DAN_UNTIL = "2026-11-22"
REGISTERS = (
    ACCOUNT,
    asset(MAC),
    asset(PHONE, family="iphone", model="iPhone 15", imeis=[PHONE_IMEI]),
    asset(LEASED, ownership="leased", leased_until="2026-11-30"),
    asset(ENDED, ownership="leased", leased_until="2026-11-22"),
    asset(OTHERS, ownership="other"),
    asset(UNKNOWN_OWNER, ownership="unknown"),
    asset(OTHER_MAKER, maker="hp", family="", model="EliteBook"),
    asset(COVERED, coverages=[{"issuer": "Elgiganten", "kind": "VW"}]),
    asset(NO_PROOF, proof=""),
    asset(TAGGED, tag=TAG, model=""),
    asset("C02TAGGED002", tag=DASH_TAG),
    row("catalogue", BATTERY, number=BATTERY, name="Battery"),
    row("catalogue", CASE, number=CASE, name="Case"),
    row("catalogue", CABLE, number=CABLE, name="Cable", opens_device=False),
    lot(KGB, BATTERY),
    lot(KGB2, BATTERY),
    lot(USED_KGB, BATTERY),
    lot(GREY_KGB, BATTERY, "a market"),
    lot(CASE_KGB, CASE),
    lot(CABLE_KGB, CABLE),
    person("anna", "Anna", ANNA, "technician", "mac", "iphone"),
    person("bo", "Bo", BO, "technician", "mac"),
    person("cleo", "Cleo", CLEO, "lead", "mac"),
    person("dan", "Dan", DAN, "technician", "mac", valid_until=DAN_UNTIL),
    tester(TESTER, "2027-03-31"),
    tester(OLD_TESTER, "2026-11-22"),
)


@cache
def swedish_policy() -> Policy:
    return policy_of(loads(resource("programmes", "se.toml").read_text(encoding="utf-8")))


def swedish_programmes() -> Programmes:
    """The Swedish rules are the bench's own; no other region's are asked for."""
    return Programmes(swedish_policy(), lambda _: swedish_policy())


PASSING = Measurement(WRIST, 1_000_000, tester_verdict=EsdVerdict.PASS)


@dataclass
class Desk:
    """One technician's bench; every scan goes the whole way into the store."""

    store: LocalStore
    clock: SteppingClock
    ids: CountedIds
    policy: Policy = field(default_factory=swedish_policy)
    session: Session = field(default_factory=Session)
    between: timedelta = timedelta(seconds=2)
    previous: dict[str, Frame] = field(default_factory=dict[str, Frame])
    counter: "count[int]" = field(default_factory=lambda: count(1))
    entries: list[Entry] = field(default_factory=list[Entry])
    """Everything that was committed, in order."""

    @property
    def programmes(self) -> Programmes:
        return Programmes(self.policy, lambda _: self.policy)

    @property
    def rules(self) -> Rules:
        with self.store.reading() as reader:
            zone = reader.organisation().time_zone
        return rules_at(self.policy, self.clock.now(), zone, self.ids)

    def frame(
        self, raw: bytes, device: str = "scanner-1", fault: FrameFault | None = None
    ) -> Frame:
        return Frame(
            device, DeviceRole.SCANNER, raw, self.clock.moment, next(self.counter), fault=fault
        )

    def take(self, frame: Frame, *, late: bool = False) -> Outcome:
        handled = handle(
            self.store,
            self.session,
            frame,
            self.rules,
            previous=self.previous.get(frame.device),
            late=late,
        )
        self.previous[frame.device] = frame
        return self._keep(handled)

    def scan(self, text: str) -> Outcome:
        """Scan a text, some seconds after whatever came before."""
        self.clock.moment += self.between
        return self.take(self.frame(text.encode()))

    def type_in(self, text: str) -> Outcome:
        """Type a text into the window, some seconds after whatever came before."""
        self.clock.moment += self.between
        return self.take(self.frame(text.encode(), device=KEYBOARD))

    def scans(self, *texts: str) -> Outcome:
        for text in texts[:-1]:
            self.scan(text)
        return self.scan(texts[-1])

    def do(self, *codes: str) -> Outcome:
        return self.scans(*(command(code) for code in codes))

    def measure(
        self,
        *measured: Measurement,
        device: str = TESTER,
        read: Callable[[Frame], tuple[Measurement | LineFault, ...] | LineFault] | None = None,
        received: timedelta = timedelta(0),
        raw: bytes = b"W 1.00 M PASS",
        fault: FrameFault | None = None,
        late: bool = False,
        decoded: bool = True,
    ) -> Outcome:
        self.clock.moment += self.between
        at = self.clock.moment + received
        frame = Frame(device, DeviceRole.ESD_TESTER, raw, at, next(self.counter), fault=fault)
        told = measured or (PASSING,)

        def decoder(frame: Frame) -> tuple[Measurement | LineFault, ...] | LineFault:
            return read(frame) if read is not None else told

        handled = handle(
            self.store,
            self.session,
            frame,
            self.rules,
            decoder=decoder if decoded else None,
            late=late,
        )
        return self._keep(handled)

    def _keep(self, handled: Handled) -> Outcome:
        self.session = handled.session
        self.entries.extend(handled.outcome.entries)
        return handled.outcome

    # ------------------------------------------------------------------
    # Ways to a place in the work
    # ------------------------------------------------------------------

    def sign_in(self, number: str = ANNA) -> Outcome:
        return self.scan(badge(number))

    def open(self, serial: str = MAC, number: str = ANNA) -> Outcome:
        self.sign_in(number)
        self.measure()
        return self.scans(serial, command("OPEN"))

    def work(self, serial: str = MAC, number: str = ANNA) -> Outcome:
        self.open(serial, number)
        return self.do("SYM01", "DIAG", "WORK")

    def fit(self, number: str = BATTERY, kgb: str = KGB, kbb: str = KBB) -> Outcome:
        return self.scans(number, kgb, kbb)

    def complete(self) -> Outcome:
        self.do("DONE")
        return self.scan(badge(ANNA))

    # ------------------------------------------------------------------
    # What is on record
    # ------------------------------------------------------------------

    @property
    def repair(self) -> Repair:
        assert self.session.repair_id is not None
        return self.repair_of(self.session.repair_id)

    def repair_of(self, repair_id: str) -> Repair:
        with self.store.reading() as reader:
            found = reader.repair(repair_id)
        assert found is not None
        return found

    def kinds(self) -> list[str]:
        return [entry.kind for entry in self.entries]

    def put(self, *rows: RegisterRow) -> None:
        assert self.store.load_registers(rows) == ()

    def without(self, register: str, key: str) -> None:
        self.put(RegisterRow(register, key, None))


def codes(feedback: Feedback) -> tuple[str, str, str]:
    """The tone, the sentence and the way on of an answer."""
    return feedback.tone.value, feedback.code, feedback.way_on


def field_of(feedback: Feedback, name: str) -> str:
    return dict(feedback.fields)[name]
