"""Compiled from `app.data.queries.claims`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

CLAIMS_OF = Statement(
    """
    SELECT entries.payload
    FROM entries
    WHERE entries.subject = :subject AND entries.kind = 'part.fitted'
    """,
)

SHARING = Statement(
    """
    SELECT DISTINCT repair_parts.repair
    FROM repair_parts
    WHERE repair_parts.kgb IN (SELECT repair_parts.kgb
    FROM repair_parts GROUP BY repair_parts.kgb
    HAVING count(*) > 1)
    """,
)

HOLDERS = Statement(
    """
    SELECT DISTINCT repair_parts.repair
    FROM repair_parts
    WHERE repair_parts.kgb = :of
    """,
)

CLAIMED_IN_VAIN = Statement(
    """
    SELECT repair_conflicts.repair, entries.payload
    FROM repair_conflicts JOIN entries ON entries.id = unhex(repair_conflicts.entry_id, '-')
    WHERE repair_conflicts.code = 'part_claimed_twice'
    """,
)

FOLDED = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.subject IN (SELECT anon_1.value
    FROM json_each(:subjects) AS anon_1) AND coalesce(entries.outcome, '') != 'rejected'
    ORDER BY entries.revision IS NULL, entries.revision, entries.former_revision IS NULL,
    entries.former_revision, entries.bench, entries.seq
    """,
)
