"""In which encoding a file of text is, decided by all of it: the first ö may stand on row 900,000.

Reading every byte once before the rows are read costs a twentieth of reading the rows. What cannot
be read is marked by `MARK` and refused row by row, it is neither guessed nor left out.
"""

import codecs
import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from app.data.imports import limits
from app.data.imports.blocks import pieces
from app.data.imports.errors import ImportFileError
from app.data.imports.single_bytes import single_byte_encoding

MARK: Final = "\udcff"
"""Stands for bytes that are no text; no decoder gives it by itself."""
ERRORS: Final = "repair_bench.mark"
"""The name of the error handler that writes `MARK`."""

_MARKS_OF_ORDER: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SEQUENCE: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_WORD: Final = re.compile(rb"[A-Za-z]{0,20}[\x80-\xff][A-Za-z\x80-\xff]{0,20}")
_MOST_WORDS: Final = 20_000
_NULS_OF_A_TEXT: Final = 0.01
_NULS_OF_UTF16: Final = 0.3
_SAMPLE: Final = 64 * 2**10


def _mark(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - files are only read with it
    return MARK, error.end


codecs.register_error(ERRORS, _mark)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file's bytes are read.

    Attributes:
        name: Python's name of the codec.
        skip: Bytes of its byte order mark.
        is_sure: Whether the bytes themselves say so, and no guess by letters was needed.
        is_damaged: Whether some rows hold bytes that are no text in it, or NULs.
        is_mixed: Whether some rows are in UTF-8 while the file is not.
    """

    name: str
    skip: int = 0
    is_sure: bool = True
    is_damaged: bool = False
    is_mixed: bool = False


def survey(path: Path, wanted: str | None = None) -> Encoding:
    """Decide a file's encoding.

    Args:
        path: The file.
        wanted: The encoding that the user says it has; only damage is looked for.

    Raises:
        ImportFileError: ``row_too_long``, ``no_table`` for a file that is no text at all, or
            ``unknown_encoding`` for a name that is none.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    skip, name = _by_its_first_bytes(head)
    if wanted is not None:
        name = _codec(wanted, name)
    if name is None or name == "utf-8":
        found = _of_bytes(path, skip, name is not None)
        return found if wanted is None or found.name == name else _decoded(path, "utf-8", skip)
    return _decoded(path, name, skip)


def _by_its_first_bytes(head: bytes) -> tuple[int, str | None]:
    for mark, name in _MARKS_OF_ORDER:
        if head.startswith(mark):
            return len(mark), name
    nuls = head.count(b"\0")
    if nuls > _NULS_OF_UTF16 * len(head):
        return 0, "utf-16-be" if head[::2].count(b"\0") > nuls / 2 else "utf-16-le"
    if nuls > _NULS_OF_A_TEXT * len(head) + 8:
        raise ImportFileError("no_table")
    return 0, None


def _codec(wanted: str, marked: str | None) -> str:
    """The codec that is meant; of one that goes either way, the way that the mark says."""
    try:
        name = codecs.lookup(wanted).name
        "a".encode(name).decode(name, ERRORS)
    except (LookupError, ValueError) as error:  # a codec of bytes, or one of host names, is none
        raise ImportFileError("unknown_encoding", wanted) from error
    if name in {"utf-16", "utf-32"}:
        return marked if marked is not None and marked.startswith(name) else f"{name}-le"
    return name.removesuffix("-sig")


def _of_bytes(path: Path, skip: int, marked: bool) -> Encoding:
    """UTF-8, or one of the encodings with a byte a character."""
    sequences = others = 0
    has_nul = False
    words: list[bytes] = []
    for piece in pieces(path, skip):
        has_nul = has_nul or b"\0" in piece
        if piece.isascii():
            continue
        try:
            sequences += len(piece) - len(piece.decode())
        except UnicodeDecodeError:
            found = sum(map(len, _SEQUENCE.findall(piece)))
            sequences += found
            others += len(_HIGH.findall(piece)) - found
            if len(words) < _MOST_WORDS:
                words += _WORD.findall(piece)
    if marked or sequences >= others:
        return Encoding("utf-8", skip, is_damaged=others > 0 or has_nul)
    guess, is_sure = single_byte_encoding(b" ".join(words[:_MOST_WORDS]))
    damaged = _decoded(path, guess, skip).is_damaged
    return Encoding(guess, skip, is_sure, damaged or has_nul, is_mixed=sequences > 0)


def _decoded(path: Path, name: str, skip: int) -> Encoding:
    """Look for damage under an encoding, and for lines that only the bytes seem to end.

    Raises:
        ImportFileError: ``row_too_long``, as for `pieces`: two bytes may look like the ends of
            lines and be one letter.
    """
    decoder = codecs.getincrementaldecoder(name)(ERRORS)
    damaged = False
    length = 0
    for piece in chain(pieces(path, skip), (b"",)):
        text = decoder.decode(piece, final=not piece)
        damaged = damaged or "\0" in text or MARK in text
        end = max(text.rfind("\n"), text.rfind("\r"))
        length = len(text) - end - 1 if end >= 0 else length + len(text)
        if length > limits.LINE:
            raise ImportFileError("row_too_long")
    return Encoding(name, skip, is_damaged=damaged)


def is_utf8_in_disguise(text: str, encoding: str) -> bool:
    """Tell whether a text, read in an encoding with a byte a character, was UTF-8."""
    try:
        raw = text.encode(encoding)
        return len(raw.decode()) < len(raw)
    except UnicodeError:
        return False
