"""How a device marks its messages, and what a message is before anybody read it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from app.domain.frames import FrameFault

if TYPE_CHECKING:
    from app.devices.wire.checksums import Checksum
    from app.devices.wire.records import Record

SCANNER_MAXIMUM: Final = 4096
TESTER_MAXIMUM: Final = 1024
LINE_ENDS: Final = (b"\r\n", b"\r", b"\n")


@dataclass(frozen=True, slots=True)
class Framing:
    """How a device marks its messages.

    With ``length`` every so many bytes are a frame; with ``whole`` every answer is one; else with
    ``terminators`` each of them ends one; with neither, silence of ``idle`` seconds does.

    Attributes:
        terminators: Byte strings that end a frame.
        start: One byte that begins a frame (STX), or empty. What stands outside of start and end is
            kept as a frame that is cut off.
        filler: Bytes that may stand outside of start and end and mean nothing, such as a line end
            after ETX.
        length: The fixed length of a frame in bytes.
        idle: Silence, in seconds, after which the device is in no frame any more.
        maximum: The longest frame in bytes; a longer one comes in pieces, each marked as oversize.
        whole: Each answer of a polled device is one frame.
        width: Bytes of a character: 2 where the text is UTF-16, so that a terminator is found only
            at the place of a character.
        checksum: How frames are proven; None where they are not.
        record: How several lines make one message; None where each line is one.
        ack: What the device is sent for a frame that arrived whole; empty for nothing.
        nak: What it is sent for one that did not.
        empty: Frames that say that there is nothing, such as ``no data``; they are not given.
        once: Whether a frame that equals the one just before is not given: a device that is polled
            tells its last result again and again.
    """

    terminators: tuple[bytes, ...] = LINE_ENDS
    start: bytes = b""
    filler: bytes = b"\r\n"
    length: int | None = None
    idle: float | None = None
    maximum: int = SCANNER_MAXIMUM
    whole: bool = False
    width: int = 1
    checksum: "Checksum | None" = None
    record: "Record | None" = None
    ack: bytes = b""
    nak: bytes = b""
    empty: tuple[bytes, ...] = ()
    once: bool = False

    def sealed(self, content: bytes) -> bytes:
        """The bytes that travel for a message, as the device sends them."""
        if self.whole or self.length is not None:
            return content
        end = self.terminators[0] if self.terminators else b""
        if self.record is not None:
            joint = b"\n".ljust(self.width, b"\0")
            return b"".join(self._line(each, end) for each in content.split(joint))
        return self._line(content, end)

    def _line(self, content: bytes, end: bytes) -> bytes:
        if self.checksum is None:
            return self.start + content + end
        return self.start + self.checksum.put_on(content, end)


@dataclass(frozen=True, slots=True)
class RawFrame:
    """A frame's bytes without start and terminator, and what is known to be wrong with it.

    Attributes:
        raw: The bytes.
        fault: Why it is incomplete, None for a whole one.
        aim: The AIM symbology identifier, where the wire carries it apart from the data.
        trailer: What ended it: the terminator, and a checksum behind it.
    """

    raw: bytes
    fault: FrameFault | None = None
    aim: str | None = None
    trailer: bytes = field(default=b"", compare=False, repr=False)
