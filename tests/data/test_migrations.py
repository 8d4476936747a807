"""Migrations: they make what the tables say, and an older database is brought up after a backup."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import app.data
from app.data import tables
from app.data.engine import Database
from app.data.migrating import HEAD, upgrade
from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

FROZEN = Path(__file__).with_name("schema_v1.sql")


def schema(database: Database) -> list[str]:
    rows = database.bare.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
    )
    return sorted(" ".join(str(sql).split()) for (sql,) in rows)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A database with Alembic's table and nothing else: as before the first migration."""
    path = tmp_path / "empty.db"
    database = Database(path, STORE_KEY, create=True)
    alchemy = database.alchemy
    with database.writing():
        tables.schema_version.create(alchemy)
    database.close()
    return path


def test_the_migrations_make_what_the_tables_say(empty: Path, store: LocalStore) -> None:
    database = Database(empty, STORE_KEY)
    alchemy = database.alchemy
    with database.writing():
        upgrade(alchemy)
        context = MigrationContext.configure(alchemy, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
        migrated = schema(database)
    database.close()
    assert schema(store.database) == migrated


def test_the_schema_of_version_1_is_what_was_released(store: LocalStore) -> None:
    """A released schema never changes: a difference here needs a new migration."""
    assert "\n".join(schema(store.database)) + "\n" == FROZEN.read_text(encoding="utf-8")


def test_the_newest_schema_is_alembics_own_head() -> None:
    assert app.data.__file__ is not None
    scripts = ScriptDirectory(str(Path(app.data.__file__).parent / "migrations"))
    assert scripts.get_heads() == [HEAD]


def test_an_older_database_is_brought_up_after_a_backup(empty: Path) -> None:
    store = open_store(empty, STORE_KEY, SteppingClock(), CountedIds())
    with store.database.reading() as connection:
        assert connection.execute("SELECT * FROM alembic_version").fetchall() == [(HEAD,)]
        assert connection.execute("SELECT * FROM entries").fetchall() == []
    store.close()
    assert len(list((empty.parent / "backups").glob("before-migration-*.db"))) == 1


def test_a_newer_database_is_told_and_left_alone(make_store: Callable[..., LocalStore]) -> None:
    store = make_store()
    path = store.path
    store.database.bare.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    before = path.read_bytes()
    with pytest.raises(StoreFaultError) as told:
        open_store(path, STORE_KEY, SteppingClock(), CountedIds())
    assert told.value.code == "newer_database"
    assert path.read_bytes() == before
    assert not (path.parent / "backups").exists()


def test_another_programs_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    database = Database(path, STORE_KEY, create=True)
    database.bare.execute("CREATE TABLE t (a)")
    database.close()
    with pytest.raises(StoreFaultError) as told:
        open_store(path, STORE_KEY, SteppingClock(), CountedIds())
    assert told.value.code == "corrupt"


def test_opening_a_database_that_is_up_to_date_imports_no_sqlalchemy(tmp_path: Path) -> None:
    path = tmp_path / "bench.db"
    create_store(path, STORE_KEY, SteppingClock(), CountedIds()).close()
    code = (
        "import sys; from pathlib import Path; from app.data.opening import open_store\n"
        "from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock\n"
        "open_store(Path(sys.argv[1]), STORE_KEY, SteppingClock(), CountedIds()).close()\n"
        "print([name for name in ('alembic', 'keyring', 'sqlalchemy') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert told.stdout == "[]\n"
