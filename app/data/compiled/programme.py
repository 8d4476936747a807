"""Compiled from `app.data.queries.programme`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

INSTALLED_BASE = Statement(
    """
    SELECT assets.family, CASE WHEN (assets.maker = 'apple') THEN assets.ownership ELSE
    'unknown' END AS held, assets.proof != '' OR assets."order" != '' OR assets.document !=
    '' AS proven, assets.leased_until, count(*) AS count_1
    FROM assets
    WHERE assets.is_deleted = 0 AND (assets.maker = 'apple' OR assets.maker = '') AND
    assets.family IS NOT NULL GROUP BY assets.family, held, proven, assets.leased_until
    ORDER BY assets.family, held, proven, assets.leased_until
    """,
)

COMPLETED = Statement(
    """
    SELECT repairs.id
    FROM repairs JOIN repair_steps ON repair_steps.repair = repairs.id
    WHERE repairs.step = 'completed' AND repair_steps.step = 'completed' AND repair_steps.at
    >= :since AND repair_steps.at < :until ORDER BY repair_steps.at, repairs.id
    """,
)
