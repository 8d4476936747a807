"""Statements as the driver runs them: text, and values given by name.

They are written with SQLAlchemy in `app.data.queries` and compiled ahead into `app.data.compiled`
(docs/adr/0006): SQLAlchemy takes a third of a second to import and some 20 microseconds a
statement, the driver 3.
"""

from collections.abc import Iterator
from typing import Any

from app.data.driver import Connection


class Statement:
    """A compiled statement.

    Args:
        sql: Its text, with its values as ``:name``.
    """

    __slots__ = ("sql",)

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def first(self, connection: Connection, **values: object) -> tuple[Any, ...] | None:
        """The first row that it gives."""
        return connection.execute(self.sql, values).fetchone()

    def all(self, connection: Connection, **values: object) -> list[tuple[Any, ...]]:
        """All rows that it gives."""
        return connection.execute(self.sql, values).fetchall()

    def each(self, connection: Connection, **values: object) -> Iterator[tuple[Any, ...]]:
        """Row after row, so that memory stays bounded."""
        return iter(connection.execute(self.sql, values))

    def run(self, connection: Connection, **values: object) -> None:
        """Run it for what it does."""
        connection.execute(self.sql, values)
