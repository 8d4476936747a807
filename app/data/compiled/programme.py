"""Compiled from `app.data.queries.programme`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

INSTALLED_BASE = Statement(
    """
    SELECT counted.family, CASE WHEN (counted.maker = 'apple') THEN counted.ownership ELSE
    'unknown' END AS anon_1, counted.proven, nullif(counted.leased_until, '') AS nullif_1,
    sum(counted.count) AS sum_1
    FROM (SELECT base.counts.family AS family, base.counts.maker AS maker,
    base.counts.ownership AS ownership, base.counts.proven AS proven,
    base.counts.leased_until AS leased_until, base.counts.count AS count
    FROM base.counts UNION ALL SELECT asset_counts.family AS family, asset_counts.maker AS
    maker, asset_counts.ownership AS ownership, asset_counts.proven AS proven,
    asset_counts.leased_until AS leased_until, asset_counts.count - CASE WHEN (EXISTS
    (SELECT 1
    FROM base.counts)) THEN asset_counts.hidden ELSE 0 END AS count
    FROM asset_counts) AS counted
    WHERE (counted.maker = 'apple' OR counted.maker = '') AND counted.family != '' GROUP BY
    counted.family, CASE WHEN (counted.maker = 'apple') THEN counted.ownership ELSE
    'unknown' END, counted.proven, counted.leased_until
    HAVING 0 != sum(counted.count) ORDER BY counted.family, CASE WHEN (counted.maker =
    'apple') THEN counted.ownership ELSE 'unknown' END, counted.proven, counted.leased_until
    """,
)

COMPLETED = Statement(
    """
    SELECT repairs.number, repairs.serial, repairs.opened_at, repair_steps.at,
    repairs.signed_by, (SELECT json_group_array(json_array(repair_parts.part_number,
    repair_parts.kgb) ORDER BY repair_parts.place) AS json_group_array_1
    FROM repair_parts
    WHERE repair_parts.repair = repairs.id) AS anon_1
    FROM repairs JOIN repair_steps ON repair_steps.repair = repairs.id
    WHERE repairs.step = 'completed' AND repair_steps.step = 'completed' AND repair_steps.at
    >= :since AND repair_steps.at < :until ORDER BY repair_steps.at, repairs.id
    """,
)
