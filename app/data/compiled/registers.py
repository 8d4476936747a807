"""Compiled from `app.data.queries.registers`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

PERSON = Statement(
    """
    SELECT people.id, people.name, people.badge, people.role, people.tech_id, (SELECT
    json_group_array(json_array(certifications.name, json(certifications.families),
    certifications.valid_from, certifications.valid_until, certifications.proof) ORDER BY
    certifications.place) AS json_group_array_1
    FROM certifications
    WHERE certifications.owner = people.id) AS anon_1, (SELECT
    json_group_array(json_array(exams.name, exams.taken_on, exams.passed, exams.voucher,
    exams.cost, exams.currency) ORDER BY exams.place) AS json_group_array_2
    FROM exams
    WHERE exams.owner = people.id) AS anon_2
    FROM people
    WHERE people.is_deleted = 0 AND people.id = :of
    """,
)

EVERYBODY = Statement(
    """
    SELECT people.id, people.name, people.badge, people.role, people.tech_id, (SELECT
    json_group_array(json_array(certifications.name, json(certifications.families),
    certifications.valid_from, certifications.valid_until, certifications.proof) ORDER BY
    certifications.place) AS json_group_array_1
    FROM certifications
    WHERE certifications.owner = people.id) AS anon_1, (SELECT
    json_group_array(json_array(exams.name, exams.taken_on, exams.passed, exams.voucher,
    exams.cost, exams.currency) ORDER BY exams.place) AS json_group_array_2
    FROM exams
    WHERE exams.owner = people.id) AS anon_2
    FROM people
    WHERE people.is_deleted = 0 ORDER BY people.badge, people.id
    """,
)

BY_BADGE = Statement(
    """
    SELECT people.id, people.name, people.badge, people.role, people.tech_id, (SELECT
    json_group_array(json_array(certifications.name, json(certifications.families),
    certifications.valid_from, certifications.valid_until, certifications.proof) ORDER BY
    certifications.place) AS json_group_array_1
    FROM certifications
    WHERE certifications.owner = people.id) AS anon_1, (SELECT
    json_group_array(json_array(exams.name, exams.taken_on, exams.passed, exams.voucher,
    exams.cost, exams.currency) ORDER BY exams.place) AS json_group_array_2
    FROM exams
    WHERE exams.owner = people.id) AS anon_2
    FROM people
    WHERE people.is_deleted = 0 AND people.badge = :of ORDER BY people.id
     LIMIT 1 OFFSET 0
    """,
)

TESTER = Statement(
    """
    SELECT equipment.id, equipment.name, equipment.serial, equipment.calibration_due
    FROM equipment
    WHERE equipment.device = :of AND equipment.kind = 'esd_tester' AND equipment.is_deleted
    = 0 AND equipment.state IN ('in_use', 'spare') ORDER BY equipment.id
     LIMIT 1 OFFSET 0
    """,
)

PART = Statement(
    """
    SELECT catalogue.number, catalogue.name, catalogue.opens_device
    FROM catalogue
    WHERE catalogue.number = :of AND catalogue.is_deleted = 0
    """,
)

LOT = Statement(
    """
    SELECT lots.component_serial, lots.part_number, lots."order", lots.delivery,
    lots.received_on, lots.source
    FROM lots
    WHERE lots.component_serial = :of AND lots.is_deleted = 0
    """,
)

ACCOUNT = Statement(
    """
    SELECT account.name, account.site, account.account, account.time_zone,
    account.esd_profile, account.created_on, account.region, account.standing,
    account.standing_on, account.credit_limit, account.credit_used, account.currency,
    account.has_carpet
    FROM account
    WHERE account.is_deleted = 0
    """,
)

ALL_EQUIPMENT = Statement(
    """
    SELECT equipment.id, equipment.kind, equipment.device, equipment.name, equipment.serial,
    equipment.calibration_due, equipment.place, equipment.state, equipment.calibrated_on,
    equipment.certificate, equipment.test_every_days, equipment.note
    FROM equipment
    WHERE equipment.is_deleted = 0 ORDER BY equipment.kind, equipment.id
    """,
)

EQUIPMENT = Statement(
    """
    SELECT equipment.id, equipment.kind, equipment.device, equipment.name, equipment.serial,
    equipment.calibration_due, equipment.place, equipment.state, equipment.calibrated_on,
    equipment.certificate, equipment.test_every_days, equipment.note
    FROM equipment
    WHERE equipment.is_deleted = 0 AND equipment.id = :of
    """,
)
