"""One run of a diagnostic tool: who was examined, and what was found.

Missing is unknown and never good: a value that a tool did not tell, or told in a form that is not
known, is None, `Answer.UNKNOWN` or `Outcome.UNKNOWN`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Source(StrEnum):
    """Which tool spoke."""

    APPLE_DIAGNOSTICS = "apple_diagnostics"
    """Reference codes: typed, scanned, or from the result's link."""
    SYSTEM_PROFILER = "system_profiler"
    """A Mac's own report of its hardware."""
    IDEVICEINFO = "ideviceinfo"
    """An iPhone's or iPad's answers over its cable."""


class Outcome(StrEnum):
    """What a test means for the work."""

    NO_ISSUE = "no_issue"
    UNKNOWN = "unknown"
    RERUN = "rerun"
    """The test did not end; something around the product kept it from ending."""
    WEAR = "wear"
    FAULT = "fault"
    SAFETY = "safety"
    """Stop using the product."""


_BY_GRAVITY: Final = tuple(Outcome)


class Answer(StrEnum):
    """Yes, no, or nobody knows."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Device:
    """The product that was examined, as the tool told it.

    Attributes:
        serial: Its serial number.
        imeis: Its IMEIs; empty where there are none or none was told.
        model: Apple's identifier of the model, such as ``MacBookPro18,3``.
        model_number: As it is sold, such as ``MK183LL/A``.
        board_serial: Serial of the logic board.
        chip: Chip or processor.
        memory_gb: Memory in GB.
        system: Version of the operating system.
        locked: Whether Activation Lock is on.
        activated: Whether it is activated.
    """

    serial: str | None = None
    imeis: tuple[str, ...] = ()
    model: str | None = None
    model_number: str | None = None
    board_serial: str | None = None
    chip: str | None = None
    memory_gb: int | None = None
    system: str | None = None
    locked: Answer = Answer.UNKNOWN
    activated: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Battery:
    """Its battery.

    Attributes:
        present: Whether it has one; a desktop has none.
        health: What the tool says of its condition.
        capacity_percent: Largest charge in percent of a new one's.
        charge_percent: How full it is now, in percent.
        cycles: Charge cycles so far.
        serial: The battery's serial.
    """

    present: Answer = Answer.UNKNOWN
    health: Outcome = Outcome.UNKNOWN
    capacity_percent: int | None = None
    charge_percent: int | None = None
    cycles: int | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class Disk:
    """One built-in drive.

    Attributes:
        model: Apple's name of it.
        size_bytes: Its size.
        health: What its own monitoring (SMART) says.
    """

    model: str | None = None
    size_bytes: int | None = None
    health: Outcome = Outcome.UNKNOWN


@dataclass(frozen=True, slots=True)
class CodeResult:
    """A reference code and what it was taken to mean when it was read.

    Attributes:
        code: Such as ``PPT002``.
        outcome: What it means; unknown for a code that the code book does not hold.
        component: Key of what it is about (``diagnostics.component.<component>``).
    """

    code: str
    outcome: Outcome
    component: str


@dataclass(frozen=True, slots=True)
class DiagnosticsRun:
    """What one run of a tool found.

    Attributes:
        source: The tool.
        device: Who was examined.
        battery: Its battery.
        disks: Its built-in drives, as far as told.
        codes: The reference codes, in the order told.
        unread: How many codes were told that could not be read; they count as unknown.
    """

    source: Source
    device: Device = field(default_factory=Device)
    battery: Battery = field(default_factory=Battery)
    disks: tuple[Disk, ...] = ()
    codes: tuple[CodeResult, ...] = ()
    unread: int = 0

    @property
    def outcome(self) -> Outcome:
        """The gravest of what was found; what was not told counts as unknown."""
        if self.source is Source.APPLE_DIAGNOSTICS:
            unread = [Outcome.UNKNOWN] * (self.unread > 0)
            return gravest([*(one.outcome for one in self.codes), *unread])
        found = [one.health for one in self.disks] or [Outcome.UNKNOWN]
        if self.battery.present is not Answer.NO:
            found.append(self.battery.health)
        return gravest(found)

    @property
    def worst_code(self) -> CodeResult | None:
        """The gravest code, the first told of several; None where none was told."""
        return max(self.codes, key=lambda one: _BY_GRAVITY.index(one.outcome), default=None)


def gravest(outcomes: Iterable[Outcome]) -> Outcome:
    """The gravest of some outcomes; of none it is unknown."""
    return max(outcomes, key=_BY_GRAVITY.index, default=Outcome.UNKNOWN)
