"""Puts the lines of one test together, for testers that write a report of several lines."""

from dataclasses import dataclass
from typing import Final

from app.devices.wire.marks import RawFrame
from app.domain.frames import FrameFault

MOST_LINES: Final = 64
JOINT: Final = b"\n"
"""What stands between the lines of a record, whatever the tester ended them with."""


@dataclass(frozen=True, slots=True)
class Record:
    """How a tester marks a test of several lines.

    Attributes:
        begin: A line that starts with one of these begins a record. Empty: every line may.
        end: A line that starts with one of these ends it, and belongs to it.
        lines: How many lines it has; 0 where the marks or silence tell.
    """

    begin: tuple[bytes, ...] = ()
    end: tuple[bytes, ...] = ()
    lines: int = 0

    @property
    def by_silence(self) -> bool:
        """Whether nothing but silence, or the next record, tells that it is whole."""
        return not self.end and not self.lines


class Recorder:
    """Collects lines until they are a record. Holds at most one record.

    Args:
        record: How records are marked.
        maximum: The longest record in bytes.
        joint: What stands between its lines.
    """

    def __init__(self, record: Record, maximum: int, joint: bytes = JOINT) -> None:
        self._record = record
        self._maximum = maximum
        self._joint = joint
        self._lines: list[bytes] = []
        self._fault: FrameFault | None = None

    def take(self, line: RawFrame) -> list[RawFrame]:
        """Take a line and give the records that it completes.

        A line outside of any record is given by itself, so that nothing is dropped.
        """
        given: list[RawFrame] = []
        begins = not self._record.begin or line.raw.startswith(self._record.begin)
        if self._record.begin and begins:
            given += self.rest(cut=not self._record.by_silence)
        if not self._lines and not begins:
            return [*given, line]
        if len(self._lines) == MOST_LINES or self._size() + len(line.raw) > self._maximum:
            self._fault = FrameFault.OVERSIZE
            given += self.rest(cut=False)
            self._fault = FrameFault.OVERSIZE  # what follows is the rest of it, and no record
        self._lines.append(line.raw)
        self._fault = self._fault or line.fault
        ends = bool(self._record.end) and line.raw.startswith(self._record.end)
        if ends or len(self._lines) == self._record.lines:
            given += self.rest(cut=False)
        return given

    def rest(self, *, cut: bool) -> list[RawFrame]:
        """Give what is held, as cut off or as whole, and begin anew."""
        if not self._lines:
            return []
        fault = self._fault or (FrameFault.CUT_OFF if cut else None)
        raw = self._joint.join(self._lines)
        self._lines, self._fault = [], None
        return [RawFrame(raw, fault)]

    def _size(self) -> int:
        return sum(len(line) + len(self._joint) for line in self._lines)
