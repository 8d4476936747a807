"""A spreadsheet as a table: which of its sheets, and its rows."""

from collections.abc import Container, Generator
from contextlib import closing
from pathlib import Path

from app.data.imports import limits
from app.data.imports.errors import ImportFileError
from app.data.imports.headings import known_in
from app.data.imports.records import Records
from app.data.imports.xlsx_book import Book, Sheet, read_book
from app.data.imports.xlsx_cells import sheet_records
from app.data.imports.xlsx_parts import Parts, open_parts

_FITTING = 2
"""Known headings that make a row the headings of products."""


def xlsx_records(path: Path, sheet: str, size: int) -> Generator[Records]:
    """Read all rows of a sheet, in batches of at most ``size``.

    Raises:
        ImportFileError: The package is beyond a bound or no spreadsheet, or has no such sheet.
        OSError: The file cannot be read.
    """
    with open_parts(path) as parts:
        book = read_book(parts)
        found = _named(book, sheet)
        with closing(sheet_records(parts, found.part, book, size)) as batches:
            yield from batches


def first_rows(
    path: Path, wanted: str | None, known: Container[str], count: int
) -> tuple[Book, Sheet, list[list[str]]]:
    """Choose a sheet and read its first rows, those without cells too.

    Without a name the first sheet that is not hidden and has headings of products, else the first
    that is not hidden and has any cell.

    Raises:
        ImportFileError: As for `xlsx_records`; ``no_table`` where no sheet has a cell.
    """
    with open_parts(path) as parts:
        book = read_book(parts)
        if wanted is not None:
            sheet = _named(book, wanted)
            return book, sheet, _head(parts, sheet, book, count)
        filled: list[tuple[Sheet, list[list[str]]]] = []
        for sheet in book.sheets:
            rows = [] if sheet.is_hidden else _head(parts, sheet, book, count)
            if any(known_in(row, known) >= _FITTING for row in rows[: limits.HEADING_ROWS]):
                return book, sheet, rows
            if rows:
                filled.append((sheet, rows))
        if not filled:
            raise ImportFileError("no_table")
        return book, *filled[0]


def _named(book: Book, name: str) -> Sheet:
    sheet = next((each for each in book.sheets if each.name == name), None)
    if sheet is None:
        raise ImportFileError("no_sheet", name)
    return sheet


def _head(parts: Parts, sheet: Sheet, book: Book, count: int) -> list[list[str]]:
    rows: list[list[str]] = []
    with closing(sheet_records(parts, sheet.part, book, count)) as batches:
        for batch in batches:
            if batch.first > count:
                break
            rows += [[] for _ in range(batch.first - len(rows) - 1)]
            rows += batch.rows
            if len(rows) >= count:
                break
    return rows[:count]
