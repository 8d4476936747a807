"""The tables' version: brings a database up to date, and refuses one that a newer program wrote."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError

import account_service.migrations
from account_service.errors import StoreError
from account_service.store.database import Database

HEAD: Final = "0001"
"""The newest migration (tests/account_service/test_migrations.py holds it to the scripts)."""


def settings() -> Config:
    """Where Alembic finds the migrations; nothing is read from a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(account_service.migrations.__path__[0])))
    return config


def upgrade(database: Database) -> None:
    """Make the tables, or bring them up to date, in one transaction.

    Raises:
        StoreError: ``database_newer`` if a newer program wrote it, or as for `Database.writing`.
    """
    with database.reading() as connection:
        if MigrationContext.configure(connection).get_current_revision() == HEAD:
            return
    config = settings()
    with database.writing() as connection:
        config.attributes["connection"] = connection
        current = MigrationContext.configure(connection).get_current_revision()
        try:
            if current is not None:
                ScriptDirectory.from_config(config).get_revision(current)
        except CommandError as error:
            raise StoreError("database_newer", {"version": str(current)}) from error
        command.upgrade(config, "head")
