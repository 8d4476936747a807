"""Proves the journal: every bench's chain, entry by entry, and that nothing was cut off its end."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, cast
from uuid import UUID

import sqlalchemy as sa

from app.data import tables
from app.data.answers import Answer, arrival_digest, seal
from app.data.carrying import kept_hash
from app.data.own import OWN
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

_e: Final = tables.entries
_b: Final = tables.benches
_BATCH: Final = 500
_NO_BENCH: Final = UUID(int=0)
"""Named where a bench's own id can no longer be read."""

_BENCHES: Final = sa.select(_b.c.key, _b.c.bench_id, _b.c.head_seq, _b.c.head_hash).order_by(
    # This bench first, then the others in the order that they came.
    _b.c.key != OWN,
    _b.c.key,
)


_Row: TypeAlias = "sa.Row[*tuple[Any, ...]]"


def _bytes(column: sa.Column[Any]) -> sa.Label[bytes]:
    """A text as bytes: what is no UTF-8 must not end the check."""
    return sa.cast(column, sa.LargeBinary).label(column.name)


_ENTRIES: Final = (
    sa.select(
        _e.c.seq,
        _e.c.id,
        _bytes(_e.c.kind),
        _bytes(_e.c.subject),
        _bytes(_e.c.actor),
        _bytes(_e.c.payload),
        _e.c.recorded_at,
        _e.c.schema,
        _e.c.hash,
        _e.c.arrival_digest,
        _e.c.revision,
        _e.c.former_revision,
        _bytes(_e.c.outcome),
        _bytes(_e.c.outcome_code),
        _e.c.answer_seal,
    )
    .where(_e.c.bench == sa.bindparam("of"))
    .order_by(_e.c.seq)
    .execution_options(yield_per=_BATCH)
)


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


def verify(connection: sa.Connection) -> Verified:
    """Prove every chain in the journal, this bench's first; memory stays bounded."""
    entries, benches = 0, 0
    for key, bench_id, head_seq, head_hash in connection.execute(_BENCHES).all():
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


def _rows(connection: sa.Connection, bench: int) -> Iterator[_Row]:
    with connection.execute(_ENTRIES, {"of": bench}) as result:
        yield from result


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
        row.outcome and row.outcome.decode(errors="replace"),
        row.outcome_code and row.outcome_code.decode(errors="replace"),
    )
    return row.payload == canonical_json(entry.payload) and row.answer_seal == seal(
        row.hash, answer
    )


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


def look_up(connection: sa.Connection, code: str) -> Code | None:
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
    stored = connection.execute(_HASH, {"of": bench_id.bytes, "place": seq}).scalar()
    found = "missing" if stored is None else "found" if stored == hash_bytes else "other_hash"
    if found != "found" and kept_hash(connection, bench_id, seq) == hash_bytes.hex():
        found = "carried"
    return Code(bench_id, seq, hash_bytes.hex(), found)


_HASH: Final = (
    sa.select(_e.c.hash)
    .join_from(_e, _b, _e.c.bench == _b.c.key)
    .where(_b.c.bench_id == sa.bindparam("of"), _e.c.seq == sa.bindparam("place"))
)
