"""From bytes to frames: cut at the marks, proven by checksum, lines put together to records.

Pure: the reader gives bytes and the time, and sends what `Framer.replies` says.
"""

from app.devices.wire.cutting import Cutter
from app.devices.wire.marks import LINE_ENDS, SCANNER_MAXIMUM, TESTER_MAXIMUM, Framing, RawFrame
from app.devices.wire.records import JOINT, Recorder
from app.domain.frames import FrameFault

__all__ = [
    "LINE_ENDS",
    "SCANNER_MAXIMUM",
    "TESTER_MAXIMUM",
    "Framer",
    "Framing",
    "RawFrame",
]


class Framer:
    """Makes frames of the bytes of one connection. Holds at most one frame and its record."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._cutter = Cutter(framing)
        record = framing.record
        joint = JOINT.ljust(framing.width, b"\0")
        self._recorder = Recorder(record, framing.maximum, joint) if record is not None else None
        self._last = 0.0
        self._before: bytes | None = None
        self._replies = bytearray()

    @property
    def held(self) -> int:
        """How many bytes wait for the rest of their frame."""
        return self._cutter.held

    def feed(self, data: bytes, now: float = 0.0) -> list[RawFrame]:
        """Take the bytes that arrived at ``now`` (monotonic) and give the frames they complete."""
        self._last = now
        return self._given(self._cutter.feed(data, now))

    def flush(self, now: float) -> list[RawFrame]:
        """Give what is held if nothing came for the idle gap: whole where silence ends a frame.

        Ask only after a read that waited and got nothing: a reader that was kept from running must
        not take its own delay for the device's silence.
        """
        given = self._given(self._cutter.flush(now))
        idle, recorder = self._framing.idle, self._recorder
        if recorder is not None and idle is not None and now - self._last >= idle:
            record = self._framing.record
            given += self._told(recorder.rest(cut=record is None or not record.by_silence))
        return given

    def cut_off(self) -> list[RawFrame]:
        """Give what is held as cut off and begin anew: the device is gone."""
        given = self._given(self._cutter.cut_off())
        if self._recorder is not None:
            given += self._told(self._recorder.rest(cut=True))
        self._replies.clear()
        return given

    def replies(self) -> bytes:
        """What to send the device for the frames since the last time; empty for nothing."""
        replies = bytes(self._replies)
        self._replies.clear()
        return replies

    def _given(self, cut: list[RawFrame]) -> list[RawFrame]:
        framing = self._framing
        if framing.checksum is None and self._recorder is None and not self._answers_or_skips():
            return cut  # most devices: nothing more to do for them
        given: list[RawFrame] = []
        for each in cut:
            frame = self._proven(each)
            self._replies += framing.ack if frame.fault is None else framing.nak
            if not frame.raw:
                continue  # proven to say nothing
            given += [frame] if self._recorder is None else self._recorder.take(frame)
        return self._told(given)

    def _answers_or_skips(self) -> bool:
        framing = self._framing
        return bool(framing.ack or framing.nak or framing.empty or framing.once)

    def _proven(self, frame: RawFrame) -> RawFrame:
        checksum = self._framing.checksum
        if checksum is None or frame.fault is not None:
            return frame
        content = checksum.taken_off(frame.raw, frame.trailer)
        if content is None:
            return RawFrame(frame.raw, FrameFault.CHECKSUM, frame.aim, frame.trailer)
        return RawFrame(content, None, frame.aim, frame.trailer)

    def _told(self, frames: list[RawFrame]) -> list[RawFrame]:
        """Leave out that there is nothing, and the same answer once more."""
        framing = self._framing
        if not (framing.empty or framing.once):
            return frames
        told: list[RawFrame] = []
        for frame in frames:
            if frame.fault is None and frame.raw.strip() in framing.empty:
                self._before = None
            elif frame.fault is None and framing.once and frame.raw == self._before:
                continue
            else:
                self._before = frame.raw
                told.append(frame)
        return told
