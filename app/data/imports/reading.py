"""From a file's rows to products, or to the reasons why not: the one pass over a file."""

from collections.abc import Collection, Generator, Sequence
from contextlib import closing
from datetime import date
from itertools import compress
from typing import Final, cast

from app.data.imports.cells import Fault
from app.data.imports.encodings import MARK, is_utf8_in_disguise
from app.data.imports.errors import shown
from app.data.imports.fitting import fit
from app.data.imports.ids import imeis_of
from app.data.imports.mapping import Mapping, is_private
from app.data.imports.product_row import Batch, ProductRow, Refusal, Refused
from app.data.imports.records import WHOLE_ROW, Records
from app.data.imports.seen import Seen
from app.data.imports.table import Kind, Table
from app.data.imports.taking import Faults, Taker, Values

_SERIALS: Final = ProductRow._fields.index("serial") - 1
_IMEIS: Final = ProductRow._fields.index("imeis") - 1
"""Columns of what is taken of a batch, which has no numbers of rows."""


def rows(table: Table, mapping: Mapping, today: date) -> Generator[Batch]:
    """Read a file's products.

    Rows are counted as a spreadsheet shows them: the first row of the file is row 1, an empty row
    counts, a cell of several lines does not count more than once. Of a serial that comes twice the
    first row is taken; a later one is a duplicate where it says the same, and refused where not. So
    is a row with an IMEI that an earlier row has for another serial.

    Args:
        table: The file.
        mapping: What its columns are.
        today: No product was bought later.

    Yields:
        Rows that were read together; an import of them all takes as much memory as of a few.

    Raises:
        ImportFileError: The mapping does not fit, the file changed since it was opened, or what
            only shows in the midst of it: what was yielded before is then not to be kept.
        MappingError: A constant of the mapping is no value of its field.
    """
    reading = _Reading(table, Taker(fit(table, mapping, today)))
    with closing(table.records()) as batches:
        for records in batches:
            batch = reading.batch(records)
            if batch is not None:
                yield batch


