"""Compiled from `app.data.queries.verifying`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

BENCHES = Statement(
    """
    SELECT benches."key", benches.bench_id, benches.head_seq, benches.head_hash
    FROM benches ORDER BY benches."key" != (SELECT own_bench.bench
    FROM own_bench), benches."key"
    """,
)

ENTRIES = Statement(
    """
    SELECT entries.seq, entries.id, CAST(entries.kind AS BLOB) AS kind, CAST(entries.subject
    AS BLOB) AS subject, CAST(entries.actor AS BLOB) AS actor, CAST(entries.payload AS BLOB)
    AS payload, entries.recorded_at, entries.schema, entries.hash, entries.arrival_digest,
    entries.revision, entries.former_revision, CAST(entries.outcome AS BLOB) AS outcome,
    CAST(entries.outcome_code AS BLOB) AS outcome_code, entries.answer_seal
    FROM entries
    WHERE entries.bench = :of ORDER BY entries.seq
    """,
)

HASH = Statement(
    """
    SELECT entries.hash
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE benches.bench_id = :of AND entries.seq = :place
    """,
)
