"""Cuts a stream of bytes at the marks of its frames: pure, incremental, bounded, nothing dropped.

The rule is told byte by byte, so how the stream was cut into chunks never changes the frames: as
soon as the bytes end with a terminator, the frame is done. A longer terminator that begins with
that one (CR LF after CR) may follow and is swallowed. An empty frame is skipped.
"""

from app.devices.wire.marks import Framing, RawFrame
from app.domain.frames import FrameFault


class Cutter:
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
        checksum = framing.checksum
        self._behind = checksum.size if checksum is not None and checksum.behind else 0
        self._room += self._behind

    @property
    def held(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return len(self._buffer)

    def feed(self, data: bytes, now: float = 0.0) -> list[RawFrame]:
        """Take the bytes that arrived at ``now`` (monotonic) and give the frames they complete."""
        frames: list[RawFrame] = []
        self._last = now
        if self._framing.whole:
            self._give(data, None, frames)
            return frames
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
                done = at + len(end) + self._behind
                if len(self._buffer) < done:
                    return  # its checksum is still to come
                content, trailer = bytes(self._buffer[:at]), bytes(self._buffer[at:done])
                del self._buffer[:done]
                # What follows a checksum is no longer the rest of a longer terminator.
                self._tails = () if self._behind else _longer(self._ends, end)
                self._finish(content, None, frames, trailer)
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
            at = self._find(end, self._room if best is None else best[0])
            if at >= 0 and (best is None or (at + len(end), -len(end)) < best):
                best = (at + len(end), -len(end))
                found = (at, end)
        return found

    def _find(self, end: bytes, until: int) -> int:
        """Where a terminator stands at the place of a character; -1 for nowhere."""
        at = self._buffer.find(end, 0, until)
        while at >= 0 and at % self._framing.width:
            at = self._buffer.find(end, at + 1, until)
        return at

    def _finish(
        self,
        content: bytes,
        fault: FrameFault | None,
        frames: list[RawFrame],
        trailer: bytes = b"",
    ) -> None:
        """Give the bytes that stood before a terminator, a silence or the end of the connection."""
        over, self._over = self._over, False
        if self._framing.start:
            self._give_marked(content, over, fault, frames, trailer)
        else:
            self._give(content, FrameFault.OVERSIZE if over else fault, frames, trailer)

    def _give(
        self,
        raw: bytes,
        fault: FrameFault | None,
        frames: list[RawFrame],
        trailer: bytes = b"",
    ) -> None:
        maximum = self._framing.maximum
        if len(raw) > maximum:
            fault = FrameFault.OVERSIZE
        frames.extend(
            RawFrame(raw[at : at + maximum], fault, trailer=trailer)
            for at in range(0, len(raw), maximum)
        )

    def _give_marked(
        self,
        content: bytes,
        over: bool,
        fault: FrameFault | None,
        frames: list[RawFrame],
        trailer: bytes,
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
            self._give(part, fault, frames, trailer)

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
