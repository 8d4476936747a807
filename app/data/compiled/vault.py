"""Compiled from `app.data.queries.vault`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

GET = Statement(
    """
    SELECT secrets.value
    FROM secrets
    WHERE secrets.name = :of
    """,
)

SET = Statement(
    """
    INSERT OR REPLACE INTO secrets (name, value) VALUES (:name, :value)
    """,
)

DELETE = Statement(
    """
    DELETE FROM secrets WHERE secrets.name = :of
    """,
)
