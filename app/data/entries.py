"""Journal entries as rows: the statements, and the way between a row and an `Entry`."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.data import tables
from app.data.statements import Statement
from app.data.values import as_stored, instant, micros
from app.domain.journal import Entry, Json

_e: Final = tables.entries
_b: Final = tables.benches

REJECTED: Final = "rejected"
"""The outcome that keeps an entry out of every fold, and in every timeline."""

COLUMNS: Final = (
    _e.c.id,
    _b.c.bench_id,
    _e.c.seq,
    _e.c.kind,
    _e.c.subject,
    _e.c.actor,
    _e.c.recorded_at,
    _e.c.schema,
    _e.c.payload,
    _e.c.hash,
    _e.c.revision,
)
"""What `entry_of` reads, in its order."""

CANONICAL_ORDER: Final = (
    _e.c.revision.is_(None),
    _e.c.revision,
    # After the service was restored, what it had numbered before stays in that order.
    _e.c.former_revision.is_(None),
    _e.c.former_revision,
    _e.c.bench,
    _e.c.seq,
)
"""By revision, then what is pending by seq (`app.domain.folds.canonical_order`)."""

FROM_ENTRIES: Final = sa.select(*COLUMNS).join_from(_e, _b, _e.c.bench == _b.c.key)

_OF_SUBJECT: Final = FROM_ENTRIES.where(_e.c.subject == sa.bindparam("of")).order_by(
    *CANONICAL_ORDER
)
_EVERY: Final = FROM_ENTRIES.order_by(_e.c.bench, _e.c.seq)
_PAGE: Final = 500
_BY_ID: Final = Statement(FROM_ENTRIES.where(_e.c.id == sa.bindparam("of")))
_TIMELINE: Final = Statement(_OF_SUBJECT)
_FOLDED: Final = Statement(_OF_SUBJECT.where(sa.func.coalesce(_e.c.outcome, "") != REJECTED))
_AT: Final = Statement(
    FROM_ENTRIES.where(_e.c.bench == sa.bindparam("in_bench"), _e.c.seq == sa.bindparam("place"))
)
_OWN_COLUMNS: Final = (
    "bench",
    "seq",
    "id",
    "kind",
    "subject",
    "actor",
    "recorded_at",
    "schema",
    "payload",
    "hash",
)
_INSERT: Final = Statement(sa.insert(_e), *_OWN_COLUMNS)
_INSERT_PULLED: Final = Statement(
    sa.insert(_e), *_OWN_COLUMNS, "revision", "outcome", "arrival_digest", "answer_seal"
)
_text_of: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""The canonical text of a payload, which `app.domain.journal.sealed` has found to have one."""


def add(connection: sa.Connection, entry: Entry, bench: int) -> None:
    """Write a sealed entry into the journal of its bench."""
    _INSERT.run(connection, **_columns(entry, bench))


def add_pulled(
    connection: sa.Connection,
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
    _INSERT_PULLED.run(
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


def by_id(connection: sa.Connection, entry_id: UUID) -> Entry | None:
    """An entry by id."""
    row = _BY_ID.first(connection, of=entry_id.bytes)
    return None if row is None else entry_of(row)


def at(connection: sa.Connection, bench: int, seq: int) -> Entry | None:
    """The entry at a place of a bench's journal."""
    row = _AT.first(connection, in_bench=bench, place=seq)
    return None if row is None else entry_of(row)


def every(connection: sa.Connection) -> Iterator[Entry]:
    """The whole journal, bench by bench in the order of each; memory stays bounded."""
    for row in connection.execute(_EVERY.execution_options(yield_per=_PAGE)):
        yield entry_of(row)


def timeline(connection: sa.Connection, subject: str) -> tuple[Entry, ...]:
    """Every entry about a subject in canonical order, rejected ones too."""
    return tuple(map(entry_of, _TIMELINE.all(connection, of=subject)))


def folded(connection: sa.Connection, subject: str) -> Iterator[Entry]:
    """The entries that a subject's state is made of, in canonical order."""
    return map(entry_of, _FOLDED.all(connection, of=subject))
