"""Opens a file of rows: what kind it is, by what stands in it, and how it is to be read."""

from collections.abc import Container
from contextlib import closing
from pathlib import Path
from typing import Final

from app.data.imports import limits
from app.data.imports.csv_records import csv_records
from app.data.imports.dialects import find_dialect, first_lines
from app.data.imports.encodings import survey
from app.data.imports.errors import ImportFileError
from app.data.imports.headings import Headings, find_headings
from app.data.imports.table import Kind, Options, Stamp, Table
from app.data.imports.xlsx_file import first_rows

PREVIEW: Final = 20
"""Rows that a table shows of itself."""
_LOOKED_AT: Final = limits.HEADING_ROWS + PREVIEW
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0"
"""An old spreadsheet, or one with a password: both are compound files."""
_AS_IT_IS: Final = Options()


def open_table(path: Path, options: Options = _AS_IT_IS, known: Container[str] = ()) -> Table:
    """Open a file of rows.

    Args:
        path: The file; its name says nothing.
        options: What the user says of it.
        known: Keys of the headings that some mapping knows (`app.data.imports.known_headings`).

    Raises:
        ImportFileError: It is no table, or beyond a bound.
    """
    try:
        stamp = Stamp.of(path)
        with path.open("rb") as file:
            head = file.read(4)
        if not head:
            raise ImportFileError("empty", path.name)
        if head == _COMPOUND:
            raise ImportFileError("not_xlsx", path.name)
        if head == _ZIP:
            return _spreadsheet(path, stamp, options, known)
        return _text(path, stamp, options, known)
    except OSError as error:
        raise ImportFileError("unreadable", f"{path.name}: {error.strerror}") from error


def _text(path: Path, stamp: Stamp, options: Options, known: Container[str]) -> Table:
    if stamp.size > limits.FILE:
        raise ImportFileError("too_large", path.name)
    encoding = survey(path, options.encoding)
    dialect = find_dialect(first_lines(path, encoding), known, options.delimiter)
    rows: list[list[str]] = []
    with closing(csv_records(path, encoding, dialect, _LOOKED_AT)) as batches:
        for batch in batches:
            rows += batch.rows
            if len(rows) >= _LOOKED_AT:
                break
    headings = headings_of(rows, options, known)
    return Table(
        path=path,
        kind=Kind.CSV,
        stamp=stamp,
        headings=headings,
        preview=preview(rows, headings),
        encoding=encoding,
        dialect=dialect,
    )


def _spreadsheet(path: Path, stamp: Stamp, options: Options, known: Container[str]) -> Table:
    book, sheet, rows = first_rows(path, options.sheet, known, _LOOKED_AT)
    headings = headings_of(rows, options, known)
    return Table(
        path=path,
        kind=Kind.XLSX,
        stamp=stamp,
        headings=headings,
        preview=preview(rows, headings),
        sheet=sheet.name,
        sheets=tuple(each.name for each in book.sheets),
        has_1904=book.has_1904,
    )


def headings_of(rows: list[list[str]], options: Options, known: Container[str]) -> Headings:
    """The headings among a table's first rows.

    Raises:
        ImportFileError: ``too_many_columns``, or ``no_table`` where no row has any text.
    """
    wanted = None if options.heading_row is None else options.heading_row - 1
    headings = find_headings(rows, known, wanted)
    if headings is None:
        raise ImportFileError("no_table")
    if len(headings.texts) > limits.COLUMNS:
        raise ImportFileError("too_many_columns", str(limits.COLUMNS))
    return headings


def preview(rows: list[list[str]], headings: Headings) -> tuple[tuple[str, ...], ...]:
    """The first rows under the headings, as wide as they are."""
    width = len(headings.texts)
    under = rows[headings.row + headings.height :][:PREVIEW]
    return tuple(tuple((row + [""] * width)[:width]) for row in under)
