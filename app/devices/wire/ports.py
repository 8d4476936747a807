"""Which serial ports there are, and which of them is the unit that is meant."""

from collections.abc import Callable
from dataclasses import dataclass

from app.devices.errors import WireCode, WireError
from app.devices.wire.address import UsbIdentity, usb_address


@dataclass(frozen=True, slots=True)
class PortRow:
    """One serial port of this computer.

    Attributes:
        path: Its name now; it changes from plug to plug.
        vid: USB vendor id, None where it is no USB port.
        pid: USB product id.
        serial: The unit's serial number, where it has one.
        location: The USB socket.
        description: What the system calls it.
    """

    path: str
    vid: int | None
    pid: int | None
    serial: str | None
    location: str | None
    description: str

    @property
    def identity(self) -> str | None:
        """The address that finds the unit again under any port name; None without USB ids."""
        if self.vid is None or self.pid is None:
            return None
        location = None if self.serial else self.location
        return usb_address("usb", UsbIdentity(self.vid, self.pid, self.serial, location))


def list_ports() -> tuple[PortRow, ...]:
    """The serial ports of this computer, by name."""
    from serial.tools.list_ports import comports  # see app.devices.wire.opening

    rows = (
        PortRow(
            path=port.device,
            vid=port.vid,
            pid=port.pid,
            serial=port.serial_number,
            location=port.location,
            description=port.description or "",
        )
        for port in comports()
    )
    return tuple(sorted(rows, key=lambda row: row.path))


def resolve(unit: UsbIdentity, ports: Callable[[], tuple[PortRow, ...]] = list_ports) -> str:
    """The port that a USB unit has now.

    Raises:
        WireError: It is absent, or several units fit.
    """
    paths = [row.path for row in ports() if _fits(row, unit)]
    if not paths:
        raise WireError(WireCode.ABSENT, f"{unit.vid:04x}:{unit.pid:04x}")
    if len(paths) > 1:
        raise WireError(WireCode.AMBIGUOUS, ", ".join(paths))
    return paths[0]


def _fits(row: PortRow, unit: UsbIdentity) -> bool:
    return (
        (row.vid, row.pid) == (unit.vid, unit.pid)
        and unit.serial in {None, row.serial}
        and unit.location in {None, row.location}
    )
