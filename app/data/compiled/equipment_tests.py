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
