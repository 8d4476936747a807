"""Compiled from `app.data.queries.entries`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

EVERY = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key" ORDER BY entries.bench,
    entries.seq
    """,
)

BY_ID = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.id = :of
    """,
)

TIMELINE = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.subject = :of ORDER BY entries.revision IS NULL, entries.revision,
    entries.former_revision IS NULL, entries.former_revision, entries.bench, entries.seq
    """,
)

OF_KINDS = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.subject = :of AND entries.kind IN (SELECT anon_1.value
    FROM json_each(:kinds) AS anon_1) ORDER BY entries.revision IS NULL, entries.revision,
    entries.former_revision IS NULL, entries.former_revision, entries.bench, entries.seq
    """,
)

FOLDED = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.subject = :of AND coalesce(entries.outcome, '') != 'rejected' ORDER BY
    entries.revision IS NULL, entries.revision, entries.former_revision IS NULL,
    entries.former_revision, entries.bench, entries.seq
    """,
)

AT = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.bench = :in_bench AND entries.seq = :place
    """,
)

INSERT = Statement(
    """
    INSERT INTO entries (bench, seq, id, kind, subject, actor, recorded_at, schema, payload,
    hash) VALUES (:bench, :seq, :id, :kind, :subject, :actor, :recorded_at, :schema,
    :payload, :hash)
    """,
)

INSERT_FRAMED = Statement(
    """
    INSERT INTO entries (bench, seq, id, kind, subject, actor, recorded_at, schema, payload,
    hash, frame_device, frame_role, frame_raw, frame_aim, frame_fault, frame_received_at,
    frame_seq) VALUES (:bench, :seq, :id, :kind, :subject, :actor, :recorded_at, :schema,
    :payload, :hash, :frame_device, :frame_role, :frame_raw, :frame_aim, :frame_fault,
    :frame_received_at, :frame_seq)
    """,
)

INSERT_PULLED = Statement(
    """
    INSERT INTO entries (bench, seq, id, kind, subject, actor, recorded_at, schema, payload,
    hash, arrival_digest, revision, outcome, answer_seal) VALUES (:bench, :seq, :id, :kind,
    :subject, :actor, :recorded_at, :schema, :payload, :hash, :arrival_digest, :revision,
    :outcome, :answer_seal)
    """,
)
