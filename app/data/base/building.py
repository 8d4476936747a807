"""Makes a new base in files of its own, which nobody else reads before it is whole.

Without a rollback journal and without waiting for the disk: what is cut off is thrown away. The
indexes come after the rows, and the file is made durable at the end, once.
"""

import os
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from app.data import driver
from app.data.backing_up import quick_check, sync
from app.data.base import merging
from app.data.base.attaching import NAME, attach_file, make_tables
from app.data.base.rows import Filled
from app.data.compiled import base as sql
from app.data.engine import open_connection, translated
from app.data.faults import fault_of_file
from app.services.importing import ImportCancelledError, Stopped

MAKING: Final = ".db.making"
"""How a base's file ends until it is whole."""
ROWS: Final = ".db.rows"
"""How the file ends in which rows wait."""
_PRODUCTS: Final = "base.products"
_CACHE_KIB: Final = 32 * 1024
_WORDS_AT_ONCE: Final = 32 * 2**20
"""Bytes of an index over texts that are kept in memory before they are written."""
_STEPS: Final = 20_000
"""Steps of a statement between two looks whether to go on: milliseconds."""


class Build:
    """One base in the making.

    Args:
        folder: Where the files lie.
        key: Their key, the database's own.
        name: What no other base is called.
        is_first: Whether the register has no product yet: the file's rows are all.
        stopped: Says when to give up.

    Attributes:
        is_first: As above.
        table: Where the file's rows are.
    """

    def __init__(
        self, folder: Path, key: bytes, name: str, *, is_first: bool, stopped: Stopped
    ) -> None:
        self._folder, self._key, self._name = folder, key, name
        self._stopped = stopped
        self._making = folder / f"{NAME}{name}{MAKING}"
        self._rows = folder / f"{NAME}{name}{ROWS}"
        self.is_first = is_first
        self.table: Final = _PRODUCTS if is_first else merging.FILE
        try:
            self._connection = self._opened()
        except BaseException:
            self._remove()
            raise

    def _opened(self) -> driver.Connection:
        for path in (self._making, self._rows):
            try:
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            except OSError as error:
                raise fault_of_file(error) from error
        connection = open_connection(self._rows, self._key, create=True, wal=False)
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        connection.set_progress_handler(lambda: int(self._stopped()), _STEPS)
        return connection

    def _prepare(self, connection: driver.Connection) -> None:
        with translated():
            attach_file(connection, self._making, self._key, new=True)
            for name in ("main", "base"):
                connection.execute(f"PRAGMA {name}.journal_mode = OFF")
                connection.execute(f"PRAGMA {name}.synchronous = OFF")
                connection.execute(f"PRAGMA {name}.cache_size = -{_CACHE_KIB}")
            make_tables(connection)
            connection.execute(merging.MAKE_OVERLAY)
            if not self.is_first:
                connection.execute(merging.MAKE_FILE)

    @contextmanager
    def _working(self) -> Generator[driver.Connection]:
        """Work that somebody can end.

        Raises:
            ImportCancelledError: Somebody did.
            StoreFaultError: The environment failed.
        """
        if self._stopped():
            raise ImportCancelledError
        try:
            with translated():
                yield self._connection
        except driver.Error as error:
            if self._stopped():
                raise ImportCancelledError from error
            raise

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add rows of the file, in the columns of the base."""
        with self._working() as connection:
            connection.execute("BEGIN")
            connection.executemany(merging.add_to(self.table), rows)
            connection.execute("COMMIT")

    # ------------------------------------------------------------------
    # Beside the register that there is
    # ------------------------------------------------------------------

    def attach_old(self, file: str) -> None:
        """Attach the base before, and index the file's rows."""
        with self._working() as connection:
            if file:
                attach_file(connection, self._folder / file, self._key, "old")
            else:
                connection.execute("ATTACH ':memory:' AS old KEY ''")
                connection.execute(f"CREATE TABLE old.products (id, {merging.names()}, revision)")
            connection.execute(merging.INDEX_OVERLAY)
            connection.execute(merging.INDEX_FILE)

    def copy_overlay(self, database: Path, epoch: int) -> None:
        """Take over what lies over the base, as of one moment, written up to an epoch."""
        with self._beside(database) as connection:
            connection.execute(merging.CLEAR_OVERLAY)
            connection.execute(merging.COPY_OVERLAY, (epoch,))

    def add_kept(self, backup: Path) -> None:
        """Take over the rows that a backup kept."""
        with self._beside(backup) as connection:
            connection.execute(merging.UNFOLD)

    @contextmanager
    def _beside(self, database: Path) -> Generator[driver.Connection]:
        """Work that reads a database."""
        with self._working() as connection:
            address = f"{database.absolute().as_uri()}?mode=ro"
            connection.execute("ATTACH ? AS bench KEY ?", (address, f"x'{self._key.hex()}'"))
            try:
                yield connection
            finally:
                connection.execute("DETACH bench")

    def compare(self, filled: Filled) -> tuple[int, int]:
        """How many products of the file are known, and how many of those it does not change."""
        known = same = 0
        with self._working() as connection:
            for statement in merging.count_matches(filled):
                row = connection.execute(statement).fetchone() or (0, 0)
                known, same = known + row[0], same + int(row[1])
        return known, same

    def changes(self, filled: Filled) -> list[tuple[Any, ...]]:
        """The file's rows that are new or change something."""
        with self._working() as connection:
            if self.is_first:
                return connection.execute(merging.ALL_PRODUCTS).fetchall()
            return connection.execute(merging.changed_rows(filled)).fetchall()

    def merge(self, filled: Filled) -> None:
        """Fill the new base with the one before, what lies over it, and the file."""
        with self._working() as connection:
            connection.execute("BEGIN")
            for statement in merging.merge(filled):
                connection.execute(statement)
            connection.execute("COMMIT")

    def row_of(self, serial: str) -> tuple[Any, ...] | None:
        """The file's row of a product, None where it has none."""
        with self._working() as connection:
            statement = merging.ROW_OF.format(self.table)
            return connection.execute(statement, {"of": serial}).fetchone()

    def leave_out(self, serial: str) -> None:
        """Take a product out of what the file brings beside other rows."""
        with self._working() as connection:
            connection.execute(merging.LEAVE_OUT, (serial,))

    def row_before(self, serial: str) -> tuple[Any, ...] | None:
        """A product as it was before the import, None where there was none."""
        if self.is_first:
            return None
        with self._working() as connection:
            return connection.execute(merging.BEFORE, {"of": serial}).fetchone()

    # ------------------------------------------------------------------
    # To its end
    # ------------------------------------------------------------------

    def index(self, told: Callable[[float], None]) -> None:
        """Make everything that the rows are found and counted by.

        Args:
            told: Is told how much of it is done, 0 to 1.
        """
        work: list[tuple[str, ...]] = [(each.sql,) for each in sql.INDEXES.values()]
        settings = [merging.SET_MEMORY.format(name=name, size=_WORDS_AT_ONCE) for name in sql.WORDS]
        work += [(sql.COUNT.sql,), merging.BESIDE, tuple(settings)]
        work += [(each.sql,) for each in sql.PLACES.values()]
        work += [(fill,) for fill in merging.FILL_WORDS]
        for number, statements in enumerate(work):
            told(number / len(work))
            with self._working() as connection:
                connection.execute("BEGIN")
                for statement in statements:
                    connection.execute(statement)
                connection.execute("COMMIT")

    def finish(self) -> tuple[str, int, int]:
        """Check the file, make it durable, and give it its name.

        Returns:
            Its name, its bytes and its products.

        Raises:
            StoreFaultError: ``corrupt``: what was written is not what is read.
        """
        with self._working() as connection:
            rows = (connection.execute(merging.COUNT_PRODUCTS).fetchone() or (0,))[0]
            connection.execute("DETACH base")
        path = self._making.with_name(f"{NAME}{self._name}.db")
        try:
            _check(self._making, self._key)
            sync(self._making)
            self._making.rename(path)
            sync(self._folder)
            size = path.stat().st_size
        except OSError as error:
            raise fault_of_file(error) from error
        with self._working() as connection:
            attach_file(connection, path, self._key)
        return path.name, size, rows

    def close(self) -> None:
        """Throw away what is not a whole base."""
        self._connection.close()
        self._remove()

    def _remove(self) -> None:
        for path in (self._making, self._rows):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _check(path: Path, key: bytes) -> None:
    connection = open_connection(path, key, immutable=True)
    try:
        quick_check(connection)
    finally:
        connection.close()
