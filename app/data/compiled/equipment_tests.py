"""Compiled from `app.data.queries.equipment_tests`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

BY_PIECE = Statement(
    """
    SELECT equipment_tests.item, equipment_tests.entry_id, equipment_tests.channel,
    equipment_tests.verdict, equipment_tests.ohm, equipment_tests.over_range,
    equipment_tests.tested_at, equipment_tests.tester_id, equipment_tests.person_id,
    equipment_tests.count
    FROM equipment_tests
    WHERE equipment_tests.equipment_id = :of ORDER BY equipment_tests.item
    """,
)

EVERY = Statement(
    """
    SELECT equipment_tests.equipment_id, equipment_tests.item, equipment_tests.entry_id,
    equipment_tests.channel, equipment_tests.verdict, equipment_tests.ohm,
    equipment_tests.over_range, equipment_tests.tested_at, equipment_tests.tester_id,
    equipment_tests.person_id, equipment_tests.count
    FROM equipment_tests ORDER BY equipment_tests.equipment_id, equipment_tests.item
    """,
)

INSERT = Statement(
    """
    INSERT INTO equipment_tests (equipment_id, item, entry_id, channel, verdict, ohm,
    over_range, tested_at, tester_id, person_id, count) VALUES (:equipment_id, :item,
    :entry_id, :channel, :verdict, :ohm, :over_range, :tested_at, :tester_id, :person_id,
    :count)
    """,
)

DELETE = Statement(
    """
    DELETE FROM equipment_tests WHERE equipment_tests.equipment_id = :of
    """,
)

WORK = Statement(
    """
    SELECT work.actor, min(work.at) AS min_1
    FROM (SELECT repair_steps.actor AS actor, repair_steps.at AS at
    FROM repair_steps UNION ALL SELECT entries.actor AS actor, entries.recorded_at AS at
    FROM repair_parts JOIN entries ON entries.id = unhex(repair_parts.entry_id, '-')) AS
    work
    WHERE work.actor >= 'person:' AND work.actor < 'person;' AND work.at >= :since AND
    work.at < :until GROUP BY work.actor, work.at / 900000000 ORDER BY min(work.at),
    work.actor
    """,
)
