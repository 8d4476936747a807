"""The one place that knows hidapi: which units there are, opening them, and what its errors mean.

Devices belong to one thread (`app.devices.wire.hid_thread`). The library is imported in the main
thread, as macOS wants it, and a lock keeps a list that somebody asks for out of that thread's way.
On Linux the module ``hidraw`` is the one that knows usages; ``hid`` there is libusb.
"""

import errno
import importlib
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, cast

from app.devices.errors import WireCode, WireError
from app.devices.wire.address import UsbIdentity, usb_address

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None

log = logging.getLogger("repair_bench.devices.wire")

SCANNER_PAGE: Final = 0x8C
SCANNER_USAGE: Final = 0x02

FAULTS: Final = (OSError, ValueError, RuntimeError)
"""All that hidapi 0.15 raises for a device that is gone, taken, forbidden or closed."""

_CODES: Final = {
    errno.EACCES: WireCode.DENIED,
    errno.EPERM: WireCode.DENIED,
    errno.EBUSY: WireCode.BUSY,
}
_ALONE: Final = threading.Lock()
"""Held while the library looks around, opens or closes: its own state has no lock."""
_DEVICES: Final = Path("/sys/class/hidraw")
_SOCKET: Final = re.compile(r"[0-9]+-[0-9]+(?:\.[0-9]+)*")
_WINDOWS_SOCKET: Final = re.compile(r"#([^#]+)#\{")


