"""Entries as they go to the service: a run in seq order, bounded in number and in bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.journal import Entry, EntryInvalidError, canonical_form
from app.sync.errors import SyncFaultError

MAX_ENTRIES: Final = 1000
MAX_BYTES: Final = 1024 * 1024
_HEAD: Final = b'{"entries":['
_TAIL: Final = b"]}"


@dataclass(frozen=True, slots=True)
class Batch:
    """What one request carries.

    Attributes:
        entries: In seq order.
        body: The same entries as the service reads them.
    """

    entries: tuple[Entry, ...]
    body: bytes


def batch_of(entries: Sequence[Entry]) -> Batch:
    """As many of the first entries as fit; at least one, for an entry is far below the bound.

    Raises:
        SyncFaultError: ``entry_unreadable``: the store holds an entry that has no canonical form.
    """
    chosen: list[bytes] = []
    size = len(_HEAD) + len(_TAIL) - 1  # one comma less than entries
    for entry in entries[:MAX_ENTRIES]:
        raw = _wire_form(entry)
        size += len(raw) + 1
        if size > MAX_BYTES:
            break
        chosen.append(raw)
    return Batch(tuple(entries[: len(chosen)]), _HEAD + b",".join(chosen) + _TAIL)


def _wire_form(entry: Entry) -> bytes:
    """The very bytes that the hash covers, with the hash as one more key."""
    try:
        canonical = canonical_form(entry)
    except EntryInvalidError as error:
        raise SyncFaultError("entry_unreadable", {"seq": entry.seq}) from error
    return canonical[:-1] + b',"hash":"' + entry.hash.encode("ascii", "replace") + b'"}'
