"""Everything connected is listened to, and what speaks is the one that is meant."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime

import pytest

from app.devices import trying
from app.devices.errors import WireCode, WireError
from app.devices.fitting import HID
from app.devices.listing import DeviceKind, DeviceRow
from app.devices.profiles import load_profile
from app.devices.scanner.modes import ScannerMode
from app.devices.simulators import SimulatedScanner, SimulatedTester
from app.devices.trying import SILENCE_SECONDS, Trial, Wanted, lasting_address, load_hid
from app.devices.wire.hid import HidApi
from app.domain.frames import DeviceRole, DeviceStatus, Frame
from app.services.device_sight import TrialSight
from tests.contract.devices.hid_descriptors import HONEYWELL, honeywell
from tests.contract.devices.hid_fake import FakeHidBench
from tests.contract.devices.hid_rig import HidIdentity

PATIENCE = 30.0
AT = datetime(2026, 3, 2, tzinfo=UTC)
CRLF = load_profile("serial-crlf")


class Stopped:
    """A clock that stands."""

    def now(self) -> datetime:
        return AT

    def today(self) -> date:
        return AT.date()


def row(path: str, address: str = "", **more: object) -> DeviceRow:
    usual: dict[str, object] = {
        "kind": DeviceKind.SERIAL,
        "vid": 0x0C2E,
        "pid": 0x0B6A,
        "serial": None,
        "location": None,
        "description": "A scanner",
        "mode": None,
    }
    return DeviceRow(path=path, address=address or path, **(usual | more))  # pyright: ignore[reportArgumentType] - fields by name


def until(trial: Trial, holds: Callable[[TrialSight], bool]) -> TrialSight:
    """Look until it holds: a trial has no event, because a window only looks."""
    tick = threading.Event()
    for _ in range(int(PATIENCE / 0.02)):
        seen = trial.sight()
        if holds(seen):
            return seen
        tick.wait(0.02)
    raise AssertionError(trial.sight())


def ready(seen: TrialSight) -> bool:
    return bool(seen.devices) and all(
        one.state is not None and one.state.status is DeviceStatus.READY for one in seen.devices
    )


@pytest.fixture
def closing() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def begun(
    closing: ExitStack,
    role: DeviceRole,
    rows: Callable[[], tuple[DeviceRow, ...]],
    **more: object,
) -> Trial:
    trial = Trial(Wanted(role, **more), Stopped(), None, rows=rows)  # pyright: ignore[reportArgumentType] - fields by name
    trial.start()
    closing.callback(trial.stop)
    return trial


def test_of_two_units_that_look_alike_the_one_that_scans_is_taken(closing: ExitStack) -> None:
    first = closing.enter_context(SimulatedScanner(CRLF))
    second = closing.enter_context(SimulatedScanner(CRLF))
    rows = (
        row(first.path, "usb:0c2e:0b6a", location="1-1"),
        row(second.path, "usb:0c2e:0b6a", location="1-2"),
    )
    trial = begun(closing, DeviceRole.SCANNER, lambda: rows)
    until(trial, ready)
    second.scan("C02XK0ABJGH5")
    found = until(trial, lambda seen: seen.found is not None).found
    assert found is not None
    assert (found.address, found.profile) == ("usb:0c2e:0b6a@1-2", "serial-crlf")
    assert found.raw == b"C02XK0ABJGH5\r\n"
    first.scan("661-17578")
    trial.again()
    first.scan("661-17578")
    found = until(trial, lambda seen: seen.found is not None).found
    assert found is not None
    assert found.address == "usb:0c2e:0b6a@1-1"


def test_a_tester_is_found_with_the_profile_that_reads_it(closing: ExitStack) -> None:
    tester = closing.enter_context(SimulatedTester(load_profile("generic-comma-line")))
    trial = begun(
        closing, DeviceRole.ESD_TESTER, lambda: (row("/dev/scanner"),),
        taken=("/dev/scanner",), typed=tester.path,
    )  # fmt: skip
    until(trial, ready)
    tester.send("something else")
    found = until(trial, lambda seen: seen.found is not None).found
    assert found is not None
    assert (found.profile, found.heard) == ("", None)
    assert found.fits
    tester.send("R= 1,05 MOhm  OK")
    found = until(trial, lambda seen: bool(seen.found and seen.found.profile)).found
    assert found is not None
    assert (found.address, found.profile) == (tester.path, "generic-comma-line")


def test_what_is_plugged_in_later_is_listened_to(closing: ExitStack) -> None:
    scanner = closing.enter_context(SimulatedScanner(CRLF))
    there: list[DeviceRow] = []
    trial = begun(closing, DeviceRole.SCANNER, lambda: tuple(there))
    assert until(trial, lambda seen: not seen.looking).devices == ()
    there.append(row(scanner.path))
    until(trial, ready)


def test_a_scanner_in_another_mode_is_shown_and_not_opened(closing: ExitStack) -> None:
    keyboard = row("/dev/hidraw0", kind=DeviceKind.HID, mode=ScannerMode.KEYBOARD, description="")
    trial = begun(closing, DeviceRole.SCANNER, lambda: (keyboard,))
    (device,) = until(trial, lambda seen: bool(seen.devices)).devices
    assert (device.can_be_read, device.mode, device.name) == (False, "keyboard", "/dev/hidraw0")


def test_a_scanner_that_types_needs_no_address(closing: ExitStack) -> None:
    frame = Frame("keyboard wedge", DeviceRole.SCANNER, b"C02XK0ABJGH5", AT, 1)
    trial = begun(closing, DeviceRole.SCANNER, lambda: ())
    trial.typed(frame)
    found = trial.sight().found
    assert found is not None
    assert (found.address, found.fits) == ("", ())
    other = begun(closing, DeviceRole.ESD_TESTER, lambda: ())
    other.typed(frame)
    assert other.sight().found is None


def test_what_the_system_does_not_tell_is_told(closing: ExitStack) -> None:
    def rows() -> tuple[DeviceRow, ...]:
        raise WireError(WireCode.REFUSED, "no bus")

    trial = begun(closing, DeviceRole.SCANNER, rows)
    assert until(trial, lambda seen: not seen.looking).fault == "no bus"


def test_the_benchs_devices_are_let_go_first(closing: ExitStack) -> None:
    let_go = threading.Event()
    trial = Trial(Wanted(DeviceRole.SCANNER), Stopped(), load_hid(), let_go.set)
    trial.start()
    closing.callback(trial.stop)
    assert let_go.wait(PATIENCE)
    until(trial, lambda seen: not seen.looking)


def test_a_trial_that_never_began_can_be_stopped() -> None:
    before = set(threading.enumerate())
    trial = Trial(Wanted(DeviceRole.SCANNER), Stopped(), None)
    trial.stop()
    assert trial.sight().found is None
    assert set(threading.enumerate()) == before


@pytest.mark.parametrize(
    ("rows", "addresses"),
    [
        ([row("/dev/a", "usb:1"), row("/dev/b", "usb:2")], ["usb:1", "usb:2"]),
        (
            [row("/dev/a", "usb:1", location="1-1"), row("/dev/b", "usb:1", location="1-2")],
            ["usb:0c2e:0b6a@1-1", "usb:0c2e:0b6a@1-2"],
        ),
        ([row("/dev/a", "usb:1"), row("/dev/b", "usb:1")], ["/dev/a", "/dev/b"]),
        (
            [
                row("/dev/h0", "hid:1", kind=DeviceKind.HID, location="1-1"),
                row("/dev/h1", "hid:1", kind=DeviceKind.HID),
            ],
            ["hid:0c2e:0b6a@1-1", "hid:1"],
        ),
    ],
    ids=["apart", "by socket", "by port", "hid"],
)
def test_an_address_finds_one_unit(rows: list[DeviceRow], addresses: list[str]) -> None:
    assert [lasting_address(each, rows) for each in rows] == addresses


# ----------------------------------------------------------------------
# HID scanners
# ----------------------------------------------------------------------


def test_a_hid_scanner_is_found_with_the_profile_that_trusts_it(closing: ExitStack) -> None:
    hid = FakeHidBench()
    unit = hid.plug(HONEYWELL, HidIdentity())
    scanner = row("/dev/hidraw0", HidIdentity().url, kind=DeviceKind.HID, mode=ScannerMode.HID_POS)
    trial = Trial(Wanted(DeviceRole.SCANNER), Stopped(), hid.api(), rows=lambda: (scanner,))
    trial.start()
    closing.callback(trial.stop)
    until(trial, ready)
    unit.send(*honeywell(b"C02XL0GTJGH5", "]d2"))
    found = until(trial, lambda seen: seen.found is not None).found
    assert found is not None
    assert (found.address, found.profile, found.raw) == (scanner.address, HID, b"C02XL0GTJGH5")
    assert found.heard is not None
    assert found.heard.line.aim == "]d2"
    unit.send(*honeywell(b"661-17578", "]d2"))
    unit.unplug()
    until(trial, lambda seen: not ready(seen))
    assert trial.sight().found == found, "the first that spoke is kept until it is asked again"


def test_silence_and_line_ends_alone_are_nobodys_scan(closing: ExitStack) -> None:
    scanner = closing.enter_context(SimulatedScanner(CRLF))
    trial = begun(closing, DeviceRole.SCANNER, lambda: (row(scanner.path),))
    until(trial, ready)
    scanner.write(b"\r\n")
    threading.Event().wait(SILENCE_SECONDS * 2)
    scanner.scan("C02XK0ABJGH5")
    found = until(trial, lambda seen: seen.found is not None).found
    assert found is not None
    assert found.raw == b"C02XK0ABJGH5\r\n"


def test_a_missing_library_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> HidApi:
        raise WireError(WireCode.REFUSED, "no hidapi")

    monkeypatch.setattr(trying, "load_api", missing)
    assert load_hid() is None


def test_a_tester_is_not_looked_for_among_hid_scanners(
    closing: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "list_ports", lambda: ())
    hid = FakeHidBench()
    hid.plug(HONEYWELL, HidIdentity())
    for role, count in ((DeviceRole.ESD_TESTER, 0), (DeviceRole.SCANNER, 1)):
        trial = Trial(Wanted(role), Stopped(), hid.api())
        trial.start()
        closing.callback(trial.stop)
        assert len(until(trial, lambda seen: not seen.looking).devices) == count
