"""Runs Alembic; imported only where there is something to migrate."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from account_service.errors import StoreError

_SCRIPTS: Final = Path(__file__).parents[1] / "migrations"


def settings(connection: Connection | None = None) -> Config:
    """Where Alembic finds the migrations, and what it migrates; nothing is read from a file."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def migrate(connection: Connection, current: str | None) -> None:
    """Bring a database up to date, inside the caller's transaction.

    Raises:
        StoreError: ``database_newer``: there is no such migration here as it stands at.
    """
    config = settings(connection)
    try:
        if current is not None:
            ScriptDirectory.from_config(config).get_revision(current)
    except CommandError as error:
        raise StoreError("database_newer", {"version": current or ""}) from error
    command.upgrade(config, "head")
