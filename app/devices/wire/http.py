"""A tester that answers over HTTP: asked now and then, every answer bounded in size and time.

The whole body is given at once and in one piece, so that it is on record before anybody reads it:
asking may have emptied the tester's memory.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

import httpx

from app.devices.errors import WireCode, WireError
from app.devices.wire.base import READ_SECONDS
from app.devices.wire.polling import Poll

log = logging.getLogger("repair_bench.devices.wire")

ANSWER_SECONDS: Final = 4.0
"""The longest that one answer may take, however slowly it drips."""
_TIMEOUT: Final = httpx.Timeout(2.0)
_HEADERS: Final = {"Accept-Encoding": "identity"}
_OK: Final = 200
_DENIED: Final = frozenset({401, 403, 407})
_THEIR_FAULT: Final = 500
_CONNECTED: Final = frozenset({"connection.connect_tcp.complete", "connection.start_tls.complete"})
"""The events of httpx's trace that bring another socket."""


class HttpWire:
    """A polled address.

    Args:
        url: The address.
        every: Seconds from one question to the next.
        maximum: Bytes of an answer that are kept; one more tells that there were more.
        read_seconds: How long a read waits for the next question's time.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self,
        url: str,
        every: float,
        maximum: int,
        read_seconds: float = READ_SECONDS,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._every = every
        self._maximum = maximum
        self._read_seconds = read_seconds
        self._monotonic = monotonic
        self._woken = threading.Event()
        # No proxies and no redirects: the tester is asked, or nobody.
        self._client = httpx.Client(
            timeout=_TIMEOUT, headers=_HEADERS, trust_env=False, follow_redirects=False
        )
        self._due = monotonic()
        self._first: bytes | None = None
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None
        self._is_broken = False

    def ask_first(self) -> None:
        """Ask once, to know that somebody answers; the answer is what `read` gives next.

        Raises:
            WireError: Nobody does.
        """
        self._first = self._ask()

    def read(self) -> bytes:
        """The next answer, or nothing where it is not yet time."""
        if self._first is not None:
            first, self._first = self._first, None
            return first
        left = self._due - self._monotonic()
        if left > 0:
            self._woken.wait(min(left, self._read_seconds))
            self._woken.clear()
            return b""
        return self._ask()

    def write(self, data: bytes) -> None:
        """Nothing is sent to such a device but the question.

        Raises:
            WireError: Always.
        """
        raise WireError(WireCode.REFUSED, f"{len(data)} bytes for a polled address")

    def cancel(self) -> None:
        """Wake a waiting read, and break off an answer that is on its way."""
        self._woken.set()
        self._break_off()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _ask(self) -> bytes:
        self._due = self._monotonic() + self._every
        with self._guard:
            self._is_broken = False
        # The limits of httpx are for each piece; this is for all of them, the headers too.
        limit = threading.Timer(ANSWER_SECONDS, self._break_off)
        limit.start()
        try:
            with self._client.stream("GET", self._url, extensions={"trace": self._note}) as answer:
                if answer.status_code != _OK:
                    raise _refusal(answer.status_code)
                body = self._body(answer)
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL, OSError, ValueError) as error:
            raise WireError(WireCode.LOST, f"{type(error).__name__}: {error}") from error
        finally:
            limit.cancel()
            limit.join()
        if self._is_broken:  # where the end of the connection ends the body, this was none
            raise WireError(WireCode.LOST, "the answer was broken off")
        log.debug("%s: %d bytes in", self._url, len(body))
        return body

    def _note(self, event: str, about: Mapping[str, object]) -> None:
        """Keep the socket of a new connection: what can be broken off from another thread."""
        if event not in _CONNECTED:
            return
        asked: object = getattr(about.get("return_value"), "get_extra_info", None)
        found: object = asked("socket") if callable(asked) else None
        with self._guard:
            self._socket = found if isinstance(found, socket.socket) else None

    def _break_off(self) -> None:
        with self._guard:
            self._is_broken = True
            if self._socket is not None:
                with suppress(OSError):  # it is closed already
                    self._socket.shutdown(socket.SHUT_RDWR)

    def _body(self, answer: httpx.Response) -> bytes:
        body = bytearray()
        for chunk in answer.iter_raw():
            body += chunk
            if len(body) > self._maximum:
                break  # one byte too many tells that it was cut
        return bytes(body[: self._maximum + 1])


def open_http(
    url: str,
    poll: Poll,
    maximum: int,
    *,
    read_seconds: float = READ_SECONDS,
    monotonic: Callable[[], float] = time.monotonic,
) -> HttpWire:
    """Open a polled address.

    Raises:
        WireError: Nobody answers there, or with something else than an answer.
    """
    wire = HttpWire(url, poll.every, maximum, read_seconds, monotonic)
    try:
        wire.ask_first()
    except WireError as error:
        wire.close()
        if error.reason is WireCode.LOST:
            raise WireError(WireCode.ABSENT, error.detail) from error
        raise
    except BaseException:
        wire.close()
        raise
    return wire


def _refusal(status: int) -> WireError:
    if status >= _THEIR_FAULT:
        return WireError(WireCode.LOST, f"HTTP {status}")
    return WireError(WireCode.DENIED if status in _DENIED else WireCode.REFUSED, f"HTTP {status}")
