"""Which profile reads what a device sent: each is tried on the same bytes. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from app.devices.decoding import decoder
from app.devices.profile import Profile
from app.devices.wire.framing import Framer, RawFrame
from app.domain import barcodes
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, Frame
from app.domain.line_fault import LineFault
from app.services.device_sight import Direction, Fate, Heard, LogLine, ProfileFit

HID: Final = "hid-pos"
"""The profile of every HID scanner that says the truth about itself; the others override it."""
_MARKS: Final = (b"\x02", b"\x03", b"\r", b"\n")
"""What marks a message; where it is left in the data, another profile reads it better."""


def fit_profiles(
    raw: bytes, profiles: Iterable[Profile], at: datetime
) -> tuple[tuple[ProfileFit, ...], Heard | None]:
    """Try every profile on what came over a stream.

    Args:
        raw: The bytes, the marks of their message included.
        profiles: Those to try; of several that fit, the first is taken.
        at: When they came.

    Returns:
        How each fits, those that do first; and what the best makes of them.
    """
    fits: list[ProfileFit] = []
    best: Heard | None = None
    for profile in profiles:
        code, heard = _tried(raw, profile, at)
        fits.append(ProfileFit(profile.name, profile.titles, not code, code))
        if not code and best is None:
            best = heard
    return tuple(sorted(fits, key=lambda fit: not fit.fits)), best


def _tried(raw: bytes, profile: Profile, at: datetime) -> tuple[str, Heard | None]:
    """Why a profile does not fit, or what it reads."""
    framer = Framer(profile.framing)
    frames = [*framer.feed(raw), *framer.cut_off()]
    if not frames:
        return "nothing", None
    fault = next((each.fault for each in frames if each.fault is not None), None)
    if fault is not None:
        return fault.value, None
    if profile.role is DeviceRole.SCANNER:
        return _scanned(raw, frames, at)
    return _measured(frames, profile, at)


def _scanned(raw: bytes, frames: Sequence[RawFrame], at: datetime) -> tuple[str, Heard | None]:
    last = frames[-1]
    if any(mark in last.raw for mark in _MARKS):
        return "marks_left", None
    behind = raw[raw.rfind(last.raw) + len(last.raw) :]
    return "", Heard(_line(last, at), barcodes.read(last.raw, last.aim), None, behind)


def _measured(
    frames: Sequence[RawFrame], profile: Profile, at: datetime
) -> tuple[str, Heard | None]:
    decode = decoder(profile)
    code = "no_measurement"
    for number, each in enumerate(frames, 1):
        read = decode(Frame("trial", profile.role, each.raw, at, number, each.aim, each.fault))
        if isinstance(read, LineFault):
            code = read.code
        elif any(isinstance(one, Measurement) for one in read):
            return "", Heard(_line(each, at), None, read)
    return code, None


def _line(frame: RawFrame, at: datetime) -> LogLine:
    raw = frame.raw
    return LogLine(1, at, 0.0, Direction.IN, raw, len(raw), Fate.TESTED, frame.aim)
