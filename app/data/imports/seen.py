"""Remembers which serials a file has had, in a few bytes each: a million take 32 MB, not 200."""

from array import array
from collections.abc import Iterable
from typing import Final

_BITS: Final = 16
_FULL: Final = 0.6
_HALF: Final = 2**32 - 1


class Seen:
    """Finds a serial that came before, by hash.

    Two serials of 64 equal bits are taken for one: by chance that happens once in thirty million
    files of a million rows, and Python's hash cannot be aimed at.
    """

    def __init__(self) -> None:
        self._count = 0
        self._room(_BITS)

    def sift(
        self, keys: Iterable[int], contents: Iterable[int], numbers: Iterable[int]
    ) -> list[tuple[int, int, bool]]:
        """Tell which rows are of a serial that came before, and remember the rest.

        Args:
            keys: The hash of each row's serial.
            contents: The hash of all that each row says.
            numbers: Each row's number in the file, from 1.

        Returns:
            For each that came before: its place among these, the number of the first row of the
            serial, and whether it says the same.
        """
        met: list[tuple[int, int, bool]] = []
        for place, (key, content, number) in enumerate(zip(keys, contents, numbers, strict=True)):
            slot = self._slot(key)
            first = self._rows[slot]
            if first:
                met.append((place, first, self._contents[slot] == content & _HALF))
                continue
            self._put(slot, key, content & _HALF, number)
        return met

    def _slot(self, key: int) -> int:
        slot, keys, rows, mask = key & self._mask, self._keys, self._rows, self._mask
        while rows[slot] and keys[slot] != key:
            slot = (slot + 1) & mask
        return slot

    def _put(self, slot: int, key: int, content: int, number: int) -> None:
        self._keys[slot] = key
        self._contents[slot] = content
        self._rows[slot] = number
        self._count += 1
        if self._count > _FULL * (self._mask + 1):
            self._grow()

    def _room(self, bits: int) -> None:
        size = 1 << bits
        self._bits = bits
        self._mask = size - 1
        self._keys = array("q", bytes(8 * size))
        self._contents = array("I", bytes(4 * size))
        self._rows = array("I", bytes(4 * size))

    def _grow(self) -> None:
        before = zip(self._keys, self._contents, self._rows, strict=True)
        self._room(self._bits + 1)
        for key, content, number in before:
            if number:
                slot = self._slot(key)
                self._keys[slot], self._contents[slot], self._rows[slot] = key, content, number
