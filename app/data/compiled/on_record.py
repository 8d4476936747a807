"""Compiled from `app.data.queries.on_record`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

TESTERS = Statement(
    """
    SELECT DISTINCT esd_readings.tester_id
    FROM esd_readings
    WHERE esd_readings.tester_id != '' AND esd_readings.channel = 'wrist' AND
    esd_readings.verdict = 'pass' AND esd_readings.person_id != ''
    """,
)

WORKERS = Statement(
    """
    SELECT repair_steps.actor
    FROM repair_steps UNION SELECT repair_parts.actor
    FROM repair_parts UNION SELECT entries.actor
    FROM entries
    WHERE entries.outcome = 'rejected' AND entries.kind IN ('part.fitted',
    'repair.status_changed', 'repair.opened') UNION SELECT entries.actor
    FROM repair_conflicts JOIN entries ON entries.id = unhex(repair_conflicts.entry_id, '-')
    WHERE entries.kind IN ('part.fitted', 'repair.status_changed', 'repair.opened') UNION
    SELECT entries.actor
    FROM taken_back JOIN entries ON entries.id = unhex(taken_back.cited, '-')
    WHERE entries.kind IN ('part.fitted', 'repair.status_changed', 'repair.opened')
    """,
)
