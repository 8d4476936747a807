"""Leaves out what a file is not to bring into the register, though nothing is wrong with it.

A product that a lead took out of the register stays out (docs/adr/0019): an import at another bench
whose file still has it undoes nobody's decision, unless it is told to. And what a product was
called before its board, or the whole unit, was replaced is no second product.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from app.data import products, registers
from app.data.base.rows import COLUMNS, incoming, with_imeis
from app.data.compiled import overlay as sql
from app.data.driver import Connection
from app.data.engine import Database
from app.data.imports import ProductRow
from app.data.values import instant
from app.domain.identifiers import normalise
from app.domain.products import Asset
from app.services.importing import FormerRow, LeftOut, RemovedRow

MOST: Final = 10_000
"""Rows of a kind that are listed; all are counted."""
_PERSON: Final = "person:"
_IMEIS: Final = ProductRow._fields.index("imeis")
_RADIOS: Final = tuple(COLUMNS.index(name) for name in ("meid", "eid"))


def removals(connection: Connection) -> dict[str, tuple[str, int]]:
    """The products whose last word in the journal is that somebody took them away.

    Returns:
        Who did, and when, by their serials. A product may be there nevertheless: a row came down
        later.
    """
    gone: dict[str, tuple[str, int]] = {}
    for subject, actor, at, is_gone in sql.REMOVALS.each(connection):
        serial = normalise(subject.partition(":")[2])
        if is_gone:
            gone[serial] = (actor, at)
        else:
            gone.pop(serial, None)
    return gone


def former(connection: Connection) -> dict[str, str]:
    """What products were called before a repair, and their serials now."""
    return {normalise(value): serial for value, serial in sql.FORMER.each(connection)}


class Sieve:
    """Takes the rows of one file, and leaves some out.

    Args:
        database: The open database.
        brings_back: Whether what was taken out by hand is brought back.

    Attributes:
        removed: How many rows are left out since their product was taken out by hand.
        former: How many since they name a product by what it was called before.
        back: The serials of products that come back.
    """

    def __init__(self, database: Database, *, brings_back: bool) -> None:
        self._database = database
        self._brings_back = brings_back
        with database.reading() as connection:
            self._removals, self._former = removals(connection), former(connection)
        self._names: Final = frozenset(self._removals) | frozenset(self._former)
        self._removed_rows: list[RemovedRow] = []
        self._former_rows: list[FormerRow] = []
        self.removed = self.former = 0
        self.back: set[str] = set()

    @property
    def left_out(self) -> LeftOut:
        """The first rows that are left out."""
        return LeftOut(tuple(self._removed_rows), tuple(self._former_rows))

    def taken(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """The file's rows in the columns of the base, but for those that are left out."""
        return self._sifted(rows) if self._names else map(incoming, rows)

    def _sifted(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        names = self._names
        for row in rows:
            told = incoming(row)
            called = (told[0], *row[_IMEIS], *(told[at] for at in _RADIOS))
            if names.isdisjoint(called):
                yield told
            elif not self._leaves_out(row[0], called):
                yield self._without_former(told, row[_IMEIS])

    def _leaves_out(self, row: int, called: Sequence[str]) -> bool:
        """Whether a row that has one of the names is left out; the serial is its first."""
        serial = called[0]
        if self._product(serial) is not None:
            return False
        value = next((one for one in called if one in self._former), None)
        if value is not None:
            self._note_former(row, value)
        elif serial in self._removals and self._brings_back:
            self.back.add(serial)
            return False
        elif serial in self._removals:
            self._note_removed(row, serial)
        else:
            return False
        return True

    def _without_former(self, told: tuple[Any, ...], imeis: tuple[str, ...]) -> tuple[Any, ...]:
        """A product's row without the numbers that the product no longer has."""
        still = [one for one in imeis if self._former.get(one) != told[0]]
        if len(still) < len(imeis):
            told = with_imeis(told, still)
        gone = {at for at in _RADIOS if told[at] and self._former.get(told[at]) == told[0]}
        return tuple("" if at in gone else value for at, value in enumerate(told))

    def _product(self, serial: str) -> Asset | None:
        with self._database.reading() as connection:
            return products.asset_by_serial(connection, serial)

    def _note_former(self, row: int, value: str) -> None:
        self.former += 1
        now = self._former[value]
        product = self._product(now)
        if product is not None and len(self._former_rows) < MOST:
            days = {normalise(one.value): one.until for one in product.former}
            self._former_rows.append(FormerRow(row, value, now, days.get(value)))

    def _note_removed(self, row: int, serial: str) -> None:
        self.removed += 1
        actor, at = self._removals[serial]
        if len(self._removed_rows) < MOST:
            self._removed_rows.append(RemovedRow(row, serial, instant(at), self._name(actor)))

    def _name(self, actor: str) -> str:
        with self._database.reading() as connection:
            person = registers.person(connection, actor.removeprefix(_PERSON))
        return actor if person is None else person.name


def gone(connection: Connection) -> frozenset[str]:
    """What no import is to bring into the register at this moment, unless it is there."""
    return frozenset(removals(connection)) | frozenset(former(connection))
