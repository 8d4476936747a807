"""What the window is told at the ESD gate: the technician, the wrist strap, typed values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain.esd import WRIST, EsdLimit, EsdState, EsdVerdict
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame
from app.domain.people import Person, Role
from app.domain.typed_readings import TypedReading
from app.services.ports import SyncState
from app.services.views import BenchView, EsdStanding, Feedback, Outcome, Screen, Tone
from app.ui.state import Stage, WindowState

NOW = datetime(2026, 11, 23, 13, 42, tzinfo=UTC)

ANNA = Person("p-anna", "Anna Lindström", "1001", Role.TECHNICIAN, "T-4711")
LEAD = Person("p-karin", "Karin Öberg-Västerlund", "1002", Role.LEAD)

LIMIT = EsdLimit(WRIST, 750_000, 35_000_000, False, timedelta(hours=12), "IEC 61340-5-1")


def reading(
    ohm: int | None, verdict: EsdVerdict, *, hours_ago: float = 0.5, over: bool = False
) -> EsdState:
    at = NOW - timedelta(hours=hours_ago)
    until = at + timedelta(hours=12) if verdict is EsdVerdict.PASS else at
    return EsdState("p-anna", "e-1", verdict, ohm, over, at, until, "SEAB-07")


PASSED = EsdStanding(reading(1_020_000, EsdVerdict.PASS), LIMIT, "")
UNTESTED = EsdStanding(None, LIMIT, "esd_missing")


def feedback(tone: Tone, code: str, way_on: str = "", *, undo: bool = False, **f: str) -> Feedback:
    return Feedback(tone, code, tuple(f.items()), way_on, undo)


SIGNED_IN = feedback(Tone.ACCEPTED, "signed_in", "test_wrist_strap", person=ANNA.name)
PASSES = feedback(Tone.ACCEPTED, "esd_passed", "scan_product", person=ANNA.name)
TYPED = TypedReading(
    1_050_000,
    Frame("keyboard", DeviceRole.SCANNER, b"ESD 1,05M", NOW - timedelta(seconds=20), 4),
    NOW + timedelta(seconds=100),
)
ASKS = feedback(
    Tone.ASKED, "esd_typed", "second_person", undo=True,
    ohm="1050000", low_ohm="750000", high_ohm="35000000",
)  # fmt: skip
FAILS = feedback(Tone.REFUSED, "esd_failed_high", "esd_failed_high")

DEVICES = (
    DeviceState("scanner-1", DeviceRole.SCANNER, DeviceStatus.READY, "/dev/ttyACM0", NOW),
    DeviceState("esd-1", DeviceRole.ESD_TESTER, DeviceStatus.READY, "/dev/ttyUSB0", NOW),
)
LOST = (DEVICES[0], replace(DEVICES[1], status=DeviceStatus.LOST))
SYNCED = SyncState(True, 0, 0, 812, "ab")
WAITING = SyncState(True, 14, 0, 812, "ab")
REJECTED = SyncState(True, 3, 1, 812, "ab")


def outcome(feedback: Feedback, view: BenchView, when: datetime = NOW) -> Outcome:
    return Outcome(feedback, view, (), when)


def state(view: BenchView, *answers: Feedback, **more: object) -> WindowState:
    """A window that was told these answers, oldest first."""
    now = WindowState(Stage.OPEN, view, devices=DEVICES, sync=SYNCED)
    for back, answer in enumerate(answers):
        when = NOW - timedelta(seconds=40 * (len(answers) - 1 - back))
        now = now.with_outcome(outcome(answer, view, when))
    return replace(now, **more)  # pyright: ignore[reportArgumentType] - fields by name


ESD_STATES: dict[str, WindowState] = {
    "esd_untested": state(BenchView(Screen.ESD_GATE, ANNA, UNTESTED), SIGNED_IN),
    "esd_typed": state(BenchView(Screen.ESD_GATE, ANNA, UNTESTED, typed=TYPED), SIGNED_IN, ASKS),
    "esd_typed_same": state(
        BenchView(
            Screen.ESD_GATE,
            ANNA,
            EsdStanding(reading(112_000_000, EsdVerdict.FAIL_HIGH), LIMIT, "esd_failed"),
            typed=TYPED,
        ),
        FAILS,
        ASKS,
        feedback(Tone.REFUSED, "esd_witness_same", "esd_witness_same", person=ANNA.name),
    ),
    "esd_typed_expired": state(
        BenchView(
            Screen.ESD_GATE, ANNA, UNTESTED, typed=replace(TYPED, until=NOW - timedelta(seconds=1))
        ),
        ASKS,
    ),
    "esd_confirmed": state(
        BenchView(Screen.HOME, ANNA, PASSED),
        ASKS,
        feedback(
            Tone.ACCEPTED, "esd_confirmed", "scan_product", person=ANNA.name, witness=LEAD.name
        ),
    ),
    "esd_failed": state(
        BenchView(
            Screen.ESD_GATE,
            ANNA,
            EsdStanding(reading(112_000_000, EsdVerdict.FAIL_HIGH), LIMIT, "esd_failed"),
        ),
        SIGNED_IN,
        FAILS,
    ),
    "esd_over_range": state(
        BenchView(
            Screen.ESD_GATE,
            ANNA,
            EsdStanding(reading(None, EsdVerdict.FAIL_HIGH, over=True), LIMIT, "esd_failed"),
        ),
        FAILS,
        devices=LOST,
    ),
    "esd_stale": state(
        BenchView(
            Screen.ESD_GATE,
            ANNA,
            EsdStanding(reading(1_020_000, EsdVerdict.PASS, hours_ago=20), LIMIT, "esd_stale"),
        ),
        SIGNED_IN,
    ),
    "esd_passed": state(BenchView(Screen.ESD_GATE, ANNA, PASSED), SIGNED_IN, PASSES),
}
