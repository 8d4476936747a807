"""A file that another program appends to, such as the export of a tester's own software.

It is followed by what is in it, not by its name: appended to, rotated away, cut short, written anew
with the old lines in front. What was read once is not read again where it can be told.
"""

import hashlib
import logging
import os
import stat
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from app.devices.errors import WireCode, WireError
from app.devices.wire.base import READ_SECONDS
from app.devices.wire.places import FilePlace

log = logging.getLogger("repair_bench.devices.wire")

_AT_ONCE: Final = 65536
_LOOKED_BACK: Final = 4096
"""Bytes before the place that have to be the same for the file to be the same."""
_LINE_ENDS: Final = (b"\n", b"\r")


@dataclass(slots=True)
class Bookmark:
    """How far a file was read; kept while its device is closed and opened again.

    Attributes:
        seen: Whether the file was looked for before: what appears later is new from its start.
        offset: How many bytes were read.
        before: A hash of the last bytes before it.
        line: Where the line begins that was not yet read to its end.
    """

    seen: bool = False
    offset: int = 0
    before: bytes = b""
    line: int = 0


class FileWire:
    """A watched file.

    Args:
        path: The file.
        stream: The same, open.
        mark: How far it was read.
        width: Bytes of a character.
        read_seconds: How long a read waits for more.
    """

    def __init__(
        self,
        path: Path,
        stream: BinaryIO,
        mark: Bookmark,
        width: int = 1,
        read_seconds: float = READ_SECONDS,
    ) -> None:
        self._path = path
        self._stream = stream
        self._mark = mark
        self._width = width
        self._read_seconds = read_seconds
        self._woken = threading.Event()

    def read(self) -> bytes:
        """What was appended; nothing where nothing was within a moment."""
        try:
            data = self._more() or self._next_file()
            if not data and not self._woken.wait(self._read_seconds):
                data = self._more()
        except (OSError, ValueError) as error:
            raise WireError(WireCode.LOST, str(error)) from error
        self._woken.clear()
        if data:
            log.debug("%s: %d bytes in", self._path, len(data))
        return data

    def write(self, data: bytes) -> None:
        """Nothing is ever written to such a file.

        Raises:
            WireError: Always.
        """
        raise WireError(WireCode.REFUSED, f"{len(data)} bytes for a watched file")

    def cancel(self) -> None:
        """Wake a waiting read."""
        self._woken.set()

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _more(self) -> bytes:
        """Read on in the open file, or from its start where it was written anew."""
        mark = self._mark
        size = _size(self._stream, self._width)
        if size == mark.offset:
            return b""
        if not continues(self._stream, mark, size):
            log.info("%s: written anew", self._path)
            self._begin_anew()
        self._stream.seek(mark.offset)
        data = self._stream.read(min(_AT_ONCE, size - mark.offset))
        if data:
            mark.line = _line_start(data, mark.offset, self._width, mark.line)
            mark.offset += len(data)
            mark.before = _hash_before(self._stream, mark.offset)
        return data

    def _next_file(self) -> bytes:
        """Go on in another file of the same name, if there is one."""
        there = self._path.stat()  # it is gone: the reader waits until it is back
        here = os.fstat(self._stream.fileno())
        if (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino):
            return b""
        stream = self._path.open("rb")
        self._stream.close()
        self._stream = stream
        if not continues(stream, self._mark, _size(stream, self._width)):
            log.info("%s: another file", self._path)
            self._begin_anew()
        return self._more()

    def _begin_anew(self) -> None:
        """Start at the top. Half a line that stood at the end must not run into what comes now."""
        mark = self._mark
        cut = mark.line < mark.offset
        mark.offset, mark.before, mark.line = 0, b"", 0
        if cut:
            raise WireError(WireCode.LOST, "cut in the middle of a line")


def open_file(
    place: FilePlace, mark: Bookmark, *, width: int = 1, read_seconds: float = READ_SECONDS
) -> FileWire:
    """Watch a file.

    Args:
        place: The file.
        mark: How far it was read before; changed from now on.
        width: Bytes of a character: 2 for UTF-16.
        read_seconds: How long a read waits for more.

    Raises:
        WireError: There is no such file, or it may not be read.
    """
    first, mark.seen = not mark.seen, True
    try:
        if not stat.S_ISREG(place.path.stat().st_mode):
            raise WireError(WireCode.REFUSED, f"{place.path} is no file")
        stream = place.path.open("rb")
        try:
            _find_place(stream, mark, width, at_end=first and not place.from_start)
        except BaseException:
            stream.close()
            raise
    except OSError as error:
        raise WireError(_code(error), str(error)) from error
    return FileWire(place.path, stream, mark, width, read_seconds)


def _find_place(stream: BinaryIO, mark: Bookmark, width: int, *, at_end: bool) -> None:
    """Put the bookmark where reading begins: at the end, where it was, or at the top."""
    size = _size(stream, width)
    if at_end:
        mark.line = _last_line(stream, size, width)
    elif not continues(stream, mark, size):
        mark.line = 0
    # A line that was cut before is read once more, whole: half of it could look like another.
    mark.offset = mark.line
    mark.before = _hash_before(stream, mark.offset)


def continues(stream: BinaryIO, mark: Bookmark, size: int) -> bool:
    """Whether a file still begins with what was read: its last part is compared."""
    return size >= mark.offset and _hash_before(stream, mark.offset) == mark.before


def _size(stream: BinaryIO, width: int) -> int:
    """The bytes of all whole characters: the rest of one comes with the next write."""
    size = os.fstat(stream.fileno()).st_size
    return size - size % width


def _hash_before(stream: BinaryIO, offset: int) -> bytes:
    if offset == 0:
        return b""
    start = max(0, offset - _LOOKED_BACK)
    stream.seek(start)
    return hashlib.sha256(stream.read(offset - start)).digest()


def _last_line(stream: BinaryIO, size: int, width: int) -> int:
    """Where the last line begins; the file's end where it is complete, or has no lines."""
    start = max(0, size - _AT_ONCE)
    stream.seek(start)
    return _line_start(stream.read(size - start), start, width, size if start else 0)


def _line_start(data: bytes, offset: int, width: int, otherwise: int) -> int:
    """Where the line begins that data at an offset ends in."""
    at = max(data.rfind(end) for end in _LINE_ENDS)
    if at < 0:
        return otherwise
    after = offset + at + 1
    return after + after % width


def _code(error: OSError) -> WireCode:
    if isinstance(error, PermissionError):
        return WireCode.DENIED
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return WireCode.ABSENT
    return WireCode.REFUSED
