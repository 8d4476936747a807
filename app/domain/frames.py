"""What a device sends, before anybody has read its meaning."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DeviceRole(StrEnum):
    """What a device is there for: it decides how its frames are read."""

    SCANNER = "scanner"
    ESD_TESTER = "esd"
    DIAGNOSTICS = "diagnostics"
    """The diagnostics server: it has a state, and sends no frames."""
    RESULTS = "results"
    """The folder that its results come to: likewise."""


class FrameFault(StrEnum):
    """Why a frame is known to be incomplete. The bytes are kept all the same."""

    OVERSIZE = "oversize"
    """More bytes than the device's profile allows arrived without a terminator."""
    CUT_OFF = "cut_off"
    """The device went away, or fell silent, in the middle of a frame."""
    CHECKSUM = "checksum"
    """The frame does not have the checksum that it came with."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One message of a device, as it came from the wire.

    Attributes:
        device: The bench's own name of the device, such as ``scanner-1``; never a port name.
        role: What the device is there for.
        raw: The bytes, without the terminator, otherwise untouched.
        received_at: When the last byte arrived, UTC, by the bench's clock.
        seq: Counts the frames of this device since the program started, from 1.
        aim: The AIM symbology identifier where the wire carries it apart from the data (``]d2``).
        fault: Set where the frame is known to be incomplete.
    """

    device: str
    role: DeviceRole
    raw: bytes
    received_at: datetime
    seq: int
    aim: str | None = None
    fault: FrameFault | None = None


class DeviceStatus(StrEnum):
    """The state of a device as the technician sees it (facts on devices, section 7)."""

    ABSENT = "absent"
    OPENING = "opening"
    READY = "ready"
    BUSY = "busy"
    DENIED = "denied"
    LOST = "lost"
    WRONG_MODE = "wrong_mode"


@dataclass(frozen=True, slots=True)
class DeviceState:
    """One device's state at a moment; each change is told once.

    Attributes:
        device: The bench's own name of the device.
        role: What the device is there for.
        status: The state.
        where: The address it was looked for at, for the message to the technician.
        at: When the state began, UTC.
        cause: Why, where the state alone does not say it: ``ambiguous`` (several units fit),
            ``refused`` (it does not take the settings), ``bad_setting`` ...; empty for nothing.
    """

    device: str
    role: DeviceRole
    status: DeviceStatus
    where: str
    at: datetime
    cause: str = ""
