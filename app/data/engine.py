"""The connection to the encrypted database, and its transactions (design, section 6)."""

import os
import shutil
import sys
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from app.data import driver
from app.data.base.attaching import Base, is_damage
from app.data.faults import fault_of, fault_of_file
from app.services.ports import StoreFaultError

if TYPE_CHECKING:
    import sqlalchemy as sa

OLDEST_SQLITE: Final = (3, 51, 3)
"""Older ones can lose commits of the write-ahead log."""
CACHE_KIB: Final = 64 * 1024
"""Pages kept decrypted: the upper levels of the indexes of a register of a million products."""
BUSY_SECONDS: Final = 10.0
"""How long to wait for another process's transaction; ours last milliseconds."""
PAGE: Final = 4096
"""Bytes of a page, SQLCipher's own choice."""
SHARED_BYTES: Final = 32_768
"""What the shared memory of a write-ahead log takes of the disk: without it nothing is read."""
_KEY_BYTES: Final = 32


def open_connection(
    path: Path, key: bytes, *, create: bool = False, wal: bool = True, immutable: bool = False
) -> driver.Connection:
    """A bare connection of the driver, keyed and set for durable work.

    Args:
        path: The database.
        key: The raw 256-bit key.
        create: Whether a database that is not there is made.
        wal: Whether it gets a write-ahead log; a backup's target keeps what it is given.
        immutable: Whether it is a file that nobody writes, and that is only read.

    Raises:
        StoreFaultError: It cannot be opened, or not with this key.
    """
    if len(key) != _KEY_BYTES:
        raise StoreFaultError("wrong_key", f"a key of {len(key)} bytes")
    if not create:
        _check_size(path)
    how = "mode=ro&immutable=1" if immutable else f"mode={'rwc' if create else 'rw'}"
    address = f"{path.absolute().as_uri()}?{how}"
    try:
        connection = driver.connect(address, wait_seconds=BUSY_SECONDS)
    except driver.Error as error:
        raise _unopened(path, error) from error
    try:
        _prepare(connection, key, wal=wal and not immutable, new=create)
    except driver.Error as error:
        fault = _unopened(path, error)
        if fault.code == "wrong_key":
            fault = _damaged_or_wrong_key(connection, path, fault.detail)
        connection.close()
        raise fault from error
    return connection


def _unopened(path: Path, error: Exception) -> StoreFaultError:
    """Why a database does not open: of its folder and its disk SQLite tells nothing."""
    fault = fault_of(error) or StoreFaultError("io", str(error))
    if fault.code != "io":
        return fault
    if not os.access(path.parent, os.W_OK):
        return StoreFaultError("read_only", fault.detail)
    return StoreFaultError("disk_full", fault.detail) if _is_full(path.parent) else fault


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < SHARED_BYTES
    except OSError:
        return False


