"""Cuts a stream of bytes into frames: pure, incremental, bounded, and nothing is dropped.

The rule is told byte by byte, so how the stream was cut into chunks never changes the frames: as
soon as the bytes end with a terminator, the frame is done. A longer terminator that begins with
that one (CR LF after CR) may follow and is swallowed. An empty frame is skipped.
"""

from dataclasses import dataclass
from typing import Final

from app.domain.frames import FrameFault

SCANNER_MAXIMUM: Final = 4096
TESTER_MAXIMUM: Final = 1024
LINE_ENDS: Final = (b"\r\n", b"\r", b"\n")


@dataclass(frozen=True, slots=True)
class Framing:
    """How a device marks its messages.

    With ``length`` every so many bytes are a frame; else with ``terminators`` each of them ends
    one; with neither, silence of ``idle`` seconds does.

    Attributes:
        terminators: Byte strings that end a frame.
        start: One byte that begins a frame (STX), or empty. What stands outside of start and end is
            kept as a frame that is cut off.
        filler: Bytes that may stand outside of start and end and mean nothing, such as a line end
            after ETX.
        length: The fixed length of a frame in bytes.
        idle: Silence, in seconds, after which the device is in no frame any more.
        maximum: The longest frame in bytes; a longer one comes in pieces, each marked as oversize.
    """

    terminators: tuple[bytes, ...] = LINE_ENDS
    start: bytes = b""
    filler: bytes = b"\r\n"
    length: int | None = None
    idle: float | None = None
    maximum: int = SCANNER_MAXIMUM


@dataclass(frozen=True, slots=True)
class RawFrame:
    """A frame's bytes without start and terminator, and what is known to be wrong with it.

    Attributes:
        raw: The bytes.
        fault: Why it is incomplete, None for a whole one.
        aim: The AIM symbology identifier, where the wire carries it apart from the data.
    """

    raw: bytes
    fault: FrameFault | None = None
    aim: str | None = None


