"""Which port is the unit that is meant, and what opening it answers."""

import errno
import sys

import pytest
import serial
from serial.tools import list_ports as pyserial_ports
from serial.tools.list_ports_common import ListPortInfo

from app.devices.errors import AddressError, ProfileError, WireCode, WireError
from app.devices.profiles import load_profile
from app.devices.spec import DeviceSpec, device_spec
from app.devices.wire.address import Address, LineSettings, UsbIdentity
from app.devices.wire.framing import Framing
from app.devices.wire.opening import check_address, open_wire, read_seconds
from app.devices.wire.ports import PortRow, list_ports, resolve
from app.devices.wire.serial import Port, TerminalError, open_serial
from app.domain.frames import DeviceRole

PLAIN = PortRow("/dev/ttyS0", None, None, None, None, "ttyS0")
ONE = PortRow("/dev/ttyACM0", 0x0C2E, 0x0B61, "19A3", "1-2", "Scanner")
TWIN = PortRow("/dev/ttyACM1", 0x0C2E, 0x0B61, "19A4", "1-3", "Scanner")
NUMBERLESS = PortRow("/dev/ttyUSB0", 0x1A86, 0x7523, None, "1-4", "USB Serial")


def found(unit: UsbIdentity, *rows: PortRow) -> str:
    return resolve(unit, lambda: rows)


def test_a_unit_is_found_by_its_serial_number_whatever_its_port() -> None:
    assert found(UsbIdentity(0x0C2E, 0x0B61, "19A4"), PLAIN, ONE, TWIN) == "/dev/ttyACM1"


def test_a_unit_without_a_serial_number_is_found_by_its_socket() -> None:
    assert found(UsbIdentity(0x1A86, 0x7523, None, "1-4"), ONE, NUMBERLESS) == "/dev/ttyUSB0"


def test_the_only_unit_of_its_kind_needs_no_serial_number() -> None:
    assert found(UsbIdentity(0x0C2E, 0x0B61), PLAIN, ONE) == "/dev/ttyACM0"


def test_two_units_that_cannot_be_told_apart_are_not_guessed() -> None:
    with pytest.raises(WireError) as error:
        found(UsbIdentity(0x0C2E, 0x0B61), ONE, TWIN)
    assert error.value.reason is WireCode.AMBIGUOUS
    assert "/dev/ttyACM0, /dev/ttyACM1" in str(error.value)


def test_a_unit_that_is_not_there_is_absent() -> None:
    with pytest.raises(WireError) as error:
        found(UsbIdentity(0x0C2E, 0x0B61, "other"), ONE, TWIN)
    assert error.value.reason is WireCode.ABSENT


def test_a_row_names_the_address_that_finds_it_again() -> None:
    assert PLAIN.identity is None
    assert ONE.identity == "usb:0c2e:0b61:19A3"
    assert NUMBERLESS.identity == "usb:1a86:7523@1-4"
    assert PortRow("COM3", 1, 2, None, None, "").identity == "usb:0001:0002"


def test_the_ports_of_the_computer_are_listed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    second, first = ListPortInfo("/dev/ttyUSB0"), ListPortInfo("/dev/ttyACM0")
    first.vid, first.pid, first.serial_number, first.location = 0x0C2E, 0x0B61, "19A3", "1-2"
    first.description = "Scanner"
    monkeypatch.setattr(pyserial_ports, "comports", lambda: [second, first])
    rows = list_ports()
    assert rows == (ONE, PortRow("/dev/ttyUSB0", None, None, None, None, "n/a"))


def test_this_computer_s_ports_can_be_listed() -> None:
    assert all(row.path for row in list_ports())


# ----------------------------------------------------------------------
# What opening answers
# ----------------------------------------------------------------------


def opening(fault: Exception) -> WireError:
    def opener(path: str, address: Address, seconds: float) -> Port:
        del path, address, seconds
        raise fault

    with pytest.raises(WireError) as error:
        open_serial(Address("serial", LineSettings(), path="/dev/x"), opener=opener)
    assert error.value.__cause__ is fault
    return error.value


