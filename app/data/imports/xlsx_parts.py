"""The parts of a spreadsheet's package: bounded before they are unpacked, read as tame XML.

A package can claim to be small and unpack to terabytes, hold a million parts, or XML whose
entities multiply. `zipfile` gives no more of a part than its entry claims, so the claims are what
is bounded; a document type, which no spreadsheet has, ends the reading before an entity is seen.
"""

import zlib
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Protocol, TypeVar
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from app.data.imports import limits
from app.data.imports.errors import ImportFileError

CHUNK: Final = 64 * 2**10
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_END_64: Final = b"PK\x06\x07"
_LOCATOR_SIZE: Final = 20
_LONGEST_COMMENT: Final = 2**16
_DEPTH: Final = 64
_TOKEN: Final = 2**20
"""Bytes of a tag or a comment."""
_ENCRYPTED: Final = 1
_PACKED: Final = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""The ways that a spreadsheet's parts are packed; `zipfile` unpacks others without a bound."""


Start = Callable[[dict[str, str]], None]
End = Callable[[], None]


class Handler(Protocol):
    """Is told of some elements of an XML document, by their names without a prefix."""

    @property
    def starts(self) -> Mapping[str, Start]:
        """What to call with the attributes where an element begins."""
        ...

    @property
    def ends(self) -> Mapping[str, End]:
        """What to call where an element ends."""
        ...

    def text(self, text: str) -> None:
        """A piece of text, of whatever element."""
        ...


class Parts:
    """An open package.

    Args:
        archive: The package.
        name: The file's name, for messages.
    """

    def __init__(self, archive: ZipFile, name: str) -> None:
        self.name = name
        self._archive = archive
        self._entries = {_key(each.filename): each for each in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return _key(part) in self._entries

    def size(self, part: str) -> int:
        """How many bytes a part unpacks to, as it claims."""
        return self._entries[_key(part)].file_size

    def chunks(self, part: str) -> Generator[bytes]:
        """A part's bytes, in pieces.

        Raises:
            ImportFileError: ``half_a_file`` where they are not what the package says.
        """
        with translated(self.name), self._archive.open(self._entries[_key(part)]) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def parse(self, part: str, handler: Handler) -> None:
        """Read a whole part, such as is kept in memory.

        Raises:
            ImportFileError: ``too_large``, ``hostile_xml`` or ``half_a_file``.
        """
        if self.size(part) > limits.STRINGS:
            raise ImportFileError("too_large", self.name)
        for _ in self.parsing(part, handler):
            pass

    def parsing(self, part: str, handler: Handler) -> Generator[int]:
        """Read a part piece by piece.

        Yields:
            How many bytes were read so far.

        Raises:
            ImportFileError: ``hostile_xml``, or ``half_a_file``.
        """
        parser = _parser(handler, self.name)
        done = 0
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk)
                done += len(chunk)
                if done - parser.CurrentByteIndex > _TOKEN + CHUNK:
                    raise ImportFileError("hostile_xml", self.name)
                yield done
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ImportFileError("hostile_xml", self.name) from error


@contextmanager
def open_parts(path: Path) -> Generator[Parts]:
    """Open a package whose claims are within bounds.

    Raises:
        ImportFileError: ``too_large``, ``zip_bomb``, ``half_a_file`` or ``not_xlsx``.
        OSError: The file cannot be read.
    """
    if path.stat().st_size > limits.WORKBOOK:
        raise ImportFileError("too_large", path.name)
    _check_directory(path)
    with translated(path.name):
        archive = ZipFile(path)
    with archive:
        entries = archive.infolist()
        _check_claims(entries, path.name)
        yield Parts(archive, path.name)


@contextmanager
def translated(name: str) -> Generator[None]:
    """Tell what `zipfile` cannot read as a fault of the file."""
    try:
        yield
    except (BadZipFile, zlib.error, EOFError) as error:
        raise ImportFileError("half_a_file", name) from error
    except (NotImplementedError, RuntimeError, ValueError) as error:
        raise ImportFileError("not_xlsx", name) from error


def _check_directory(path: Path) -> None:
    """Hold the directory to a size before `zipfile` makes an object of each entry."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_SIZE - _LONGEST_COMMENT))
        tail = file.read()
    at = len(tail) - _END_SIZE
    if not (tail[at:].startswith(_END) and tail.endswith(b"\0\0")):
        at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise ImportFileError("half_a_file", path.name)
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    is_64 = tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_END_64)
    if is_64 or size > limits.PARTS * 256:
        raise ImportFileError("zip_bomb", path.name)


def _check_claims(entries: list[ZipInfo], name: str) -> None:
    if any(each.flag_bits & _ENCRYPTED or each.compress_type not in _PACKED for each in entries):
        raise ImportFileError("not_xlsx", name)
    if len(entries) > limits.PARTS or sum(each.file_size for each in entries) > limits.UNPACKED:
        raise ImportFileError("zip_bomb", name)
    for each in entries:
        if each.file_size > limits.RATIO_FROM + limits.RATIO * each.compress_size:
            raise ImportFileError("zip_bomb", name)


def _key(part: str) -> str:
    """A part's name as packages compare it."""
    return part.replace("\\", "/").lstrip("/").casefold()


_T = TypeVar("_T")


class _Called(dict[str, _T | None]):
    """What is called for an element, by its name with its prefix; None for nothing."""

    def __init__(self, by_name: Mapping[str, _T]) -> None:
        super().__init__()
        self._by_name = by_name

    def __missing__(self, element: str) -> _T | None:
        called = self._by_name.get(element.rpartition(":")[2])
        if len(self) < limits.PARTS:
            self[element] = called
        return called


def _parser(handler: Handler, name: str) -> expat.XMLParserType:
    starts, ends = _Called(handler.starts), _Called(handler.ends)
    depth = 0

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEPTH:
            raise ImportFileError("hostile_xml", name)
        if (called := starts[element]) is not None:
            called(attributes)

    def end(element: str) -> None:
        nonlocal depth
        depth -= 1
        if (called := ends[element]) is not None:
            called()

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = _refusing(name)
    return parser


def _refusing(name: str) -> Callable[[str, str | None, str | None, bool], None]:
    def refuse(_: str, __: str | None, ___: str | None, ____: bool) -> None:
        raise ImportFileError("hostile_xml", name)

    return refuse