class HidHandle(Protocol):
    """The part of ``hid.device`` that is used."""

    def open_path(self, path: bytes, /) -> None:
        """Open a device."""
        ...

    def set_nonblocking(self, v: int, /) -> int:
        """Let a read without a timeout return at once."""
        ...

    def get_report_descriptor(self) -> list[int]:
        """The device's report descriptor."""
        ...

    def read(self, max_length: int, timeout_ms: int = 0, /) -> list[int]:
        """One report."""
        ...

    def write(self, buff: bytes, /) -> int:
        """Send an output report; -1 where that failed."""
        ...

    def send_feature_report(self, buff: bytes, /) -> int:
        """Send a feature report; -1 where that failed."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class HidLibrary(Protocol):
    """The part of the module ``hid`` or ``hidraw`` that is used."""

    def enumerate(self, vendor_id: int = 0, product_id: int = 0, /) -> list[dict[str, object]]:
        """A row for each usage of each device."""
        ...

    def device(self) -> HidHandle:
        """A handle that is not open yet."""
        ...


@dataclass(frozen=True, slots=True)
class HidUnit:
    """One HID interface of this computer, by one of its usages.

    Attributes:
        path: What opens it now; it changes from plug to plug.
        vid: Vendor id.
        pid: Product id.
        serial: The unit's serial number, where it has one.
        location: The USB socket, where the system tells it.
        page: Usage page.
        usage: Usage.
        description: What the maker calls it.
    """

    path: str
    vid: int
    pid: int
    serial: str | None
    location: str | None
    page: int
    usage: int
    description: str

    @property
    def is_scanner(self) -> bool:
        """Whether it calls itself a bar code scanner; its descriptor has the last word."""
        return (self.page, self.usage) == (SCANNER_PAGE, SCANNER_USAGE)

    @property
    def identity(self) -> str:
        """The address that finds the unit again, whatever its path."""
        location = None if self.serial else self.location
        return usb_address("hid", UsbIdentity(self.vid, self.pid, self.serial, location))


def load_library() -> HidLibrary:
    """Import hidapi. Call it in the main thread."""
    name = "hidraw" if sys.platform.startswith("linux") else "hid"
    return cast("HidLibrary", importlib.import_module(name))


def load_api() -> "HidApi":
    """The HID devices of this computer. Call it in the main thread.

    Raises:
        WireError: hidapi cannot be loaded here.
    """
    try:
        return HidApi(load_library())
    except ImportError as error:
        raise WireError(WireCode.REFUSED, str(error)) from error


def find_location(path: str, devices: Path = _DEVICES) -> str | None:
    """The USB socket of a device, such as ``1-2.3``; None where the system does not tell.

    Linux tells it in the device's place in sysfs, Windows in the third part of its path.

    Args:
        path: What opens the device.
        devices: Where Linux keeps a link to the place of each.
    """
    if path.startswith("/dev/"):
        place = Path(os.path.realpath(devices / Path(path).name))
        sockets = (part for part in reversed(place.parts) if _SOCKET.fullmatch(part))
        return next(sockets, None)
    found = _WINDOWS_SOCKET.search(path)
    return found[1] if found else None


def hold_node(path: str) -> Callable[[], None]:
    """Take a device for this program alone, as far as others ask: on Linux all may read along.

    It is also what tells why a device cannot be opened: hidapi does not.

    Args:
        path: What opens the device. Where that is no file the system sees to it by itself.

    Returns:
        What lets go of it.

    Raises:
        WireError: It is absent, denied, or another program has it.
    """
    if fcntl is None or not path.startswith("/"):
        return _nothing
    try:
        node = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        code = _CODES.get(error.errno or 0, WireCode.ABSENT)
        raise WireError(code, f"{path}: {error}") from error
    try:
        fcntl.flock(node, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(node)
        raise WireError(WireCode.BUSY, f"{path}: {error}") from error
    return lambda: os.close(node)


def _nothing() -> None:
    """Nobody was kept from it."""


class HidPort:
    """An open HID device.

    Args:
        handle: The library's handle of it.
        name: What to call it in the log.
        release: Lets other programs have it.
    """

    def __init__(self, handle: HidHandle, name: str, release: Callable[[], None]) -> None:
        self._handle = handle
        self._name = name
        self._release = release

    def descriptor(self) -> bytes:
        """Its report descriptor.

        Raises:
            WireError: The device is gone.
        """
        try:
            return bytes(self._handle.get_report_descriptor())
        except FAULTS as error:
            raise WireError(WireCode.LOST, str(error)) from error

    def read(self, size: int, wait_ms: int) -> bytes:
        """The next report; nothing if none came while it waited.

        Args:
            size: Bytes of the longest report. No more: some systems would run two together.
            wait_ms: How long to wait; 0 for not at all.

        Raises:
            WireError: The device is gone.
        """
        try:
            report = bytes(self._handle.read(size, wait_ms))
        except FAULTS as error:
            raise WireError(WireCode.LOST, str(error)) from error
        if report:
            log.debug("%s: a report of %d bytes in", self._name, len(report))
        return report

    def send(self, report: bytes, *, feature: bool) -> bool:
        """Send a report, its id first; whether the device took it."""
        send = self._handle.send_feature_report if feature else self._handle.write
        try:
            taken = send(report) >= 0
        except FAULTS as error:
            log.debug("%s: sending: %s", self._name, error)
            taken = False
        log.debug("%s: a report of %d bytes out: %s", self._name, len(report), taken)
        return taken

    def close(self) -> None:
        """Let go of the device. Never raises, and may be called twice."""
        try:
            with _ALONE:
                self._handle.close()
        except FAULTS as error:
            log.debug("%s: closing: %s", self._name, error)
        release, self._release = self._release, _nothing
        release()


class HidApi:
    """The HID devices of this computer.

    Args:
        library: The module, from `load_library`.
        locate: Tells the USB socket of a path.
        hold: Keeps other benches from the device at a path, until what it gives is called.
    """

    def __init__(
        self,
        library: HidLibrary,
        locate: Callable[[str], str | None] = find_location,
        hold: Callable[[str], Callable[[], None]] = hold_node,
    ) -> None:
        self._library = library
        self._locate = locate
        self._hold = hold

    def units(self) -> tuple[HidUnit, ...]:
        """All HID interfaces, in the system's order.

        Raises:
            WireError: The system does not tell.
        """
        try:
            with _ALONE:
                rows = self._library.enumerate(0, 0)
        except FAULTS as error:
            raise WireError(WireCode.REFUSED, str(error)) from error
        return tuple(self._unit(row) for row in rows)

    def hold(self, path: str) -> Callable[[], None]:
        """Take a device for this bench alone; any thread may. It waits until the device listens.

        Returns:
            What lets go of it.

        Raises:
            WireError: It is absent, denied, or another program has it.
        """
        return self._hold(path)

    def open(self, path: str, release: Callable[[], None] | None = None) -> HidPort:
        """Open a device.

        Args:
            path: What opens it.
            release: Lets go of it, where it is held already; the port does that when it closes.

        Raises:
            WireError: It is absent, denied, or another program has it.
        """
        release = release or self._hold(path)
        try:
            with _ALONE:
                handle = self._library.device()
                handle.open_path(os.fsencode(path))
            handle.set_nonblocking(1)
        except FAULTS as error:
            release()
            raise WireError(WireCode.BUSY, f"{path}: {error}") from error
        return HidPort(handle, path, release)

    def _unit(self, row: Mapping[str, object]) -> HidUnit:
        raw = row.get("path")
        path = os.fsdecode(raw) if isinstance(raw, bytes) else ""
        words = (_text(row, "manufacturer_string"), _text(row, "product_string"))
        return HidUnit(
            path=path,
            vid=_integer(row, "vendor_id"),
            pid=_integer(row, "product_id"),
            serial=_text(row, "serial_number") or None,
            location=self._locate(path),
            page=_integer(row, "usage_page"),
            usage=_integer(row, "usage"),
            description=" ".join(each for each in words if each),
        )


def _integer(row: Mapping[str, object], key: str) -> int:
    value = row.get(key)
    return value if isinstance(value, int) else 0


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""
