"""The database driver, sqlcipher3, with the types that it does not bring."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, Protocol, cast

from sqlcipher3 import dbapi2

_untyped: Final = cast("Any", dbapi2)

MODULE: Final[Any] = _untyped
"""The module itself, as SQLAlchemy wants it."""
Error: Final = cast("type[Exception]", _untyped.Error)
"""What every error of the driver is."""
SQLITE_VERSION: Final = cast("str", _untyped.sqlite_version)
"""The version of SQLite that it carries."""


class Cursor(Protocol):
    """What a statement gave."""

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row."""
        ...

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rest of the rows."""
        ...

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """Row after row."""
        ...


class Connection(Protocol):
    """A bare connection."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        ...

    def execute(
        self, statement: str, values: tuple[object, ...] | dict[str, object] = ()
    ) -> Cursor:
        """Run one statement."""
        ...

    def executemany(self, statement: str, rows: Iterable[tuple[object, ...]]) -> Cursor:
        """Run one statement for each row of values."""
        ...

    def set_progress_handler(self, handler: Callable[[], int] | None, steps: int) -> None:
        """Ask from time to time whether to go on; anything but 0 interrupts the statement."""
        ...

    def backup(
        self,
        target: "Connection",
        *,
        pages: int,
        progress: Callable[[int, int, int], None] | None,
    ) -> None:
        """Copy the database into another one, some pages at a time."""
        ...

    def close(self) -> None:
        """Close it."""
        ...


def connect(address: str, *, wait_seconds: float) -> Connection:
    """A connection that begins no transaction by itself.

    Raises:
        Error: The file cannot be opened.
    """
    connection: Connection = _untyped.connect(
        address,
        uri=True,
        timeout=wait_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    return connection
