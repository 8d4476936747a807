"""What a reader gives, of whatever kind the file is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

WHOLE_ROW: Final = -1
"""The place of a flaw that is the whole row's."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a reader found wrong in a row.

    Attributes:
        column: The column's place from 0, or `WHOLE_ROW`.
        code: A code of `app.data.imports.product_row.Refusal`.
    """

    column: int
    code: str


@dataclass(frozen=True, slots=True)
class Records:
    """Rows that follow each other in the file, empty ones among them.

    Attributes:
        first: The number of the first one, from 1, as a spreadsheet shows it.
        rows: Their cells.
        flaws: By number of the row.
        done: How much of the file has been read so far, 0 to 1.
        is_cut: Whether the last one is the file's last and no line end follows it.
    """

    first: int
    rows: list[list[str]]
    flaws: Mapping[int, tuple[Flaw, ...]]
    done: float
    is_cut: bool = False
