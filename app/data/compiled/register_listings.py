"""Compiled from `app.data.queries.register_listings`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

LISTINGS = {
    "above serial up": Statement(
        """
        SELECT assets.serial, assets.serial AS serial__1
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.serial, assets.serial) > (:value, :of) ORDER BY assets.serial,
        assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "above serial down": Statement(
        """
        SELECT assets.serial, assets.serial AS serial__1
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.serial, assets.serial) < (:value, :of) ORDER BY assets.serial
        DESC, assets.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "below serial up": Statement(
        """
        SELECT base.products.serial, base.products.serial AS serial__1
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.serial,
        base.products.serial) > (:value, :of) ORDER BY base.products.serial,
        base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "below serial down": Statement(
        """
        SELECT base.products.serial, base.products.serial AS serial__1
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.serial,
        base.products.serial) < (:value, :of) ORDER BY base.products.serial DESC,
        base.products.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "above model up": Statement(
        """
        SELECT assets.model, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.model COLLATE "NOCASE", assets.serial) > (:value, :of) ORDER BY
        assets.model COLLATE "NOCASE", assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "above model down": Statement(
        """
        SELECT assets.model, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.model COLLATE "NOCASE", assets.serial) < (:value, :of) ORDER BY
        assets.model COLLATE "NOCASE" DESC, assets.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "below model up": Statement(
        """
        SELECT base.products.model, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.model,
        base.products.serial) > (:value, :of) ORDER BY base.products.model, base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "below model down": Statement(
        """
        SELECT base.products.model, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.model,
        base.products.serial) < (:value, :of) ORDER BY base.products.model DESC,
        base.products.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "above holder up": Statement(
        """
        SELECT assets.holder, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.holder COLLATE "NOCASE", assets.serial) > (:value, :of) ORDER BY
        assets.holder COLLATE "NOCASE", assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "above holder down": Statement(
        """
        SELECT assets.holder, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.holder COLLATE "NOCASE", assets.serial) < (:value, :of) ORDER BY
        assets.holder COLLATE "NOCASE" DESC, assets.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "below holder up": Statement(
        """
        SELECT base.products.holder, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.holder,
        base.products.serial) > (:value, :of) ORDER BY base.products.holder,
        base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "below holder down": Statement(
        """
        SELECT base.products.holder, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.holder,
        base.products.serial) < (:value, :of) ORDER BY base.products.holder DESC,
        base.products.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "above tag up": Statement(
        """
        SELECT assets.tag, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.tag COLLATE "NOCASE", assets.serial) > (:value, :of) ORDER BY
        assets.tag COLLATE "NOCASE", assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "above tag down": Statement(
        """
        SELECT assets.tag, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.tag COLLATE "NOCASE", assets.serial) < (:value, :of) ORDER BY
        assets.tag COLLATE "NOCASE" DESC, assets.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "below tag up": Statement(
        """
        SELECT base.products.tag, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.tag,
        base.products.serial) > (:value, :of) ORDER BY base.products.tag, base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "below tag down": Statement(
        """
        SELECT base.products.tag, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.tag,
        base.products.serial) < (:value, :of) ORDER BY base.products.tag DESC,
        base.products.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "above department up": Statement(
        """
        SELECT assets.department, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.department COLLATE "NOCASE", assets.serial) > (:value, :of)
        ORDER BY assets.department COLLATE "NOCASE", assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "above department down": Statement(
        """
        SELECT assets.department, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (assets.department COLLATE "NOCASE", assets.serial) < (:value, :of)
        ORDER BY assets.department COLLATE "NOCASE" DESC, assets.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "below department up": Statement(
        """
        SELECT base.products.department, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.department,
        base.products.serial) > (:value, :of) ORDER BY base.products.department,
        base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "below department down": Statement(
        """
        SELECT base.products.department, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.department,
        base.products.serial) < (:value, :of) ORDER BY base.products.department DESC,
        base.products.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "above family up": Statement(
        """
        SELECT coalesce(assets.family, '') AS coalesce_1, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (coalesce(assets.family, ''), assets.serial) > (:value, :of) ORDER BY
        coalesce(assets.family, ''), assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "above family down": Statement(
        """
        SELECT coalesce(assets.family, '') AS coalesce_1, assets.serial
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR
        coalesce(assets.family, '') = :family) AND (:ownership = '' OR assets.ownership =
        :ownership) AND (coalesce(assets.family, ''), assets.serial) < (:value, :of) ORDER BY
        coalesce(assets.family, '') DESC, assets.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
    "below family up": Statement(
        """
        SELECT base.products.family, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.family,
        base.products.serial) > (:value, :of) ORDER BY base.products.family,
        base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "below family down": Statement(
        """
        SELECT base.products.family, base.products.serial
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        (:ownership = '' OR base.products.ownership = :ownership) AND (base.products.family,
        base.products.serial) < (:value, :of) ORDER BY base.products.family DESC,
        base.products.serial DESC
         LIMIT :limit OFFSET 0
        """,
    ),
}
