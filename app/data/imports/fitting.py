"""Fits a mapping to the headings of a file: which columns are read, and how."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final

from app.data.imports.columns import Reader, Remembered, each_cell, imeis, texts
from app.data.imports.date_orders import find_order
from app.data.imports.days import DateOrder, day_reader
from app.data.imports.errors import ImportFileError, MappingError
from app.data.imports.headings import Headings, heading_key
from app.data.imports.ids import eid_of, meid_of
from app.data.imports.mapping import CHOICES, DAYS, MAKERS, NUMBERS, SERIAL, TEXTS
from app.data.imports.mapping import Mapping as FileMapping
from app.data.imports.table import Kind, Table
from app.data.imports.words import choice_reader, maker_reader, months, part_number

_COVERAGE: Final = "coverage_"
_ONE_BY_ONE: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {"part_number": part_number, "coverage_months": months}
)
_PAST: Final = ("bought_on", "coverage_checked_on")
"""Days that have been."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A mapping that was fitted to a file.

    Attributes:
        places: For each field the columns that it is read from, from 0.
        readers: How each of them is read.
        constants: What a row without a value gets.
        gives: The attributes of `app.data.imports.product_row.ProductRow` that the file says
            something of; whatever is not among them is to be left as the register has it.
        clears: Those of them in which an empty cell takes away what the register has.
    """

    places: Mapping[str, tuple[int, ...]]
    readers: Mapping[str, Reader]
    constants: Mapping[str, object]
    gives: frozenset[str]
    clears: frozenset[str] = frozenset()


def fit(table: Table, mapping: FileMapping, today: date) -> Fitted:
    """Fit a mapping to a file.

    Args:
        table: The file.
        mapping: The mapping.
        today: No product was bought later.

    Raises:
        ImportFileError: ``no_serial_column``, or ``duplicate_heading`` where two columns are called
            what one field is read from.
        MappingError: ``unknown_value`` for a constant that is no value of its field.
    """
    places = places_of(table.headings, mapping)
    if SERIAL not in places:
        raise ImportFileError("no_serial_column", ", ".join(mapping.fields.get(SERIAL, ())))
    if mapping.date_order is DateOrder.UNSTATED:
        mapping = replace(mapping, date_order=find_order(table, places))
    readers = {
        each: reader
        for each in {*places, *mapping.constants}
        if (reader := _reader(each, table, mapping, today)) is not None
    }
    constants = {
        each: _constant(each, value, readers[each])
        for each, value in mapping.constants.items()
        if each in readers
    }
    gives = _gives({*places, *constants})
    return Fitted(places, readers, constants, gives, gives & _gives(set(mapping.clears)))


def places_of(headings: Headings, mapping: FileMapping) -> dict[str, tuple[int, ...]]:
    """The columns that each field is read from, the one that counts first before the others.

    Raises:
        ImportFileError: ``duplicate_heading``.
    """
    index: dict[str, list[int]] = {}
    for at, named in enumerate(zip(headings.texts, headings.keys, strict=True)):
        for key in {heading_key(each) for each in named}:
            index.setdefault(key, []).append(at)
    found: dict[str, tuple[int, ...]] = {}
    for name, wanted in mapping.fields.items():
        places: dict[int, None] = {}
        for heading in wanted:
            columns = index.get(heading_key(heading), [])
            if len(columns) > 1:
                raise ImportFileError("duplicate_heading", headings.texts[columns[1]] or heading)
            places.update(dict.fromkeys(columns))
        if places:
            found[name] = tuple(places)
    return found


def _reader(name: str, table: Table, mapping: FileMapping, today: date) -> Reader | None:
    """How a column of a field is read; None for the serial, which depends on the maker."""
    own = mapping.values.get(name, {})
    if name in CHOICES:
        return Remembered(choice_reader(name, own))
    if name in MAKERS:
        return Remembered(maker_reader(own))
    if name in DAYS:
        serials = table.has_1904 if table.kind is Kind.XLSX else None
        if name in _PAST:
            return Remembered(day_reader(mapping.date_order, has_1904=serials, latest=today))
        return Remembered(day_reader(mapping.date_order, has_1904=serials))
    if name in _ONE_BY_ONE:
        return Remembered(_ONE_BY_ONE[name])
    return _PLAIN.get(name)


def _plain() -> dict[str, Reader]:
    readers: dict[str, Reader] = dict.fromkeys(TEXTS, texts)
    readers |= dict.fromkeys(NUMBERS[:2], imeis)
    readers |= {"meid": partial(each_cell, meid_of), "eid": partial(each_cell, eid_of)}
    return readers


_PLAIN: Final = _plain()


def _constant(name: str, value: str, read: Reader) -> object:
    values, faults = read([value])
    if faults:
        raise MappingError("unknown_value", f"constants.{name}", value)
    return values[0]


def _gives(names: set[str]) -> frozenset[str]:
    """The attributes of a product's row that fields fill."""
    given = {each for each in names if not each.startswith(_COVERAGE)}
    if given != names:
        given.add("coverages")
    if given & {"imei", "imei2"}:
        given.add("imeis")
    if given & {"model", "product_type"}:
        given.add("family")
    return frozenset(given - {"imei", "imei2"})
