"""Captures: what a device sent, redacted, as lines of JSON that replay as a regression test.

The first line tells of the device, each other of some bytes: chunks as they came from the wire,
and the frames with what they mean. Where the wire gives reports instead of a stream (HID) there
are only frames. Times are milliseconds since the first line.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Final

from app.devices.capture_redacting import Redact, redact_line, redact_rest, redact_scan
from app.devices.decoding import decoder
from app.devices.profile import Profile
from app.devices.wire.framing import Framer, RawFrame
from app.domain import barcodes
from app.domain.esd import Measurement
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.line_fault import LineFault
from app.services.device_sight import Direction, Fate, LogLine

VERSION: Final = 1
_NEVER: Final = datetime.min.replace(tzinfo=UTC)
"""No meaning depends on when a frame came."""
_LONGEST_LINE: Final = 256 * 1024
_LAST_MS: Final = 10**10
"""No log is as long: some four months."""
_TOLD: Final = ("raw_hex", "symbology", "aim")
"""What a reading tells of its bytes themselves: the line has them already."""


class CaptureError(ValueError):
    """A capture that cannot be read.

    Attributes:
        line: The line of the file, from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"line {line}: {reason}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Captured:
    """Some bytes of a capture.

    Attributes:
        ms: When, since the first.
        fate: What became of them.
        raw: The bytes.
        aim: The AIM identifier where the wire carried it apart.
        means: What a frame meant; None for what is no frame.
    """

    ms: int
    fate: Fate
    raw: bytes
    aim: str | None = None
    means: object = None

    @property
    def frame(self) -> RawFrame:
        """The frame that it is."""
        fault = None if self.fate.is_whole else FrameFault(self.fate.value)
        return RawFrame(self.raw, fault, self.aim)


@dataclass(frozen=True, slots=True)
class Capture:
    """What one device sent.

    Attributes:
        role: What the device is there for.
        profile: The name of its profile.
        lines: The bytes, in order.
    """

    role: DeviceRole
    profile: str
    lines: tuple[Captured, ...]

    @property
    def chunks(self) -> tuple[Captured, ...]:
        """The bytes as they came."""
        return tuple(each for each in self.lines if each.fate is Fate.CHUNK)

    @property
    def frames(self) -> tuple[Captured, ...]:
        """The frames that were made of them."""
        return tuple(each for each in self.lines if each.fate not in {Fate.CHUNK, Fate.SENT})


def capture_of(lines: Sequence[LogLine], profile: Profile, redact: Redact) -> Capture:
    """A device's log as a capture: redacted, with what its frames mean after that.

    Args:
        lines: The log, oldest first.
        profile: How the device was read.
        redact: What replaces a word.
    """
    came = [each for each in lines if each.direction is Direction.IN]
    start = came[0].monotonic if came else 0.0
    frames = {each.number: _redacted(each, profile, redact) for each in came if _is_frame(each)}
    chunks = _redacted_chunks(came, frames, redact)
    told: list[Captured] = []
    for each in came:
        ms = round((each.monotonic - start) * 1000)
        if each.number in frames:
            raw = frames[each.number]
            fate = Fate.GIVEN if each.fate.is_whole else each.fate
            kept = Captured(ms, fate, raw, each.aim)
            told.append(replace(kept, means=meaning(kept.frame, profile)))
        elif each.number in chunks:
            told.append(Captured(ms, Fate.CHUNK, chunks[each.number]))
    return Capture(profile.role, profile.name, tuple(told))


def _is_frame(line: LogLine) -> bool:
    return line.fate is not Fate.CHUNK and line.size == len(line.raw)


def _redacted(line: LogLine, profile: Profile, redact: Redact) -> bytes:
    if profile.role is DeviceRole.SCANNER:
        return redact_scan(line.raw, redact, line.aim)
    return redact_line(line.raw, redact, lambda raw: _reading(raw, profile))


def _reading(raw: bytes, profile: Profile) -> object:
    """What must stay as it was: all of a reading but whose it is and when it was taken."""
    read = decoder(profile)(_frame(RawFrame(raw), profile.role))
    if isinstance(read, LineFault):
        return read.code
    return [
        each.code
        if isinstance(each, LineFault)
        else (each.channel, each.ohm, each.over_range, each.under_range, each.tester_verdict)
        for each in read
    ]


