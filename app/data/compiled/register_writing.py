"""Compiled from `app.data.queries.register_writing`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

REVISION = {
    "people": Statement(
        """
        SELECT people.revision
        FROM people
        WHERE people.id = :of
        """,
    ),
    "catalogue": Statement(
        """
        SELECT catalogue.revision
        FROM catalogue
        WHERE catalogue.number = :of
        """,
    ),
    "lots": Statement(
        """
        SELECT lots.revision
        FROM lots
        WHERE lots.component_serial = :of
        """,
    ),
    "equipment": Statement(
        """
        SELECT equipment.revision
        FROM equipment
        WHERE equipment.id = :of
        """,
    ),
    "account": Statement(
        """
        SELECT account.revision
        FROM account
        WHERE account."key" = :of
        """,
    ),
}

PUT = {
    "assets": Statement(
        """
        INSERT INTO assets (serial, model, family, ownership, maker, tag, holder, lessor,
        leased_until, proof, product_type, part_number, configuration, meid, eid, department,
        "order", bought_on, seller, document, source, find_my, epoch, revision, is_deleted)
        VALUES (:serial, :model, :family, :ownership, :maker, :tag, :holder, :lessor,
        :leased_until, :proof, :product_type, :part_number, :configuration, :meid, :eid,
        :department, :order, :bought_on, :seller, :document, :source, :find_my, :epoch,
        :revision, :is_deleted) ON CONFLICT (serial) DO UPDATE SET model = excluded.model,
        family = excluded.family, ownership = excluded.ownership, maker = excluded.maker, tag =
        excluded.tag, holder = excluded.holder, lessor = excluded.lessor, leased_until =
        excluded.leased_until, proof = excluded.proof, product_type = excluded.product_type,
        part_number = excluded.part_number, configuration = excluded.configuration, meid =
        excluded.meid, eid = excluded.eid, department = excluded.department, "order" =
        excluded."order", bought_on = excluded.bought_on, seller = excluded.seller, document =
        excluded.document, source = excluded.source, find_my = excluded.find_my, epoch =
        excluded.epoch, revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "people": Statement(
        """
        INSERT INTO people (id, name, badge, role, tech_id, revision, is_deleted) VALUES (:id,
        :name, :badge, :role, :tech_id, :revision, :is_deleted) ON CONFLICT (id) DO UPDATE SET
        name = excluded.name, badge = excluded.badge, role = excluded.role, tech_id =
        excluded.tech_id, revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "catalogue": Statement(
        """
        INSERT INTO catalogue (number, name, opens_device, revision, is_deleted) VALUES
        (:number, :name, :opens_device, :revision, :is_deleted) ON CONFLICT (number) DO UPDATE
        SET name = excluded.name, opens_device = excluded.opens_device, revision =
        excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "lots": Statement(
        """
        INSERT INTO lots (component_serial, part_number, "order", delivery, received_on, source,
        revision, is_deleted) VALUES (:component_serial, :part_number, :order, :delivery,
        :received_on, :source, :revision, :is_deleted) ON CONFLICT (component_serial) DO UPDATE
        SET part_number = excluded.part_number, "order" = excluded."order", delivery =
        excluded.delivery, received_on = excluded.received_on, source = excluded.source,
        revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "equipment": Statement(
        """
        INSERT INTO equipment (id, kind, device, name, serial, calibration_due, place, state,
        calibrated_on, certificate, test_every_days, note, revision, is_deleted) VALUES (:id,
        :kind, :device, :name, :serial, :calibration_due, :place, :state, :calibrated_on,
        :certificate, :test_every_days, :note, :revision, :is_deleted) ON CONFLICT (id) DO
        UPDATE SET kind = excluded.kind, device = excluded.device, name = excluded.name, serial
        = excluded.serial, calibration_due = excluded.calibration_due, place = excluded.place,
        state = excluded.state, calibrated_on = excluded.calibrated_on, certificate =
        excluded.certificate, test_every_days = excluded.test_every_days, note = excluded.note,
        revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "account": Statement(
        """
        INSERT INTO account ("key", name, site, account, time_zone, esd_profile, created_on,
        region, standing, standing_on, credit_limit, credit_used, currency, has_carpet,
        revision, is_deleted) VALUES (:key, :name, :site, :account, :time_zone, :esd_profile,
        :created_on, :region, :standing, :standing_on, :credit_limit, :credit_used, :currency,
        :has_carpet, :revision, :is_deleted) ON CONFLICT ("key") DO UPDATE SET name =
        excluded.name, site = excluded.site, account = excluded.account, time_zone =
        excluded.time_zone, esd_profile = excluded.esd_profile, created_on =
        excluded.created_on, region = excluded.region, standing = excluded.standing, standing_on
        = excluded.standing_on, credit_limit = excluded.credit_limit, credit_used =
        excluded.credit_used, currency = excluded.currency, has_carpet = excluded.has_carpet,
        revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
}

BURY = {
    "assets": Statement(
        """
        INSERT INTO assets (serial, revision, is_deleted, epoch) SELECT :of AS anon_1, :revision
        AS anon_2, :is_deleted AS anon_3, :epoch AS anon_4
        WHERE (EXISTS (SELECT *
        FROM assets
        WHERE assets.serial = :of)) OR (EXISTS (SELECT *
        FROM base.products
        WHERE base.products.serial = :of)) ON CONFLICT (serial) DO UPDATE SET epoch =
        excluded.epoch, revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "people": Statement(
        """
        UPDATE people SET revision=:revision, is_deleted=:is_deleted WHERE people.id = :of
        """,
    ),
    "catalogue": Statement(
        """
        UPDATE catalogue SET revision=:revision, is_deleted=:is_deleted WHERE catalogue.number =
        :of
        """,
    ),
    "lots": Statement(
        """
        UPDATE lots SET revision=:revision, is_deleted=:is_deleted WHERE lots.component_serial =
        :of
        """,
    ),
    "equipment": Statement(
        """
        UPDATE equipment SET revision=:revision, is_deleted=:is_deleted WHERE equipment.id = :of
        """,
    ),
    "account": Statement(
        """
        UPDATE account SET revision=:revision, is_deleted=:is_deleted WHERE account."key" = :of
        """,
    ),
}

CLEAR = {
    "asset_identifiers": Statement(
        """
        DELETE FROM asset_identifiers WHERE asset_identifiers.owner = :of
        """,
    ),
    "coverages": Statement(
        """
        DELETE FROM coverages WHERE coverages.owner = :of
        """,
    ),
    "former_identities": Statement(
        """
        DELETE FROM former_identities WHERE former_identities.owner = :of
        """,
    ),
    "certifications": Statement(
        """
        DELETE FROM certifications WHERE certifications.owner = :of
        """,
    ),
    "exams": Statement(
        """
        DELETE FROM exams WHERE exams.owner = :of
        """,
    ),
}

ADD = {
    "asset_identifiers": Statement(
        """
        INSERT INTO asset_identifiers (value, rank, owner, place) VALUES (:value, :rank, :owner,
        :place)
        """,
    ),
    "coverages": Statement(
        """
        INSERT INTO coverages (owner, place, issuer, kind, starts, ends, source, checked_on,
        status) VALUES (:owner, :place, :issuer, :kind, :starts, :ends, :source, :checked_on,
        :status)
        """,
    ),
    "former_identities": Statement(
        """
        INSERT INTO former_identities (owner, place, value, until, repair) VALUES (:owner,
        :place, :value, :until, :repair)
        """,
    ),
    "certifications": Statement(
        """
        INSERT INTO certifications (owner, place, name, families, valid_from, valid_until,
        proof) VALUES (:owner, :place, :name, :families, :valid_from, :valid_until, :proof)
        """,
    ),
    "exams": Statement(
        """
        INSERT INTO exams (owner, place, name, taken_on, passed, voucher, cost, currency) VALUES
        (:owner, :place, :name, :taken_on, :passed, :voucher, :cost, :currency)
        """,
    ),
}

KEEP_MISFIT = Statement(
    """
    INSERT OR REPLACE INTO misfits (register, "key", revision, raw, code, field) VALUES
    (:register, :key, :revision, :raw, :code, :field)
    """,
)

FITS_NOW = Statement(
    """
    DELETE FROM misfits WHERE misfits.register = :of_register AND misfits."key" = :of_key
    """,
)

MISFITS = Statement(
    """
    SELECT misfits.register, misfits."key", misfits.code, misfits.field
    FROM misfits ORDER BY misfits.register, misfits."key"
    """,
)
