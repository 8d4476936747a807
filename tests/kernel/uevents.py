"""What the kernel says about devices that come and go, to wait for it without sleeping."""

import socket
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

PATIENCE: Final = 30.0
"""Seconds after which a wait is a failure; nothing is timed."""

_KOBJECT_UEVENT: Final = 15
_FROM_THE_KERNEL: Final = 1
_LONGEST: Final = 8192


class Uevents:
    """A subscription, made before what is waited for is begun."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _KOBJECT_UEVENT)
        self._socket.bind((0, _FROM_THE_KERNEL))

    def until(self, what: str, ready: Callable[[], bool]) -> None:
        """Wait until something holds, looking again after each event.

        Raises:
            TimeoutError: It does not come to hold; the message says what.
        """
        end = time.monotonic() + PATIENCE
        while not ready():
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutError(what)
            self._socket.settimeout(left)
            try:
                self._socket.recv(_LONGEST)
            except TimeoutError:
                continue  # the last look is the one that counts

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._socket.close()
