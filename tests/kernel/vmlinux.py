"""Debian's kernel as QEMU starts it at once: the ELF inside the compressed image.

An emulated processor takes many seconds to uncompress what this one uncompresses in one, and QEMU
starts an ELF that has a PVH entry (Debian's has) without a boot loader.
"""

import lzma
import struct
from collections.abc import Iterator
from typing import Final

from tests.kernel.problem import CannotRunError

ELF: Final = b"\x7fELF"
XZ: Final = b"\xfd7zXZ\0"
SETUP_SECTORS: Final = 0x1F1
PAYLOAD: Final = 0x248
"""Where the boot protocol (2.08) keeps the offset and the length of what is compressed."""


def extract(image: bytes) -> bytes:
    """Take the ELF out of a `vmlinuz`.

    Raises:
        CannotRunError: It is packed in another way than Debian packs it.
    """
    for payload in _payloads(image):
        if payload.startswith(ELF):
            return payload
        if payload.startswith(XZ):
            unpacked = lzma.LZMADecompressor(lzma.FORMAT_XZ).decompress(payload)
            if unpacked.startswith(ELF):
                return unpacked
    raise CannotRunError("the kernel is not packed with xz, as Debian's is")


def _payloads(image: bytes) -> Iterator[bytes]:
    """The part that the header names, in protected mode's numbering."""
    if len(image) <= PAYLOAD + 8:
        return
    start = ((image[SETUP_SECTORS] or 4) + 1) * 512
    offset, length = struct.unpack_from("<II", image, PAYLOAD)
    yield image[start + offset : start + offset + length]
