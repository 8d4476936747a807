"""Where a device is, as people write it: a path, ``serial:...``, ``usb:...`` or ``hid:...``."""

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, quote, unquote

from app.devices.errors import AddressError

_FORMAT: Final = re.compile(r"([5-8])([NEOMS])([12])", re.ASCII | re.IGNORECASE)
_USB: Final = re.compile(
    r"(?P<vid>[0-9a-f]{4}):(?P<pid>[0-9a-f]{4})(?::(?P<serial>[^@]+))?(?:@(?P<location>.+))?",
    re.ASCII | re.IGNORECASE,
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]+):(.*)", re.ASCII | re.IGNORECASE | re.DOTALL)
_WINDOWS_PORT: Final = re.compile(r"(?:\\\\\.\\)?com[0-9]+", re.ASCII | re.IGNORECASE)
_BAUD: Final = range(50, 4_000_001)
_NUMBER: Final = re.compile(r"[0-9]{1,7}", re.ASCII)
_LONGEST: Final = 1024
_PLAIN: Final = " :&+,/;=()"
"""What stands in a serial number as it is, besides letters, digits and ``_.-~``."""


@dataclass(frozen=True, slots=True)
class LineSettings:
    """How the bits travel; the default is what serial scanners and testers ship with (9600 8N1).

    Attributes:
        baud: Bits a second. A USB CDC port ignores it.
        bits: Data bits, 5 to 8.
        parity: ``N``, ``E``, ``O``, ``M`` or ``S``.
        stop: Stop bits, 1 or 2.
        flow: ``none``, ``rtscts`` or ``xonxoff``.
    """

    baud: int = 9600
    bits: int = 8
    parity: str = "N"
    stop: int = 1
    flow: str = "none"


@dataclass(frozen=True, slots=True)
class UsbIdentity:
    """Which USB unit it is, whatever name its port got this time.

    Attributes:
        vid: Vendor id.
        pid: Product id.
        serial: The unit's serial number; None takes the only unit of its kind.
        location: The USB socket (``1-2.3``), for units without a serial number.
    """

    vid: int
    pid: int
    serial: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """A device's place and, for a serial one, its line.

    Attributes:
        scheme: ``serial``, ``usb`` or ``hid``.
        path: The port, for ``serial``.
        usb: The unit, for ``usb`` and ``hid``; None for ``hid`` means any HID POS scanner.
        line: The line settings.
    """

    scheme: str
    line: LineSettings
    path: str = ""
    usb: UsbIdentity | None = None


def parse_address(text: str, line: LineSettings | None = None) -> Address:
    """Read an address.

    It is a path (``/dev/ttyUSB0``, ``COM3``), ``serial:///dev/ttyUSB0?baud=9600&format=7E1``,
    ``usb:0c2e:0b61:SERIAL``, or ``usb:0c2e:0b61@1-2.3`` for the unit in a certain socket; ``hid:``
    instead of ``usb:`` is the unit's HID POS interface, and ``hid:`` alone any such scanner.

    Args:
        text: The address.
        line: The profile's line settings; what the address says goes before them.

    Raises:
        AddressError: It is no address of a device.
    """
    line = line or LineSettings()
    if not text or len(text) > _LONGEST or "\0" in text:
        raise AddressError("bad_address", text[:80])
    split = _SCHEME.fullmatch(text)
    if split is None or _WINDOWS_PORT.fullmatch(text):
        return Address("serial", line, path=text)
    scheme, rest = split[1].lower(), split[2]
    target, _, query = rest.partition("?")
    line = _with_query(line, query)
    match scheme:
        case "serial":
            return Address(scheme, line, path=_path(target, text))
        case "usb":
            return Address(scheme, line, usb=_usb(target, text))
        case "hid" if query:
            raise AddressError("bad_setting", query[:80])
        case "hid":
            return Address(scheme, line, usb=_usb(target, text) if target else None)
        case _:
            raise AddressError("unknown_scheme", scheme)


def usb_address(scheme: str, unit: UsbIdentity) -> str:
    """The address of a USB unit; what its serial number and socket hold cannot break it.

    Args:
        scheme: ``usb`` for its serial port, ``hid`` for its HID interface.
        unit: The unit.
    """
    address = f"{scheme}:{unit.vid:04x}:{unit.pid:04x}"
    if unit.serial:
        address += f":{quote(unit.serial, safe=_PLAIN)}"
    return f"{address}@{quote(unit.location, safe=_PLAIN)}" if unit.location else address


def parse_format(text: str, line: LineSettings) -> LineSettings:
    """The line settings with data bits, parity and stop bits as in ``7E1``.

    Raises:
        AddressError: It is no such format.
    """
    found = _FORMAT.fullmatch(text)
    if found is None:
        raise AddressError("bad_setting", f"format={text[:80]}")
    return replace(line, bits=int(found[1]), parity=found[2].upper(), stop=int(found[3]))


def _path(target: str, text: str) -> str:
    path = unquote(target.removeprefix("//"))
    if _WINDOWS_PORT.fullmatch(path.removeprefix("/")):
        path = path.removeprefix("/")
    if not path or "\0" in path:
        raise AddressError("bad_address", text[:80])
    return path


def _usb(target: str, text: str) -> UsbIdentity:
    found = _USB.fullmatch(target)
    if found is None:
        raise AddressError("bad_address", text[:80])
    serial, location = (
        unquote(part) if part else None for part in found.group("serial", "location")
    )
    return UsbIdentity(int(found["vid"], 16), int(found["pid"], 16), serial, location)


def _with_query(line: LineSettings, query: str) -> LineSettings:
    for key, value in parse_qsl(query, keep_blank_values=True):
        if key == "format":
            line = parse_format(value, line)
        elif key == "baud" and _NUMBER.fullmatch(value) and int(value) in _BAUD:
            line = replace(line, baud=int(value))
        elif key == "flow" and value in {"none", "rtscts", "xonxoff"}:
            line = replace(line, flow=value)
        else:
            raise AddressError("bad_setting", f"{key}={value}"[:80])
    return line
