"""A device that speaks only when it is asked."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from app.devices.wire.base import Wire


@dataclass(frozen=True, slots=True)
class Poll:
    """How a device is asked.

    Attributes:
        command: What it is sent; empty where opening the address is the question (HTTP).
        every: Seconds from one question to the next.
        path: What is asked for over HTTP where the address names only the host.
    """

    command: bytes = b""
    every: float = 1.0
    path: str = ""


class PollingWire:
    """A wire that sends a command now and then while it is read.

    Args:
        wire: The open wire.
        poll: What to send, and how often.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self, wire: Wire, poll: Poll, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._wire = wire
        self._poll = poll
        self._monotonic = monotonic
        self._due = monotonic()

    def read(self) -> bytes:
        """Ask if it is time, then take what arrived."""
        now = self._monotonic()
        if now >= self._due:
            self._due = now + self._poll.every  # from now: what was missed is not made up for
            self._wire.write(self._poll.command)
        return self._wire.read()

    def write(self, data: bytes) -> None:
        """Send bytes between the questions."""
        self._wire.write(data)

    def cancel(self) -> None:
        """Wake a waiting read."""
        self._wire.cancel()

    def close(self) -> None:
        """Let go of the device."""
        self._wire.close()
