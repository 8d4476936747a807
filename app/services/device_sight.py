"""What is seen of the devices, for whoever shows it: live bytes, what became of them, counters.

Frozen pictures of a moment. Nothing of it is in the journal: it tells how a device speaks, not what
was done with what it said.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from app.domain.frames import DeviceState, Frame

if TYPE_CHECKING:  # the window imports this before its first picture
    from app.domain.barcodes import Reading
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
    scan: "Reading | None" = None
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


@dataclass(frozen=True, slots=True)
class TrialDevice:
    """A device that is connected, as the setting up finds it.

    Attributes:
        name: What the system or the maker calls it.
        path: Its name now.
        address: What is kept of it.
        state: Its state while it is listened to; None before the first.
        mode: The mode that it says it is in, empty for none.
        can_be_read: Whether the bench can use it as it is.
    """

    name: str
    path: str
    address: str
    state: DeviceState | None = None
    mode: str = ""
    can_be_read: bool = True


@dataclass(frozen=True, slots=True)
class ProfileFit:
    """How a profile reads what came.

    Attributes:
        name: The profile.
        titles: What people call it: pairs of language and text.
        fits: Whether it reads it.
        code: Why not, as a code; empty where it fits.
    """

    name: str
    titles: tuple[tuple[str, str], ...]
    fits: bool
    code: str = ""

    def title(self, language: str) -> str:
        """What people call it."""
        titles = dict(self.titles)
        return titles.get(language) or next(iter(titles.values()), self.name)


@dataclass(frozen=True, slots=True)
class TrialFound:
    """The device that spoke, and what is made of it.

    Attributes:
        address: What is kept of it; empty for a scanner in keyboard mode, which needs none.
        name: What it is called.
        raw: What it sent, with what marks its end.
        fits: Each profile, those that fit first.
        heard: What it means by the profile that fits best; None where none does.
    """

    address: str
    name: str
    raw: bytes
    fits: tuple[ProfileFit, ...]
    heard: Heard | None = None

    @property
    def profile(self) -> str:
        """The profile that fits best, empty where none does."""
        best = self.fits[0] if self.fits else None
        return best.name if best is not None and best.fits else ""


@dataclass(frozen=True, slots=True)
class TrialSight:
    """A trial at a moment.

    Attributes:
        devices: What is connected.
        found: What spoke first, None while nothing has.
        looking: Whether the first look is still to come.
        fault: What the system would not tell, for the log and the screen.
    """

    devices: tuple[TrialDevice, ...] = ()
    found: TrialFound | None = None
    looking: bool = True
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SheetSight:
    """The test sheet.

    Attributes:
        path: Where it lies; empty until it was asked for and made.
        fault: Why it could not be made.
    """

    path: str = ""
    fault: str = ""
