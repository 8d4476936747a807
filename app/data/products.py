"""A product of the register, by what is scanned of it: over the base first, then in it."""

import json
from collections.abc import Collection, Sequence
from typing import Any, Final

from app.data.base.rows import asset_of, product
from app.data.compiled import products as sql
from app.data.driver import Connection
from app.data.values import SERIAL_RANK, as_stored
from app.domain.identifiers import normalise
from app.domain.products import Asset

_AT_ONCE: Final = 500
"""Products of one statement."""


def asset(connection: Connection, identifier: str) -> Asset | None:
    """The product that a text means.

    By its serial, else by its IMEI, its tag, its MEID or its EID, else by what it was called before
    a repair.
    """
    text = normalise(identifier)
    above = sql.ABOVE.first(connection, of=text)
    if above is not None and above[0] == SERIAL_RANK:
        return _above(above[1:])
    below = sql.BELOW.first(connection, of=text)
    if above is not None and (below is None or above[0] <= below[0]):
        return _above(above[1:])
    return None if below is None else asset_of(below[1:])


def asset_by_serial(connection: Connection, serial: str) -> Asset | None:
    """The product with this serial, and no other that was ever called so."""
    of = normalise(serial)
    above = sql.ABOVE_BY_SERIAL.first(connection, of=of)
    if above is not None:
        return _above(above)
    below = sql.BELOW_BY_SERIAL.first(connection, of=of)
    return None if below is None else asset_of(below)


def assets(connection: Connection, identifiers: Collection[str]) -> dict[str, Asset]:
    """The products that texts mean, as `asset` finds each; those that mean none are left out."""
    meant = {text: normalise(text) for text in identifiers}
    serials = sorted(set(meant.values()))
    known: dict[str, Asset] = {}
    for first in range(0, len(serials), _AT_ONCE):
        asked = json.dumps(serials[first : first + _AT_ONCE])
        known |= {row[0]: asset_of(row) for row in sql.BELOW_MANY.all(connection, serials=asked)}
        known |= {row[0]: _above(row) for row in sql.ABOVE_MANY.all(connection, serials=asked)}
    found = {
        text: known[serial] if serial in known else asset(connection, serial)
        for text, serial in meant.items()
    }
    return {text: product for text, product in found.items() if product is not None}


def by_serials(connection: Connection, serials: Sequence[str]) -> tuple[Asset, ...]:
    """Products in the order of their serials' list; those that are not there are left out."""
    rows = sql.BELOW_MANY.all(connection, serials=json.dumps(serials))
    below = {row[0]: row for row in rows}
    found = (
        asset_of(below[serial]) if serial in below else asset_by_serial(connection, serial)
        for serial in serials
    )
    return tuple(one for one in found if one is not None)


def revision(connection: Connection, serial: str) -> int | None:
    """The service's place for a product's row; None where none came down."""
    row = sql.REVISION.first(connection, of=normalise(serial))
    return None if row is None else row[0]


@as_stored
def _above(row: tuple[Any, ...]) -> Asset:
    *own, imeis, covered, former = row
    return product(own, json.loads(imeis), json.loads(covered), json.loads(former))
