"""Brings an older database to the newest schema.

Alembic takes half a second to import, so a database that is new already never loads it
(`HEAD` says what is newest; a test holds it to Alembic's own head).
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.data.compiled import migrating as sql
from app.data.engine import Database
from app.services.ports import StoreFaultError

if TYPE_CHECKING:
    import sqlalchemy as sa
    from alembic.config import Config

HEAD: Final = "0003"
"""The newest schema, by the name of its migration."""
_FOLDER: Final = Path(__file__).parent / "migrations"


def bring_up(database: Database, back_up: Callable[[], object]) -> bool:
    """Migrate a database to the newest schema, in one transaction, after a backup.

    Before it the file is made anew, so that every database of this schema can give pages back but
    those that are too large for that. What is cut off between the two begins again.

    Args:
        database: The open database.
        back_up: Makes a backup; called only where something is to be done.

    Returns:
        Whether anything was done.

    Raises:
        StoreFaultError: ``newer_database``: a newer program wrote it; or the environment failed.
    """
    with database.reading() as connection:
        if sql.IS_OURS.first(connection) is None:
            raise StoreFaultError("corrupt", "no schema version: another program's database")
        row = sql.VERSION.first(connection)
    version: str | None = row[0] if row else None
    if version == HEAD:
        return False
    _check_known(version)
    from app.data.shrinking import make_shrinkable  # not for a database that is new already

    back_up()
    make_shrinkable(database)
    alchemy = database.alchemy
    with database.writing():
        upgrade(alchemy)
    return True


def _check_known(version: str | None) -> None:
    from alembic.script import ScriptDirectory

    revisions = {each.revision for each in ScriptDirectory.from_config(_config()).walk_revisions()}
    if version is not None and version not in revisions:
        raise StoreFaultError("newer_database", f"schema {version}, known {HEAD}")


def upgrade(connection: "sa.Connection", revision: str = "head") -> None:
    """Run the migrations up to one that are still to be run, in the open transaction."""
    from alembic import command

    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    return config
