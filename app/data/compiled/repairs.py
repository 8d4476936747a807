"""Compiled from `app.data.queries.repairs`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

BY_ID = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs
    WHERE repairs.id = :of
    """,
)

BY_NUMBER = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs
    WHERE repairs.number = :of ORDER BY repairs.opened_at, repairs.id
     LIMIT 1 OFFSET 0
    """,
)

OPEN = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs
    WHERE repairs.is_open = 1 ORDER BY repairs.opened_at, repairs.id
    """,
)

OPEN_OF = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs
    WHERE repairs.serial = :of AND repairs.is_open = 1 ORDER BY repairs.opened_at,
    repairs.id
    """,
)

OF_PRODUCT = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs
    WHERE repairs.serial = :of ORDER BY repairs.opened_at DESC, repairs.id
    """,
)

IN_CONFLICT = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs
    WHERE repairs.id IN (SELECT repair_conflicts.repair
    FROM repair_conflicts) ORDER BY repairs.opened_at, repairs.id
    """,
)

HOLDING = Statement(
    """
    SELECT repairs.id, repairs.number, repairs.serial, repairs.technician_id, repairs.step,
    repairs.opened_at, repairs.symptom, repairs.diagnosis, repairs.report_hash,
    repairs.signed_by, repairs.signed_hash, repairs.signed_at, repairs.signed_entry, (SELECT
    json_group_array(json_array(repair_steps.step, repair_steps.at, repair_steps.actor,
    repair_steps.entry_id) ORDER BY repair_steps.place) AS json_group_array_1
    FROM repair_steps
    WHERE repair_steps.repair = repairs.id) AS anon_1, (SELECT
    json_group_array(json_array(repair_parts.part_number, repair_parts.kgb,
    repair_parts.kbb, repair_parts."order", repair_parts.delivery, repair_parts.entry_id,
    repair_parts.at, repair_parts.actor) ORDER BY repair_parts.place) AS json_group_array_2
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_2, (SELECT
    json_group_array(json_array(repair_notes.text) ORDER BY repair_notes.place) AS
    json_group_array_3
    FROM repair_notes
    WHERE repair_notes.repair = repairs.id) AS anon_3, (SELECT
    json_group_array(json_array(repair_conflicts.entry_id, repair_conflicts.code) ORDER BY
    repair_conflicts.place) AS json_group_array_4
    FROM repair_conflicts
    WHERE repair_conflicts.repair = repairs.id) AS anon_4
    FROM repairs JOIN repair_parts ON repair_parts.repair = repairs.id
    WHERE repair_parts.kgb = :of ORDER BY repairs.opened_at, repairs.id
     LIMIT 1 OFFSET 0
    """,
)

INSERT = Statement(
    """
    INSERT INTO repairs (id, number, serial, technician_id, step, is_open, opened_at,
    symptom, diagnosis, report_hash, signed_by, signed_hash, signed_at, signed_entry) VALUES
    (:id, :number, :serial, :technician_id, :step, :is_open, :opened_at, :symptom,
    :diagnosis, :report_hash, :signed_by, :signed_hash, :signed_at, :signed_entry)
    """,
)

UPDATE = Statement(
    """
    UPDATE repairs SET id=:id, number=:number, serial=:serial, technician_id=:technician_id,
    step=:step, is_open=:is_open, opened_at=:opened_at, symptom=:symptom,
    diagnosis=:diagnosis, report_hash=:report_hash, signed_by=:signed_by,
    signed_hash=:signed_hash, signed_at=:signed_at, signed_entry=:signed_entry WHERE
    repairs.id = :of
    """,
)

DELETE = Statement(
    """
    DELETE FROM repairs WHERE repairs.id = :of
    """,
)

INSERT_CHILD = {
    "repair_steps": Statement(
        """
        INSERT INTO repair_steps (repair, place, step, at, actor, entry_id) VALUES (:repair,
        :place, :step, :at, :actor, :entry_id)
        """,
    ),
    "repair_parts": Statement(
        """
        INSERT INTO repair_parts (repair, place, part_number, kgb, kbb, "order", delivery,
        entry_id, at, actor) VALUES (:repair, :place, :part_number, :kgb, :kbb, :order,
        :delivery, :entry_id, :at, :actor)
        """,
    ),
    "repair_notes": Statement(
        """
        INSERT INTO repair_notes (repair, place, text) VALUES (:repair, :place, :text)
        """,
    ),
    "repair_conflicts": Statement(
        """
        INSERT INTO repair_conflicts (repair, place, entry_id, code) VALUES (:repair, :place,
        :entry_id, :code)
        """,
    ),
}

DELETE_CHILD = {
    "repair_steps": Statement(
        """
        DELETE FROM repair_steps WHERE repair_steps.repair = :of
        """,
    ),
    "repair_parts": Statement(
        """
        DELETE FROM repair_parts WHERE repair_parts.repair = :of
        """,
    ),
    "repair_notes": Statement(
        """
        DELETE FROM repair_notes WHERE repair_notes.repair = :of
        """,
    ),
    "repair_conflicts": Statement(
        """
        DELETE FROM repair_conflicts WHERE repair_conflicts.repair = :of
        """,
    ),
}
