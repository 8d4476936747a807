"""Compiled from `app.data.queries.own`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

BENCH = Statement(
    """
    SELECT benches."key", benches.bench_id, benches.head_seq, benches.head_hash,
    benches.answered_seq
    FROM own_bench JOIN benches ON own_bench.bench = benches."key"
    """,
)

SET_HEAD = Statement(
    """
    UPDATE benches SET head_seq=:head_seq, head_hash=:head_hash WHERE benches."key" = :of
    """,
)
