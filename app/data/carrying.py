"""A new identity for a bench whose journal is no longer its alone: restored, or copied.

What the service has of the old journal stays as it is. What it never had, the end of the journal,
is written once more under the new bench id, with the time at which it was done; the first writing
is kept aside as it was, so that a printed code still finds it.
"""

import json
from datetime import datetime
from uuid import UUID

from app.data import entries, ledgers
from app.data.answering import give, stored_at
from app.data.answers import CARRIED, REJECTED, Answer
from app.data.compiled import carrying as sql
from app.data.driver import Connection
from app.data.entries import entry_of
from app.data.folding import refold
from app.data.frames import frame_of
from app.data.own import own_bench, set_head
from app.data.register_writing import Misfit, keep_misfit
from app.data.sync_states import cursor, set_cursor
from app.data.values import micros
from app.domain.journal import GENESIS, Draft, Entry, Json, canonical_form, sealed
from app.services.ports import Ids


def mint_bench(connection: Connection, bench_id: UUID, now: datetime) -> UUID:
    """Go on under a new bench id; the enrolment was the old one's."""
    sql.WAS_OWN.run(connection)
    sql.ADD_BENCH.run(connection, bench_id=bench_id.bytes, head_hash=bytes.fromhex(GENESIS))
    row = sql.KEY_OF.first(connection, of=bench_id.bytes)
    sql.SET_OWN.run(connection, bench=row and row[0], created_at=micros(now))
    _, revision, chain = cursor(connection)
    set_cursor(connection, None, revision, chain)
    return bench_id


def carry_over(connection: Connection, ids: Ids) -> int:
    """Write once more, as this bench's, what the service never had of the benches this one was.

    Call it when everything has been pulled: only then is it known what the service has.

    Returns:
        How many entries were carried.
    """
    carried: dict[str, Json] = {}
    touched: set[str] = set()
    for (bench,) in sql.WERE_OWN.all(connection):
        row = sql.LAST_ANSWERED.first(connection, in_bench=bench)
        last = row[0] if row else 0
        touched |= _take_as_rejected(connection, bench, last)
        left = [entry_of(each) for each in sql.AFTER.all(connection, in_bench=bench, after=last)]
        for entry in left:
            carried[str(entry.id)] = str(_write_again(connection, entry, carried, ids).id)
            touched.add(entry.subject)
        if left:
            stored = stored_at(connection, bench, last)
            digest = bytes.fromhex(GENESIS) if stored is None else stored.digest
            set_head(connection, bench, last, digest)
    for subject in sorted(touched):
        refold(connection, subject)
    return len(carried)


def _take_as_rejected(connection: Connection, bench: int, last: int) -> set[str]:
    """What the service passed over, it rejected: it answers in order, and sends no rejected one."""
    touched: set[str] = set()
    answer = Answer(None, None, REJECTED, "not_taken")
    for seq, subject, digest in sql.SILENT.all(connection, in_bench=bench, before=last):
        give(connection, bench, seq, digest, answer)
        touched.add(subject)
    return touched


def _write_again(connection: Connection, entry: Entry, carried: dict[str, Json], ids: Ids) -> Entry:
    """Seal an entry's content under this bench's id, and keep its first writing aside."""
    own = own_bench(connection)
    payload = {key: _renamed(value, carried) for key, value in entry.payload.items()}
    again = sealed(
        Draft(entry.kind, entry.subject, entry.actor, payload),
        entry_id=ids.new(),
        bench_id=own.bench_id,
        seq=own.seq + 1,
        at=entry.recorded_at,
        previous=own.hash,
    )
    entries.add(connection, again, own.key, frame_of(connection, entry.id))
    ledgers.note(connection, again)
    set_head(connection, own.key, again.seq, bytes.fromhex(again.hash))
    raw = json.dumps({"entry": canonical_form(entry).decode(), "hash": entry.hash})
    aside = Misfit(CARRIED, f"{entry.bench_id}:{entry.seq}", CARRIED, str(again.id))
    keep_misfit(connection, aside, raw=raw, revision=None)
    sql.TAKE_OUT.run(connection, of=entry.id.bytes)
    ledgers.forget(connection, entry)
    return again


def _renamed(value: Json, carried: dict[str, Json]) -> Json:
    """A payload's value with each id of a carried entry replaced by its new one."""
    if isinstance(value, str):
        return carried.get(value, value)
    if isinstance(value, list):
        return [_renamed(item, carried) for item in value]
    if isinstance(value, dict):
        return {key: _renamed(item, carried) for key, item in value.items()}
    return value


def kept_hash(connection: Connection, bench_id: UUID, seq: int) -> str | None:
    """The hash of an entry's first writing, None where none was carried from that place."""
    row = sql.KEPT.first(connection, of=f"{bench_id}:{seq}")
    return None if row is None else str(json.loads(row[0])["hash"])


def new_identity(connection: Connection, ids: Ids, now: datetime) -> UUID:
    """A new bench id for a bench that was copied, and whose copy wrote as well.

    What the service has not answered is carried at once: in its places the service has the copy's.
    The log is read once more from its start, because what the copy wrote found its places taken.
    """
    bench_id = mint_bench(connection, ids.new(), now)
    carry_over(connection, ids)
    set_cursor(connection, None, 0, GENESIS)
    return bench_id
