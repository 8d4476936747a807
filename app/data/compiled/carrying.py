"""Compiled from `app.data.queries.carrying`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

WERE_OWN = Statement(
    """
    SELECT benches."key"
    FROM benches
    WHERE benches.was_own = 1 ORDER BY benches."key"
    """,
)

LAST_ANSWERED = Statement(
    """
    SELECT coalesce(max(entries.seq), 0) AS coalesce_1
    FROM entries
    WHERE entries.bench = :in_bench AND (entries.revision IS NOT NULL OR entries.outcome IS
    NOT NULL)
    """,
)

SILENT = Statement(
    """
    SELECT entries.seq, entries.subject, entries.hash
    FROM entries
    WHERE entries.bench = :in_bench AND entries.seq < :before AND entries.revision IS NULL
    AND entries.outcome IS NULL
    """,
)

AFTER = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.bench = :in_bench AND entries.seq > :after ORDER BY entries.seq
    """,
)

TAKE_OUT = Statement(
    """
    DELETE FROM entries WHERE entries.id = :of
    """,
)

KEPT = Statement(
    """
    SELECT misfits.raw
    FROM misfits
    WHERE misfits.register = 'carried' AND misfits."key" = :of
    """,
)

WAS_OWN = Statement(
    """
    UPDATE benches SET was_own=1 WHERE benches."key" = (SELECT own_bench.bench
    FROM own_bench)
    """,
)

ADD_BENCH = Statement(
    """
    INSERT INTO benches (bench_id, head_hash) VALUES (:bench_id, :head_hash)
    """,
)

KEY_OF = Statement(
    """
    SELECT benches."key"
    FROM benches
    WHERE benches.bench_id = :of
    """,
)

SET_OWN = Statement(
    """
    UPDATE own_bench SET bench=:bench, created_at=:created_at
    """,
)

COUNT = Statement(
    """
    SELECT count(*) AS count_1
    FROM entries
    """,
)
