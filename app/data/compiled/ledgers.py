"""Compiled from `app.data.queries.ledgers`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

ADD_READING = Statement(
    """
    INSERT INTO esd_readings (person_id, measured_at, entry_id, tester_id, channel, verdict,
    valid_until) VALUES (:person_id, :measured_at, :entry_id, :tester_id, :channel,
    :verdict, :valid_until)
    """,
)

ADD_TAKEN_BACK = Statement(
    """
    INSERT INTO taken_back (entry_id, cited) VALUES (:entry_id, :cited)
    """,
)

FORGET_READING = Statement(
    """
    DELETE FROM esd_readings WHERE esd_readings.person_id = :of_person AND
    esd_readings.measured_at = :of_moment AND esd_readings.entry_id = :of
    """,
)

FORGET_TAKEN_BACK = Statement(
    """
    DELETE FROM taken_back WHERE taken_back.entry_id = :of
    """,
)

TOLD = Statement(
    """
    SELECT entries.id, benches.bench_id, entries.seq, entries.kind, entries.subject,
    entries.actor, entries.recorded_at, entries.schema, entries.payload, entries.hash,
    entries.revision
    FROM entries JOIN benches ON entries.bench = benches."key"
    WHERE entries.kind IN ('esd.measured', 'repair.undone', 'conflict.settled')
    """,
)
