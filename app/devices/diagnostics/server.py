"""Whether the diagnostics server answers: a connection, and over HTTP the first line of an answer.

Nothing is fetched and nothing is sent but the question for the page's head. What the server sends
back is bounded in bytes and in time, so that one which drips or floods costs nobody anything.
"""

import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from app.devices.errors import AddressError
from app.devices.wire.places import parse_http, parse_tcp
from app.domain.frames import DeviceStatus

log = logging.getLogger("repair_bench.devices.diagnostics")

LOOK_SECONDS: Final = 30.0
ANSWER_SECONDS: Final = 5.0
"""How long a server has for connecting and for the first line of its answer together."""
_LONGEST_LINE: Final = 4096
_STATUS: Final = re.compile(rb"HTTP/[0-9.]{1,4} ([0-9]{3})(?: |\r|\n|\Z)")
_BROKEN: Final = range(500, 600)
_DENIED: Final = frozenset({401, 403, 407})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """Where the server is.

    Attributes:
        host: A name or an address.
        port: Its port.
        path: What is asked for over HTTP; empty where a connection is proof enough.
        secure: Whether over TLS.
    """

    host: str
    port: int
    path: str = ""
    secure: bool = False

    @property
    def where(self) -> str:
        """The address as it is told: without the page's query, which may hold a key."""
        scheme = ("https" if self.secure else "http") if self.path else "tcp"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{scheme}://{host}:{self.port}{self.path.partition('?')[0]}"


def parse_server(url: str) -> ServerPlace:
    """Read ``https://host/path``, ``http://host:port`` or ``tcp://host:port``.

    Raises:
        AddressError: It is none.
    """
    scheme = url.partition(":")[0].lower()
    if scheme == "tcp":
        place = parse_tcp(url)
        return ServerPlace(place.host, place.port)
    if scheme not in _DEFAULT_PORTS:
        raise AddressError("unknown_scheme", scheme[:40])
    parts = urlsplit(parse_http(url))
    host, path = parts.hostname or "", parts.path or "/"
    if not (host + path + parts.query).isascii() or parts.username is not None:
        raise AddressError("bad_address", host[:80])
    asked = f"{path}?{parts.query}" if parts.query else path
    return ServerPlace(host, parts.port or _DEFAULT_PORTS[scheme], asked, scheme == "https")


class ServerProbe:
    """Asks the server whether it is there.

    Args:
        place: Where it is.
        context: What certificates to believe; the system's where none is given.
        seconds: How long it has to answer.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self,
        place: ServerPlace,
        context: ssl.SSLContext | None = None,
        seconds: float = ANSWER_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._place = place
        self._context = context
        self._seconds = seconds
        self._monotonic = monotonic
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None

    def look(self) -> DeviceStatus:
        """How the server stands: ready, absent, denied, or in the wrong mode."""
        try:
            return self._ask()
        except ssl.SSLError as error:
            log.debug("diagnostics server: TLS: %s", error)
            return DeviceStatus.WRONG_MODE
        except PermissionError as error:
            log.debug("diagnostics server: %s", error)
            return DeviceStatus.DENIED
        except (OSError, UnicodeError) as error:  # a name too long for DNS is the latter
            log.debug("diagnostics server: %s", error)
            return DeviceStatus.ABSENT

    def cancel(self) -> None:
        """Let a look that waits for an answer end soon."""
        with self._guard:
            if self._socket is not None:
                with suppress(OSError):  # it is closed already
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _ask(self) -> DeviceStatus:
        until = self._monotonic() + self._seconds
        plain = socket.create_connection((self._place.host, self._place.port), self._seconds)
        with plain, self._held(plain):
            if not self._place.path:
                return DeviceStatus.READY
            if not self._place.secure:
                return self._answer(plain, until)
            context = self._context or ssl.create_default_context()
            with context.wrap_socket(plain, server_hostname=self._place.host) as secure:
                return self._answer(secure, until)

    @contextmanager
    def _held(self, connection: socket.socket) -> Generator[None]:
        """Let `cancel` reach the connection until the block ends."""
        with self._guard:
            self._socket = connection
        try:
            yield
        finally:
            with self._guard:
                self._socket = None

    def _answer(self, connection: socket.socket, until: float) -> DeviceStatus:
        """Ask for the page's head, and read no more than the first line of the answer."""
        place = self._place
        host = f"[{place.host}]" if ":" in place.host else place.host
        asked = (
            f"HEAD {place.path} HTTP/1.1\r\nHost: {host}:{place.port}\r\nConnection: close\r\n\r\n"
        )
        connection.sendall(asked.encode("ascii"))
        line = b""
        while b"\n" not in line and len(line) < _LONGEST_LINE:
            left = until - self._monotonic()
            if left <= 0:
                return DeviceStatus.ABSENT
            connection.settimeout(left)
            piece = connection.recv(_LONGEST_LINE)
            if not piece:
                break
            line += piece
        return _meaning(line)


def _meaning(line: bytes) -> DeviceStatus:
    """What the first line of an answer says of the server; a page that is missing is an answer."""
    found = _STATUS.match(line)
    if found is None:
        return DeviceStatus.WRONG_MODE
    code = int(found[1])
    if code in _DENIED:
        return DeviceStatus.DENIED
    return DeviceStatus.WRONG_MODE if code in _BROKEN else DeviceStatus.READY
