"""The one place that knows pyserial: opening, reading, and what its many exceptions mean.

What comes when was tried on ptys, and the contract suite keeps trying it: an unplugged port answers
``SerialException``, ``OSError`` 5, ``termios.error`` or ``TypeError``, depending on what was asked.
"""

import errno
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, Protocol, cast

import serial

from app.devices.errors import WireCode, WireError
from app.devices.wire.address import Address
from app.devices.wire.base import READ_SECONDS
from app.devices.wire.ports import resolve

try:
    import termios

    TerminalError = cast("type[Exception]", termios.error)
except ImportError:  # Windows has none
    TerminalError = OSError

log = logging.getLogger("repair_bench.devices.wire")

FAULTS = cast(
    "tuple[type[Exception], ...]",
    (serial.SerialException, OSError, TypeError, ValueError, TerminalError),
)
"""All that pyserial 3.5 raises for a port that is gone, taken, forbidden or set up wrongly."""

WRITE_SECONDS: Final = 2.0

_CODES: Final = {
    errno.EAGAIN: WireCode.BUSY,
    errno.EBUSY: WireCode.BUSY,
    errno.EACCES: WireCode.DENIED,
    errno.EPERM: WireCode.DENIED,
    errno.ENOENT: WireCode.ABSENT,
    errno.ENODEV: WireCode.ABSENT,
    errno.ENXIO: WireCode.ABSENT,
    errno.EIO: WireCode.ABSENT,
    errno.ENOTDIR: WireCode.ABSENT,
    errno.ELOOP: WireCode.ABSENT,
}
_WINDOWS_WORDS: Final = {
    "FileNotFoundError": WireCode.ABSENT,
    "PermissionError": WireCode.BUSY,  # there it means that another program has it
}


class Port(Protocol):
    """The part of ``serial.Serial`` that is used."""

    @property
    def in_waiting(self) -> int:
        """How many bytes can be read at once."""
        ...

    def read(self, size: int = 1, /) -> bytes:
        """Wait for bytes."""
        ...

    def write(self, b: bytes, /) -> int | None:
        """Send bytes."""
        ...

    def cancel_read(self) -> None:
        """Wake a reader."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class KeepingSerial(serial.Serial):
    """A port that keeps what the device sent before it was opened: an early scan is not lost."""

    def _reset_input_buffer(self) -> None:
        """Called by ``open`` of pyserial 3.5, which is the last one."""


def open_port(path: str, address: Address, read_seconds: float) -> Port:
    """Open a serial port for us alone.

    Raises:
        serial.SerialException: And the others of `FAULTS`.
    """
    line = address.line
    return KeepingSerial(
        path,
        baudrate=line.baud,
        bytesize=line.bits,
        parity=line.parity,
        stopbits=line.stop,
        timeout=read_seconds,
        write_timeout=WRITE_SECONDS,
        rtscts=line.flow == "rtscts",
        xonxoff=line.flow == "xonxoff",
        exclusive=True,  # else a second reader shares the bytes
    )


class SerialWire:
    """An open serial port."""

    def __init__(self, port: Port, name: str) -> None:
        self._port = port
        self._name = name
        self._closed = False
        self._guard = threading.Lock()

    def read(self) -> bytes:
        """Wait for the first byte, then take all that is there."""
        try:
            data = self._port.read(max(1, self._port.in_waiting))
        except FAULTS as error:
            raise _lost(error) from error
        if data:
            log.debug("%s: %d bytes in", self._name, len(data))
        return data

    def write(self, data: bytes) -> None:
        """Send bytes, all of them."""
        try:
            self._port.write(data)
        except FAULTS as error:
            raise _lost(error) from error
        log.debug("%s: %d bytes out", self._name, len(data))

    def cancel(self) -> None:
        """Wake a waiting read.

        The lock keeps it from a port that is being closed: its descriptor could be another
        file's by then.
        """
        with self._guard:
            if not self._closed:
                with suppress(*FAULTS):  # a port that is gone wakes its reader by itself
                    self._port.cancel_read()

    def close(self) -> None:
        """Close the port."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            try:
                self._port.close()
            except FAULTS as error:
                log.debug("%s: closing: %s", self._name, error)


def open_serial(
    address: Address,
    *,
    read_seconds: float = READ_SECONDS,
    opener: Callable[[str, Address, float], Port] = open_port,
) -> SerialWire:
    """Open the serial device at an address, exclusively.

    Args:
        address: A path or a USB unit.
        read_seconds: How long a read waits for the first byte.
        opener: What opens the port.

    Raises:
        WireError: It is absent, busy, denied, ambiguous, or refuses the settings.
    """
    path = resolve(address.usb) if address.usb is not None else address.path
    try:
        port = opener(path, address, read_seconds)
    except FAULTS as error:
        raise WireError(_opening_code(error), f"{path}: {error}") from error
    return SerialWire(port, path)


def _lost(error: BaseException) -> WireError:
    return WireError(WireCode.LOST, str(error))


def _opening_code(error: BaseException) -> WireCode:
    number = _errno(error)
    if number in _CODES:
        return _CODES[number]
    words = str(error)
    return next((code for word, code in _WINDOWS_WORDS.items() if word in words), WireCode.REFUSED)


def _errno(error: BaseException | None) -> int | None:
    """The system's number of an error; pyserial sometimes keeps it only in the error beneath."""
    while error is not None:
        number: object = getattr(error, "errno", None)
        if number is None and isinstance(error, TerminalError):
            number = error.args[0] if error.args else None
        if isinstance(number, int):
            return number
        error = error.__context__
    return None
