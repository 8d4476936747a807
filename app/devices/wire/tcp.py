"""A device on the network that streams bytes: a tester, an instrument, or a serial port server."""

import errno
import logging
import socket
from typing import Final

from app.devices.errors import WireCode, WireError
from app.devices.wire.base import READ_SECONDS
from app.devices.wire.places import TcpPlace

log = logging.getLogger("repair_bench.devices.wire")

CONNECT_SECONDS: Final = 3.0
WRITE_SECONDS: Final = 2.0
_AT_ONCE: Final = 65536
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM})


class TcpWire:
    """An open connection."""

    def __init__(self, connection: socket.socket, name: str, read_seconds: float) -> None:
        self._connection = connection
        self._name = name
        self._read_seconds = read_seconds

    def read(self) -> bytes:
        """What arrived; nothing where nothing came within a moment."""
        try:
            self._connection.settimeout(self._read_seconds)
            data = self._connection.recv(_AT_ONCE)
        except TimeoutError:
            return b""
        except (OSError, ValueError) as error:
            raise WireError(WireCode.LOST, str(error)) from error
        if not data:
            raise WireError(WireCode.LOST, "the other side has closed the connection")
        log.debug("%s: %d bytes in", self._name, len(data))
        return data

    def write(self, data: bytes) -> None:
        """Send bytes, all of them."""
        try:
            self._connection.settimeout(WRITE_SECONDS)
            self._connection.sendall(data)
        except (OSError, ValueError) as error:
            raise WireError(WireCode.LOST, str(error)) from error
        log.debug("%s: %d bytes out", self._name, len(data))

    def cancel(self) -> None:
        """Nothing to do: a read waits no longer than a moment."""

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def open_tcp(place: TcpPlace, *, read_seconds: float = READ_SECONDS) -> TcpWire:
    """Connect.

    Raises:
        WireError: Nobody listens there, or the way there is barred.
    """
    name = f"{place.host}:{place.port}"
    try:
        connection = socket.create_connection((place.host, place.port), CONNECT_SECONDS)
    except (OSError, UnicodeError) as error:
        denied = isinstance(error, OSError) and error.errno in _DENIED
        code = WireCode.DENIED if denied else WireCode.ABSENT
        raise WireError(code, f"{name}: {error}") from error
    # A tester that was switched off says nothing; the system asks it now and then.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return TcpWire(connection, name, read_seconds)