class Framer:
    """Collects bytes until they are a frame. Never holds more than one frame and a terminator."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._ends = framing.terminators if framing.length is None else ()
        self._longest = max((len(end) for end in self._ends), default=0)
        self._room = framing.maximum + self._longest
        self._buffer = bytearray()
        self._tails: tuple[bytes, ...] = ()
        self._over = False
        self._last: float = 0.0

    @property
    def held(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return len(self._buffer)

    def feed(self, data: bytes, now: float = 0.0) -> list[RawFrame]:
        """Take the bytes that arrived at ``now`` (monotonic) and give the frames they complete."""
        frames: list[RawFrame] = []
        self._last = now
        window = memoryview(data)
        for at in range(0, len(data), self._room):
            self._buffer += window[at : at + self._room]
            self._cut(frames)
        return frames

    def flush(self, now: float) -> list[RawFrame]:
        """Give what is held if nothing came for the idle gap: whole where silence ends a frame.

        Ask only after a read that waited and got nothing: a reader that was kept from running must
        not take its own delay for the device's silence.
        """
        idle = self._framing.idle
        if idle is None or not self._buffer or now - self._last < idle:
            return []
        by_silence = not self._ends and self._framing.length is None
        return self._rest(None if by_silence else FrameFault.CUT_OFF)

    def cut_off(self) -> list[RawFrame]:
        """Give what is held as cut off and begin anew: the device is gone."""
        return self._rest(FrameFault.CUT_OFF)

    def _rest(self, fault: FrameFault | None) -> list[RawFrame]:
        raw = bytes(self._buffer)
        self._buffer.clear()
        self._tails = ()
        frames: list[RawFrame] = []
        self._finish(raw, fault, frames)
        return frames

    def _cut(self, frames: list[RawFrame]) -> None:
        if self._framing.length is not None:
            self._cut_by_length(self._framing.length, frames)
        elif self._ends:
            self._cut_by_end(frames)
        else:
            self._cap(self._framing.maximum, frames)

    def _cut_by_length(self, length: int, frames: list[RawFrame]) -> None:
        while len(self._buffer) >= length:
            frames.append(RawFrame(bytes(self._buffer[:length])))
            del self._buffer[:length]

    def _cap(self, maximum: int, frames: list[RawFrame]) -> None:
        while len(self._buffer) > maximum:
            frames.append(RawFrame(bytes(self._buffer[:maximum]), FrameFault.OVERSIZE))
            del self._buffer[:maximum]
            self._over = True

    def _cut_by_end(self, frames: list[RawFrame]) -> None:
        while self._swallow_tail():
            found = self._first_end()
            if found is not None:
                at, end = found
                content = bytes(self._buffer[:at])
                del self._buffer[: at + len(end)]
                self._tails = _longer(self._ends, end)
                self._finish(content, None, frames)
            elif len(self._buffer) >= self._room:
                self._overflow(frames)
            else:
                return

    def _swallow_tail(self) -> bool:
        """Drop the rest of a longer terminator; False while more bytes are needed."""
        while self._tails and self._buffer:
            held = bytes(self._buffer[: self._longest])
            tail = min((t for t in self._tails if held.startswith(t)), key=len, default=None)
            if tail is not None:
                del self._buffer[: len(tail)]
                self._tails = _longer(self._tails, tail)
            elif any(each.startswith(held) for each in self._tails):
                return False
            else:
                self._tails = ()
        return bool(self._buffer)

    def _first_end(self) -> tuple[int, bytes] | None:
        """The terminator that is complete first, and of those the longest."""
        best: tuple[int, int] | None = None
        found: tuple[int, bytes] | None = None
        for end in self._ends:
            at = self._buffer.find(end, 0, self._room if best is None else best[0])
            if at >= 0 and (best is None or (at + len(end), -len(end)) < best):
                best = (at + len(end), -len(end))
                found = (at, end)
        return found

    def _finish(self, content: bytes, fault: FrameFault | None, frames: list[RawFrame]) -> None:
        """Give the bytes that stood before a terminator, a silence or the end of the connection."""
        over, self._over = self._over, False
        if self._framing.start:
            self._give_marked(content, over, fault, frames)
        else:
            self._give(content, FrameFault.OVERSIZE if over else fault, frames)

    def _give(self, raw: bytes, fault: FrameFault | None, frames: list[RawFrame]) -> None:
        maximum = self._framing.maximum
        if len(raw) > maximum:
            fault = FrameFault.OVERSIZE
        frames.extend(RawFrame(raw[at : at + maximum], fault) for at in range(0, len(raw), maximum))

    def _give_marked(
        self, content: bytes, over: bool, fault: FrameFault | None, frames: list[RawFrame]
    ) -> None:
        """Split at the start marks: what precedes the last of them never got its end."""
        before, *parts = content.split(self._framing.start)
        if over:
            self._give(before, FrameFault.OVERSIZE, frames)
        else:
            self._give(before.strip(self._framing.filler), FrameFault.CUT_OFF, frames)
        for part in parts[:-1]:
            self._give(part, FrameFault.CUT_OFF, frames)
        for part in parts[-1:]:
            self._give(part, fault, frames)

    def _overflow(self, frames: list[RawFrame]) -> None:
        """Give one capped piece; a start mark inside begins anew: its frame is not spoiled."""
        start = self._framing.start
        mark = self._buffer.rfind(start, 1, self._framing.maximum) if start else -1
        cut = mark if mark > 0 else self._framing.maximum
        piece = bytes(self._buffer[:cut])
        del self._buffer[:cut]
        if mark > 0:
            self._finish(piece, FrameFault.CUT_OFF, frames)
        else:
            self._give(piece, FrameFault.OVERSIZE, frames)
            self._over = True


def _longer(ends: tuple[bytes, ...], done: bytes) -> tuple[bytes, ...]:
    """What would have to follow for a longer terminator that begins with the one just seen."""
    return tuple(end[len(done) :] for end in ends if end != done and end.startswith(done))
