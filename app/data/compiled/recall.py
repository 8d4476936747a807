"""Compiled from `app.data.queries.recall`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

GUARDS = Statement(
    """
    SELECT esd_readings.entry_id, esd_readings.person_id, esd_readings.tester_id,
    esd_readings.measured_at, esd_readings.valid_until
    FROM esd_readings
    WHERE esd_readings.tester_id IN (:tester, '') AND esd_readings.measured_at >= :first AND
    esd_readings.measured_at < :end AND esd_readings.channel = 'wrist' AND
    esd_readings.verdict = 'pass' AND esd_readings.person_id != ''
    """,
)

NEIGHBOURS = Statement(
    """
    SELECT esd_readings.entry_id, neighbours.entry_id AS entry_id_1, neighbours.measured_at
    FROM esd_readings JOIN esd_readings AS neighbours ON neighbours.person_id =
    esd_readings.person_id AND neighbours.measured_at >= esd_readings.measured_at AND
    neighbours.measured_at < esd_readings.valid_until AND neighbours.entry_id !=
    esd_readings.entry_id AND neighbours.channel = 'wrist'
    WHERE esd_readings.tester_id IN (:tester, '') AND esd_readings.measured_at >= :first AND
    esd_readings.measured_at < :end AND esd_readings.channel = 'wrist' AND
    esd_readings.verdict = 'pass' AND esd_readings.person_id != ''
    """,
)

GUARDED_STEPS = Statement(
    """
    SELECT esd_readings.entry_id, repair_steps.repair, repair_steps.entry_id AS entry_id_1,
    repair_steps.at, repair_steps.actor, repair_steps.step
    FROM esd_readings JOIN repair_steps ON repair_steps.actor = ('person:' ||
    esd_readings.person_id) AND repair_steps.at >= esd_readings.measured_at AND
    repair_steps.at < esd_readings.valid_until AND repair_steps.step = 'in_repair'
    WHERE esd_readings.tester_id IN (:tester, '') AND esd_readings.measured_at >= :first AND
    esd_readings.measured_at < :end AND esd_readings.channel = 'wrist' AND
    esd_readings.verdict = 'pass' AND esd_readings.person_id != ''
    """,
)

GUARDED_PARTS = Statement(
    """
    SELECT esd_readings.entry_id, repair_parts.repair, repair_parts.entry_id AS entry_id_1,
    repair_parts.at, repair_parts.actor, repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery
    FROM esd_readings JOIN repair_parts ON repair_parts.actor = ('person:' ||
    esd_readings.person_id) AND repair_parts.at >= esd_readings.measured_at AND
    repair_parts.at < esd_readings.valid_until
    WHERE esd_readings.tester_id IN (:tester, '') AND esd_readings.measured_at >= :first AND
    esd_readings.measured_at < :end AND esd_readings.channel = 'wrist' AND
    esd_readings.verdict = 'pass' AND esd_readings.person_id != ''
    """,
)

STEPS_BY = Statement(
    """
    SELECT repair_steps.repair, repair_steps.entry_id, repair_steps.at, repair_steps.actor,
    repair_steps.step
    FROM repair_steps
    WHERE repair_steps.actor = :actor AND repair_steps.at >= :first AND repair_steps.at <
    :end
    """,
)

PARTS_BY = Statement(
    """
    SELECT repair_parts.repair, repair_parts.entry_id, repair_parts.at, repair_parts.actor,
    repair_parts.part_number, repair_parts.kgb, repair_parts.kbb, repair_parts."order",
    repair_parts.delivery
    FROM repair_parts
    WHERE repair_parts.actor = :actor AND repair_parts.at >= :first AND repair_parts.at <
    :end
    """,
)

PARTS_OF = Statement(
    """
    SELECT repair_parts.repair, repair_parts.entry_id, repair_parts.at, repair_parts.actor,
    repair_parts.part_number, repair_parts.kgb, repair_parts.kbb, repair_parts."order",
    repair_parts.delivery
    FROM repair_parts
    WHERE (:order = '' OR repair_parts."order" = :order) AND (:delivery = '' OR
    repair_parts.delivery = :delivery) AND (:part_number = '' OR repair_parts.part_number =
    :part_number) AND ('' = :serial OR repair_parts.kgb = :serial OR repair_parts.kbb =
    :serial)
    """,
)

PARTS_BY_REGISTER = Statement(
    """
    SELECT repair_parts.repair, repair_parts.entry_id, repair_parts.at, repair_parts.actor,
    repair_parts.part_number, repair_parts.kgb, repair_parts.kbb, repair_parts."order",
    repair_parts.delivery
    FROM repair_parts
    WHERE repair_parts.kgb IN (SELECT lots.component_serial
    FROM lots
    WHERE lots.is_deleted = 0 AND (:order = '' OR lots."order" = :order) AND (:delivery = ''
    OR lots.delivery = :delivery) AND (:part_number = '' OR lots.part_number =
    :part_number)) AND ('' = :serial OR repair_parts.kgb = :serial OR repair_parts.kbb =
    :serial)
    """,
)

REJECTED_ENTRIES = Statement(
    """
    SELECT entries.id, entries.kind, entries.subject, entries.actor, entries.recorded_at,
    entries.payload
    FROM entries
    WHERE entries.outcome = 'rejected'
    """,
)

IN_CONFLICT = Statement(
    """
    SELECT entries.id, entries.kind, entries.subject, entries.actor, entries.recorded_at,
    entries.payload
    FROM repair_conflicts JOIN entries ON entries.id = unhex(repair_conflicts.entry_id, '-')
    """,
)

TAKEN_BACK = Statement(
    """
    SELECT entries.id, entries.kind, entries.subject, entries.actor, entries.recorded_at,
    entries.payload
    FROM taken_back JOIN entries ON entries.id = unhex(taken_back.cited, '-')
    """,
)

POSITIONS = Statement(
    """
    SELECT anon_1.value, coalesce(entries.revision IS NULL, 0) AS coalesce_1,
    coalesce(entries.revision, 0) AS coalesce_3, coalesce(entries.former_revision IS NULL,
    0) AS coalesce_5, coalesce(entries.former_revision, 0) AS coalesce_7,
    coalesce(entries.bench, 0) AS coalesce_9, coalesce(entries.seq, 0) AS coalesce_11
    FROM json_each(:ids) AS anon_1 JOIN entries ON entries.id = unhex(anon_1.value, '-')
    """,
)

REPAIRS = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.step, repairs.opened_at,
    repairs.technician_id
    FROM repairs
    WHERE repairs.id IN (SELECT anon_1.value
    FROM json_each(:ids) AS anon_1) ORDER BY repairs.opened_at, repairs.id
    """,
)

PRODUCTS = {
    "above": Statement(
        """
        SELECT assets.serial, assets.model, assets.family, assets.holder, assets.department
        FROM json_each(:ids) AS anon_1 JOIN assets ON assets.serial = anon_1.value
        WHERE assets.is_deleted = 0 AND assets.epoch > (SELECT register_base.upto
        FROM register_base)
        """,
    ),
    "below": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.family,
        base.products.holder, base.products.department
        FROM json_each(:ids) AS anon_1 JOIN base.products ON base.products.serial = anon_1.value
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base)))
        """,
    ),
}
