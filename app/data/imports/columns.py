"""Reads whole columns of cells: what is plain by a glance at all of them, the rest one by one.

A million rows of a dozen columns are twelve million cells; a Python function for each would take
longer than all the rest of the import.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from app.data.imports import limits
from app.data.imports.cells import Fault, text_of
from app.data.imports.ids import imeis_of, serial_of

Faults = Mapping[int, str]
"""A code for each cell that cannot be taken, by its place in the column."""
Column = tuple[Sequence[object], Faults]
Reader = Callable[[Sequence[str]], Column]

APPLE: Final = "apple"
_NONE: Final[Faults] = MappingProxyType({})
_MOST_REMEMBERED: Final = 20_000
_SERIAL_LENGTHS: Final = frozenset(range(8, 15))
_TRAPS: Final = ("'", "=", "#")
"""A text with one of them may be guarded, a formula or an error value."""


class Remembered:
    """Reads a column of few different values: each is read once and then remembered.

    Args:
        read: Reads one cell.
    """

    def __init__(self, read: Callable[[str], object]) -> None:
        self._known = _Known(read)

    def __call__(self, cells: Sequence[str]) -> Column:
        """Read a column."""
        known = self._known
        if len(known) > _MOST_REMEMBERED:
            known.forget()
        values = list(map(known.__getitem__, cells))
        if not known.faults or known.faults.keys().isdisjoint(cells):
            return values, _NONE
        return values, {
            at: known.faults[cell] for at, cell in enumerate(cells) if cell in known.faults
        }


class _Known(dict[str, object]):
    def __init__(self, read: Callable[[str], object]) -> None:
        super().__init__()
        self.faults: dict[str, str] = {}
        self._read = read

    def __missing__(self, cell: str) -> object:
        value = self._read(cell)
        if isinstance(value, Fault):
            self.faults[cell] = value.code
            value = None
        self[cell] = value
        return value

    def forget(self) -> None:
        self.clear()
        self.faults.clear()


def texts(cells: Sequence[str]) -> Column:
    """Read a column of texts."""
    whole = "".join(cells)
    if whole.isprintable() and not any(trap in whole for trap in _TRAPS):
        values = list(map(str.strip, cells))
        if "  " not in whole and max(map(len, values), default=0) <= limits.TEXT:
            return values, _NONE
    return each_cell(text_of, cells)


def each_cell(read: Callable[[str], object], cells: Sequence[str]) -> Column:
    """Read a column cell by cell; an empty one is an empty text."""
    return _parted([read(cell) if cell else "" for cell in cells], "")


def _parted(values: list[object], instead: object) -> Column:
    """A column and what of it cannot be taken, for which another value stands in."""
    faults = {at: value.code for at, value in enumerate(values) if isinstance(value, Fault)}
    for at in faults:
        values[at] = instead
    return values, faults or _NONE


def serials(cells: Sequence[str], makers: Iterable[object]) -> Column:
    """Read a column of serials.

    Args:
        cells: The column.
        makers: The maker of each row's product.
    """
    whole = "".join(cells)
    if whole.isascii() and whole.isalnum():
        values = cells if whole.isupper() else list(map(str.upper, cells))
        upper = whole.upper()
        if "I" not in upper and "O" not in upper and _SERIAL_LENGTHS.issuperset(map(len, values)):
            return values, _NONE
    pairs = zip(cells, makers, strict=True)
    return _parted([serial_of(cell, is_apple=maker == APPLE) for cell, maker in pairs], "")


def imeis(cells: Sequence[str]) -> Column:
    """Read a column of IMEIs."""
    values: list[object] = [imeis_of(cell) if cell else () for cell in cells]
    return _parted(values, ()) if Fault in set(map(type, values)) else (values, _NONE)
