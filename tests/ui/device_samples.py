"""The devices as the window shows them: live, in trouble, tested, checked, set up step by step."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.domain import barcodes
from app.domain.esd import WRIST, EsdVerdict, Measurement
from app.domain.frames import DeviceRole, DeviceState, DeviceStatus, Frame
from app.domain.line_fault import LineFault
from app.domain.resistor import Resistor, TesterCheck
from app.domain.scan_tests import TEXTS, ScanTest
from app.services.device_sight import (
    BenchSight,
    DeviceSight,
    Direction,
    Fate,
    Heard,
    LogLine,
    ProfileFit,
    SheetSight,
    TrialDevice,
    TrialFound,
    TrialSight,
)
from app.services.views import BenchView, Screen
from app.ui.devices.panel import Panel, Setup, SetupStep, Shown
from app.ui.state import Stage, WindowState
from tests.ui.door_samples import DOOR_STATES

AT = datetime(2026, 11, 23, 13, 41, 52, tzinfo=UTC)
LABEL = b"[)>\x1e06\x1d1P661-17578\x1dSC02XK0ABJGH5\x1e\x04"
LINE = b"WRIST;1.25E+06;PASS;4711;2026-11-23 13:41:50"
NASTY = "<b>x</b>\u202e\x00 " + "W" * 300


def line(number: int, raw: bytes, fate: Fate, aim: str | None = None) -> LogLine:
    at = AT + timedelta(seconds=number)
    direction = Direction.OUT if fate is Fate.SENT else Direction.IN
    return LogLine(number, at, float(number), direction, raw, len(raw), fate, aim)


def state(
    status: DeviceStatus,
    cause: str = "",
    where: str = "usb:0c2e:0b61:18023B0B9A",
    role: DeviceRole = DeviceRole.SCANNER,
) -> DeviceState:
    name = "scanner-1" if role is DeviceRole.SCANNER else "esd-1"
    return DeviceState(name, role, status, where, AT, cause)


SCANNED = line(4, LABEL, Fate.GIVEN, "]d2")
MEASURED = line(6, LINE, Fate.GIVEN)
SCANNER = DeviceSight(
    "scanner-1",
    state(DeviceStatus.READY),
    frames=128,
    faults=1,
    octets=4711,
    log=(
        line(1, b"C02XK0ABJGH5\r\n", Fate.CHUNK),
        line(2, b"C02XK0ABJGH5", Fate.GIVEN),
        line(3, b"]d2" + LABEL + b"\r\n", Fate.CHUNK),
        SCANNED,
    ),
    heard=Heard(SCANNED, barcodes.read(LABEL, "]d2"), None, b"\r\n"),
)
TESTER = DeviceSight(
    "esd-1",
    state(DeviceStatus.READY, where="usb:0403:6001:A50285BI", role=DeviceRole.ESD_TESTER),
    frames=9,
    octets=402,
    log=(line(5, LINE + b"\r\n", Fate.CHUNK), MEASURED, line(7, b"\x06", Fate.SENT)),
    heard=Heard(
        MEASURED,
        None,
        (Measurement(WRIST, 1_250_000, tester_verdict=EsdVerdict.PASS, operator="4711"),),
    ),
)
DENIED = replace(
    SCANNER,
    state=state(DeviceStatus.DENIED, where="hid:0c2e:0b61:18023B0B9A"),
    heard=None,
    log=(),
    frames=0,
    faults=0,
    octets=0,
)
UNSURE = replace(
    TESTER,
    state=state(DeviceStatus.WRONG_MODE, "ambiguous", "usb:0403:6001", DeviceRole.ESD_TESTER),
    heard=Heard(line(9, b"WRIST;1,2", Fate.CUT_OFF), None, LineFault("cut_off")),
    log=(line(8, b"WRIST;1,2", Fate.CHUNK), line(9, b"WRIST;1,2", Fate.CUT_OFF)),
)
LIVE = Panel(sight=BenchSight((SCANNER, TESTER)), layout="se")


def scan(test: ScanTest, *, change: tuple[str, str] = ("", "")) -> Frame:
    text = TEXTS[test].replace(*change) if change[0] else TEXTS[test]
    return Frame("scanner-1", DeviceRole.SCANNER, text.encode(), AT, 1)


TESTED = replace(
    LIVE,
    shown=Shown.TEST,
    sight=BenchSight(
        (SCANNER, TESTER),
        test_seconds=62,
        tested=(
            scan(ScanTest.PLAIN),
            scan(ScanTest.SEPARATORS, change=("\x1d", "")),
            scan(ScanTest.LETTERS),
        ),
    ),
)
ROWS = (
    TrialDevice(
        "Honeywell Xenon 1950g", "/dev/hidraw3", "hid:0c2e:0b61:18023B0B9A",
        state(DeviceStatus.READY),
    ),
    TrialDevice("FT232R USB UART", "/dev/ttyUSB0", "usb:0403:6001@1-2", state(DeviceStatus.BUSY)),
    TrialDevice("Symbol Scanner", "/dev/hidraw1", "hid:05e0:1200", None, "keyboard", False),
)  # fmt: skip
FOUND = TrialFound(
    "usb:0c2e:0b6a:18023B0B9A",
    "Honeywell Xenon 1950g",
    LABEL + b"\r\n",
    (
        ProfileFit("serial-crlf", (("en", "Serial scanner, line end after each code"),), True),
        ProfileFit("serial-cr", (("en", "Serial scanner, CR after each code"),), False, "marks"),
        ProfileFit("serial-stx-etx", (("en", "STX and ETX around each code"),), False, "cut_off"),
    ),
    Heard(SCANNED, barcodes.read(LABEL, "]d2"), None, b"\r\n"),
)
UNFIT = replace(
    FOUND,
    name="FT232R USB UART",
    address="usb:0403:6001@1-2",
    raw=b"Rg 1,25 MOhm OK\r\n",
    fits=(
        ProfileFit("generic-wrist-line", (("en", "WRIST;1.25E+06;PASS"),), False, "no_match"),
        ProfileFit("generic-comma-line", (("en", "R= 1,05 MOhm  OK"),), False, "no_match"),
    ),
    heard=None,
)  # fmt: skip


def setup(step: SetupStep, trial: TrialSight | None = None, **more: int) -> Panel:
    return Panel(Shown.SETUP, setup=Setup(step, trial, **more))


def shown(panel: Panel, view: BenchView | None = None) -> WindowState:
    return WindowState(Stage.OPEN, view or BenchView(Screen.SIGN_IN), panel=panel)


CHECKING = BenchView(
    Screen.HOME, check=TesterCheck(Resistor(1_000_000, 5), AT + timedelta(minutes=2))
)
DEVICE_STATES: dict[str, WindowState] = {
    "devices_live": shown(LIVE),
    "devices_none": shown(Panel()),
    "devices_trouble": shown(
        replace(LIVE, sight=BenchSight((DENIED, UNSURE)), udev="sudo cp /opt/70.rules …")
    ),
    "devices_test": shown(TESTED),
    "devices_sheet": shown(replace(LIVE, sheet=SheetSight("/home/bench/test-sheet-sv.pdf"))),
    "devices_check": shown(replace(LIVE, shown=Shown.CHECK)),
    "devices_measure": shown(replace(LIVE, shown=Shown.CHECK), CHECKING),
    "devices_hostile": shown(
        replace(
            LIVE,
            sight=BenchSight(
                (
                    replace(
                        SCANNER,
                        device=NASTY,
                        state=state(DeviceStatus.WRONG_MODE, NASTY, NASTY),
                        heard=Heard(line(1, NASTY.encode(), Fate.GIVEN), barcodes.read(b"\xff")),
                        log=(line(1, NASTY.encode(), Fate.GIVEN), line(2, bytes(256), Fate.CHUNK)),
                    ),
                )
                * 3
            ),
        )
    ),
    "setup_empty": shown(setup(SetupStep.SCANNER, TrialSight(looking=False))),
    "setup_scanner": shown(setup(SetupStep.SCANNER, TrialSight(ROWS, looking=False))),
    "setup_found": shown(setup(SetupStep.SCANNER, TrialSight(ROWS, FOUND, looking=False))),
    "setup_keyboard": shown(
        setup(SetupStep.SCANNER, TrialSight(ROWS, replace(FOUND, address="", fits=())))
    ),
    "setup_tester": shown(setup(SetupStep.TESTER, TrialSight(ROWS[1:2], looking=False))),
    "setup_unfit": shown(setup(SetupStep.TESTER, TrialSight(ROWS[1:2], UNFIT, looking=False))),
    "setup_record": shown(setup(SetupStep.RECORD, scans=1)),
    "setup_done": shown(setup(SetupStep.RECORD, scans=2, readings=1)),
}  # fmt: skip
ASIDE_STATES = DOOR_STATES | DEVICE_STATES
"""All that is shown in place of the work."""
