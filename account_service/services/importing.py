"""Files of register rows: JSON lines of whole rows, or CSV whose header names the members.

A file is read twice: once to find what cannot be read at all, so that nothing of such a file is
stored, and once to store it in small transactions that let the benches' pushes through.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias, cast

from msgspec import DecodeError, Struct
from msgspec.json import Decoder

from account_service.contract import Register, RegisterRow
from account_service.errors import MalformedError
from account_service.services.canonical import MAX_CANONICAL_BYTES
from account_service.services.registers import MAX_ROWS, RowsPut, fault_of, put_rows
from account_service.store.database import Database

MAX_LINE: Final = 6 * MAX_CANONICAL_BYTES
"""Bytes of a JSON line: every character of the largest row may be written as an escape."""
_MAX_SHOWN: Final = 80


class _Line(Struct, frozen=True, forbid_unknown_fields=True):
    register: str
    key: str
    value: dict[str, Any] | None


_LINE: Final = Decoder(_Line)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was left out.

    Attributes:
        row: Its number in the file, from 1; a CSV file's header is row 1.
        column: The column at fault, None where it is the row as a whole.
        code: Why.
        value: What stood there, shortened.
    """

    row: int
    column: str | None
    code: str
    value: str


Parsed: TypeAlias = RegisterRow | Refused
Source: TypeAlias = Callable[[], Iterator[Parsed]]
"""Reads the file from its beginning, each time it is called."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    Attributes:
        read: Rows in the file, without the header.
        accepted: Rows that are new.
        updated: Rows that changed.
        unchanged: Rows that were there as they are.
        duplicates: Rows whose key stood further up in the file; the first one counts.
        refused: Rows that were left out.
    """

    read: int
    accepted: int
    updated: int
    unchanged: int
    duplicates: int
    refused: list[Refused]


def import_rows(database: Database, organisation_id: str, source: Source) -> Imported:
    """Put a file's rows into the registers.

    Raises:
        MalformedError: ``file_unreadable`` or ``column_missing``; nothing was stored.
        NotFoundError: ``organisation_unknown``.
        StoreError: The database could not do it; the rows before are stored, and the same import
            again goes on from there.
    """
    for _ in source():
        pass
    read, duplicates, refused, put = 0, 0, list[Refused](), RowsPut(0, 0, 0)
    seen: set[tuple[str, str]] = set()
    rows = source()
    while chunk := list(islice(rows, MAX_ROWS)):
        read += len(chunk)
        refused += [row for row in chunk if isinstance(row, Refused)]
        fresh: list[RegisterRow] = []
        for row in chunk:
            if isinstance(row, Refused):
                continue
            if (row.register, row.key) in seen:
                duplicates += 1
            else:
                seen.add((row.register, row.key))
                fresh.append(row)
        done = put_rows(database, organisation_id, fresh)
        put = RowsPut(
            put.accepted + done.accepted, put.updated + done.updated, put.unchanged + done.unchanged
        )
    return Imported(read, put.accepted, put.updated, put.unchanged, duplicates, refused)


def json_lines(path: Path) -> Source:
    """Rows written one a line as ``{"register", "key", "value"}``."""

    def read() -> Iterator[Parsed]:
        try:
            with path.open("rb") as file:
                for number, line in enumerate(_lines(file), start=1):
                    if line is None:
                        yield Refused(number, None, "too_large", "")
                    elif line.strip():
                        yield _parsed(number, line)
        except OSError as error:
            raise MalformedError("file_unreadable", {"detail": error.strerror or ""}) from error

    return read


def _lines(file: BufferedReader) -> Iterator[bytes | None]:
    """Each line, None for one that is too long; never more than `MAX_LINE` bytes in memory."""
    while line := file.readline(MAX_LINE + 1):
        if len(line) <= MAX_LINE:
            yield line
            continue
        while not line.endswith(b"\n") and (line := file.readline(MAX_LINE)):
            pass
        yield None


def _parsed(number: int, line: bytes) -> Parsed:
    try:
        row = _LINE.decode(line)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return Refused(
            number, None, "malformed", line[:_MAX_SHOWN].decode(errors="replace").strip()
        )
    return _judged(number, row.register, row.key, row.value)


def csv_rows(path: Path, register: Register, key: str) -> Source:
    """Rows of one register from a CSV file in UTF-8, with or without a byte order mark.

    Args:
        path: The file.
        register: Where its rows belong.
        key: The column whose cell is the row's key. Every cell that is not empty becomes a member
            of the value.
    """

    def read() -> Iterator[Parsed]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from _csv(csv.reader(file, strict=True), register, key)
        except OSError as error:
            raise MalformedError("file_unreadable", {"detail": error.strerror or ""}) from error
        except UnicodeDecodeError as error:
            raise MalformedError("file_unreadable", {"detail": "it is not UTF-8"}) from error
        except csv.Error as error:
            raise MalformedError(
                "file_unreadable", {"detail": f"it is not CSV: {error}"}
            ) from error

    return read


def _csv(rows: Iterator[list[str]], register: Register, key: str) -> Iterator[Parsed]:
    header = [name.strip() for name in next(rows, list[str]())]
    if key not in header or len(set(header)) != len(header):
        raise MalformedError("column_missing", {"detail": key})
    for number, cells in enumerate(rows, start=2):
        if not cells:
            continue
        if len(cells) > len(header):
            yield Refused(number, None, "too_many_cells", cells[len(header)][:_MAX_SHOWN])
            continue
        value = {
            name: cell.strip()
            for name, cell in zip(header, cells, strict=False)
            if cell.strip() and name
        }
        yield _judged(number, register, value.get(key, ""), value, key)


def _judged(
    number: int, register: str, key: str, value: dict[str, Any] | None, column: str = "key"
) -> Parsed:
    fault = fault_of(register, key, value)
    if fault is None:
        return RegisterRow(cast("Register", register), key, value)
    at_fault = {"key_invalid": (column, key), "register_unknown": ("register", register)}
    named, shown = at_fault.get(fault, (None, key))
    return Refused(number, named, fault, shown[:_MAX_SHOWN])
