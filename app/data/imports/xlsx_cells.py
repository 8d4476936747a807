"""The cells of a sheet, row by row, as the texts that they would be in a file of text."""

import re
from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Final

from app.data.imports import limits
from app.data.imports.errors import ImportFileError
from app.data.imports.records import Flaw, Records
from app.data.imports.xlsx_book import Book, Pieces, whole_number
from app.data.imports.xlsx_parts import Parts

ROWS: Final = 1_048_576
"""Rows of a sheet, as many as a spreadsheet has."""
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref\s*=\s*[\"']([A-Z0-9:]{2,25})")
_OVERLAP: Final = 300
_EPOCHS: Final = {
    False: datetime(1899, 12, 30),  # noqa: DTZ001 - a sheet's day has no zone
    True: datetime(1904, 1, 1),  # noqa: DTZ001
}
_EXACT: Final = 2**53
_LAST_SERIAL: Final = 2_958_466
"""The day after 9999-12-31."""

Place = tuple[int, int]


def sheet_records(parts: Parts, part: str, book: Book, size: int) -> Generator[Records]:
    """Read a sheet's rows, in batches; rows without cells are passed over, and counted.

    Raises:
        ImportFileError: ``hostile_xml``, ``half_a_file`` or ``too_many_merged``.
    """
    merged = merged_cells(parts, part)
    sheet = _Cells(book, parts.name)
    length = max(parts.size(part), 1)
    for done in parts.parsing(part, sheet):
        while len(sheet.rows) >= size:
            yield _batch(sheet, merged, size, min(done / length, 1.0))
    while sheet.rows:
        yield _batch(sheet, merged, size, 1.0)


def _batch(sheet: "_Cells", merged: dict[int, tuple[Flaw, ...]], size: int, done: float) -> Records:
    """The first of the rows that have been read, as far as their numbers follow each other."""
    first = sheet.rows[0][0]
    count = next(
        (at for at, row in enumerate(sheet.rows[:size]) if row[0] != first + at),
        min(size, len(sheet.rows)),
    )
    taken, sheet.rows = sheet.rows[:count], sheet.rows[count:]
    flaws = {number: (*sheet.flaws.pop(number, ()), *merged.get(number, ())) for number, _ in taken}
    told = {number: each for number, each in flaws.items() if each}
    return Records(first, [cells for _, cells in taken], told, done)


def merged_cells(parts: Parts, part: str) -> dict[int, tuple[Flaw, ...]]:
    """The cells of a sheet that are merged into another, by row.

    They stand after the cells, so they are looked for before: in the bytes, which is quick.

    Raises:
        ImportFileError: ``too_many_merged``, ``half_a_file``.
    """
    found: dict[int, list[Flaw]] = {}
    count = 0
    rest = b""
    for chunk in parts.chunks(part):
        text = rest + chunk
        last = 0
        for match in _MERGED.finditer(text):
            last = match.end()
            for row, column in _covered(match[1].decode("ascii")):
                count += 1
                if count > limits.MERGED:
                    raise ImportFileError("too_many_merged", parts.name)
                found.setdefault(row, []).append(Flaw(column, "merged_cell"))
        rest = text[max(last, len(text) - _OVERLAP) :]
    return {row: tuple(flaws) for row, flaws in found.items()}


def _covered(reference: str) -> Generator[Place]:
    """The cells of a merged range but its first, which has the value."""
    ends = [place_of(each) for each in reference.split(":")]
    if len(ends) != 2 or None in ends:  # noqa: PLR2004 - from and to
        return
    (top, left), (bottom, right) = (each for each in ends if each is not None)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                yield row, column


