"""Tells which mapping a file was made for, by its headings."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.data.imports.headings import Headings, heading_key
from app.data.imports.mapping import SERIAL, Mapping

_MARK: Final = 3
"""A heading that only one kind of file has counts as many that all have."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a mapping fits a file.

    Attributes:
        mapping: The mapping.
        fields: The fields that the file has a column for.
        marks: How many of the mapping's own marks it has.
        is_usable: Whether it has a column for the serial.
    """

    mapping: Mapping
    fields: tuple[str, ...]
    marks: int
    is_usable: bool

    @property
    def score(self) -> int:
        """More is better."""
        missing = 1 if self.mapping.marks and not self.marks else 0
        return len(self.fields) + _MARK * (self.marks - missing)


def detect(headings: Headings, mappings: Iterable[Mapping]) -> tuple[Fit, ...]:
    """Rank mappings by how well they fit a file's headings, the best first.

    Args:
        headings: The file's headings.
        mappings: In the order in which equals stay: a bench's own before the presets.
    """
    keys = {heading_key(each) for each in (*headings.texts, *headings.keys)} - {""}
    fits = [_fit(mapping, keys) for mapping in mappings]
    return tuple(sorted(fits, key=lambda each: (not each.is_usable, -each.score)))


def known_headings(mappings: Iterable[Mapping]) -> frozenset[str]:
    """Keys of every heading that some mapping knows: they tell the row of headings."""
    return frozenset[str]().union(
        *(each.keys | {heading_key(mark) for mark in each.marks} for each in mappings)
    )


def _fit(mapping: Mapping, keys: set[str]) -> Fit:
    fields = tuple(
        name
        for name, headings in mapping.fields.items()
        if not keys.isdisjoint(map(heading_key, headings))
    )
    marks = len(keys & {heading_key(each) for each in mapping.marks})
    return Fit(mapping, fields, marks, SERIAL in fields)
