"""Compiled from `app.data.queries.answering`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

PENDING = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.bench = (SELECT own_bench.bench
    FROM own_bench) AND entries.seq > (SELECT benches.answered_seq
    FROM benches
    WHERE benches."key" = (SELECT own_bench.bench
    FROM own_bench)) ORDER BY entries.seq
     LIMIT :most OFFSET 0
    """,
)

REFUSED = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision, entries.outcome_code
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.bench = (SELECT own_bench.bench
    FROM own_bench) AND entries.outcome = 'rejected' ORDER BY entries.seq
    """,
)

ANSWERED = Statement(
    """
    UPDATE benches SET answered_seq=:answered_seq WHERE benches."key" = :of
    """,
)

STORED = Statement(
    """
    SELECT entries.subject, entries.hash, entries.revision, entries.former_revision,
    entries.outcome, entries.outcome_code, entries.kind
    FROM entries
    WHERE entries.bench = :in_bench AND entries.seq = :place
    """,
)

NUMBERED = Statement(
    """
    SELECT entries.bench, entries.seq, entries.subject, entries.hash, entries.revision,
    entries.former_revision, entries.outcome, entries.outcome_code, entries.kind
    FROM entries
    WHERE entries.revision IS NOT NULL
     LIMIT 1000 OFFSET 0
    """,
)

ANSWER = Statement(
    """
    UPDATE entries SET revision=:revision, former_revision=:former_revision,
    outcome=:outcome, outcome_code=:outcome_code, answer_seal=:answer_seal WHERE
    entries.bench = :in_bench AND entries.seq = :place
    """,
)

SHARED = Statement(
    """
    SELECT entries.seq
    FROM entries
    WHERE entries.subject = :about AND entries.bench != :own
     LIMIT 1 OFFSET 0
    """,
)
