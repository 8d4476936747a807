"""The tables' version: brings a database up to date, and refuses one that a newer program wrote."""

from typing import Final

from sqlalchemy import Connection, inspect

from account_service.store.database import Database

HEAD: Final = "0001"
"""The newest migration (tests/account_service/test_migrations.py holds it to the scripts)."""
_VERSION_TABLE: Final = "alembic_version"


def upgrade(database: Database) -> None:
    """Make the tables, or bring them up to date, in one transaction.

    Raises:
        StoreError: ``database_newer`` if a newer program wrote it, or as for `Database.writing`.
    """
    with database.reading() as connection:
        if version_of(connection) == HEAD:
            return
    from account_service.store.migrating import migrate  # Alembic is slow to import

    with database.writing() as connection:
        migrate(connection, version_of(connection))


def version_of(connection: Connection) -> str | None:
    """The migration that a database stands at, None for one without tables."""
    if not inspect(connection).has_table(_VERSION_TABLE):
        return None
    version: str | None = connection.exec_driver_sql(
        f"SELECT version_num FROM {_VERSION_TABLE}"  # noqa: S608 - a constant of this module
    ).scalar_one_or_none()
    return version
