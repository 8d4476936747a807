"""The socket of the exchange that runs, so that a deadline or a stop can cut it."""

import contextlib
import socket
import threading
from collections.abc import Mapping
from typing import Any, Final

from app.sync.errors import SyncFaultError

_OPENED: Final = ("connect_tcp.complete", "start_tls.complete")


class Line:
    """Cuts what another thread waits on; safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._expired = False
        self._stopped = False

    def begin(self) -> None:
        """A new exchange starts.

        Raises:
            SyncFaultError: ``stopped``.
        """
        with self._lock:
            self._expired = False
        self.check()

    def check(self, cause: BaseException | None = None) -> None:
        """Tell what a cut line means; does nothing while it is whole.

        Raises:
            SyncFaultError: ``stopped`` or ``timed_out``.
        """
        with self._lock:
            stopped, expired = self._stopped, self._expired
        if stopped:
            raise SyncFaultError("stopped") from cause
        if expired:
            raise SyncFaultError("timed_out") from cause

    def expire(self) -> None:
        """The exchange took too long."""
        with self._lock:
            self._expired = True
            self._cut()

    def stop(self) -> None:
        """This exchange and all later ones are to end."""
        with self._lock:
            self._stopped = True
            self._cut()

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """The trace extension of httpx: it shows each socket once it is open.

        TLS wraps the first socket in a second one and leaves the first empty, so the newest
        counts.
        """
        if not event.endswith(_OPENED):
            return
        opened = info["return_value"].get_extra_info("socket")
        with self._lock:
            self._socket = opened
            if self._expired or self._stopped:
                self._cut()

    def _cut(self) -> None:
        if self._socket is not None:
            # The plain socket's shutdown: TLS's own would take the connection from under the
            # thread that reads it. A socket that is closed already needs no cutting.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
