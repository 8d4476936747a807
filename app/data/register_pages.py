"""Pages of the product register, of both layers together."""

from bisect import bisect_left
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any, Final

from app.data import products
from app.data.compiled import base, register_listings, register_pages
from app.data.driver import Connection
from app.domain.products import Asset, Family
from app.services.register_queries import Listing, RegisterPage, RegisterQuery, SortBy

_APART: Final = 256
"""Of the base's products between two known places (`app.data.base.tables.PLACE`)."""
_LAST: Final = "\U0010ffff"
"""Behind every text."""
_NO_CASE: Final = frozenset({SortBy.MODEL, SortBy.HOLDER, SortBy.TAG, SortBy.DEPARTMENT})


def total(connection: Connection, family: Family | None) -> int:
    """How many products there are, without going through them."""
    row = register_pages.TOTAL.first(connection, family=_named(family))
    return row[0] if row is not None else 0


def by_number(connection: Connection, query: RegisterQuery) -> RegisterPage:
    """A page of all products in order of their serials."""
    family = _named(query.family)
    count = total(connection, query.family)
    if query.first >= count:
        return RegisterPage((), count)
    if base.ROWS.first(connection) == (0,):
        alone = register_pages.ALONE.all(
            connection, family=family, first=query.first, limit=query.limit
        )
        return RegisterPage(products.by_serials(connection, [row[0] for row in alone]), count)
    over = _Over.of(register_pages.OVER.all(connection), family)
    places = register_pages.PLACES.all(
        connection,
        family=family,
        lowest=query.first - len(over.live) - _APART,
        highest=query.first + len(over.hidden),
    )
    at = bisect_left(places, query.first + 1, key=lambda one: over.place(*one)) - 1
    place, serial = places[at] if at >= 0 else (0, "")
    skipped = query.first - (over.place(place, serial) if at >= 0 else 0)
    wanted = skipped + query.limit
    below = _below(connection, family, serial, wanted)
    above = over.live[bisect_left(over.live, serial) :]
    found = islice(merge(below, above), skipped, wanted)
    return RegisterPage(products.by_serials(connection, list(found)), count)


def listing(connection: Connection, asked: Listing) -> tuple[Asset, ...]:
    """A page of the products in an order."""
    direction = "down" if asked.descending else "up"
    value, serial = (_LAST, _LAST) if asked.descending else ("", "")
    if asked.after is not None:
        value, serial = asked.after.value, asked.after.serial
    layers = [
        register_listings.LISTINGS[f"{layer} {asked.sort.value} {direction}"].all(
            connection,
            family=_named(asked.family),
            ownership=asked.ownership.value if asked.ownership is not None else "",
            value=value,
            of=serial,
            limit=asked.limit,
        )
        for layer in ("above", "below")
    ]

    def key(row: tuple[Any, ...]) -> tuple[str, str]:
        return (_folded(row[0]) if asked.sort in _NO_CASE else row[0], row[1])

    found = merge(*layers, key=key, reverse=asked.descending)
    return products.by_serials(connection, [row[1] for row in islice(found, asked.limit)])


@dataclass(frozen=True, slots=True)
class _Over:
    """What lies over the base, where a listing by number has to reckon with it.

    Attributes:
        live: The serials of its products, in order.
        hidden: The serials of the base's products that it hides, in order.
    """

    live: list[str]
    hidden: list[str]

    @classmethod
    def of(cls, rows: list[tuple[Any, ...]], family: str) -> "_Over":
        return cls(
            [row[0] for row in rows if not row[1] and family in {"", row[2]}],
            [row[0] for row in rows if row[3] is not None and family in {"", row[3]}],
        )

    def place(self, place: int, serial: str) -> int:
        """Which place of both layers a place of the base is."""
        return place - bisect_left(self.hidden, serial) + bisect_left(self.live, serial)


def _below(connection: Connection, family: str, serial: str, limit: int) -> list[str]:
    statement = register_pages.FROM_PLACE_OF_FAMILY if family else register_pages.FROM_PLACE
    named = {"family": family} if family else {}
    return [row[0] for row in statement.all(connection, of=serial, limit=limit, **named)]


def _named(family: Family | None) -> str:
    return "" if family is None else family.value


def _folded(text: str) -> str:
    """A text as SQLite's NOCASE compares it: only the letters of ASCII have one case."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)