def _check_size(path: Path) -> None:
    """Refuse what SQLite would take for an empty database, and write over."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise fault_of_file(error) from error
    if size < PAGE and path.is_file():
        raise StoreFaultError("corrupt", f"{size} bytes")


def _prepare(connection: driver.Connection, key: bytes, *, wal: bool, new: bool) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to standard error
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the key's first use
    if wal and new:  # before its first page, which says so (`app.data.shrinking`)
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    if wal:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync = ON")
        connection.execute("PRAGMA checkpoint_fullfsync = ON")


def _damaged_or_wrong_key(
    connection: driver.Connection, path: Path, detail: str
) -> StoreFaultError:
    """Tell a wrong key from damage: every page carries a check that only the right key passes."""
    try:
        bad = len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
        pages, rest = divmod(path.stat().st_size, PAGE)
    except (driver.Error, OSError) as error:
        return StoreFaultError("wrong_key", f"{detail}; {error}")
    if rest or 0 < bad < pages:
        return StoreFaultError("corrupt", f"{bad} of {pages} pages, {rest} bytes over")
    return StoreFaultError("wrong_key", f"{bad} of {pages} pages; or page 1 is damaged")


class Database:
    """One connection to one database; its transactions are the driver's own.

    Args:
        path: The database, which exists.
        key: The raw key.
        create: Whether a database that is not there is made.

    Raises:
        StoreFaultError: It cannot be opened.
    """

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        found = tuple(int(part) for part in driver.SQLITE_VERSION.split("."))
        if found < OLDEST_SQLITE:
            raise StoreFaultError("old_sqlite", driver.SQLITE_VERSION)
        self.path = path
        self._key = key
        self._turn = RLock()  # one connection, one transaction: a second thread waits
        self.bare = open_connection(path, key, create=create)
        self.base: Base | None = None
        self._alchemy: sa.Connection | None = None

    @property
    def alchemy(self) -> "sa.Connection":
        """The same connection for SQLAlchemy, in the transactions of `writing` and `reading`.

        For what is not done every day, such as making the tables: it takes a third of a second to
        import. Ask for it before the transaction: where SQLAlchemy connects, it rolls back.
        """
        if self._alchemy is None:
            if self.bare.in_transaction:
                raise RuntimeError("SQLAlchemy would roll back the open transaction")
            self._alchemy = alchemy_over(self.bare)
        return self._alchemy

    def follow_base(self) -> Base:
        """Read the product register's base with the database, whichever it points to from now on.

        Raises:
            StoreFaultError: The environment failed.
        """
        with translated():
            self.base = Base(self.bare, self.path.parent, self._key)
            self.base.follow()
        return self.base

    def writing(self) -> AbstractContextManager[driver.Connection]:
        """A durable transaction that holds the writer's place from its start.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        return self._transaction("BEGIN IMMEDIATE")

    def reading(self) -> AbstractContextManager[driver.Connection]:
        """A view of one moment.

        Raises:
            StoreFaultError: The environment failed.
        """
        return self._transaction("BEGIN")

    def adopting(self, file: str, size: int) -> AbstractContextManager[driver.Connection]:
        """A writing transaction that already reads the base which it is to point to.

        Args:
            file: The new base's name.
            size: Its bytes.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        return self._transaction("BEGIN IMMEDIATE", (file, size))

    @contextmanager
    def _transaction(
        self, begin: str, adopted: tuple[str, int] | None = None
    ) -> Generator[driver.Connection]:
        with self._turn:
            if self.bare.in_transaction:
                raise RuntimeError("a transaction is open already on this connection")
            try:
                self._begin(begin, adopted)
                yield self.bare
                self.bare.execute("COMMIT")
            except BaseException as error:
                with translated():
                    if self.bare.in_transaction:  # a full disk has rolled it back already
                        self.bare.execute("ROLLBACK")
                    if self.base is not None and is_damage(error):
                        self.base.check()  # the next transaction does without a damaged one
                    raise

    def _begin(self, begin: str, adopted: tuple[str, int] | None) -> None:
        """Begin with the base that the database points to at this moment."""
        if self.base is not None and adopted is not None:
            self.base.attach(*adopted)
            if self.base.fault is not None:
                raise self.base.fault
        self.bare.execute(begin)
        while adopted is None and self.base is not None and self.base.moved():
            self.bare.execute("ROLLBACK")
            self.base.follow()
            self.bare.execute(begin)

    def close(self) -> None:
        """Close; the last one out moves the write-ahead log into the database."""
        if self._alchemy is not None:
            self._alchemy.close()
        self.bare.close()


@contextmanager
def translated() -> Generator[None]:
    """Tell the driver's errors in the store's words.

    Raises:
        StoreFaultError: What the block's error means, where the environment caused it.
    """
    try:
        yield
    except Exception as error:
        # SQLAlchemy wraps the driver's error; naming its class here would import it.
        cause = getattr(error, "orig", error)
        fault = fault_of(cause) if isinstance(cause, driver.Error) else None
        if fault is None:
            raise
        raise fault from error


def alchemy_over(bare: driver.Connection) -> "sa.Connection":
    """A connection of SQLAlchemy over the driver's own, which stays the caller's to close."""
    import sqlalchemy as sa
    from sqlalchemy.pool import StaticPool

    return sa.create_engine(
        "sqlite+pysqlite://",
        module=driver.MODULE,
        creator=lambda: bare,
        poolclass=StaticPool,
        isolation_level="AUTOCOMMIT",
        skip_autocommit_rollback=True,
    ).connect()
