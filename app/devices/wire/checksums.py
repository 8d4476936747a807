"""Checksums of testers: reckoned, taken off a frame that has the right one, put onto one."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


def _xor8(data: bytes) -> int:
    result = 0
    for byte in data:
        result ^= byte
    return result


def _sum8(data: bytes) -> int:
    return sum(data) & 0xFF


def _minus8(data: bytes) -> int:
    return -sum(data) & 0xFF


def _crc16_modbus(data: bytes) -> int:
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


def _crc16_ccitt(data: bytes) -> int:
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ (0x1021 if crc & 0x8000 else 0)) & 0xFFFF
    return crc


KINDS: Final = MappingProxyType[str, tuple[int, Callable[[bytes], int]]](
    {
        "xor8": (1, _xor8),
        "sum8": (1, _sum8),
        "minus8": (1, _minus8),
        "crc16-modbus": (2, _crc16_modbus),
        "crc16-ccitt": (2, _crc16_ccitt),
    }
)
"""How many bytes each kind has, and how it is reckoned. ``minus8`` makes all bytes sum up to 0."""

FORMS: Final = ("hex", "raw", "raw-little")


@dataclass(frozen=True, slots=True)
class Checksum:
    """How a tester proves its frames.

    Attributes:
        kind: One of `KINDS`.
        form: ``hex`` for digits, ``raw`` for bytes with the high one first, ``raw-little`` for the
            low one first.
        mark: What stands between the content and the checksum, and belongs to neither; may be
            empty.
        behind: Whether it follows the terminator (STX ... ETX BCC) instead of preceding it.
        counts_end: Whether the terminator is reckoned in; only where it is behind.
    """

    kind: str
    form: str = "hex"
    mark: bytes = b""
    behind: bool = False
    counts_end: bool = False

    @property
    def size(self) -> int:
        """How many bytes it takes on the wire, without its mark."""
        return KINDS[self.kind][0] * (2 if self.form == "hex" else 1)

    def of(self, content: bytes, end: bytes = b"") -> bytes:
        """The checksum of a content, as it travels.

        Args:
            content: What stands between start and terminator.
            end: The terminator.
        """
        size, reckon = KINDS[self.kind]
        number = reckon(content + (end if self.counts_end else b""))
        if self.form == "hex":
            return b"%0*X" % (2 * size, number)
        return number.to_bytes(size, "little" if self.form == "raw-little" else "big")

    def taken_off(self, raw: bytes, trailer: bytes) -> bytes | None:
        """The content of a frame without its checksum; None where that is not the right one.

        Args:
            raw: What stands between start and terminator.
            trailer: The terminator, and what follows it where the checksum is behind.
        """
        if self.behind:
            content, end, told = raw, trailer[: -self.size], trailer[-self.size :]
        else:
            content, end, told = raw[: -self.size], b"", raw[-self.size :]
            if not content.endswith(self.mark):
                return None
            content = content.removesuffix(self.mark)
        if self.form == "hex":
            told = told.upper()
        return content if told == self.of(content, end) else None

    def put_on(self, content: bytes, end: bytes) -> bytes:
        """The content and the terminator with the checksum where it belongs."""
        told = self.of(content, end)
        return content + end + told if self.behind else content + self.mark + told + end
