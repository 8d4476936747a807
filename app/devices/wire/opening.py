"""Opens a device by its address. A new kind of wire is one more scheme here.

Each kind is imported when a device of it is opened, in that device's thread: pyserial costs 20 ms
that the first paint of the window does not have.
"""

from collections.abc import Callable
from typing import Final

from app.devices.spec import DeviceSpec
from app.devices.wire.address import parse_address
from app.devices.wire.base import READ_SECONDS, Wire


def open_wire(spec: DeviceSpec) -> Wire:
    """Open a device.

    Raises:
        WireError: The environment keeps it from being opened now.
        AddressError: Its address can never be opened.
    """
    scheme = spec.url.partition(":")[0].lower()
    return _SCHEMES.get(scheme, _serial)(spec)


def check_address(url: str) -> None:
    """Tell a wrong address before anything is started for it.

    Raises:
        AddressError: It can never be opened.
    """
    parse_address(url)


def read_seconds(spec: DeviceSpec) -> float:
    """How long a read may wait: at most half of the idle gap, or the gap is noticed too late."""
    idle = spec.framing.idle
    return READ_SECONDS if idle is None else max(0.005, min(READ_SECONDS, idle / 2))


def _serial(spec: DeviceSpec) -> Wire:
    from app.devices.wire.serial import open_serial

    address = parse_address(spec.url, spec.line)
    return open_serial(address, read_seconds=read_seconds(spec))


_SCHEMES: Final[dict[str, Callable[[DeviceSpec], Wire]]] = {"serial": _serial, "usb": _serial}
