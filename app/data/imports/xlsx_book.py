"""What a spreadsheet says of itself: its sheets, its texts, its formats, where its days begin."""

import posixpath
import re
from collections.abc import Sized
from dataclasses import dataclass
from typing import Final

from app.data.imports import limits
from app.data.imports.errors import ImportFileError
from app.data.imports.xlsx_parts import End, Parts, Start

_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats of days and times (ECMA-376 part 1, 18.8.30)."""
_NO_FORMAT: Final = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|[_*].')
"""Parts of a format that are no letters of it."""
_DAY_LETTER: Final = re.compile(r"[ymdhs]", re.IGNORECASE)
_WORKSHEET: Final = "/worksheet"
_DIGITS: Final = 9
_MOST_PIECES: Final = 1000
"""Pieces that a cell's text comes in, of some 8,000 characters where it is long."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of cells.

    Attributes:
        name: What its tab says.
        part: Where it lies in the package.
        is_hidden: Whether its tab is hidden.
    """

    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """A spreadsheet.

    Attributes:
        sheets: Its sheets of cells, in the order of their tabs.
        has_1904: Whether its days count from 1904.
        texts: The texts that its cells name by number.
        dates: The numbers of the styles that show a day or a time.
    """

    sheets: tuple[Sheet, ...]
    has_1904: bool
    texts: list[str]
    dates: frozenset[int]


def read_book(parts: Parts) -> Book:
    """Read what a package says of its sheets.

    Raises:
        ImportFileError: ``not_xlsx``, ``hostile_xml``, ``too_large`` or ``half_a_file``.
    """
    roots = _relations(parts, "_rels/.rels", "")
    workbook = next((part for kind, part in roots.values() if kind.endswith("/officeDocument")), "")
    if workbook not in parts or not workbook.endswith(".xml"):
        raise ImportFileError("not_xlsx", parts.name)
    folder, file = posixpath.split(workbook)
    related = _relations(parts, posixpath.join(folder, "_rels", f"{file}.rels"), folder)
    told = _Workbook(parts.name)
    parts.parse(workbook, told)
    sheets: dict[str, Sheet] = {}  # a part that many tabs name is looked at once
    for name, key, is_hidden in told.sheets:
        kind, part = related.get(key, ("", ""))
        if kind.endswith(_WORKSHEET) and part in parts:
            sheets.setdefault(part, Sheet(name, part, is_hidden))
    texts = _Texts(parts.name)
    styles = _Styles(parts.name)
    for kind, part in related.values():
        if part in parts and kind.endswith("/sharedStrings"):
            parts.parse(part, texts)
        elif part in parts and kind.endswith("/styles"):
            parts.parse(part, styles)
    return Book(tuple(sheets.values()), told.has_1904, texts.all, styles.dates())


def _relations(parts: Parts, part: str, folder: str) -> dict[str, tuple[str, str]]:
    """What a part is related to: by key, the kind of relation and the other part."""
    if part not in parts:
        raise ImportFileError("not_xlsx", parts.name)
    found = _Relations(parts.name, folder)
    parts.parse(part, found)
    return found.all


class _Quiet:
    """A handler that looks at attributes alone.

    Args:
        file: The file's name, for messages.
    """

    def __init__(self, file: str) -> None:
        self.starts: dict[str, Start] = {}
        self.ends: dict[str, End] = {}
        self._file = file

    def bound(self, kept: Sized, most: int) -> None:
        """Give a file up that tells more than any spreadsheet has."""
        if len(kept) >= most:
            raise ImportFileError("hostile_xml", self._file)

    def text(self, text: str) -> None:
        """Nothing that matters here."""


class _Relations(_Quiet):
    def __init__(self, file: str, folder: str) -> None:
        super().__init__(file)
        self.all: dict[str, tuple[str, str]] = {}
        self.starts = {"Relationship": self._relation}
        self._folder = folder

    def _relation(self, attributes: dict[str, str]) -> None:
        self.bound(self.all, limits.PARTS)
        target = attributes.get("Target", "")
        path = posixpath.normpath(posixpath.join("/", self._folder, target))
        self.all[attributes.get("Id", "")] = (attributes.get("Type", ""), path.lstrip("/"))


class _Workbook(_Quiet):
    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.sheets: list[tuple[str, str, bool]] = []
        self.has_1904 = False
        self.starts = {"workbookPr": self._settings, "sheet": self._sheet}

    def _settings(self, attributes: dict[str, str]) -> None:
        self.has_1904 = attributes.get("date1904", "0") in {"1", "true", "on"}

    def _sheet(self, attributes: dict[str, str]) -> None:
        key = next((value for at, value in attributes.items() if at.endswith(":id")), "")
        is_hidden = attributes.get("state", "visible") != "visible"
        self.bound(self.sheets, limits.PARTS)
        self.sheets.append((attributes.get("name", ""), key, is_hidden))


class Pieces:
    """Puts the pieces of a text together; how it is pronounced (``rPh``) is left out.

    Args:
        file: The file's name, for messages.
    """

    def __init__(self, file: str) -> None:
        self.starts: dict[str, Start] = {"t": self._begin_run, "rPh": self._begin_sound}
        self.ends: dict[str, End] = {"t": self.stop, "rPh": self._end_sound}
        self.file = file
        self._pieces: list[str] = []
        self._is_text = False
        self._is_sound = False

    def begin(self, attributes: dict[str, str]) -> None:
        """A text begins."""
        del attributes
        self._is_text = True

    def stop(self) -> None:
        """It ends."""
        self._is_text = False

    def text(self, text: str) -> None:
        """A piece of it."""
        if self._is_text:
            if len(self._pieces) > _MOST_PIECES:
                raise ImportFileError("hostile_xml", self.file)
            self._pieces.append(text)

    def take(self) -> str:
        """All pieces since the last time."""
        text = "".join(self._pieces)
        self._pieces.clear()
        return text

    def _begin_run(self, attributes: dict[str, str]) -> None:
        if not self._is_sound:
            self.begin(attributes)

    def _begin_sound(self, attributes: dict[str, str]) -> None:
        del attributes
        self._is_sound = True

    def _end_sound(self) -> None:
        self._is_sound = False


class _Texts(Pieces):
    """The table of texts."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.all: list[str] = []
        self.ends["si"] = self._end

    def _end(self) -> None:
        self.all.append(self.take())


