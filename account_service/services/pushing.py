"""Push: a bench's entries become part of the organisation's log (docs/adr/0003)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from account_service.clock import instant_text
from account_service.contract import EntryOutcome, Pushed, SealedEntry
from account_service.errors import ConflictError, ForbiddenError, MalformedError, NotSignedInError
from account_service.services.canonical import canonical_entry, chained_hash
from account_service.services.placing import Placing
from account_service.services.signing_in import Caller, bench_of
from account_service.services.statuses import may_move
from account_service.store import benches, entries, organisations
from account_service.store.benches import BenchRow
from account_service.store.database import Connection, Database
from account_service.store.entries import NewEntry, StoredEntry


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry with the bytes that its hash covers."""

    entry: SealedEntry
    canonical: bytes


def push(database: Database, caller: Caller, batch: Sequence[SealedEntry], now: datetime) -> Pushed:
    """Store a batch in one transaction, all or nothing, and answer each entry.

    Raises:
        MalformedError: An entry has no canonical form, or the batch is not in seq order
            (``not_in_order``).
        ForbiddenError: ``bench_mismatch``: an entry of another bench.
        ConflictError: ``gap``, ``device_forked`` or ``hash_mismatch``.
        NotSignedInError: The token was revoked meanwhile.
        StoreError: The database could not do it.
    """
    sealed = _checked(caller, batch)
    with database.writing() as connection:
        end = organisations.locked(connection, caller.organisation_id)
        if end is None:
            raise NotSignedInError("token_unknown")
        bench = bench_of(connection, caller.organisation_id, caller.token_hash)
        known = _known(connection, caller, bench, sealed)
        fresh = sealed[len(known) :]
        _verify(bench, fresh)
        placing = _placing(connection, caller, fresh, (end.revision, end.chain))
        stored = [placing.place(each.entry, each.canonical) for each in fresh]
        if stored:
            _write(connection, caller, placing, stored, instant_text(now))
    outcomes = [_known_outcome(each.entry, was) for each, was in zip(sealed, known, strict=False)]
    outcomes += [
        EntryOutcome(each.entry.id, new.seq, new.outcome, new.revision, new.code, None)
        for each, new in zip(fresh, stored, strict=True)
    ]
    return Pushed(outcomes, placing.revision, placing.chain, placing.revision)


def _checked(caller: Caller, batch: Sequence[SealedEntry]) -> list[Sealed]:
    """Everything that can be told without the database, before the lock is taken."""
    for entry in batch:
        if entry.bench_id != caller.bench_id:
            raise ForbiddenError("bench_mismatch", {"seq": entry.seq})
    for before, after in pairwise(batch):
        if after.seq != before.seq + 1:
            raise MalformedError("not_in_order", {"seq": after.seq})
    return [Sealed(entry, canonical_entry(entry)) for entry in batch]


def _known(
    connection: Connection, caller: Caller, bench: BenchRow, sealed: Sequence[Sealed]
) -> list[StoredEntry]:
    """What was stored of the batch before."""
    if not sealed:
        return []
    first, last = sealed[0].entry.seq, sealed[-1].entry.seq
    if first > bench.last_seq + 1:
        raise ConflictError("gap", {"expected_seq": bench.last_seq + 1})
    if first > bench.last_seq:
        return []
    known = entries.stored(
        connection, caller.organisation_id, caller.bench_id, first, min(last, bench.last_seq)
    )
    for each, was in zip(sealed, known, strict=False):
        if each.entry.hash != was.hash:
            raise ConflictError("device_forked", {"seq": was.seq})
    return known


def _verify(bench: BenchRow, fresh: Sequence[Sealed]) -> None:
    previous = bench.last_hash
    for each in fresh:
        if chained_hash(previous, each.canonical) != each.entry.hash:
            raise ConflictError("hash_mismatch", {"seq": each.entry.seq})
        previous = each.entry.hash


def _placing(
    connection: Connection, caller: Caller, fresh: Sequence[Sealed], end: tuple[int, str]
) -> Placing:
    moving = {each.entry.subject for each in fresh if may_move(each.entry)}
    return Placing(
        revision=end[0],
        chain=end[1],
        taken=entries.taken(connection, caller.organisation_id, [each.entry.id for each in fresh]),
        statuses=entries.statuses(connection, caller.organisation_id, moving),
    )


def _write(
    connection: Connection,
    caller: Caller,
    placing: Placing,
    stored: Sequence[NewEntry],
    received_at: str,
) -> None:
    organisation_id, bench_id = caller.organisation_id, caller.bench_id
    entries.add_all(connection, organisation_id, bench_id, stored, received_at)
    entries.set_statuses(
        connection,
        organisation_id,
        new=placing.statuses.first(),
        moved=placing.statuses.moved(),
    )
    benches.advance(connection, organisation_id, bench_id, stored[-1].seq, stored[-1].hash)
    organisations.advance(connection, organisation_id, placing.revision, placing.chain)


def _known_outcome(entry: SealedEntry, was: StoredEntry) -> EntryOutcome:
    return EntryOutcome(entry.id, was.seq, "known", was.revision, was.code, was.outcome)
