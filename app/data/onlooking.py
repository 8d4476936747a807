"""Reads the store beside whoever writes it: what takes long never stands between two scans.

A connection of its own sees what is committed, as of the moment its transaction began; the
write-ahead log lets both go on. One thread at a time uses it, whichever opened it.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.data.engine import Database
from app.data.transactions import StoreReader
from app.services.ports import Reader

if TYPE_CHECKING:
    from app.data.recall import RecallReader


class Onlooker:
    """A second way to read a store.

    Args:
        path: The database, which is open already and at the newest schema.
        key: Its key.

    Raises:
        StoreFaultError: It cannot be opened.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self._database = Database(path, key)
        try:
            self._database.follow_base()
        except BaseException:
            self._database.close()
            raise

    @contextmanager
    def reading(self) -> Generator[Reader]:
        """A consistent view that writes nothing.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self._database.reading() as connection:
            yield StoreReader(connection)

    @contextmanager
    def recalling(self) -> Generator["RecallReader"]:
        """Likewise, for a recall (`app.services.recalling`).

        Raises:
            StoreFaultError: The environment failed.
        """
        from app.data.recall import RecallReader  # the other boards do not ask for it

        with self._database.reading() as connection:
            yield RecallReader(connection)

    def close(self) -> None:
        """Close the connection."""
        self._database.close()
