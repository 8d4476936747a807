"""Compiled from `app.data.queries.pulling`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

PLACE_OF = Statement(
    """
    SELECT entries.bench, entries.seq
    FROM entries
    WHERE entries.id = :of
    """,
)

BENCH = Statement(
    """
    SELECT benches."key", benches.head_seq, benches.head_hash
    FROM benches
    WHERE benches.bench_id = :of
    """,
)

ADD_BENCH = Statement(
    """
    INSERT INTO benches (bench_id, head_hash) VALUES (:bench_id, :head_hash)
    """,
)

LATER = Statement(
    """
    SELECT entries.seq
    FROM entries
    WHERE entries.subject = :about AND (entries.revision IS NULL OR entries.revision >
    :than) AND coalesce(entries.outcome, '') != 'rejected'
     LIMIT 1 OFFSET 0
    """,
)
