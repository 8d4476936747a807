"""What is seen of the devices, for whoever shows it: live bytes, what became of them, counters.

Frozen pictures of a moment. Nothing of it is in the journal: it tells how a device speaks, not what
was done with what it said.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.barcodes import Reading
from app.domain.frames import DeviceState, Frame

if TYPE_CHECKING:
    from app.domain.esd import Measurement
    from app.domain.line_fault import LineFault


class Direction(StrEnum):
    """Which way bytes went."""

    IN = "in"
    OUT = "out"


class Fate(StrEnum):
    """What became of bytes."""

    CHUNK = "chunk"
    """As they came from the wire; the frame that they are part of is a line of its own."""
    GIVEN = "given"
    """A whole frame, given to the bench, which records it."""
    TESTED = "tested"
    """A whole frame, kept from the bench: it was scanned to test the scanner."""
    CUT_OFF = "cut_off"
    OVERSIZE = "oversize"
    CHECKSUM = "checksum"
    SENT = "sent"
    """Sent to the device by the bench."""

    @property
    def is_whole(self) -> bool:
        """Whether it is a whole frame."""
        return self in {Fate.GIVEN, Fate.TESTED}


@dataclass(frozen=True, slots=True)
class LogLine:
    """Some bytes of a device.

    Attributes:
        number: Counts the lines of this device, from 1; a gap means that older ones were let go.
        at: When, UTC, by the bench's clock.
        monotonic: When, in seconds that never run backwards.
        direction: Which way they went.
        raw: The bytes; of more than the log's limit, the first.
        size: How many there were.
        fate: What became of them.
        aim: The AIM identifier where the wire carries it apart.
    """

    number: int
    at: datetime
    monotonic: float
    direction: Direction
    raw: bytes
    size: int
    fate: Fate
    aim: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """The latest frame of a device and what it means.

    Attributes:
        line: The frame.
        scan: What it means as a barcode; None for a tester.
        reading: What it means as a tester's line; None for a scanner.
        ended_by: The suffix that came right behind it; None where the wire does not tell it.
    """

    line: LogLine
    scan: Reading | None = None
    reading: "tuple[Measurement | LineFault, ...] | LineFault | None" = None
    ended_by: bytes | None = None


@dataclass(frozen=True, slots=True)
class DeviceSight:
    """One device at a moment.

    Attributes:
        state: Its state, None before the first.
        device: The bench's own name of it.
        frames: How many frames it gave since the program started.
        faults: How many of them were incomplete.
        octets: How many bytes came, as far as its wire tells them.
        log: The latest lines, oldest first.
        heard: The latest frame and its meaning.
    """

    device: str
    state: DeviceState | None = None
    frames: int = 0
    faults: int = 0
    octets: int = 0
    log: tuple[LogLine, ...] = ()
    heard: Heard | None = None


@dataclass(frozen=True, slots=True)
class BenchSight:
    """All devices at a moment.

    Attributes:
        devices: Each device.
        test_seconds: How long scans still go to the test instead of the bench; 0 for not at all.
        tested: What was scanned for the test, oldest first.
    """

    devices: tuple[DeviceSight, ...] = ()
    test_seconds: int = 0
    tested: tuple[Frame, ...] = ()
