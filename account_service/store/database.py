"""The database and its two kinds of transaction.

SQLite comes from the ``sqlcipher3`` package, without a key: it carries a newer SQLite than Python
does, and those before 3.51.3 can lose commits of a write-ahead log. The settings are the measured
ones: a commit is on the disk when it returns.
"""

import contextlib
import os
import threading
from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy.event
from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlcipher3 import dbapi2  # pyright: ignore[reportMissingTypeStubs]

from account_service.errors import StoreError

if TYPE_CHECKING:
    import sqlite3

__all__ = ["Connection", "Database", "open_database"]

WAIT_SECONDS: Final = 30
"""How long a transaction waits for another program's, or another thread's, write to end."""
_POOL_SIZE: Final = 8
_POOL_OVERFLOW: Final = 56
_SETTINGS: Final = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}",
)
_CODES: Final = (("locked", "busy"), ("disk is full", "disk_full"), ("readonly", "read_only"))


class Database:
    """One open database.

    Args:
        engine: Its connections.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        # SQLite lets the writers of one process poll for the lock; here they wait in line.
        self._turn = threading.Lock()

    @contextlib.contextmanager
    def reading(self) -> Generator[Connection]:
        """One snapshot of everything.

        Raises:
            StoreError: The database could not answer.
        """
        with _translated(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction that holds the write lock from its beginning, durable once it is left.

        Raises:
            StoreError: The database could not do it; nothing of the block is stored.
        """
        if not self._turn.acquire(timeout=WAIT_SECONDS):
            raise StoreError("busy")
        try:
            with _translated(), self._engine.connect() as connection:
                writer = connection.execution_options(writes=True)
                with writer.begin():
                    yield writer
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()


def open_database(where: str) -> Database:
    """Open, or make, a database; its tables are `account_service.store.schema.upgrade`'s business.

    Args:
        where: A path, or a ``sqlite:///`` URL.

    Raises:
        StoreError: ``database_url_unsupported``, or as for `Database.reading`.
    """
    path = _path_of(where)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(
            os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        )  # names and token hashes are the owner's alone
    except OSError as error:
        raise StoreError("store_failed", {"detail": error.strerror or ""}) from error
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        module=dbapi2,
        hide_parameters=True,  # an error's text must not carry what the entries say
        pool_size=_POOL_SIZE,
        max_overflow=_POOL_OVERFLOW,
        pool_timeout=WAIT_SECONDS,
        connect_args={"check_same_thread": False, "timeout": WAIT_SECONDS},
    )
    sqlalchemy.event.listen(engine, "connect", _prepare)
    sqlalchemy.event.listen(engine, "begin", _begin)
    return Database(engine)


def _path_of(where: str) -> Path:
    if "://" not in where:
        return Path(where)
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise StoreError("database_url_unsupported") from error
    if url.drivername != "sqlite" or not url.database or url.database == ":memory:":
        raise StoreError("database_url_unsupported")
    return Path(url.database)


def _prepare(connection: "sqlite3.Connection", _record: object) -> None:
    # (The driver's own connection has the standard library's interface, but no type stubs.)
    connection.isolation_level = None  # the driver begins nothing on its own: `_begin` does
    for setting in _SETTINGS:
        connection.execute(setting)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextlib.contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except IntegrityError:
        raise  # a mistake of ours, not of the disk
    except PoolTimeoutError as error:
        raise StoreError("busy") from error
    except DBAPIError as error:
        text = str(error.orig)
        code = next((code for sign, code in _CODES if sign in text), "store_failed")
        raise StoreError(code) from error
