"""Journal entries as rows: the statements, and the way between a row and an `Entry`."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

from app.data.compiled import entries as sql
from app.data.driver import Connection
from app.data.frames import frame_columns
from app.data.values import as_stored, instant, micros
from app.domain.frames import Frame
from app.domain.journal import Entry, Json

_text_of: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""The canonical text of a payload, which `app.domain.journal.sealed` has found to have one."""


def add(connection: Connection, entry: Entry, bench: int, frame: Frame | None = None) -> None:
    """Write a sealed entry into the journal of its bench, with the frame that it tells of."""
    if frame is None:
        sql.INSERT.run(connection, **_columns(entry, bench))
    else:
        sql.INSERT_FRAMED.run(connection, **_columns(entry, bench), **frame_columns(frame))


def add_pulled(
    connection: Connection,
    entry: Entry,
    bench: int,
    outcome: str | None,
    *digests: bytes | None,
) -> None:
    """Write an entry that came down, with its revision.

    Args:
        connection: A writing transaction.
        entry: The entry.
        bench: The key of its bench.
        outcome: The service's answer, for an entry of this bench.
        digests: `app.data.answers.arrival_digest`, where it came after a gap, and the answer's
            `app.data.answers.seal`.
    """
    arrival, answer_seal = digests
    sql.INSERT_PULLED.run(
        connection,
        **_columns(entry, bench),
        revision=entry.revision,
        outcome=outcome,
        arrival_digest=arrival,
        answer_seal=answer_seal,
    )


def _columns(entry: Entry, bench: int) -> dict[str, object]:
    return {
        "bench": bench,
        "seq": entry.seq,
        "id": entry.id.bytes,
        "kind": entry.kind,
        "subject": entry.subject,
        "actor": entry.actor,
        "recorded_at": micros(entry.recorded_at),
        "schema": entry.schema,
        "payload": _text_of(entry.payload),
        "hash": bytes.fromhex(entry.hash),
    }


@as_stored
def entry_of(row: Sequence[Any]) -> Entry:
    """The entry of a row of `COLUMNS`."""
    payload: dict[str, Json] = json.loads(row[8])
    return Entry(
        id=UUID(bytes=row[0]),
        bench_id=UUID(bytes=row[1]),
        seq=row[2],
        kind=row[3],
        subject=row[4],
        actor=row[5],
        recorded_at=instant(row[6]),
        schema=row[7],
        payload=payload,
        hash=row[9].hex(),
        revision=row[10],
    )


def by_id(connection: Connection, entry_id: UUID) -> Entry | None:
    """An entry by id."""
    row = sql.BY_ID.first(connection, of=entry_id.bytes)
    return None if row is None else entry_of(row)


def at(connection: Connection, bench: int, seq: int) -> Entry | None:
    """The entry at a place of a bench's journal."""
    row = sql.AT.first(connection, in_bench=bench, place=seq)
    return None if row is None else entry_of(row)


def every(connection: Connection) -> Iterator[Entry]:
    """The whole journal, bench by bench in the order of each; memory stays bounded."""
    yield from map(entry_of, sql.EVERY.each(connection))


def timeline(connection: Connection, subject: str) -> tuple[Entry, ...]:
    """Every entry about a subject in canonical order, rejected ones too."""
    return tuple(map(entry_of, sql.TIMELINE.all(connection, of=subject)))


def told(connection: Connection, subject: str, *kinds: str) -> tuple[Entry, ...]:
    """The entries of some kinds about a subject in canonical order, rejected ones too."""
    asked = json.dumps(kinds)
    return tuple(map(entry_of, sql.OF_KINDS.all(connection, of=subject, kinds=asked)))


def folded(connection: Connection, subject: str) -> Iterator[Entry]:
    """The entries that a subject's state is made of, in canonical order."""
    return map(entry_of, sql.FOLDED.all(connection, of=subject))
