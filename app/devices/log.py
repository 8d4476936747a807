"""The latest bytes of one device: a ring that is bounded in lines and in bytes. Pure but a lock."""

import threading
from collections import deque
from datetime import datetime
from typing import Final

from app.services.device_sight import Direction, Fate, LogLine

MOST_LINES: Final = 512
MOST_BYTES: Final = 128 * 1024
MOST_OF_A_LINE: Final = 8 * 1024
"""Bytes of one line that are kept; the longest barcode has half as many."""


class RawLog:
    """Remembers what went over one device's wire; the oldest goes first.

    Args:
        lines: How many lines it holds.
        octets: How many bytes its lines hold together.
    """

    def __init__(self, lines: int = MOST_LINES, octets: int = MOST_BYTES) -> None:
        self._most_lines = lines
        self._most_octets = octets
        self._lines: deque[LogLine] = deque()
        self._held = 0
        self._number = 0
        self._guard = threading.Lock()
        self._frames = self._faults = self._octets = 0

    def add(
        self,
        raw: bytes,
        fate: Fate,
        at: datetime,
        monotonic: float,
        direction: Direction = Direction.IN,
        aim: str | None = None,
    ) -> None:
        """Note some bytes, and count them."""
        kept = raw[:MOST_OF_A_LINE]
        with self._guard:
            self._number += 1
            self._count(fate, len(raw))
            line = LogLine(self._number, at, monotonic, direction, kept, len(raw), fate, aim)
            self._lines.append(line)
            self._held += len(kept)
            while len(self._lines) > self._most_lines or (
                self._held > self._most_octets and len(self._lines) > 1
            ):
                self._held -= len(self._lines.popleft().raw)

    def _count(self, fate: Fate, size: int) -> None:
        if fate is Fate.CHUNK:
            self._octets += size
        elif fate is not Fate.SENT:
            self._frames += 1
            self._faults += not fate.is_whole

    def lines(self, newest: int | None = None) -> tuple[LogLine, ...]:
        """What it holds, oldest first.

        Args:
            newest: Only so many of the latest; None for all.
        """
        with self._guard:
            held = tuple(self._lines)
        return held if newest is None else held[max(0, len(held) - newest) :]

    def counters(self) -> tuple[int, int, int]:
        """Frames, frames that were incomplete, and bytes, since it was made."""
        with self._guard:
            return self._frames, self._faults, self._octets