class _Reading:
    """One pass over a file."""

    def __init__(self, table: Table, taker: Taker) -> None:
        self._table = table
        self._taker = taker
        self._seen = Seen()
        self._seen_imeis = Seen()
        self._matters = {WHOLE_ROW, *taker.needed}

    def batch(self, records: Records) -> Batch | None:
        """What a batch of records gives; None where all are headings."""
        passed = max(0, self._table.first_row - records.first)
        raw = records.rows[passed:]
        if not raw:
            return None
        first = records.first + passed
        faults = self._flaws(records, raw, first)
        even = self._even(raw, faults, is_cut=records.is_cut)
        taken = self._taker.take(even)
        for at, more in taken.faults.items():
            faults.setdefault(at, []).extend(more)
        numbers: Sequence[int] = range(first, first + len(raw))
        columns = taken.columns
        refused: dict[int, Refused] = {}
        blank = 0
        if faults:
            blanks = {at for at in faults if not any(map(str.strip, raw[at]))}
            blank = len(blanks)
            refused = {
                at: self._refused(first + at, raw[at], faults[at])
                for at in sorted(faults)
                if at not in blanks
            }
            numbers, columns = _without(faults, numbers, columns)
        twice = self._imeis_twice(numbers, columns)
        if twice:
            for at, met_before in twice.items():
                place = numbers[at] - first
                refused[place] = self._of_another(numbers[at], met_before, raw[place])
            numbers, columns = _without(twice, numbers, columns)
        met = self._seen.sift(map(hash, columns[0]), map(hash, zip(*columns, strict=True)), numbers)
        products: list[tuple[object, ...]] = list(zip(numbers, *columns, strict=True))
        duplicates: list[tuple[int, int]] = []
        for place, other, is_same in reversed(met):
            number = numbers[place]
            del products[place]
            if is_same:
                duplicates.append((number, other))
            else:
                refused[number - first] = self._conflicting(number, other, raw[number - first])
        return Batch(
            rows=products,
            refused=tuple(refused[at] for at in sorted(refused)),
            duplicates=tuple(reversed(duplicates)),
            read=len(raw) - blank,
            done=records.done,
        )

    def _imeis_twice(
        self, numbers: Sequence[int], columns: Sequence[Values]
    ) -> dict[int, list[tuple[str, int]]]:
        """The rows whose IMEIs another serial has in a row before: each IMEI with that row."""
        serials, imeis = columns[_SERIALS], cast("Sequence[tuple[str, ...]]", columns[_IMEIS])
        told = [(at, imei) for at, each in enumerate(imeis) for imei in each]
        met = self._seen_imeis.sift(
            (hash(imei) for _, imei in told),
            (hash(serials[at]) for at, _ in told),
            [numbers[at] for at, _ in told],
        )
        found: dict[int, list[tuple[str, int]]] = {}
        for place, other, is_same in met:
            if not is_same:
                at, imei = told[place]
                found.setdefault(at, []).append((imei, other))
        return found

    def _flaws(self, records: Records, raw: list[list[str]], first: int) -> Faults:
        """What is wrong with rows before any column is read."""
        faults: Faults = {
            number - first: found
            for number, flaws in records.flaws.items()
            if number >= first
            and (
                found := [
                    (each.column, each.code) for each in flaws if each.column in self._matters
                ]
            )
        }
        encoding = self._table.encoding
        if encoding.is_damaged or encoding.is_mixed:
            for at, row in enumerate(raw):
                place = self._damaged(row)
                if place is not None:
                    faults.setdefault(at, []).append((place, "not_text"))
        return faults

    def _damaged(self, row: list[str]) -> int | None:
        """The first cell that holds bytes that are no text in the file's encoding."""
        whole = "".join(row)
        if whole.isascii() and "\0" not in whole:
            return None
        encoding = self._table.encoding
        for place, cell in enumerate(row):
            if MARK in cell or "\0" in cell:
                return place
            if encoding.is_mixed and is_utf8_in_disguise(cell, encoding.name):
                return place
        return None

    def _even(self, raw: list[list[str]], faults: Faults, *, is_cut: bool) -> list[list[str]]:
        """The rows, each as wide as the headings."""
        width = self._table.width
        if set(map(len, raw)) == {width}:
            return raw
        even = list(raw)
        for at, row in enumerate(raw):
            if len(row) < width:
                even[at] = row + [""] * (width - len(row))
                if is_cut and at == len(raw) - 1:
                    faults.setdefault(at, []).append((WHOLE_ROW, "cut_off"))
            elif len(row) > width:
                even[at] = row[:width]
                if self._table.kind is Kind.CSV and any(map(str.strip, row[width:])):
                    faults.setdefault(at, []).append((WHOLE_ROW, "too_many_cells"))
        return even

    def _refused(self, number: int, row: list[str], found: list[tuple[int, str]]) -> Refused:
        """A row with every reason why it is not taken; where it is no row, that alone."""
        whole = [each for each in found if each[0] == WHOLE_ROW]
        reasons = [
            self._reason(number, row, place, code) for place, code in whole or sorted(set(found))
        ]
        return Refused(number, tuple(reasons), tuple(row))

    def _reason(self, number: int, row: list[str], place: int, code: str) -> Refusal:
        if place == WHOLE_ROW:
            return Refusal(number, "", code, "")
        headings = self._table.headings
        column = (
            headings.texts[place] or headings.keys[place] if place < len(headings.texts) else ""
        )
        value = "" if is_private(column) or place >= len(row) else shown(row[place])
        return Refusal(number, column, code, value)

    def _of_another(self, number: int, found: list[tuple[str, int]], row: list[str]) -> Refused:
        reasons: list[Refusal] = []
        for imei, other in found:
            place = next(at for at in self._taker.imei_places if imei in _imeis_in(row, at))
            column = self._table.headings.texts[place] or self._table.headings.keys[place]
            reasons.append(Refusal(number, column, "imei_of_another", imei, other))
        return Refused(number, tuple(reasons), tuple(row))

    def _conflicting(self, number: int, other: int, row: list[str]) -> Refused:
        place = self._taker.serial_place
        column = self._table.headings.texts[place]
        reason = Refusal(number, column, "conflicting_duplicate", shown(row[place]), other)
        return Refused(number, (reason,), tuple(row))


def _without(
    left_out: Collection[int], numbers: Sequence[int], columns: Sequence[Values]
) -> tuple[Sequence[int], list[Values]]:
    """Rows and what they say, without some of them by their places."""
    keep = [at not in left_out for at in range(len(numbers))]
    return list(compress(numbers, keep)), [list(compress(column, keep)) for column in columns]


def _imeis_in(row: list[str], place: int) -> tuple[str, ...]:
    found = imeis_of(row[place]) if place < len(row) else ()
    return () if isinstance(found, Fault) else found
