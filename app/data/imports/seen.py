"""Remembers which serials a file has had, in a few bytes each: a million take 30 MB, not 200."""

from array import array
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Final

_BITS: Final = 18
_FULL: Final = 0.5


class Seen:
    """Finds a serial that came before, by hash: a table of places, open addressing.

    Two serials with the same 64 bits are taken for one: by chance that happens once in thirty
    million files of a million rows, and Python's hash cannot be aimed at.
    """

    def __init__(self) -> None:
        self._keys = array("q", (0,))
        self._contents = array("q", (0,))
        self._rows = array("I", (0,))
        self._table = array("I", bytes(4 << _BITS))

    def sift(
        self, keys: Iterable[int], contents: Iterable[int], numbers: Sequence[int]
    ) -> list[tuple[int, int, bool]]:
        """Tell which rows are of a serial that came before, and remember them all.

        Args:
            keys: The hash of each row's serial.
            contents: The hash of all that each row says.
            numbers: Each row's number in the file, from 1.

        Returns:
            For each that came before: its place among these, the number of the first row of the
            serial, and whether it says the same.
        """
        before = len(self._keys)
        self._keys.extend(keys)
        self._contents.extend(contents)
        self._rows.extend(numbers)
        if len(self._keys) > _FULL * len(self._table):
            self._table = array("I", bytes(8 * len(self._table)))
            self._enter(1, before)
        known = self._contents
        return [
            (at - before, self._rows[first], known[first] == known[at])
            for at, first in self._enter(before, len(self._keys))
        ]

    def _enter(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Enter places into the table; give those whose key has one already, with that one.

        One loop without calls: every row of a file goes through it.
        """
        met: list[tuple[int, int]] = []
        known, table = self._keys, self._table
        mask = len(table) - 1
        for at, key in zip(count(start), known[start:stop], strict=False):
            slot = key & mask
            while first := table[slot]:
                if known[first] == key:
                    met.append((at, first))
                    break
                slot = (slot + 1) & mask
            else:
                table[slot] = at
        return met
