"""Proves the journal: every bench's chain, entry by entry, and that nothing was cut off its end."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple, cast
from uuid import UUID

from app.data.answers import Answer, arrival_digest, seal
from app.data.carrying import kept_hash
from app.data.compiled import verifying as sql
from app.data.driver import Connection
from app.data.values import instant
from app.domain.journal import (
    GENESIS,
    ChainFault,
    Entry,
    EntryInvalidError,
    Json,
    canonical_form,
    canonical_json,
    chained_hash,
)

_NO_BENCH: Final = UUID(int=0)
"""Named where a bench's own id can no longer be read."""


class _Row(NamedTuple):
    """An entry with all that is known of it; texts are bytes, for they may be no UTF-8."""

    seq: int
    id: bytes
    kind: bytes
    subject: bytes
    actor: bytes
    payload: bytes
    recorded_at: int
    schema: int
    hash: bytes
    arrival_digest: bytes | None
    revision: int | None
    former_revision: int | None
    outcome: bytes | None
    outcome_code: bytes | None
    answer_seal: bytes | None


@dataclass(frozen=True, slots=True)
class Verified:
    """What proving the journal told.

    Attributes:
        entries: How many entries were read.
        benches: How many benches' chains.
        first_fault: The first entry that does not fit, None where all do.
    """

    entries: int
    benches: int
    first_fault: ChainFault | None

    @property
    def verified(self) -> bool:
        """Whether everything fits."""
        return self.first_fault is None


def verify(connection: Connection) -> Verified:
    """Prove every chain in the journal, this bench's first; memory stays bounded."""
    entries, benches = 0, 0
    for key, bench_id, head_seq, head_hash in sql.BENCHES.all(connection):
        benches += 1
        chain = _Chain(bench_id)
        for row in _rows(connection, key):
            entries += 1
            fault = chain.fault_of_next(row)
            if fault is not None:
                return Verified(entries, benches, fault)
        fault = chain.fault_of_end(head_seq, head_hash)
        if fault is not None:
            return Verified(entries, benches, fault)
    return Verified(entries, benches, None)


def _rows(connection: Connection, bench: int) -> Iterator[_Row]:
    yield from itertools.starmap(_Row, sql.ENTRIES.each(connection, of=bench))


class _Chain:
    """Follows one bench's chain from its first entry."""

    def __init__(self, bench_id: bytes) -> None:
        try:
            self._bench_id = UUID(bytes=bench_id)
        except ValueError:
            self._bench_id = _NO_BENCH
        self._seq = 0
        self._hash = GENESIS

    def fault_of_next(self, row: _Row) -> ChainFault | None:
        """Check the entry that comes next."""
        expected = self._seq + 1
        if row.seq != expected and (row.seq < expected or row.arrival_digest is None):
            return self._fault(expected, "missing")
        try:
            entry = _entry_of(row, self._bench_id)
            canonical = canonical_form(entry)
        except (ValueError, OverflowError, EntryInvalidError, RecursionError):
            return self._fault(row.seq, "unreadable")
        if not (self._is_whole(row, canonical) and _is_stored_as_it_is(row, entry)):
            return self._fault(row.seq, "changed")
        self._seq, self._hash = row.seq, entry.hash
        return None

    def fault_of_end(self, head_seq: int, head_hash: bytes) -> ChainFault | None:
        """Check that the chain ends where the last transaction said."""
        if self._seq < head_seq:
            return self._fault(self._seq + 1, "missing")
        if (self._seq, bytes.fromhex(self._hash)) != (head_seq, head_hash):
            return self._fault(max(self._seq, 1), "changed")
        return None

    def _is_whole(self, row: _Row, canonical: bytes) -> bool:
        if row.seq == self._seq + 1 and row.arrival_digest is None:
            return row.hash.hex() == chained_hash(self._hash, canonical)
        return row.arrival_digest == arrival_digest(row.hash, canonical)

    def _fault(self, seq: int, code: str) -> ChainFault:
        return ChainFault(self._bench_id, seq, code)


def _entry_of(row: _Row, bench_id: UUID) -> Entry:
    payload: object = json.loads(row.payload)
    if not isinstance(payload, dict):
        raise EntryInvalidError("not_canonical", "the payload is no object")
    return Entry(
        id=UUID(bytes=row.id),
        bench_id=bench_id,
        seq=row.seq,
        kind=row.kind.decode(),
        subject=row.subject.decode(),
        actor=row.actor.decode(),
        recorded_at=instant(row.recorded_at),
        schema=row.schema,
        payload=cast("dict[str, Json]", payload),
        hash=row.hash.hex(),
    )


def _is_stored_as_it_is(row: _Row, entry: Entry) -> bool:
    """Whether the payload is written in its one form, and the answer is the one that was sealed."""
    answer = Answer(
        row.revision,
        row.former_revision,
        _text(row.outcome),
        _text(row.outcome_code),
    )
    return row.payload == canonical_json(entry.payload) and row.answer_seal == seal(
        row.hash, answer
    )


def _text(value: bytes | None) -> str | None:
    return None if value is None else value.decode(errors="replace")


@dataclass(frozen=True, slots=True)
class Code:
    """What a report's QR code names.

    Attributes:
        bench_id: Whose journal.
        seq: The place in it.
        hash: The hash there.
        found: ``found``, ``carried`` (written once more under a new bench id), ``other_hash`` or
            ``missing``.
    """

    bench_id: UUID
    seq: int
    hash: str
    found: str


def look_up(connection: Connection, code: str) -> Code | None:
    """Look for the entry that a report's code names: ``RBJ1:<bench>:<seq>:<hash>``.

    Returns:
        None where the text is no such code.
    """
    head, _, rest = code.strip().partition(":")
    named, _, rest = rest.partition(":")
    seq_text, _, digest = rest.partition(":")
    try:
        bench_id, seq = UUID(named), int(seq_text)
        hash_bytes = bytes.fromhex(digest)
    except ValueError:
        return None
    if head != "RBJ1" or not 0 < seq < 2**53:
        return None
    stored = sql.HASH.first(connection, of=bench_id.bytes, place=seq)
    found = "missing" if stored is None else "found" if stored[0] == hash_bytes else "other_hash"
    if found != "found" and kept_hash(connection, bench_id, seq) == hash_bytes.hex():
        found = "carried"
    return Code(bench_id, seq, hash_bytes.hex(), found)
