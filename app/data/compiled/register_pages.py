"""Compiled from `app.data.queries.register_pages`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

OVER = Statement(
    """
    SELECT assets.serial, assets.is_deleted, coalesce(assets.family, '') AS coalesce_1,
    base.products.family
    FROM assets LEFT OUTER JOIN base.products ON assets.serial = base.products.serial
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base) ORDER BY assets.serial
    """,
)

ALONE = Statement(
    """
    SELECT assets.serial
    FROM assets
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
    coalesce(assets.family, '')) ORDER BY assets.serial
     LIMIT :limit OFFSET :first
    """,
)

PLACES = Statement(
    """
    SELECT base.places.place, base.places.serial
    FROM base.places
    WHERE base.places.family = :family AND base.places.place >= :lowest AND
    base.places.place <= :highest ORDER BY base.places.place
    """,
)

FROM_PLACE = Statement(
    """
    SELECT base.products.serial
    FROM base.products
    WHERE base.products.serial >= :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) ORDER BY base.products.serial
     LIMIT :limit OFFSET 0
    """,
)

FROM_PLACE_OF_FAMILY = Statement(
    """
    SELECT base.products.serial
    FROM base.products
    WHERE base.products.serial >= :of AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base))) AND base.products.family = :family ORDER BY base.products.family,
    base.products.serial
     LIMIT :limit OFFSET 0
    """,
)

TOTAL = Statement(
    """
    SELECT coalesce(sum(counted.count), 0) AS coalesce_1
    FROM (SELECT base.counts.family AS family, base.counts.maker AS maker,
    base.counts.ownership AS ownership, base.counts.proven AS proven,
    base.counts.leased_until AS leased_until, base.counts.count AS count
    FROM base.counts UNION ALL SELECT asset_counts.family AS family, asset_counts.maker AS
    maker, asset_counts.ownership AS ownership, asset_counts.proven AS proven,
    asset_counts.leased_until AS leased_until, asset_counts.count - CASE WHEN (EXISTS
    (SELECT 1
    FROM base.counts)) THEN asset_counts.hidden ELSE 0 END AS count
    FROM asset_counts) AS counted
    WHERE :family = '' OR counted.family = :family
    """,
)

ABOVE_BEGINNING = {
    "serial": Statement(
        """
        SELECT assets.serial, assets.model, assets.holder, assets.tag, assets.department
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
        coalesce(assets.family, '')) AND assets.serial >= :of AND assets.serial < :end ORDER BY
        assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "model": Statement(
        """
        SELECT assets.serial, assets.model, assets.holder, assets.tag, assets.department
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
        coalesce(assets.family, '')) AND (assets.model COLLATE "NOCASE") >= :of AND
        (assets.model COLLATE "NOCASE") < :end ORDER BY assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "holder": Statement(
        """
        SELECT assets.serial, assets.model, assets.holder, assets.tag, assets.department
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
        coalesce(assets.family, '')) AND (assets.holder COLLATE "NOCASE") >= :of AND
        (assets.holder COLLATE "NOCASE") < :end ORDER BY assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "tag": Statement(
        """
        SELECT assets.serial, assets.model, assets.holder, assets.tag, assets.department
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
        coalesce(assets.family, '')) AND (assets.tag COLLATE "NOCASE") >= :of AND (assets.tag
        COLLATE "NOCASE") < :end ORDER BY assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "department": Statement(
        """
        SELECT assets.serial, assets.model, assets.holder, assets.tag, assets.department
        FROM assets
        WHERE assets.epoch > (SELECT register_base.upto
        FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
        coalesce(assets.family, '')) AND (assets.department COLLATE "NOCASE") >= :of AND
        (assets.department COLLATE "NOCASE") < :end ORDER BY assets.serial
         LIMIT :limit OFFSET 0
        """,
    ),
}

BELOW_BEGINNING = {
    "serial": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.serial >= :of AND base.products.serial < :end ORDER BY
        base.products.serial, base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "model": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.model >= :of AND base.products.model < :end ORDER BY base.products.model,
        base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "holder": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.holder >= :of AND base.products.holder < :end ORDER BY
        base.products.holder, base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "tag": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.tag >= :of AND base.products.tag < :end ORDER BY base.products.tag,
        base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
    "department": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.department >= :of AND base.products.department < :end ORDER BY
        base.products.department, base.products.serial
         LIMIT :limit OFFSET 0
        """,
    ),
}

ABOVE_WITH = Statement(
    """
    SELECT assets.serial, assets.model, assets.holder, assets.tag, assets.department
    FROM asset_numbers JOIN assets ON asset_numbers.serial = assets.serial
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base) AND assets.is_deleted = 0 AND (:family = '' OR :family =
    coalesce(assets.family, '')) AND asset_numbers.number IN (SELECT asset_words.rowid
    FROM asset_words
    WHERE asset_words MATCH :match
     LIMIT :limit OFFSET 0) ORDER BY assets.serial
    """,
)

BELOW_WITH = {
    "serials": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.id IN (SELECT base.serials.rowid
        FROM base.serials
        WHERE serials MATCH :match
         LIMIT :limit OFFSET 0) ORDER BY base.products.id
        """,
    ),
    "words": Statement(
        """
        SELECT base.products.serial, base.products.model, base.products.holder,
        base.products.tag, base.products.department
        FROM base.products
        WHERE NOT (EXISTS (SELECT 1
        FROM assets
        WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
        FROM register_base))) AND (:family = '' OR base.products.family = :family) AND
        base.products.id IN (SELECT base.words.rowid
        FROM base.words
        WHERE words MATCH :match
         LIMIT :limit OFFSET 0) ORDER BY base.products.id
        """,
    ),
}
