"""Finds the row of headings of a table, and what two headings have in common."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from app.data.imports import limits
from app.data.imports.errors import shown

LONGEST: Final = 200
"""Characters of a heading that count."""
_KEY: Final = re.compile(r"[a-z][a-z0-9]*(?:[A-Z.\[][A-Za-z0-9.\[\], ]*)?")
_HUMP: Final = re.compile(r"[a-z][A-Z]")


@dataclass(frozen=True, slots=True)
class Headings:
    """What a table's columns are called.

    Attributes:
        texts: The headings as they stand.
        keys: A second row of headings under them, such as GSX writes; else as many empty texts.
        row: The number of the row of headings among the rows given, from 0.
        height: How many rows they take: 1 or 2.
    """

    texts: tuple[str, ...]
    keys: tuple[str, ...]
    row: int
    height: int


def heading_key(text: str) -> str:
    """What headings are compared by: no case, space, punctuation or diacritics.

    >>> heading_key("Serial_Number ") == heading_key("serialNumber")
    True
    >>> heading_key("Inköpsdatum")
    'inkopsdatum'
    """
    spread = unicodedata.normalize("NFKD", text[:LONGEST].casefold())
    return "".join(character for character in spread if character.isalnum())


def find_headings(
    rows: Sequence[Sequence[str]], known: Container[str], wanted: int | None = None
) -> Headings | None:
    """Find the headings among a table's first rows.

    The row with most known headings has them; where none is known, the first row that is filled as
    the rest is.

    Args:
        rows: The first rows.
        known: Keys (`heading_key`) of every heading that some mapping knows.
        wanted: The row that the user says has them, from 0.

    Returns:
        None where no row has any text.
    """
    row = _row(rows[: limits.HEADING_ROWS], known) if wanted is None else wanted
    if row is None or not 0 <= row < len(rows):
        return None
    if wanted is None and row and _are_keys(rows[row], known) and _is_filled(rows, row - 1):
        row -= 1
    texts = tuple(shown(cell, LONGEST) for cell in rows[row])
    following = rows[row + 1] if row + 1 < len(rows) else ()
    if not _are_keys(following, known):
        return Headings(texts, ("",) * len(texts), row, 1)
    keys = tuple(shown(cell, LONGEST) for cell in following)[: len(texts)]
    return Headings(texts, keys + ("",) * (len(texts) - len(keys)), row, 2)


def _row(rows: Sequence[Sequence[str]], known: Container[str]) -> int | None:
    matches = [known_in(row, known) for row in rows]
    if max(matches, default=0) > 0:
        return matches.index(max(matches))
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    if not any(filled):
        return None
    usual = Counter(count for count in filled if count).most_common(1)[0][0]
    return next(at for at, count in enumerate(filled) if count * 2 >= usual)


def _is_filled(rows: Sequence[Sequence[str]], row: int) -> bool:
    """Tell a row of headings, in whatever language, from a title: it is filled as the next is."""
    above, below = (sum(1 for cell in rows[at] if cell.strip()) for at in (row, row + 1))
    return above * 2 > below


def known_in(row: Sequence[str], known: Container[str]) -> int:
    """How many different headings of a row are known."""
    return len({key for cell in row if (key := heading_key(cell)) in known})


def _are_keys(row: Sequence[str], known: Container[str]) -> bool:
    """Tell a second row of headings from a first row of values."""
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) < 2 or not all(_KEY.fullmatch(cell) for cell in cells):  # noqa: PLR2004 - one word may be a value
        return False
    return any(_HUMP.search(cell) for cell in cells) or known_in(cells, known) == len(cells)
