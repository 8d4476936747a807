"""Compiled from `app.data.queries.register_writing`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

PUT = {
    "assets": Statement(
        """
        INSERT INTO assets (serial, model, family, ownership, maker, tag, holder, lessor,
        leased_until, proof, revision, is_deleted) VALUES (:serial, :model, :family, :ownership,
        :maker, :tag, :holder, :lessor, :leased_until, :proof, :revision, :is_deleted) ON
        CONFLICT (serial) DO UPDATE SET model = excluded.model, family = excluded.family,
        ownership = excluded.ownership, maker = excluded.maker, tag = excluded.tag, holder =
        excluded.holder, lessor = excluded.lessor, leased_until = excluded.leased_until, proof =
        excluded.proof, revision = excluded.revision, is_deleted = excluded.is_deleted
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
        INSERT INTO equipment (id, kind, device, name, serial, calibration_due, revision,
        is_deleted) VALUES (:id, :kind, :device, :name, :serial, :calibration_due, :revision,
        :is_deleted) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, device =
        excluded.device, name = excluded.name, serial = excluded.serial, calibration_due =
        excluded.calibration_due, revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
    "account": Statement(
        """
        INSERT INTO account ("key", name, site, account, time_zone, esd_profile, revision,
        is_deleted) VALUES (:key, :name, :site, :account, :time_zone, :esd_profile, :revision,
        :is_deleted) ON CONFLICT ("key") DO UPDATE SET name = excluded.name, site =
        excluded.site, account = excluded.account, time_zone = excluded.time_zone, esd_profile =
        excluded.esd_profile, revision = excluded.revision, is_deleted = excluded.is_deleted
        """,
    ),
}

BURY = {
    "assets": Statement(
        """
        UPDATE assets SET revision=:revision, is_deleted=:is_deleted WHERE assets.serial = :of
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
    "certifications": Statement(
        """
        DELETE FROM certifications WHERE certifications.owner = :of
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
        INSERT INTO coverages (owner, place, issuer, kind, starts, ends, source, checked_on)
        VALUES (:owner, :place, :issuer, :kind, :starts, :ends, :source, :checked_on)
        """,
    ),
    "certifications": Statement(
        """
        INSERT INTO certifications (owner, place, name, families, valid_from, valid_until)
        VALUES (:owner, :place, :name, :families, :valid_from, :valid_until)
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
