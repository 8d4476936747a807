"""Tells what separates the cells of a file of text."""

import csv
import re
from collections import Counter
from collections.abc import Container, Sequence
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import Final

from app.data.imports import limits
from app.data.imports.csv_records import Dialect
from app.data.imports.encodings import ERRORS, Encoding
from app.data.imports.errors import ImportFileError
from app.data.imports.headings import known_in

DELIMITERS: Final = (",", ";", "\t", "|")
_SEP: Final = re.compile(r"\"?sep=([,;\t|])\"?\s*", re.IGNORECASE)
_NEVER: Final = '"\r\n '
_LINES: Final = 100
_SAMPLE: Final = 2**18


def first_lines(path: Path, encoding: Encoding) -> list[str]:
    """The first lines of a text, a bounded number of characters."""
    with path.open("rb") as raw:
        raw.seek(encoding.skip)
        with TextIOWrapper(raw, encoding.name, ERRORS, newline="") as text:
            return StringIO(text.read(_SAMPLE), newline="").readlines()[:_LINES]


def find_dialect(
    lines: Sequence[str], known: Container[str], delimiter: str | None = None
) -> Dialect:
    """Tell a text's dialect from its first lines.

    Args:
        lines: The lines with their ends.
        known: Keys of the headings that some mapping knows.
        delimiter: What the user says that it is.

    Raises:
        ImportFileError: ``bad_delimiter``: what the user says can be none.
    """
    told = _SEP.fullmatch(lines[0]) if lines else None
    before = 0 if told is None else 1
    if delimiter is not None and (len(delimiter) != 1 or delimiter in _NEVER):
        raise ImportFileError("bad_delimiter", delimiter)
    if delimiter is None and told is not None:
        delimiter = told[1]
    rest = lines[before:]
    found = delimiter or max(DELIMITERS, key=lambda each: _fitness(rest, each, known))
    skips = any(f'{found} "' in line for line in rest)
    return Dialect(found, skips, before)


def _fitness(lines: Sequence[str], delimiter: str, known: Container[str]) -> tuple[int, float, int]:
    """How well a delimiter fits: known headings, then rows of the same width, then their width."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return 0, 0.0, 0
    if not rows:
        return 0, 0.0, 0
    headings = max(known_in(row[: limits.COLUMNS], known) for row in rows[: limits.HEADING_ROWS])
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return headings, count / len(rows) if width > 1 else 0.0, width
