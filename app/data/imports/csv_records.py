"""The records of a file of text, in batches, with those that no quote closes.

The `csv` module reads the rows and is forgiving within a line, but for a cell that is too long. A
quote that is never closed would swallow the rows after it, so a record of several lines has to be
well-formed: where it is not, the line where it begins is told apart and reading goes on with the
next.
"""

import csv
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from app.data.imports import limits
from app.data.imports.encodings import ERRORS, Encoding
from app.data.imports.errors import ImportFileError
from app.data.imports.records import WHOLE_ROW, Flaw, Records

_BLOCK: Final = 2**20
_END: Final = "\udcfe"
"""A line after the last: a record of its own, unless one before was never closed."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file's cells are told apart.

    Attributes:
        delimiter: One character.
        skips_space: Whether a space follows it that belongs to no cell.
        lines_before: Lines that say how to read the file (``sep=;``): no spreadsheet shows them.
    """

    delimiter: str = ","
    skips_space: bool = False
    lines_before: int = 0


def csv_records(path: Path, encoding: Encoding, dialect: Dialect, size: int) -> Generator[Records]:
    """Read all records of a file, in batches of at most ``size``.

    Raises:
        ImportFileError: ``row_too_long``, or ``too_broken`` after `app.data.imports.limits.BROKEN`
            rows that were never closed.
        OSError: The file cannot be read.
    """
    with path.open("rb") as raw:
        length = max(path.stat().st_size, 1)
        raw.seek(encoding.skip)
        with TextIOWrapper(raw, encoding.name, ERRORS, newline="") as text:
            reading = _Reading(_Lines(text), dialect)
            reading.skip(dialect.lines_before)
            held = Records(1, [], {}, 0.0)
            while not reading.is_over:
                rows, flaws = reading.batch(size)
                if rows:
                    if held.rows:
                        yield held
                    first = held.first + len(held.rows)
                    marked = {first + at: (Flaw(WHOLE_ROW, code),) for at, code in flaws.items()}
                    held = Records(first, rows, marked, min(1.0, raw.tell() / length))
            if held.rows:
                yield replace(held, done=1.0, is_cut=reading.is_cut)


class _CsvReader(Protocol):
    """What `csv.reader` gives; the module has no name for it."""

    @property
    def line_num(self) -> int: ...

    def __iter__(self) -> Iterator[list[str]]: ...

    def __next__(self) -> list[str]: ...


class _Lines:
    """The lines of a text and one after the last; those that are not done with can be had again."""

    def __init__(self, text: TextIOWrapper) -> None:
        self.kept: list[str] = []
        self._text = text
        self._given = 0
        self._blocks = 0
        self._is_ended = False

    def __iter__(self) -> Iterator[str]:
        while True:
            waiting = self.kept[self._given :]
            self._given = len(self.kept)
            yield from waiting
            if self._given == len(self.kept) and not self._read():
                return

    def drop(self, count: int) -> None:
        """Be done with lines."""
        del self.kept[:count]
        self._given -= count
        self._blocks = 0

    def again(self) -> Iterator[str]:
        """Give all lines that are not done with once more, and then the rest."""
        self._given = 0
        return iter(self)

    def _read(self) -> bool:
        if self._is_ended:
            return False
        block = self._text.readlines(_BLOCK)
        self._blocks += 1
        if self._blocks * _BLOCK > limits.BATCH:
            raise ImportFileError("row_too_long")
        if not block:
            self._is_ended = True
            block = [_END]
        self.kept += block
        return True


class _Reading:
    """Turns lines into records, a batch at a time."""

    def __init__(self, lines: _Lines, dialect: Dialect) -> None:
        self.is_over = False
        self._lines = lines
        self._dialect = dialect
        self._broken = 0
        self._last = "\n"
        self._begin()

    def skip(self, lines: int) -> None:
        """Leave lines out."""
        for _ in range(lines):
            next(self._feed)
        self._lines.drop(lines)

    @property
    def is_cut(self) -> bool:
        """Whether the last line that is done with has no end."""
        return not self._last.endswith(("\n", "\r"))

    def batch(self, size: int) -> tuple[list[list[str]], dict[int, str]]:
        """The next records, and a code for each that is none."""
        before = self._reader.line_num
        try:
            rows = list(islice(self._reader, size))
        except csv.Error:
            return self._carefully(size)
        used = self._reader.line_num - before
        if used != len(rows):
            return self._carefully(size)
        if rows[-1] == [_END]:
            rows.pop()
            self.is_over = True
        self._drop(len(rows))
        return rows, {}

    def _carefully(self, size: int) -> tuple[list[list[str]], dict[int, str]]:
        """The same record by record, up to the first that is never closed."""
        rows: list[list[str]] = []
        flaws: dict[int, str] = {}
        self._begin()
        used = 0
        while len(rows) < size and not flaws:
            try:
                cells = next(self._reader)
                now = self._reader.line_num
            except csv.Error:
                cells, now = [], used
            if cells == [_END]:
                self.is_over = True
                break
            if now - used == 1 or self._is_well_formed(self._lines.kept[used:now]):
                rows.append(cells)
                used = now
            else:
                cells = self._as_it_stands(self._lines.kept[used])
                is_long = max(map(len, cells)) > limits.CELL
                flaws[len(rows)] = "too_long" if is_long else "open_quote"
                rows.append(cells)
                used += 1
        self._drop(used)
        self._begin()
        return rows, flaws

    def _drop(self, lines: int) -> None:
        if lines:
            self._last = self._lines.kept[lines - 1]
            self._lines.drop(lines)

    def _begin(self) -> None:
        """Read on from the first line that is not done with."""
        self._feed = self._lines.again()
        self._reader = self._csv(self._feed)

    def _is_well_formed(self, lines: list[str]) -> bool:
        try:
            return len(list(self._csv(lines, strict=True))) == 1
        except csv.Error:
            return False

    def _as_it_stands(self, line: str) -> list[str]:
        """A line's cells, their quotes taken for letters."""
        self._broken += 1
        if self._broken > limits.BROKEN:
            raise ImportFileError("too_broken")
        return line.rstrip("\r\n").split(self._dialect.delimiter)

    def _csv(self, lines: Iterator[str] | list[str], *, strict: bool = False) -> "_CsvReader":
        return csv.reader(
            lines,
            delimiter=self._dialect.delimiter,
            skipinitialspace=self._dialect.skips_space,
            strict=strict,
        )
