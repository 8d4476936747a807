"""Files of rows for the tests of the import, and what is read of them."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.data.imports import (
    Batch,
    Mapping,
    Options,
    ProductRow,
    Refused,
    Table,
    known_headings,
    mapping_named,
    open_table,
    presets,
    rows,
)

TODAY: Final = date(2026, 11, 23)
HEADINGS: Final = ("Serial", "Model", "Holder")
IMEI: Final = "354178036859789"
OTHER_IMEI: Final = "490154203237518"
EID: Final = "89049032005008882600000000000025"


def serial(number: int) -> str:
    """A serial that a product could have; no two numbers give the same."""
    return f"C02{number:07}"


@dataclass(frozen=True, slots=True)
class Read:
    """All that was read of a file."""

    products: tuple[ProductRow, ...]
    refused: tuple[Refused, ...]
    duplicates: tuple[tuple[int, int], ...]
    read: int
    batches: tuple[Batch, ...]

    @property
    def reasons(self) -> list[tuple[int, str, str]]:
        """Row, column and code of every reason."""
        return [(each.row, each.column, each.code) for row in self.refused for each in row.reasons]

    def values(self, name: str) -> list[object]:
        """One attribute of every product."""
        return [getattr(each, name) for each in self.products]


def opened(path: Path, options: Options | None = None) -> Table:
    return open_table(path, options or Options(), known_headings(presets()))


def read(path: Path, mapping: Mapping | str = "plain", options: Options | None = None) -> Read:
    chosen = mapping if isinstance(mapping, Mapping) else mapping_named(None, mapping)
    batches = tuple(rows(opened(path, options), chosen, TODAY))
    return Read(
        products=tuple(ProductRow._make(each) for batch in batches for each in batch.rows),
        refused=tuple(each for batch in batches for each in batch.refused),
        duplicates=tuple(each for batch in batches for each in batch.duplicates),
        read=sum(batch.read for batch in batches),
        batches=batches,
    )


def text(
    rows_: Iterable[Sequence[str]],
    delimiter: str = ",",
    end: str = "\r\n",
    *,
    is_quoted: bool = False,
) -> str:
    """Rows as a file of text."""
    stream = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows(rows_)
    return stream.getvalue()


def csv_file(path: Path, *rows_: Sequence[str], encoding: str = "utf-8") -> Path:
    path.write_bytes(text(rows_).encode(encoding))
    return path


def xlsx_file(path: Path, *rows_: Sequence[object]) -> Path:
    book = Workbook()
    fill(sheet_of(book), *rows_)
    book.save(path)
    return path


def sheet_of(book: Workbook) -> Worksheet:
    return cast("Worksheet", book.active)


def fill(sheet: Worksheet, *rows_: Sequence[object]) -> None:
    for each in rows_:
        sheet.append(list(each))
