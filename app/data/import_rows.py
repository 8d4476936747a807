"""Writes what a file says of single products over the base, in the import's own transaction.

An import writes rows without entries (docs/adr/0019). Of a product that somebody changed by an
entry which has no settled place in the log yet, it writes one besides: else that entry would come
back over the file with the next row, or entry, that comes down. A change that came down before
there was a row to change is made in the row that the file brings. A product that comes back though
somebody took it away comes back by an entry, for every bench.
"""

from collections.abc import Collection, Mapping
from typing import Any, Final

from app.data import entries, products
from app.data.base.rows import Filled, asset_of, row_of
from app.data.compiled import overlay as sql
from app.data.driver import Connection
from app.data.left_out import gone
from app.data.register_writing import misfits, put, put_product
from app.data.transactions import StoreTransaction
from app.domain.products import Asset
from app.services.ports import RegisterRow
from app.services.register_values import asset_value
from app.services.registering import CHANGED, change_of

_REGISTER: Final = "assets"


class FileRows:
    """The rows of one file, on their way into the register.

    Args:
        connection: A writing transaction.
        tx: The same, for entries.
        filled: What the file says.
        actor: Who imports.
        back: The serials of products that were taken out by hand, and come back.

    Attributes:
        concerned: The serials of products of which entries have a word besides the file.
    """

    def __init__(
        self,
        connection: Connection,
        tx: StoreTransaction,
        filled: Filled,
        actor: str,
        back: Collection[str] = frozenset(),
    ) -> None:
        self._connection, self._tx = connection, tx
        self._filled, self._actor, self._back = filled, actor, back
        self._gone: frozenset[str] | None = None
        self._held = {row[0].partition(":")[2] for row in sql.HELD.all(connection)}
        self._kept = {each.key for each in misfits(connection) if each.register == _REGISTER}
        self.concerned: Final = frozenset(self._held | self._kept).union(back)

    def put(self, row: tuple[Any, ...]) -> None:
        """Write a product as it stands, with what the file says of it.

        One that was taken away while the import ran stays away.
        """
        serial = row[0]
        now = products.asset_by_serial(self._connection, serial)
        if now is not None:
            row = self._filled.over(row, row_of(now))
        elif self._is_gone(serial):
            return
        product = asset_of(row)
        put_product(self._connection, product, products.revision(self._connection, serial))
        self._settle(serial, now, product)

    def _is_gone(self, serial: str) -> bool:
        if self._gone is None:
            self._gone = gone(self._connection)
        return serial in self._gone and serial not in self._back

    def taken(self, serial: str, before: tuple[Any, ...] | None) -> None:
        """Look after a product that the file has brought into the register by way of a new base.

        Args:
            serial: The product's.
            before: It as it was, None where there was none.
        """
        product = products.asset_by_serial(self._connection, serial)
        if product is not None:
            self._settle(serial, None if before is None else asset_of(before), product)

    def _settle(self, serial: str, before: Asset | None, product: Asset) -> None:
        if serial in self._held or serial in self._back:
            was = None if before is None else asset_value(before)
            draft = change_of(_REGISTER, serial, was, asset_value(product), self._actor)
            if draft is not None:
                self._tx.append(draft)
        elif serial in self._kept:
            self._change(serial, asset_value(product))

    def _change(self, serial: str, value: Mapping[str, object]) -> None:
        """Make the changes that had no row, where the file says what whoever made them saw."""
        now = dict(value)
        for entry in entries.folded(self._connection, f"{_REGISTER}:{serial}"):
            said, was = entry.payload.get("set"), entry.payload.get("was")
            if entry.kind == CHANGED and isinstance(said, Mapping) and isinstance(was, Mapping):
                now |= {name: said[name] for name in said if now.get(name) == was.get(name)}
        revision = products.revision(self._connection, serial)
        put(self._connection, RegisterRow(_REGISTER, serial, now), revision)
