"""Opens a device by its address. A new kind of wire is one more scheme here.

Each kind is imported when a device of it is opened, in that device's thread: pyserial costs 20 ms
that the first paint of the window does not have.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from app.devices.spec import DeviceSpec
from app.devices.wire.address import parse_address
from app.devices.wire.base import READ_SECONDS, Wire
from app.devices.wire.places import parse_file, parse_http, parse_tcp
from app.devices.wire.polling import Poll, PollingWire

if TYPE_CHECKING:
    from app.devices.wire.file import Bookmark


class Opener:
    """Opens devices, and remembers how far each watched file was read."""

    def __init__(self) -> None:
        self._marks: dict[str, Bookmark] = {}

    def __call__(self, spec: DeviceSpec) -> Wire:
        """Open a device.

        Raises:
            WireError: The environment keeps it from being opened now.
            AddressError: Its address can never be opened.
        """
        scheme = scheme_of(spec.url)
        if scheme == "file":
            return self._file(spec)
        return _polled(_SCHEMES.get(scheme, _serial)(spec), spec)

    def _file(self, spec: DeviceSpec) -> Wire:
        from app.devices.wire.file import Bookmark, open_file

        mark = self._marks.setdefault(spec.name, Bookmark())
        width = spec.framing.width
        return open_file(parse_file(spec.url), mark, width=width, read_seconds=read_seconds(spec))


def open_wire(spec: DeviceSpec) -> Wire:
    """Open a device for once, remembering nothing.

    Raises:
        WireError: The environment keeps it from being opened now.
        AddressError: Its address can never be opened.
    """
    return Opener()(spec)


def check_address(url: str) -> None:
    """Tell a wrong address before anything is started for it.

    Raises:
        AddressError: It can never be opened.
    """
    _CHECKS.get(scheme_of(url), parse_address)(url)


def scheme_of(url: str) -> str:
    """What an address begins with, in lower case; a path is whatever it is."""
    return url.partition(":")[0].lower()


def read_seconds(spec: DeviceSpec) -> float:
    """How long a read may wait: at most half of the idle gap, or the gap is noticed too late."""
    idle = spec.framing.idle
    return READ_SECONDS if idle is None else max(0.005, min(READ_SECONDS, idle / 2))


def _polled(wire: Wire, spec: DeviceSpec) -> Wire:
    poll = spec.poll
    return wire if poll is None or not poll.command else PollingWire(wire, poll)


def _serial(spec: DeviceSpec) -> Wire:
    from app.devices.wire.serial import open_serial

    address = parse_address(spec.url, spec.line)
    return open_serial(address, read_seconds=read_seconds(spec))


def _tcp(spec: DeviceSpec) -> Wire:
    from app.devices.wire.tcp import open_tcp

    return open_tcp(parse_tcp(spec.url), read_seconds=read_seconds(spec))


def _http(spec: DeviceSpec) -> Wire:
    from app.devices.wire.http import open_http

    poll = spec.poll or Poll()
    url = parse_http(spec.url, poll.path)
    return open_http(url, poll, spec.framing.maximum, read_seconds=read_seconds(spec))


_SCHEMES: Final[dict[str, Callable[[DeviceSpec], Wire]]] = {
    "serial": _serial,
    "usb": _serial,
    "tcp": _tcp,
    "http": _http,
    "https": _http,
}
_CHECKS: Final[dict[str, Callable[[str], object]]] = {
    "tcp": parse_tcp,
    "http": parse_http,
    "https": parse_http,
    "file": parse_file,
}
