"""Keeps a connection's ``base`` the file that the database points to.

The file is never changed, so it is attached as immutable: no lock, no log, no look at the disk
for what others do. Where there is none, an empty one in memory stands in its place, so that every
statement can be run.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.data import driver
from app.data.compiled import base as sql
from app.data.faults import fault_of
from app.services.ports import StoreFaultError

log = logging.getLogger("repair_bench.data.base")

NO_FILE: Final = ""
NAME: Final = "register-"
"""How the files' names begin."""
TABLE: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
_CACHE_KIB: Final = 48 * 1024


class Base:
    """The base of one connection.

    Args:
        connection: The database's, with its tables at the newest schema.
        folder: Where the files lie.
        key: Their key, the database's own.

    Attributes:
        file: The name of the file that is attached, or that should be.
        fault: Why it is not; None where all is well.
    """

    def __init__(self, connection: driver.Connection, folder: Path, key: bytes) -> None:
        self._connection = connection
        self._folder = folder
        self._key = key
        self.file = NO_FILE
        self.fault: StoreFaultError | None = None
        self._attach_empty()

    def moved(self) -> bool:
        """Whether the database points to another file; within a transaction, as of its moment."""
        return self._pointer()[0] != self.file

    def follow(self) -> None:
        """Attach the file that the database points to; outside a transaction.

        A file that cannot be used is left out and told (`fault`): the journal, and what lies over
        the base, can be used without it.
        """
        file, size = self._pointer()
        if file == NO_FILE:
            self._change(file)
            self._attach_empty()
        else:
            self.attach(file, size)

    def attach(self, file: str, size: int) -> None:
        """Attach a file, whatever the database points to."""
        self._change(file)
        path = self._folder / file
        try:
            _expect(size, path.stat().st_size)
            attach_file(self._connection, path, self._key)
            self._connection.execute("SELECT count(*) FROM base.products LIMIT 0").fetchone()
            self._connection.execute(f"PRAGMA base.cache_size = -{_CACHE_KIB}")
        except (driver.Error, OSError, StoreFaultError) as error:
            self._leave_out(error)

    def check(self) -> None:
        """Read every page of the file once; one that is damaged is left out, and told."""
        if self.file == NO_FILE or self.fault is not None:
            return
        try:
            _expect(("ok",), self._connection.execute("PRAGMA base.quick_check(1)").fetchone())
        except (driver.Error, StoreFaultError) as error:
            self._leave_out(error)

    def _change(self, file: str) -> None:
        if self._is_attached():
            self._connection.execute("DETACH base")
        self.file, self.fault = file, None

    def _is_attached(self) -> bool:
        rows = self._connection.execute("PRAGMA database_list").fetchall()
        return any(name == "base" for _, name, _ in rows)

    def _leave_out(self, error: Exception) -> None:
        """Go on without the file."""
        fault = error if isinstance(error, StoreFaultError) else None
        detail = fault.detail if fault is not None else f"{type(error).__name__}: {error}"
        log.error("the register's file %s cannot be used: %s", self.file, detail)
        if self._is_attached():
            self._connection.execute("DETACH base")
        self._attach_empty()
        self.fault = StoreFaultError("register_damaged", f"{self.file}: {detail}")

    def _attach_empty(self) -> None:
        self._connection.execute("ATTACH ':memory:' AS base KEY ''")
        make_tables(self._connection)

    def _pointer(self) -> tuple[str, int]:
        row = sql.POINTER.first(self._connection)
        return (NO_FILE, 0) if row is None else (row[0], row[1])


def _expect(wanted: object, found: object) -> None:
    if found != wanted:
        raise StoreFaultError("corrupt", f"{found} instead of {wanted}")


def attach_file(
    connection: driver.Connection, path: Path, key: bytes, name: str = "base", *, new: bool = False
) -> None:
    """Attach a file to a connection; one that is not new is only read, and never changes.

    Raises:
        driver.Error: It cannot be opened.
    """
    how = "mode=rwc" if new else "mode=ro&immutable=1"
    address = f"{path.absolute().as_uri()}?{how}"
    connection.execute(f"ATTACH ? AS {name} KEY ?", (address, f"x'{key.hex()}'"))


def base_of(connection: driver.Connection) -> str:
    """Which file a database points to; a schema from before there were any names none."""
    if connection.execute(TABLE, ("register_base",)).fetchone() is None:
        return NO_FILE
    row = sql.POINTER.first(connection)
    return NO_FILE if row is None else row[0]


def make_tables(connection: driver.Connection) -> None:
    """Make the tables of a base in what is attached as ``base``."""
    for statement in (*sql.TABLES.values(), *sql.WORDS.values()):
        statement.run(connection)


def files(folder: Path) -> Iterator[Path]:
    """Every file of a register that lies there: the one in use, what imports left behind."""
    return folder.glob(f"{NAME}*.db*")


def is_damage(error: BaseException) -> bool:
    """Whether an error may come from a damaged file."""
    fault = error if isinstance(error, StoreFaultError) else None
    if isinstance(error, driver.Error):
        fault = fault_of(error)
    return fault is not None and fault.code in {"corrupt", "wrong_key", "io"}
