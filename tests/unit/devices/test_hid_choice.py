"""Which HID unit is the scanner that is meant, and what else there is to be told."""

import pytest

from app.devices.errors import AddressError, WireCode
from app.devices.listing import DeviceKind, DeviceRow, list_devices
from app.devices.scanner.modes import ScannerMode
from app.devices.wire.address import LineSettings, UsbIdentity, parse_address
from app.devices.wire.hid import (
    HidUnit,
)
from app.devices.wire.hid_choice import candidates, precision
from app.devices.wire.opening import check_address
from app.devices.wire.ports import PortRow
from tests.contract.devices.hid_asking import code_of
from tests.contract.devices.hid_descriptors import HONEYWELL, KEYBOARD
from tests.contract.devices.hid_fake import FakeHidBench
from tests.contract.devices.hid_rig import HidIdentity

ONE = HidIdentity()


def units_of(*pairs: tuple[bytes, HidIdentity]) -> tuple[HidUnit, ...]:
    made = FakeHidBench()
    for descriptor, identity in pairs:
        made.plug(descriptor, identity)
    return made.api().units()


def test_a_scanner_that_is_in_use_is_not_chosen_again() -> None:
    units = units_of((HONEYWELL, ONE), (HONEYWELL, ONE.but(serial="S2", socket="1-2")))
    assert [unit.serial for unit in candidates(units, None, {"/dev/hidraw0"})] == ["S2"]
    assert code_of(lambda: candidates(units[:1], None, {"/dev/hidraw0"})) is WireCode.ABSENT


def test_no_more_scanners_are_looked_at_than_a_bench_could_have() -> None:
    units = units_of(*((HONEYWELL, ONE.but(serial=f"S{number}")) for number in range(20)))
    assert len(candidates(units, None)) == 8


@pytest.mark.parametrize(
    ("pid", "code"),
    [
        (0x1200, WireCode.KEYBOARD_MODE),
        (0x1900, WireCode.SNAPI_MODE),
        (0x1701, WireCode.CDC_MODE),
        (0x4321, WireCode.ABSENT),
    ],
)
def test_a_scanner_in_another_mode_is_told_by_that_mode(pid: int, code: WireCode) -> None:
    units = units_of((KEYBOARD, HidIdentity(0x05E0, pid)))
    (path,) = {unit.path for unit in units}
    assert code_of(lambda: candidates(units, None)) is code
    assert code_of(lambda: candidates(units, UsbIdentity(0x05E0, 0x1F00))) is code
    assert code_of(lambda: candidates(units, UsbIdentity(0x1EAB, 0x0010))) is WireCode.ABSENT
    assert code_of(lambda: candidates(units, None, {path})) is WireCode.ABSENT


def test_a_unit_that_speaks_otherwise_now_is_in_another_mode() -> None:
    units = units_of((KEYBOARD, ONE))
    meant = parse_address(ONE.url).usb
    assert code_of(lambda: candidates(units, meant)) is WireCode.REFUSED
    assert code_of(lambda: candidates(units, None)) is WireCode.ABSENT
    assert code_of(lambda: candidates(units, meant, {units[0].path})) is WireCode.ABSENT


def test_the_more_an_address_says_the_sooner_it_chooses() -> None:
    one = UsbIdentity(1, 2)
    levels = [
        None,
        one,
        UsbIdentity(1, 2, None, "1-1"),
        UsbIdentity(1, 2, "S"),
        UsbIdentity(1, 2, "S", "1-1"),
    ]
    assert [precision(level) for level in levels] == [0, 1, 2, 3, 4]


def test_an_address_of_a_hid_scanner_can_be_checked_before_anything_is_started() -> None:
    check_address("hid:")
    check_address("hid:0c2e:0b61:S1")
    with pytest.raises(AddressError):
        check_address("hid:scanner")
    assert parse_address("hid:").line == LineSettings()


PORT = PortRow("/dev/ttyACM0", 0x1EAB, 0x1D06, "N1", "1-4", "Newland")
PLAIN_PORT = PortRow("/dev/ttyS0", None, None, None, None, "ttyS0")


def test_units_of_one_serial_number_are_told_apart_by_their_sockets() -> None:
    hid = FakeHidBench()
    hid.plug(HONEYWELL, ONE)
    hid.plug(HONEYWELL, ONE.but(socket="1-2"))
    rows = list_devices(lambda: (PLAIN_PORT, PLAIN_PORT), hid.api)
    assert [row.address for row in rows] == [
        "/dev/ttyS0",
        "/dev/ttyS0",
        "hid:0c2e:0b61:S1@1-1",
        "hid:0c2e:0b61:S1@1-2",
    ]


def test_the_list_names_what_can_be_set_up_and_the_mode_of_what_cannot() -> None:
    hid = FakeHidBench()
    hid.plug(HONEYWELL, ONE)
    hid.plug(KEYBOARD, HidIdentity(0x05E0, 0x1200, "", "1-2"))
    hid.plug(KEYBOARD, HidIdentity(0x046D, 0xC31C, "", "1-3"))
    port, plain, scanner, keyboard = list_devices(lambda: (PORT, PLAIN_PORT), hid.api)
    assert (port.kind, port.address, port.mode) == (
        DeviceKind.SERIAL,
        "usb:1eab:1d06:N1",
        ScannerMode.CDC,
    )
    assert (plain.address, plain.mode, plain.can_be_read) == ("/dev/ttyS0", None, True)
    assert scanner == DeviceRow(
        kind=DeviceKind.HID,
        path="/dev/hidraw0",
        vid=0x0C2E,
        pid=0x0B61,
        serial="S1",
        location="1-1",
        description="Maker Scanner",
        address=ONE.url,
        mode=ScannerMode.HID_POS,
    )
    assert (keyboard.address, keyboard.mode) == ("hid:05e0:1200@1-2", ScannerMode.KEYBOARD)
    assert [row.can_be_read for row in (port, scanner, keyboard)] == [True, True, False]