def _redacted_chunks(
    lines: Sequence[LogLine], frames: dict[int, bytes], redact: Redact
) -> dict[int, bytes]:
    """The chunks with the same bytes replaced as in the frames that were made of them.

    A frame lies in the chunks before it; what lies between frames is ends of lines, or the
    beginning of a frame that never came and is redacted by itself.
    """
    pending: list[LogLine] = []
    stream, done = b"", b""
    for line in lines:
        if line.fate is Fate.CHUNK:
            pending.append(line)
            stream += line.raw
        elif line.number in frames:
            at = stream.find(line.raw, len(done))
            if at < 0:
                return {}  # reports, or bytes that the log has let go: the frames are what there is
            done += redact_rest(stream[len(done) : at], redact) + frames[line.number]
    done += redact_rest(stream[len(done) :], redact)
    cut: dict[int, bytes] = {}
    at = 0
    for line in pending:
        cut[line.number] = done[at : at + len(line.raw)]
        at += len(line.raw)
    return cut


def meaning(frame: RawFrame, profile: Profile) -> object:
    """What a frame means, as JSON: a barcode's reading, or a tester's measurements."""
    if profile.role is DeviceRole.SCANNER:
        document = barcodes.as_json(barcodes.read(frame.raw, frame.aim))
        return {key: value for key, value in document.items() if key not in _TOLD}
    return measured(decoder(profile)(_frame(frame, profile.role)))


def measured(read: tuple[Measurement | LineFault, ...] | LineFault) -> object:
    """What was read from a tester's frame, as JSON."""
    if isinstance(read, LineFault):
        return {"fault": read.code}
    return [_measured(each) for each in read]


def _measured(each: Measurement | LineFault) -> object:
    if isinstance(each, LineFault):
        return {"fault": each.code}
    verdict = each.tester_verdict
    return {
        "channel": each.channel,
        "ohm": each.ohm,
        "over_range": each.over_range,
        "under_range": each.under_range,
        "tester_verdict": verdict.value if verdict is not None else None,
    }


def _frame(frame: RawFrame, role: DeviceRole) -> Frame:
    return Frame("capture", role, frame.raw, _NEVER, 1, frame.aim, frame.fault)


def replayed(capture: Capture, profile: Profile) -> list[RawFrame]:
    """The frames that a profile makes of a capture's chunks, with its pauses."""
    framer = Framer(profile.framing)
    frames: list[RawFrame] = []
    for each in capture.chunks:
        now = each.ms / 1000
        frames += framer.flush(now)
        frames += framer.feed(each.raw, now)
    idle = profile.framing.idle
    if idle is not None and capture.chunks:
        frames += framer.flush(capture.chunks[-1].ms / 1000 + idle)
    return frames + framer.cut_off()


def written(capture: Capture) -> Iterator[str]:
    """The lines of its file."""
    head = {"capture": VERSION, "role": capture.role.value, "profile": capture.profile}
    yield json.dumps(head)
    for each in capture.lines:
        line: dict[str, object] = {"ms": each.ms, "fate": each.fate.value, "hex": each.raw.hex()}
        if each.aim is not None:
            line["aim"] = each.aim
        if each.means is not None:
            line["means"] = each.means
        yield json.dumps(line, ensure_ascii=False, default=str)


def _captured(line: dict[str, Any]) -> Captured:
    ms, aim = line["ms"], line.get("aim")
    if not isinstance(ms, int) or not 0 <= ms <= _LAST_MS:
        raise ValueError("ms: no time")
    if aim is not None and not isinstance(aim, str):
        raise ValueError("aim: no text")
    return Captured(ms, Fate(line["fate"]), bytes.fromhex(line["hex"]), aim, line.get("means"))


def read_capture(lines: Iterable[str]) -> Capture:
    """Read a capture's file.

    Raises:
        CaptureError: It is none.
    """
    role, profile, told = DeviceRole.SCANNER, "", list[Captured]()
    for number, text in enumerate(lines, 1):
        if len(text) > _LONGEST_LINE:
            raise CaptureError(number, "too long")
        try:
            line: dict[str, Any] = json.loads(text)
            if number == 1:
                role, profile = DeviceRole(line["role"]), str(line["profile"])
                if line["capture"] != VERSION:
                    raise CaptureError(number, f"not version {VERSION}")
                continue
            told.append(_captured(line))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            if isinstance(error, CaptureError):
                raise
            raise CaptureError(number, str(error)) from error
    return Capture(role, profile, tuple(told))
