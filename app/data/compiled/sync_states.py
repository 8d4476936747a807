"""Compiled from `app.data.queries.sync_states`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

CURSOR = Statement(
    """
    SELECT sync_cursor.service, sync_cursor.revision, sync_cursor.chain
    FROM sync_cursor
    """,
)

WAITING = Statement(
    """
    SELECT benches.head_seq - benches.answered_seq AS anon_1
    FROM benches
    WHERE benches."key" = (SELECT own_bench.bench
    FROM own_bench)
    """,
)

REFUSED = Statement(
    """
    SELECT count(*) AS count_1
    FROM entries
    WHERE entries.bench = (SELECT own_bench.bench
    FROM own_bench) AND entries.outcome = 'rejected'
    """,
)

SET_CURSOR = Statement(
    """
    INSERT OR REPLACE INTO sync_cursor (one, service, revision, chain) VALUES (:one,
    :service, :revision, :chain)
    """,
)