class _Styles(_Quiet):
    """Which styles show a day."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.starts = {"cellXfs": self._begin, "xf": self._format, "numFmt": self._own_format}
        self.ends = {"cellXfs": self._end}
        self._formats: list[int] = []
        self._own: dict[int, str] = {}
        self._is_of_cells = False

    def _begin(self, attributes: dict[str, str]) -> None:
        del attributes
        self._is_of_cells = True

    def _end(self) -> None:
        self._is_of_cells = False

    def _format(self, attributes: dict[str, str]) -> None:
        if self._is_of_cells:
            self.bound(self._formats, limits.STYLES)
            self._formats.append(whole_number(attributes.get("numFmtId", "0")))

    def _own_format(self, attributes: dict[str, str]) -> None:
        self.bound(self._own, limits.STYLES)
        number = whole_number(attributes.get("numFmtId", "0"))
        self._own[number] = attributes.get("formatCode", "")

    def dates(self) -> frozenset[int]:
        """The numbers of the styles that show a day or a time."""
        own = {
            number
            for number, code in self._own.items()
            if _DAY_LETTER.search(_NO_FORMAT.sub("", code[:1000]))
        }
        return frozenset(
            style
            for style, number in enumerate(self._formats)
            if number in own or (number in _DATES and number not in self._own)
        )


def whole_number(text: str, default: int = 0) -> int:
    """A number of the package's own counting; the default for what is none."""
    return int(text) if text.isdecimal() and len(text) <= _DIGITS else default
