"""Compiled from `app.data.queries.esd_states`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

BY_PERSON = Statement(
    """
    SELECT esd_states.person_id, esd_states.reading_id, esd_states.verdict, esd_states.ohm,
    esd_states.over_range, esd_states.measured_at, esd_states.valid_until,
    esd_states.tester_id
    FROM esd_states
    WHERE esd_states.person_id = :of
    """,
)

INSERT = Statement(
    """
    INSERT OR REPLACE INTO esd_states (person_id, reading_id, verdict, ohm, over_range,
    measured_at, valid_until, tester_id) VALUES (:person_id, :reading_id, :verdict, :ohm,
    :over_range, :measured_at, :valid_until, :tester_id)
    """,
)

DELETE = Statement(
    """
    DELETE FROM esd_states WHERE esd_states.person_id = :of
    """,
)
