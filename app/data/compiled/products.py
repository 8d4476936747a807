"""Compiled from `app.data.queries.products`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

ABOVE = Statement(
    """
    SELECT found.rank, assets.serial, assets.model, assets.family, assets.ownership,
    assets.maker, assets.tag, assets.holder, assets.lessor, assets.leased_until,
    assets.proof, assets.product_type, assets.part_number, assets.configuration,
    assets.meid, assets.eid, assets.department, assets."order", assets.bought_on,
    assets.seller, assets.document, assets.source, assets.find_my, (SELECT
    json_group_array(asset_identifiers.value ORDER BY asset_identifiers.place) AS
    json_group_array_1
    FROM asset_identifiers
    WHERE asset_identifiers.owner = assets.serial AND asset_identifiers.rank = 1) AS anon_1,
    (SELECT json_group_array(json_array(coverages.issuer, coverages.kind, coverages.starts,
    coverages.ends, coverages.source, coverages.checked_on, coverages.status) ORDER BY
    coverages.place) AS json_group_array_2
    FROM coverages
    WHERE coverages.owner = assets.serial) AS anon_2, (SELECT
    json_group_array(json_array(former_identities.value, former_identities.until,
    former_identities.repair) ORDER BY former_identities.place) AS json_group_array_3
    FROM former_identities
    WHERE former_identities.owner = assets.serial) AS anon_3
    FROM asset_identifiers AS found JOIN assets ON found.owner = assets.serial
    WHERE found.value = :of AND assets.is_deleted = 0 AND assets.epoch > (SELECT
    register_base.upto
    FROM register_base) ORDER BY found.rank, found.owner
     LIMIT 1 OFFSET 0
    """,
)

ABOVE_BY_SERIAL = Statement(
    """
    SELECT assets.serial, assets.model, assets.family, assets.ownership, assets.maker,
    assets.tag, assets.holder, assets.lessor, assets.leased_until, assets.proof,
    assets.product_type, assets.part_number, assets.configuration, assets.meid, assets.eid,
    assets.department, assets."order", assets.bought_on, assets.seller, assets.document,
    assets.source, assets.find_my, (SELECT json_group_array(asset_identifiers.value ORDER BY
    asset_identifiers.place) AS json_group_array_1
    FROM asset_identifiers
    WHERE asset_identifiers.owner = assets.serial AND asset_identifiers.rank = 1) AS anon_1,
    (SELECT json_group_array(json_array(coverages.issuer, coverages.kind, coverages.starts,
    coverages.ends, coverages.source, coverages.checked_on, coverages.status) ORDER BY
    coverages.place) AS json_group_array_2
    FROM coverages
    WHERE coverages.owner = assets.serial) AS anon_2, (SELECT
    json_group_array(json_array(former_identities.value, former_identities.until,
    former_identities.repair) ORDER BY former_identities.place) AS json_group_array_3
    FROM former_identities
    WHERE former_identities.owner = assets.serial) AS anon_3
    FROM assets
    WHERE assets.serial = :of AND assets.is_deleted = 0 AND assets.epoch > (SELECT
    register_base.upto
    FROM register_base)
    """,
)

BELOW = Statement(
    """
    SELECT first.rank, base.products.serial, base.products.model, base.products.family,
    base.products.ownership, base.products.maker, base.products.tag, base.products.holder,
    base.products.lessor, base.products.leased_until, base.products.proof,
    base.products.product_type, base.products.part_number, base.products.configuration,
    base.products.meid, base.products.eid, base.products.department, base.products."order",
    base.products.bought_on, base.products.seller, base.products.document,
    base.products.source, base.products.find_my, base.products.imei, base.products.imei2,
    base.products.more_imeis, base.products.coverages, base.products.former
    FROM (SELECT base.products.id AS id, 0 AS rank
    FROM base.products
    WHERE base.products.serial = :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) UNION ALL SELECT base.products.id AS id, 1 AS rank
    FROM base.products
    WHERE base.products.imei = :of AND base.products.imei != '' AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) UNION ALL SELECT base.products.id AS id, 1 AS rank
    FROM base.products
    WHERE base.products.imei2 = :of AND base.products.imei2 != '' AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) UNION ALL SELECT base.products.id AS id, base.identifiers.rank AS
    rank
    FROM base.identifiers JOIN base.products ON base.identifiers.product = base.products.id
    WHERE base.identifiers.value = :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) AND base.identifiers.rank = 1 UNION ALL SELECT base.products.id AS
    id, 2 AS rank
    FROM base.products
    WHERE base.products.tag = :of AND base.products.tag != '' AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) AND (length(:of) = length(CAST(:of AS BLOB)) OR (base.products.tag
    COLLATE "BINARY") = :of) UNION ALL SELECT base.products.id AS id, 3 AS rank
    FROM base.products
    WHERE base.products.meid = :of AND base.products.meid != '' AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) UNION ALL SELECT base.products.id AS id, 4 AS rank
    FROM base.products
    WHERE base.products.eid = :of AND base.products.eid != '' AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) UNION ALL SELECT base.products.id AS id, base.identifiers.rank AS
    rank
    FROM base.identifiers JOIN base.products ON base.identifiers.product = base.products.id
    WHERE base.identifiers.value = :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) AND base.identifiers.rank = 5
     LIMIT 1 OFFSET 0) AS first JOIN base.products ON first.id = base.products.id
    """,
)

BELOW_BY_SERIAL = Statement(
    """
    SELECT base.products.serial, base.products.model, base.products.family,
    base.products.ownership, base.products.maker, base.products.tag, base.products.holder,
    base.products.lessor, base.products.leased_until, base.products.proof,
    base.products.product_type, base.products.part_number, base.products.configuration,
    base.products.meid, base.products.eid, base.products.department, base.products."order",
    base.products.bought_on, base.products.seller, base.products.document,
    base.products.source, base.products.find_my, base.products.imei, base.products.imei2,
    base.products.more_imeis, base.products.coverages, base.products.former
    FROM base.products
    WHERE base.products.serial = :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base)))
    """,
)

ABOVE_MANY = Statement(
    """
    SELECT assets.serial, assets.model, assets.family, assets.ownership, assets.maker,
    assets.tag, assets.holder, assets.lessor, assets.leased_until, assets.proof,
    assets.product_type, assets.part_number, assets.configuration, assets.meid, assets.eid,
    assets.department, assets."order", assets.bought_on, assets.seller, assets.document,
    assets.source, assets.find_my, (SELECT json_group_array(asset_identifiers.value ORDER BY
    asset_identifiers.place) AS json_group_array_1
    FROM asset_identifiers
    WHERE asset_identifiers.owner = assets.serial AND asset_identifiers.rank = 1) AS anon_1,
    (SELECT json_group_array(json_array(coverages.issuer, coverages.kind, coverages.starts,
    coverages.ends, coverages.source, coverages.checked_on, coverages.status) ORDER BY
    coverages.place) AS json_group_array_2
    FROM coverages
    WHERE coverages.owner = assets.serial) AS anon_2, (SELECT
    json_group_array(json_array(former_identities.value, former_identities.until,
    former_identities.repair) ORDER BY former_identities.place) AS json_group_array_3
    FROM former_identities
    WHERE former_identities.owner = assets.serial) AS anon_3
    FROM assets
    WHERE assets.serial IN (SELECT anon_4.value
    FROM json_each(:serials) AS anon_4) AND assets.is_deleted = 0 AND assets.epoch > (SELECT
    register_base.upto
    FROM register_base)
    """,
)

BELOW_MANY = Statement(
    """
    SELECT base.products.serial, base.products.model, base.products.family,
    base.products.ownership, base.products.maker, base.products.tag, base.products.holder,
    base.products.lessor, base.products.leased_until, base.products.proof,
    base.products.product_type, base.products.part_number, base.products.configuration,
    base.products.meid, base.products.eid, base.products.department, base.products."order",
    base.products.bought_on, base.products.seller, base.products.document,
    base.products.source, base.products.find_my, base.products.imei, base.products.imei2,
    base.products.more_imeis, base.products.coverages, base.products.former
    FROM base.products
    WHERE base.products.serial IN (SELECT anon_1.value
    FROM json_each(:serials) AS anon_1) AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base)))
    """,
)

REVISION = Statement(
    """
    SELECT assets.revision
    FROM assets
    WHERE assets.serial = :of AND assets.epoch > (SELECT register_base.upto
    FROM register_base) UNION ALL SELECT base.products.revision
    FROM base.products
    WHERE base.products.serial = :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base)))
    """,
)
