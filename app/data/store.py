"""The local store: what the use cases and the sync client hold in their hands."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self
from uuid import UUID

import sqlalchemy as sa

from app.data import tables
from app.data.engine import Database
from app.data.frames import frame_of
from app.data.register_writing import Misfit, misfits, put
from app.data.transactions import StoreReader, StoreTransaction
from app.data.values import micros
from app.domain.frames import Frame
from app.domain.journal import GENESIS
from app.services.ports import Clock, Ids, Reader, RegisterRow, StoreFaultError, Transaction

_VERSION: Final = sa.select(tables.schema_version.c.version_num)


class LocalStore:
    """The encrypted store of one bench (`app.services.ports.Store`); one thread owns it.

    Args:
        database: The open database, at the newest schema.
        clock: Tells when entries are recorded.
        ids: Gives entries their ids.
    """

    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    @property
    def bench_id(self) -> UUID:
        """This bench."""
        with self.reading() as reader:
            return reader.bench_id

    @contextmanager
    def writing(self) -> Generator[Transaction]:
        """A transaction that commits, durably, when the block ends without an error.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self._database.writing() as connection:
            yield StoreTransaction(connection, self._clock, self._ids)

    @contextmanager
    def reading(self) -> Generator[Reader]:
        """A consistent view that writes nothing.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self._database.reading() as connection:
            yield StoreReader(connection)

    @property
    def path(self) -> Path:
        """The database's file."""
        return self._database.path

    def frame(self, entry_id: UUID) -> Frame | None:
        """The raw bytes that an entry tells the meaning of, None where it has none."""
        with self._database.reading() as connection:
            return frame_of(connection, entry_id)

    def load_registers(self, rows: Iterable[RegisterRow]) -> tuple[Misfit, ...]:
        """Put rows into the registers that no service sent, in one transaction.

        Returns:
            Those that could not be read; they are kept as they came.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self._database.writing() as connection:
            told = [put(connection, row, None) for row in rows]
        return tuple(misfit for misfit in told if misfit is not None)

    def misfits(self) -> tuple[Misfit, ...]:
        """Everything that came down and could not be read."""
        with self._database.reading() as connection:
            return misfits(connection)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def create_store(path: Path, key: bytes, clock: Clock, ids: Ids) -> LocalStore:
    """Make the database of a new bench, and open it.

    Raises:
        StoreFaultError: There is one already (``exists``), or the environment failed.
    """
    if path.exists():
        raise StoreFaultError("exists", str(path))
    database = Database(path, key, create=True)
    with database.writing() as connection:
        tables.metadata.create_all(connection)
        tables.schema_version.create(connection)
        connection.execute(sa.insert(tables.schema_version), {"version_num": tables.HEAD})
        connection.execute(
            sa.insert(tables.benches),
            {"key": 1, "bench_id": ids.new().bytes, "head_hash": bytes.fromhex(GENESIS)},
        )
        connection.execute(
            sa.insert(tables.own_bench),
            {"one": 1, "bench": 1, "created_at": micros(clock.now())},
        )
    return LocalStore(database, clock, ids)


def open_store(path: Path, key: bytes, clock: Clock, ids: Ids) -> LocalStore:
    """Open the database of a bench.

    Raises:
        StoreFaultError: There is none (``missing``), it is another program's or a newer one's
            (``newer_database``), or the environment failed.
    """
    if not path.exists():
        raise StoreFaultError("missing", str(path))
    database = Database(path, key)
    with database.reading() as connection:
        version = connection.execute(_VERSION).scalar()
    if version != tables.HEAD:
        database.close()
        raise StoreFaultError("newer_database", str(version))
    return LocalStore(database, clock, ids)
