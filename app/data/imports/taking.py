"""Takes products out of rows of cells by a fitted mapping, a batch of columns at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final, cast

from app.data.imports.columns import APPLE, Column, Reader, Remembered, serials
from app.data.imports.covering import PARTS, PREFIX, SAYS_NOTHING, Covering
from app.data.imports.fitting import Fitted
from app.data.imports.mapping import SERIAL
from app.data.imports.product_row import EMPTY, ProductRow
from app.data.imports.words import family_word

Cells = Sequence[str]
Values = Sequence[object]
Faults = dict[int, list[tuple[int, str]]]
"""For each row that cannot be taken, by its place: the columns that say why, and codes."""

_NAMES: Final = ProductRow._fields[1:]


@dataclass(slots=True)
class Taken:
    """What a batch of rows says.

    Attributes:
        columns: For each attribute of a product's row after its number, a value for each row.
        faults: Why rows cannot be taken; what stands in their columns is anything.
    """

    columns: list[Values]
    faults: Faults = field(default_factory=Faults)


class Taker:
    """Takes products out of rows.

    Args:
        fitted: The mapping, fitted to the file.
    """

    def __init__(self, fitted: Fitted) -> None:
        self._places = fitted.places
        self._readers = {
            name: reader for name, reader in fitted.readers.items() if name in fitted.places
        }
        self._constants = fitted.constants
        self.needed: Final = sorted({each for places in fitted.places.values() for each in places})
        self._pick = _picker(self.needed)
        self._families: Reader = Remembered(family_word)
        self.serial_place = fitted.places[SERIAL][0]
        """The first column that the serial is read from."""
        self.imei_places = [
            place for name in ("imei", "imei2") for place in fitted.places.get(name, ())
        ]
        """The columns that IMEIs are read from."""
        told = {each for each in fitted.places if each.startswith(PREFIX)}
        self._covering = Covering() if told - SAYS_NOTHING else None

    def take(self, rows: Sequence[Cells]) -> Taken:
        """Take the products of rows that are all as wide as the headings; one row at least."""
        raw = dict(zip(self.needed, zip(*map(self._pick, rows), strict=True), strict=True))
        faults: Faults = {}
        values: dict[str, Values] = {}
        for name, reader in self._readers.items():
            values[name] = self._filled(name, self._read(name, reader, raw, faults))
        count = len(rows)
        families = self._told_families(values, count)
        makers = self._makers(values, families)

        def read_serials(cells: Cells) -> Column:
            return serials(cells, makers)

        values[SERIAL] = self._read(SERIAL, read_serials, raw, faults)
        values["maker"] = makers
        values["family"] = self._own_families(families, makers)
        values["imeis"] = _imeis(values, count)
        if self._covering is not None:
            parts = [self._column(PREFIX + part, values, count) for part in PARTS]
            bought = self._column("bought_on", values, count)
            values["coverages"] = self._covering.read(makers, bought, parts)
        return Taken([self._column(name, values, count) for name in _NAMES], faults)

    def _read(
        self, name: str, reader: Reader, raw: dict[int, tuple[str, ...]], faults: Faults
    ) -> Values:
        """Read a field, and note what of it cannot be taken under the column that has it."""
        places = self._places[name]
        cells: Cells = raw[places[0]]
        for place in places[1:]:
            cells = [one or other for one, other in zip(cells, raw[place], strict=True)]
        values, wrong = reader(cells)
        for at, code in wrong.items():
            place = next((each for each in places if raw[each][at]), places[0])
            faults.setdefault(at, []).append((place, code))
        return values

    def _default(self, name: str) -> object:
        return self._constants.get(name, getattr(EMPTY, name, None))

    def _filled(self, name: str, values: Values) -> Values:
        """A column whose empty values are what a row that says nothing gets."""
        default = self._default(name)
        if name == "maker" or not default or all(values):
            return values
        return [each or default for each in values]

    def _column(self, name: str, values: dict[str, Values], count: int) -> Values:
        return values[name] if name in values else [self._default(name)] * count

    def _told_families(self, values: dict[str, Values], count: int) -> Values:
        """Each row's family by what is told of it: the family itself, the type or the model."""
        told = self._column("family", values, count)
        for name in ("product_type", "model"):
            if name in values:
                by_name, _ = self._families(cast("Cells", values[name]))
                told = [one or other for one, other in zip(told, by_name, strict=True)]
        return told

    def _makers(self, values: dict[str, Values], families: Values) -> Values:
        """Each row's maker; where a row tells none, Apple for what is of one of its families."""
        makers = self._column("maker", values, len(families))
        if all(makers):
            return makers
        default = self._constants.get("maker", "")
        return [
            maker or (APPLE if family else default)
            for maker, family in zip(makers, families, strict=True)
        ]

    def _own_families(self, families: Values, makers: Values) -> Values:
        """Families of Apple's products alone: another maker's product may be named like one."""
        return [
            (family or None) if maker == APPLE else None
            for family, maker in zip(families, makers, strict=True)
        ]


def _imeis(values: dict[str, Values], count: int) -> Values:
    columns = [values[name] for name in ("imei", "imei2") if name in values]
    if not columns:
        return [EMPTY.imeis] * count
    first, *rest = cast("list[Sequence[tuple[str, ...]]]", columns)
    for second in rest:
        pairs = zip(first, second, strict=True)
        first = [one + tuple(each for each in other if each not in one) for one, other in pairs]
    return first


def _picker(places: Sequence[int]) -> Callable[[Cells], tuple[str, ...]]:
    """Give a function that takes some cells out of a row."""
    if len(places) == 1:
        (only,) = places
        return lambda row: (row[only],)
    return cast("Any", itemgetter(*places))