def beneath(fault: Exception) -> serial.SerialException:
    """Make the error that pyserial raises while it handles another one."""
    error = serial.SerialException("Could not configure port")
    error.__context__ = fault
    return error


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (serial.SerialException(errno.ENOENT, "no such file"), WireCode.ABSENT),
        (serial.SerialException(errno.ENODEV, "no such device"), WireCode.ABSENT),
        (serial.SerialException(errno.EAGAIN, "Could not exclusively lock"), WireCode.BUSY),
        (OSError(errno.EBUSY, "busy"), WireCode.BUSY),
        (serial.SerialException(errno.EACCES, "permission denied"), WireCode.DENIED),
        (TerminalError(errno.EINVAL, "Invalid argument"), WireCode.REFUSED),
        (TerminalError(), WireCode.REFUSED),
        (beneath(TerminalError(errno.EIO, "Input/output error")), WireCode.ABSENT),
        (beneath(TerminalError(errno.ENOTTY, "Not a tty")), WireCode.REFUSED),
        (ValueError("Not a valid baudrate"), WireCode.REFUSED),
        (TypeError("an integer is required"), WireCode.REFUSED),
        (serial.SerialException("port 'COM3': FileNotFoundError(2, ...)"), WireCode.ABSENT),
        (serial.SerialException("port 'COM3': PermissionError(13, ...)"), WireCode.BUSY),
    ],
    ids=repr,
)
def test_an_error_of_the_library_becomes_ours(fault: Exception, code: WireCode) -> None:
    assert opening(fault).reason is code


def test_a_usb_unit_is_resolved_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def comports() -> list[ListPortInfo]:
        return []

    monkeypatch.setattr(pyserial_ports, "comports", comports)
    spec = DeviceSpec("scanner-1", DeviceRole.SCANNER, "usb:0c2e:0b61:19A3")
    with pytest.raises(WireError) as error:
        open_wire(spec)
    assert error.value.reason is WireCode.ABSENT


def test_a_wrong_address_can_be_told_before_anything_is_started() -> None:
    with pytest.raises(AddressError):
        check_address("gopher://tester")
    check_address("/dev/x")


@pytest.mark.parametrize(
    ("idle", "seconds"), [(None, 0.25), (2.0, 0.25), (0.1, 0.05), (0.001, 0.005)]
)
def test_a_read_waits_no_longer_than_the_idle_gap_allows(
    idle: float | None, seconds: float
) -> None:
    spec = DeviceSpec("scanner-1", DeviceRole.SCANNER, "/dev/x", Framing(idle=idle))
    assert read_seconds(spec) == seconds


def test_a_device_takes_its_framing_and_line_from_its_profile() -> None:
    profile = load_profile("serial-stx-etx")
    spec = device_spec("scanner-1", "/dev/x", profile)
    assert spec == DeviceSpec(
        "scanner-1", DeviceRole.SCANNER, "/dev/x", profile.framing, profile.line
    )


def test_errors_tell_their_code_and_detail() -> None:
    assert str(AddressError("bad_address", "x")) == "bad_address: x"
    assert str(ProfileError("missing", field="role")) == "missing"


def test_a_port_that_cannot_be_closed_is_let_go_all_the_same() -> None:
    class Stuck:
        in_waiting = 0
        closings = 0

        def read(self, size: int = 1, /) -> bytes:
            return b"x" * size

        def write(self, b: bytes, /) -> int:
            return len(b)

        def cancel_read(self) -> None: ...

        def close(self) -> None:
            self.closings += 1
            raise TerminalError(errno.EIO, "Input/output error")

    stuck = Stuck()

    def opener(path: str, address: Address, seconds: float) -> Port:
        del path, address, seconds
        return stuck

    wire = open_serial(Address("serial", LineSettings(), path="/dev/x"), opener=opener)
    assert wire.read() == b"x"
    wire.close()
    wire.close()
    wire.cancel()
    assert stuck.closings == 1


def test_where_there_are_no_terminals_the_library_still_loads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import importlib.util

    import app.devices.wire.serial as here

    assert here.__file__ is not None
    monkeypatch.setitem(sys.modules, "termios", None)
    location = importlib.util.spec_from_file_location("serial_elsewhere", here.__file__)
    assert location is not None
    assert location.loader is not None
    elsewhere = importlib.util.module_from_spec(location)
    location.loader.exec_module(elsewhere)
    assert elsewhere.TerminalError is OSError
