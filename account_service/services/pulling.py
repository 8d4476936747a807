"""Pull: a page of the organisation's log after a cursor (docs/adr/0003)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from msgspec import Raw, Struct, json

from account_service.contract import GENESIS, MAX_PAGE_BYTES
from account_service.errors import NotSignedInError, RestoredError
from account_service.services.signing_in import Caller
from account_service.store import log, organisations
from account_service.store.database import Connection, Database
from account_service.store.log import LoggedEntry, LoggedRow

_ENCODER: Final = json.Encoder()
_ITEM_FRAME: Final = 256
"""Bytes that an item takes beside what it holds, at most."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a bench has read: a revision and the log's chain there; 0 and zeros at first."""

    revision: int
    chain: str


class RawItem(Struct, frozen=True):
    """`LogItem` as it is sent: what was stored goes out as its bytes are."""

    revision: int
    chain: str
    entry: Raw


class RawRowItem(Struct, frozen=True):
    """The same for a register's row."""

    revision: int
    chain: str
    row: Raw


class RawPage(Struct, frozen=True):
    """`LogPage` as it is sent."""

    items: list[RawItem | RawRowItem]
    revision: int
    chain: str
    more: bool
    durable_revision: int


def pull(database: Database, caller: Caller, cursor: Cursor, most: int) -> RawPage:
    """Read a page: at most ``most`` items and 1 MiB, but at least one item if there is one.

    Raises:
        RestoredError: The log does not reach the cursor, or has another chain there.
        NotSignedInError: The organisation is gone.
        StoreError: The database could not answer.
    """
    with database.reading() as connection:
        end = organisations.one(connection, caller.organisation_id)
        if end is None:
            raise NotSignedInError("token_unknown")
        if _chain(connection, caller, cursor.revision) != cursor.chain:
            raise RestoredError
        items = list(
            _bounded(log.items(connection, caller.organisation_id, cursor.revision, most), most)
        )
    last = Cursor(items[-1].revision, items[-1].chain) if items else cursor
    return RawPage(items, last.revision, last.chain, last.revision < end.revision, end.revision)


def _chain(connection: Connection, caller: Caller, revision: int) -> str | None:
    return GENESIS if revision == 0 else log.chain_at(connection, caller.organisation_id, revision)


def _bounded(found: Iterator[LoggedEntry | LoggedRow], most: int) -> Iterator[RawItem | RawRowItem]:
    size = 0
    for count, item in enumerate(found):
        held = (
            sealed_json(item.canonical, item.hash)
            if isinstance(item, LoggedEntry)
            else row_json(item)
        )
        size += len(held) + _ITEM_FRAME
        if count == most or (count > 0 and size > MAX_PAGE_BYTES):
            return
        raw = Raw(held)
        if isinstance(item, LoggedEntry):
            yield RawItem(item.revision, item.chain, raw)
        else:
            yield RawRowItem(item.revision, item.chain, raw)


def sealed_json(canonical: bytes, entry_hash: str) -> bytes:
    """An entry with its hash as JSON: the stored canonical object and one more member."""
    return canonical[:-1] + b',"hash":"' + entry_hash.encode() + b'"}'


def row_json(row: LoggedRow) -> bytes:
    """A register's row as JSON."""
    value = Raw(b"null" if row.value is None else row.value)
    return _ENCODER.encode({"register": row.register, "key": row.key, "value": value})
