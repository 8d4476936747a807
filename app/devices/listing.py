"""What is connected to this computer: serial ports, HID POS scanners, scanners in another mode."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.devices.scanner.modes import ScannerMode, mode_of
from app.devices.wire.address import UsbIdentity, usb_address
from app.devices.wire.hid import HidApi, HidUnit, load_api
from app.devices.wire.ports import PortRow, list_ports


class DeviceKind(StrEnum):
    """How a device is reached."""

    SERIAL = "serial"
    HID = "hid"


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device that can be set up, or a scanner that has to be set to another mode first.

    Attributes:
        kind: How it is reached.
        path: Its name now; it changes from plug to plug.
        vid: USB vendor id, None where it is no USB device.
        pid: USB product id.
        serial: The unit's serial number, where it has one.
        location: The USB socket.
        description: What the system or the maker calls it.
        address: What to write into the settings; its path where nothing lasts longer.
        mode: The mode that its product id tells; None where it tells none.
    """

    kind: DeviceKind
    path: str
    vid: int | None
    pid: int | None
    serial: str | None
    location: str | None
    description: str
    address: str
    mode: ScannerMode | None

    @property
    def can_be_read(self) -> bool:
        """Whether the bench can use it as it is."""
        return self.kind is DeviceKind.SERIAL or self.mode in {None, ScannerMode.HID_POS}


def list_devices(
    ports: Callable[[], tuple[PortRow, ...]] = list_ports, hid: Callable[[], HidApi] = load_api
) -> tuple[DeviceRow, ...]:
    """Serial ports by name, then HID scanners.

    Args:
        ports: Lists the serial ports.
        hid: Brings the HID devices.

    Raises:
        WireError: The system does not tell the HID devices.
    """
    rows = (*map(_of_port, ports()), *_of_units(hid().units()))
    return tuple(_told_apart(row, rows) for row in rows)


def _told_apart(row: DeviceRow, rows: tuple[DeviceRow, ...]) -> DeviceRow:
    """With its socket in the address where another one has the same serial number."""
    alike = [each for each in rows if each.address == row.address]
    if len(alike) == 1 or row.vid is None or row.pid is None:
        return row
    scheme = row.address.partition(":")[0]
    unit = UsbIdentity(row.vid, row.pid, row.serial, row.location)
    return replace(row, address=usb_address(scheme, unit))


def _of_port(row: PortRow) -> DeviceRow:
    mode = mode_of(row.vid, row.pid) if row.vid is not None and row.pid is not None else None
    return DeviceRow(
        kind=DeviceKind.SERIAL,
        path=row.path,
        vid=row.vid,
        pid=row.pid,
        serial=row.serial,
        location=row.location,
        description=row.description,
        address=row.identity or row.path,
        mode=mode,
    )


def _of_units(units: tuple[HidUnit, ...]) -> tuple[DeviceRow, ...]:
    """Each unit once: as a scanner, or as one that speaks otherwise now."""
    scanners = [each for each in units if each.is_scanner]
    known = [each for each in units if mode_of(each.vid, each.pid) is not None]
    rows: dict[str, HidUnit] = {}
    for each in (*scanners, *known):
        rows.setdefault(each.path, each)
    return tuple(_of_unit(each) for _, each in sorted(rows.items()))


def _of_unit(unit: HidUnit) -> DeviceRow:
    told = mode_of(unit.vid, unit.pid)
    return DeviceRow(
        kind=DeviceKind.HID,
        path=unit.path,
        vid=unit.vid,
        pid=unit.pid,
        serial=unit.serial,
        location=unit.location,
        description=unit.description,
        address=unit.identity,
        mode=ScannerMode.HID_POS if unit.is_scanner else told,
    )
