"""Compiled from `app.data.queries.migrating`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

IS_OURS = Statement(
    """
    SELECT sqlite_master.name
    FROM sqlite_master
    WHERE sqlite_master.type = 'table' AND sqlite_master.name = 'alembic_version'
    """,
)

VERSION = Statement(
    """
    SELECT alembic_version.version_num
    FROM alembic_version
    """,
)
