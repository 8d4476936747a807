"""A file that turned out to be a table: how it is read, and what its columns are called."""

from collections.abc import Generator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from app.data.imports.csv_records import Dialect, csv_records
from app.data.imports.encodings import Encoding
from app.data.imports.errors import ImportFileError
from app.data.imports.headings import Headings
from app.data.imports.records import Records
from app.data.imports.xlsx_file import xlsx_records

_CELLS_OF_A_BATCH: Final = 60_000
_MOST_ROWS: Final = 2_000
_FEWEST_ROWS: Final = 4


class Kind(StrEnum):
    """What kind of file a table is in."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of a file; whatever is None is found out.

    Attributes:
        encoding: Python's name of an encoding.
        delimiter: One character.
        sheet: The sheet's name, a hidden one's too.
        heading_row: The number of the row of headings, from 1.
    """

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    heading_row: int | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells whether a file is still the one that was looked at."""

    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> "Stamp":
        """The stamp of a file as it is now."""
        found = path.stat()
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a file.

    Attributes:
        path: The file.
        kind: What kind of file it is.
        stamp: How the file was when it was opened.
        headings: Its columns' names and where they stand, `Headings.row` from 0.
        preview: The first rows under them.
        encoding: Of a text.
        dialect: Of a text.
        sheet: Of a spreadsheet: the name of the sheet.
        sheets: Of a spreadsheet: the names of all that can be chosen.
        has_1904: Whether a spreadsheet counts its days from 1904.
    """

    path: Path
    kind: Kind
    stamp: Stamp
    headings: Headings
    preview: tuple[tuple[str, ...], ...]
    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    dialect: Dialect = field(default_factory=Dialect)
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    has_1904: bool = False

    @property
    def first_row(self) -> int:
        """The number of the first row under the headings, from 1."""
        return self.headings.row + self.headings.height + 1

    @property
    def width(self) -> int:
        """How many columns have a place in the row of headings."""
        return len(self.headings.texts)

    def records(self) -> Generator[Records]:
        """Read all rows, those of the headings too; close the generator to close the file.

        Raises:
            ImportFileError: ``changed`` since it was opened, or what only shows in the midst of it.
            OSError: The file cannot be read.
        """
        if Stamp.of(self.path) != self.stamp:
            raise ImportFileError("changed", self.path.name)
        if self.kind is Kind.XLSX:
            return xlsx_records(self.path, self.sheet, batch_size(self.width))
        return csv_records(self.path, self.encoding, self.dialect, batch_size(self.width))


def batch_size(width: int) -> int:
    """How many rows of a width are read together: many, but never many cells."""
    return max(_FEWEST_ROWS, min(_MOST_ROWS, _CELLS_OF_A_BATCH // max(width, 1)))
