"""Statements as the driver runs them: text, what it says itself, and values given by name.

They are written with SQLAlchemy in `app.data.queries` and compiled ahead into `app.data.compiled`
(docs/adr/0006): SQLAlchemy takes a third of a second to import and some 20 microseconds a
statement, the driver 3.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.data.driver import Connection, Cursor

_NOTHING: Final[Mapping[str, object]] = MappingProxyType({})


class Statement:
    """A compiled statement.

    Args:
        sql: Its text, with its values as ``:name``.
        fixed: The values that it says itself, such as a limit.
    """

    __slots__ = ("fixed", "sql")

    def __init__(self, sql: str, fixed: Mapping[str, object] = _NOTHING) -> None:
        self.sql = sql
        self.fixed = fixed

    def first(self, connection: Connection, **values: object) -> tuple[Any, ...] | None:
        """The first row that it gives."""
        return self._run(connection, values).fetchone()

    def all(self, connection: Connection, **values: object) -> list[tuple[Any, ...]]:
        """All rows that it gives."""
        return self._run(connection, values).fetchall()

    def each(self, connection: Connection, **values: object) -> Iterator[tuple[Any, ...]]:
        """Row after row, so that memory stays bounded."""
        return iter(self._run(connection, values))

    def run(self, connection: Connection, **values: object) -> None:
        """Run it for what it does."""
        self._run(connection, values)

    def _run(self, connection: Connection, values: dict[str, object]) -> Cursor:
        return connection.execute(self.sql, {**self.fixed, **values} if self.fixed else values)