def place_of(reference: str) -> Place | None:
    """The row, from 1, and the column, from 0, of a reference.

    >>> place_of("B7"), place_of("XFD1048576"), place_of("7B")
    ((7, 1), (1048576, 16383), None)
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(found[2])
    return None if column > limits.COLUMNS or row > ROWS else (row, column - 1)


class _Columns(dict[str, int]):
    """The column of a reference's letters; there are few, so each is worked out once."""

    def __missing__(self, letters: str) -> int:
        place = place_of(f"{letters}1")
        if place is None:
            return -1
        self[letters] = place[1]
        return place[1]


class _Cells(Pieces):
    """Collects the rows of a sheet while it is parsed."""

    def __init__(self, book: Book, file: str) -> None:
        super().__init__(file)
        self.rows: list[tuple[int, list[str]]] = []
        self.flaws: dict[int, tuple[Flaw, ...]] = {}
        self.starts |= {
            "row": self._row, "c": self._cell, "v": self.begin, "f": self._begin_formula
        }  # fmt: skip
        self.ends |= {"row": self._end_row, "c": self._put, "v": self.stop}
        self._book = book
        self._columns = _Columns()
        self._number = 0
        self._cells: list[str] = []
        self._column = -1
        self._kind = self._style = ""
        self._has_formula = False

    def _row(self, attributes: dict[str, str]) -> None:
        number = whole_number(attributes.get("r", ""), self._number + 1)
        if not self._number < number <= ROWS:
            raise ImportFileError("hostile_xml", self.file)
        self._number = number
        self._column = -1

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        letters = "" if reference is None else reference.rstrip("0123456789")
        self._column = self._columns[letters] if letters else self._column + 1
        if not 0 <= self._column < limits.COLUMNS:
            raise ImportFileError("hostile_xml", self.file)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._has_formula = False

    def _begin_formula(self, attributes: dict[str, str]) -> None:
        del attributes
        self._has_formula = True

    def _end_row(self) -> None:
        if self._cells:
            self.rows.append((self._number, self._cells))
            self._cells = []

    def _put(self) -> None:
        text = self.take()
        if text:
            text = self._value(text)
            missing = self._column - len(self._cells)
            if missing >= 0:
                self._cells += [""] * missing
                self._cells.append(text)
            else:
                self._cells[self._column] = text
        elif self._has_formula and self._kind != "str":
            flaw = Flaw(self._column, "formula_without_value")
            self.flaws[self._number] = (*self.flaws.get(self._number, ()), flaw)
            self._cells += [""] * (self._column + 1 - len(self._cells))

    def _value(self, text: str) -> str:
        if self._kind == "s":
            texts = self._book.texts
            place = whole_number(text, len(texts))
            if place >= len(texts):
                raise ImportFileError("hostile_xml", self.file)
            return texts[place]
        if self._kind == "n":
            if whole_number(self._style) in self._book.dates:
                return day_of(text, has_1904=self._book.has_1904)
            return number_of(text)
        return {"1": "TRUE", "0": "FALSE"}.get(text, text) if self._kind == "b" else text


def number_of(text: str) -> str:
    """A number as one would write it; one that is not exact stays as it stands.

    >>> number_of("354178036859789"), number_of("3.54178036859789E+14"), number_of("8.9E+31")
    ('354178036859789', '354178036859789', '8.9E+31')
    """
    if text.isdecimal():
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    if not -_EXACT < number < _EXACT:
        return text
    return str(int(number)) if number.is_integer() else repr(number)


def day_of(text: str, *, has_1904: bool) -> str:
    """A day or time that a sheet counts in days, in ISO form; what is none stays as it stands.

    >>> day_of("46082", has_1904=False), day_of("44620.5", has_1904=True)
    ('2026-03-01', '2026-03-01 12:00:00')
    """
    try:
        number = float(text)
    except ValueError:
        return text
    if not 1 <= number < _LAST_SERIAL - 1462:
        return text
    seconds = round(number * 86_400)
    found = _EPOCHS[has_1904] + timedelta(seconds=seconds)
    return found.date().isoformat() if seconds % 86_400 == 0 else found.isoformat(" ")
