"""Compiled from `app.data.queries.overlay`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

EPOCH = Statement(
    """
    SELECT register_base.epoch
    FROM register_base
    """,
)

STANDING = Statement(
    """
    SELECT assets.is_deleted, coalesce(assets.family, '') AS family, CASE WHEN (assets.maker
    IN ('apple', '')) THEN assets.maker ELSE 'other' END AS maker, assets.ownership AS
    ownership, assets.proof != '' OR assets."order" != '' OR assets.document != '' AS
    proven, coalesce(assets.leased_until, '') AS leased_until
    FROM assets
    WHERE assets.serial = :of AND assets.epoch > (SELECT register_base.upto
    FROM register_base)
    """,
)

COUNT = Statement(
    """
    INSERT INTO asset_counts (family, maker, ownership, proven, leased_until, count, hidden)
    VALUES (:family, :maker, :ownership, :proven, :leased_until, :count, :hidden) ON
    CONFLICT (family, maker, ownership, proven, leased_until) DO UPDATE SET count =
    (asset_counts.count + excluded.count), hidden = (asset_counts.hidden + excluded.hidden)
    """,
)

NUMBER = Statement(
    """
    INSERT INTO asset_numbers (serial) VALUES (:serial) ON CONFLICT DO NOTHING
    """,
)

ADD_WORDS = Statement(
    """
    INSERT INTO asset_words (rowid, serial, model, holder, tag, department) SELECT
    asset_numbers.number, asset_numbers.serial, assets.model, assets.holder, assets.tag,
    assets.department
    FROM asset_numbers JOIN assets ON asset_numbers.serial = assets.serial
    WHERE asset_numbers.serial = :of
    """,
)

CLEAR_WORDS = Statement(
    """
    DELETE FROM asset_words WHERE asset_words.rowid = (SELECT asset_numbers.number
    FROM asset_numbers
    WHERE asset_numbers.serial = :of)
    """,
)

YOUNG = Statement(
    """
    SELECT assets.serial
    FROM assets
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base) ORDER BY assets.serial
    """,
)

ANY = Statement(
    """
    SELECT assets.epoch
    FROM assets
     LIMIT 1 OFFSET 0
    """,
)

KEEP_TOMBSTONES = Statement(
    """
    UPDATE assets SET epoch=(SELECT register_base.epoch
    FROM register_base) WHERE assets.epoch <= (SELECT register_base.upto
    FROM register_base) AND assets.is_deleted = 1 AND assets.revision IS NOT NULL
    """,
)

OVER = Statement(
    """
    SELECT coalesce(sum(asset_counts.count), 0) AS coalesce_1
    FROM asset_counts
    """,
)

NO_COUNTS = Statement(
    """
    DELETE FROM asset_counts
    """,
)

COUNT_ANEW = Statement(
    """
    INSERT INTO asset_counts (family, maker, ownership, proven, leased_until, count, hidden)
    SELECT anon_1.family, anon_1.maker, anon_1.ownership, anon_1.proven,
    anon_1.leased_until, sum(anon_1.count) AS sum_1, sum(anon_1.hidden) AS sum_2
    FROM (SELECT coalesce(assets.family, '') AS family, CASE WHEN (assets.maker IN ('apple',
    '')) THEN assets.maker ELSE 'other' END AS maker, assets.ownership AS ownership,
    assets.proof != '' OR assets."order" != '' OR assets.document != '' AS proven,
    coalesce(assets.leased_until, '') AS leased_until, 1 AS count, 0 AS hidden
    FROM assets
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base) AND assets.is_deleted = 0 UNION ALL SELECT
    coalesce(base.products.family, '') AS family, CASE WHEN (base.products.maker IN
    ('apple', '')) THEN base.products.maker ELSE 'other' END AS maker,
    base.products.ownership AS ownership, base.products.proof != '' OR base.products."order"
    != '' OR base.products.document != '' AS proven, coalesce(base.products.leased_until,
    '') AS leased_until, 0, 1
    FROM assets JOIN base.products ON assets.serial = base.products.serial
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base)) AS anon_1 GROUP BY anon_1.family, anon_1.maker, anon_1.ownership,
    anon_1.proven, anon_1.leased_until
    """,
)

HELD = Statement(
    """
    SELECT DISTINCT entries.subject
    FROM entries
    WHERE entries.subject >= 'assets:' AND entries.subject < 'assets;' AND entries.kind =
    'register.changed' AND coalesce(entries.outcome, '') != 'rejected' AND (entries.revision
    IS NULL OR entries.revision > (SELECT sync_cursor.revision
    FROM sync_cursor))
    """,
)

REMOVALS = Statement(
    """
    SELECT entries.subject, entries.actor, entries.recorded_at, json_type(entries.payload,
    '$.set') = 'null' AS is_gone
    FROM entries
    WHERE entries.subject >= 'assets:' AND entries.subject < 'assets;' AND entries.kind =
    'register.changed' AND coalesce(entries.outcome, '') != 'rejected' AND
    (json_type(entries.payload, '$.set') = 'null' OR json_type(entries.payload, '$.was') =
    'null') ORDER BY entries.revision IS NULL, entries.revision, entries.former_revision IS
    NULL, entries.former_revision, entries.bench, entries.seq
    """,
)

FORMER = Statement(
    """
    SELECT former_identities.value, assets.serial
    FROM former_identities JOIN assets ON former_identities.owner = assets.serial
    WHERE assets.epoch > (SELECT register_base.upto
    FROM register_base) AND assets.is_deleted = 0 UNION ALL SELECT base.identifiers.value,
    base.products.serial
    FROM base.identifiers JOIN base.products ON base.identifiers.product = base.products.id
    WHERE base.identifiers.rank = 5 AND NOT (EXISTS (SELECT 1
    FROM assets
    WHERE assets.serial = base.products.serial AND assets.epoch > (SELECT register_base.upto
    FROM register_base)))
    """,
)

DEAD = Statement(
    """
    SELECT assets.serial
    FROM assets
    WHERE assets.epoch <= (SELECT register_base.upto
    FROM register_base) AND assets.serial > :after ORDER BY assets.serial
     LIMIT :most OFFSET 0
    """,
)

TAKE_OUT = {
    "words": Statement(
        """
        DELETE FROM asset_words WHERE asset_words.rowid = (SELECT asset_numbers.number
        FROM asset_numbers
        WHERE asset_numbers.serial = :of)
        """,
    ),
    "asset_numbers": Statement(
        """
        DELETE FROM asset_numbers WHERE asset_numbers.serial = :of
        """,
    ),
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
    "assets": Statement(
        """
        DELETE FROM assets WHERE assets.serial = :of
        """,
    ),
}
