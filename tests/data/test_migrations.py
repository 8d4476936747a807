"""Migrations: they make what the tables say, and an older database is brought up after a backup."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import app.data
from app.data import tables
from app.data.engine import Database
from app.data.frames import frame_of
from app.data.migrating import HEAD, upgrade
from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.data.values import instant
from app.domain.account import NO_TERMS
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.products import NOT_BOUGHT, FindMy
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

FROZEN = Path(__file__).parent
FRAME: Final = (b"W 1.05 M", DeviceRole.ESD_TESTER.value, 1_000_000)


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
        options = {"compare_type": True, "include_object": is_a_table_of_ours}
        context = MigrationContext.configure(alchemy, opts=options)
        assert compare_metadata(context, tables.metadata) == []
        migrated = schema(database)
    database.close()
    assert schema(store.database) == migrated


def is_a_table_of_ours(_thing: object, name: str | None, *_: object) -> bool:
    """No index over texts: those are SQLite's own tables, compared by `schema`."""
    return not str(name).startswith("asset_words")


def brought_up(path: Path, revision: str) -> Database:
    database = Database(path, STORE_KEY)
    alchemy = database.alchemy
    with database.writing():
        upgrade(alchemy, revision)
    return database


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_released_schema_never_changes(empty: Path, version: int) -> None:
    """A difference here needs a new migration."""
    database = brought_up(empty, f"{version:04}")
    released = FROZEN / f"schema_v{version}.sql"
    assert "\n".join(schema(database)) + "\n" == released.read_text(encoding="utf-8")
    database.close()


def test_frames_move_into_the_rows_of_their_entries(empty: Path) -> None:
    database = brought_up(empty, "0001")
    one, two = UUID(int=1), UUID(int=2)
    with database.writing() as connection:
        connection.execute("INSERT INTO benches (key, bench_id, head_hash) VALUES (1, x'00', x'')")
        for seq, entry in enumerate((one, two)):
            connection.execute(
                "INSERT INTO entries (bench, seq, id, kind, subject, actor, recorded_at, schema,"
                " payload, hash) VALUES (1, ?, ?, 'k', 's', 'a', 0, 1, '{}', x'')",
                (seq, entry.bytes),
            )
        connection.execute(
            "INSERT INTO frames VALUES (?, 'esd-1', ?, ?, NULL, 'cut_off', ?, 7)",
            (one.bytes, FRAME[1], FRAME[0], FRAME[2]),
        )
    database.close()
    database = brought_up(empty, "0002")
    with database.reading() as connection:
        frame = frame_of(connection, one)
        assert frame_of(connection, two) is None
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (2,)
    database.close()
    assert frame == Frame(
        "esd-1",
        DeviceRole.ESD_TESTER,
        FRAME[0],
        instant(FRAME[2]),
        7,
        fault=FrameFault.CUT_OFF,
    )


def test_the_rows_of_the_registers_are_kept_with_what_hangs_on_them(empty: Path) -> None:
    database = brought_up(empty, "0002")
    with database.writing() as connection:
        for statement in (
            "INSERT INTO assets (serial, model, revision) VALUES ('C02XK1XXJG5H', 'MacBook', 7)",
            "INSERT INTO asset_identifiers VALUES ('C02XK1XXJG5H', 0, 'C02XK1XXJG5H', 0)",
            "INSERT INTO coverages VALUES ('C02XK1XXJG5H', 0, 'apple', 'LI', NULL, NULL, '', NULL)",
            "INSERT INTO people (id, name, badge) VALUES ('anna', 'A', '1001')",
            "INSERT INTO certifications VALUES ('anna', 0, 'ACMT', '[]', '2026-01-01', NULL)",
            "INSERT INTO equipment (id, kind, device) VALUES ('T1', 'esd_tester', 'esd-1')",
            "INSERT INTO account (key, name, time_zone) VALUES ('account', 'Kommun', 'UTC')",
        ):
            connection.execute(statement)
    database.close()
    store = open_store(empty, STORE_KEY, SteppingClock(), CountedIds())
    with store.reading() as reader:
        asset, person = reader.asset("C02XK1XXJG5H"), reader.person_by_badge("1001")
        assert asset is not None
        assert (asset.model, len(asset.coverages)) == ("MacBook", 1)
        assert (asset.find_my, asset.purchase) == (FindMy.UNKNOWN, NOT_BOUGHT)
        assert person is not None
        assert [one.name for one in person.certifications] == ["ACMT"]
        assert [piece.id for piece in reader.equipment()] == ["T1"]
        assert reader.organisation().terms == NO_TERMS
    store.close()


def test_the_newest_schema_is_what_was_released(store: LocalStore) -> None:
    newest = FROZEN / f"schema_v{int(HEAD)}.sql"
    assert "\n".join(schema(store.database)) + "\n" == newest.read_text(encoding="utf-8")


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
