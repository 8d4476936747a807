"""Puts reports together to scans: pure, bounded, and nothing that a report held is dropped.

It stands where the framer of a streaming device stands. A code that is longer than one report comes
in several, each of which says whether more follows; its symbology and a byte count stand in each.
"""

import logging
import re
from typing import Final

from app.devices.scanner.layout import Bits, ReportLayout, ScannerLayout
from app.devices.wire.framing import Framing, RawFrame
from app.domain.frames import FrameFault

log = logging.getLogger("repair_bench.devices.scanner")

MOST_REPORTS: Final = 128
"""Reports of one code: a full Data Matrix is 56."""
PARTIAL_SECONDS: Final = 0.5
"""A scanner sends what belongs together at once: what is missing after this will not come."""

_AIM: Final = re.compile(rb"\][A-Za-z][0-9A-Za-z]")


class ScanAssembler:
    """Collects reports until they are a scan. Never holds more than one.

    Args:
        layout: Where the reports have what.
        framing: Its terminators and its start are what the scanner was told to add to each code;
            its maximum is the longest code.
        partial: Seconds of silence after which a code that is not complete is cut off.
    """

    def __init__(
        self, layout: ScannerLayout, framing: Framing, partial: float = PARTIAL_SECONDS
    ) -> None:
        self._layout = layout
        self._maximum = framing.maximum
        self._start = framing.start
        self._ends = tuple(sorted(framing.terminators, key=len, reverse=True))
        self._partial = partial
        self._buffer = bytearray()
        self._aim: str | None = None
        self._of: ReportLayout | None = None
        self._reports = 0
        self._over = False
        self._last = 0.0

    @property
    def held(self) -> int:
        """How many bytes wait for the rest of their code."""
        return len(self._buffer)

    def feed(self, report: bytes, now: float = 0.0) -> list[RawFrame]:
        """Take a report that arrived at ``now`` (monotonic) and give the scans it completes."""
        found = self._layout_of(report)
        if found is None:
            return []
        data, aim = _data(report, found), _aim(report, found)
        frames: list[RawFrame] = []
        if self._of is not None and (found is not self._of or aim not in {None, self._aim}):
            log.info("a code began before the last one was complete")
            frames += self.cut_off()
        if self._of is None:
            self._of, self._aim = found, aim
        self._last = now
        self._buffer += data
        self._reports += 1
        if found.more is not None and _number(report, found.more):
            self._cap(frames)
        else:
            self._finish(frames, counted=found.count is not None)
        return frames

    def flush(self, now: float) -> list[RawFrame]:
        """Give what is held as cut off if the rest did not come in time.

        Ask only after a read that waited and got nothing: a reader that was kept from running must
        not take its own delay for the device's silence.
        """
        if self._of is None or now - self._last < self._partial:
            return []
        log.info("a code was not completed: %d reports", self._reports)
        return self.cut_off()

    def cut_off(self) -> list[RawFrame]:
        """Give what is held as cut off and begin anew: the device is gone."""
        raw, aim = bytes(self._buffer), self._aim
        fault = FrameFault.OVERSIZE if self._over else FrameFault.CUT_OFF
        self._begin()
        return [RawFrame(raw, fault, aim)] if raw else []

    def _layout_of(self, report: bytes) -> ReportLayout | None:
        number = report[0] if self._layout.numbered and report else 0
        found = self._layout.reports.get(number)
        if found is None or len(report) * 8 < found.data[0] + 8:
            log.debug("report %d of %d bytes holds no code", number, len(report))
            return None
        return found

    def _begin(self) -> None:
        self._buffer.clear()
        self._of, self._aim, self._reports, self._over = None, None, 0, False

    def _cap(self, frames: list[RawFrame]) -> None:
        """Give what has grown too long in pieces; the rest of it will come in pieces too."""
        while len(self._buffer) > self._maximum:
            self._give(self._maximum, frames)
        if self._reports >= MOST_REPORTS:
            log.info("a code of more than %d reports", MOST_REPORTS)
            self._give(len(self._buffer), frames)
            self._reports = 0

    def _give(self, size: int, frames: list[RawFrame]) -> None:
        """Give a piece of a code that is too long."""
        self._over = True
        if size:
            frames.append(RawFrame(bytes(self._buffer[:size]), FrameFault.OVERSIZE, self._aim))
            del self._buffer[:size]

    def _finish(self, frames: list[RawFrame], *, counted: bool) -> None:
        """Give what is complete now, without what is not the code's."""
        raw = bytes(self._buffer) if counted else self._buffer.rstrip(b"\0")
        self._buffer[:] = self._without_marks(bytes(raw))
        while len(self._buffer) > self._maximum:
            self._give(self._maximum, frames)
        if self._buffer:
            fault = FrameFault.OVERSIZE if self._over else None
            frames.append(RawFrame(bytes(self._buffer), fault, self._aim))
        self._begin()

    def _without_marks(self, raw: bytes) -> bytes:
        """The code without what the scanner was told to add: a line end, or marks on both sides."""
        end = next((each for each in self._ends if each and raw.endswith(each)), b"")
        if not end or not raw.startswith(self._start):
            return raw
        return raw[len(self._start) : len(raw) - len(end)]


def _data(report: bytes, layout: ReportLayout) -> bytes:
    raw = _bytes(report, layout.data)
    if layout.count is None:
        return raw
    count = _number(report, layout.count)
    if count > len(raw):
        log.debug("a byte count of %d where %d fit", count, len(raw))
    return raw[:count]


def _aim(report: bytes, layout: ReportLayout) -> str | None:
    raw = b"".join(_bytes(report, each) for each in layout.aim)[:3]
    if _AIM.fullmatch(raw):
        return raw.decode("ascii")
    if raw.strip(b"\0 "):
        log.debug("no symbology identifier: %s", raw.hex())
    return None


def _bytes(report: bytes, bits: Bits) -> bytes:
    """The whole bytes of a run of bits, as far as the report has them."""
    start, size = bits
    if start % 8 == 0:
        return report[start // 8 : (start + size) // 8]
    there = max(0, min(size, len(report) * 8 - start)) // 8 * 8
    number = int.from_bytes(report, "little") >> start
    return (number & ((1 << there) - 1)).to_bytes(there // 8, "little")


def _number(report: bytes, bits: Bits) -> int:
    """The number in a run of bits, the least significant first; bits that are missing are 0."""
    start, size = bits
    return int.from_bytes(report, "little") >> start & ((1 << size) - 1)
