"""The database's promises, on real files."""

import importlib
import os
import sqlite3
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy.exc
from sqlalchemy import Connection, text

from account_service.errors import StoreError
from account_service.store import database as module
from account_service.store.database import Database, open_database
from account_service.store.schema import upgrade

ADD = text(
    "INSERT INTO organisation (organisation_id, name, created_at, revision, chain)"
    " VALUES (:id, 'n', 'a', 0, 'c')"
)
dbapi2: Any = importlib.import_module("sqlcipher3.dbapi2")  # without types

COUNT = text("SELECT count(*) FROM organisation WHERE organisation_id = :id")


def add(connection: Connection, identifier: str = "0" * 12) -> None:
    connection.execute(ADD, {"id": identifier})


def add_twice(database: Database, identifier: str) -> None:
    with database.writing() as connection:
        add(connection, identifier)
        add(connection, identifier)


def count(database: Database, identifier: str = "0" * 12) -> int:
    with database.reading() as connection:
        return connection.execute(COUNT, {"id": identifier}).scalar_one()


def raw_connection(path: Path) -> sqlite3.Connection:
    """What another program has open; it waits for nothing."""
    connect: Callable[..., sqlite3.Connection] = dbapi2.connect
    return connect(str(path), timeout=0, isolation_level=None)


def test_the_settings_are_the_durable_ones(database: Database) -> None:
    with database.reading() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "fullfsync", "foreign_keys", "busy_timeout")
        }
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "foreign_keys": 1,
        "busy_timeout": module.WAIT_SECONDS * 1000,
    }
    assert tuple(map(int, version.split("."))) >= (3, 51, 3)


def test_only_the_owner_may_read_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new" / "account.db"
    before = os.umask(0)
    try:
        opened = open_database(str(path))
        upgrade(opened)
        opened.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_url_is_a_path_too(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/account.db")
    upgrade(opened)
    opened.close()
    assert (tmp_path / "account.db").stat().st_size > 0


@pytest.mark.parametrize(
    "url", ["postgresql://localhost/x", "sqlite://", "sqlite:///:memory:", "://", "nonsense://x y"]
)
def test_what_cannot_hold_the_service_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="database_url_unsupported"):
        open_database(url)


def test_a_folder_that_cannot_be_made_fails_the_store(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="store_failed"):
        open_database(str(tmp_path / "file" / "account.db"))


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    def add_and_fail() -> None:
        with database.writing() as connection:
            add(connection)
            raise LookupError

    with pytest.raises(LookupError):
        add_and_fail()
    assert count(database) == 0


def test_a_writer_holds_the_file_from_its_first_moment(database: Database, tmp_path: Path) -> None:
    other = raw_connection(tmp_path / "account.db")
    try:
        with database.writing(), pytest.raises(dbapi2.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.execute("BEGIN IMMEDIATE")
    finally:
        other.close()


def test_a_reader_sees_one_moment(database: Database) -> None:
    with database.reading() as reader:
        before = reader.execute(COUNT, {"id": "0" * 12}).scalar_one()
        with database.writing() as writer:
            add(writer)
        assert reader.execute(COUNT, {"id": "0" * 12}).scalar_one() == before == 0
    assert count(database) == 1


def test_another_program_that_keeps_the_lock_makes_it_busy(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.reading() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 1")
    other = raw_connection(tmp_path / "account.db")
    try:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="busy"), database.writing():
            pass
    finally:
        other.close()


def test_a_thread_that_keeps_its_turn_makes_it_busy(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.01)
    failures: list[str] = []

    def write() -> None:
        try:
            with database.writing() as connection:
                add(connection)
        except StoreError as error:
            failures.append(error.code)

    with database.writing():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    assert failures == ["busy"]
    write()
    assert count(database) == 1


def test_a_full_disk_is_told_and_leaves_nothing(database: Database) -> None:
    def fill() -> None:
        with database.writing() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            for number in range(10_000):
                add(connection, f"{number:012}")

    with pytest.raises(StoreError, match="disk_full"):
        fill()
    assert count(database, f"{0:012}") == 0


def test_a_file_that_is_no_database_fails_the_store(tmp_path: Path) -> None:
    path = tmp_path / "account.db"
    path.write_bytes(b"this is no database at all, but long enough to look at" * 100)
    opened = open_database(str(path))
    with pytest.raises(StoreError, match="store_failed"):
        upgrade(opened)
    opened.close()


def test_more_readers_than_connections_make_it_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_POOL_SIZE", 1)
    monkeypatch.setattr(module, "_POOL_OVERFLOW", 0)
    monkeypatch.setattr(module, "WAIT_SECONDS", 0.01)
    opened = open_database(str(tmp_path / "account.db"))
    with opened.reading(), pytest.raises(StoreError, match="busy"), opened.reading():
        pass
    opened.close()


def test_a_mistake_of_ours_is_no_fault_of_the_store(database: Database) -> None:
    with pytest.raises(sqlalchemy.exc.IntegrityError):
        add_twice(database, "0" * 12)


def test_an_error_does_not_say_what_the_rows_hold(database: Database) -> None:
    with pytest.raises(sqlalchemy.exc.IntegrityError) as error:
        add_twice(database, "topsecret000")
    assert "topsecret" not in str(error.value)
