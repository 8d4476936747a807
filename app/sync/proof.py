"""Whether a page of the log is what it claims to be: the chain, link by link.

The chain binds each entry's hash, and the hash binds the entry. An entry's hash starts from the
hash before it on its own bench, so it can be recomputed for a bench's first entry and wherever the
entry before it came in the same pull. The rest is checked by ``journal verify``.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.domain.journal import GENESIS, Entry, chained_hash
from app.services.ports import LogItem
from app.sync.wire import WireItem, WirePage, nonsense


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the service's log.

    Attributes:
        revision: 0 before the first.
        chain: The log's chain there, 64 hex digits.
    """

    revision: int
    chain: str


class Heads:
    """The newest entry of each bench that one pull has shown."""

    def __init__(self) -> None:
        self._heads: dict[UUID, Entry] = {}

    def follow(self, entry: Entry, canonical: bytes) -> None:
        """Take the next entry of its bench.

        Raises:
            SyncFaultError: ``service_nonsense``: it is older than the one before, or its hash is
                not that of its content.
        """
        head = self._heads.get(entry.bench_id)
        if head is not None and entry.seq <= head.seq:
            raise nonsense("seq")
        previous = None
        if entry.seq == 1:
            previous = GENESIS
        elif head is not None and head.seq == entry.seq - 1:
            previous = head.hash
        if previous is not None and chained_hash(previous, canonical) != entry.hash:
            raise nonsense("hash")
        self._heads[entry.bench_id] = entry


def proved(page: WirePage, after: Cursor, heads: Heads) -> tuple[tuple[LogItem, ...], Cursor]:
    """A page's items and the cursor after them, once every link has been checked.

    Raises:
        SyncFaultError: ``service_nonsense``: nothing of the page may be used.
    """
    cursor = after
    for item in page.items:
        if item.revision != cursor.revision + 1:
            raise nonsense("revision")
        if item.chain != _next_chain(cursor.chain, item):
            raise nonsense("chain")
        if isinstance(item.content, Entry):
            heads.follow(item.content, item.canonical)
        cursor = Cursor(item.revision, item.chain)
    if (page.revision, page.chain) != (cursor.revision, cursor.chain):
        raise nonsense("cursor")
    if page.more and not page.items:
        raise nonsense("stalled")
    return _items(page.items), cursor


def _next_chain(chain: str, item: WireItem) -> str:
    if isinstance(item.content, Entry):
        digest = bytes.fromhex(item.content.hash)
    else:
        digest = hashlib.sha256(item.canonical).digest()
    return hashlib.sha256(bytes.fromhex(chain) + digest).hexdigest()


def _items(items: Sequence[WireItem]) -> tuple[LogItem, ...]:
    return tuple(LogItem(item.revision, item.chain, item.content) for item in items)
