"""Statements of the scan path: built with SQLAlchemy once, run on the driver.

SQLAlchemy's own way from a built statement to the driver costs some 20 microseconds a statement,
the driver 3; a scan takes a dozen of them against one commit of about 200 (docs/adr/0006).
"""

from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from app.data import driver

_DIALECT: Final = sqlite.dialect(paramstyle="named")


class Statement:
    """A statement compiled at import, with its values to be given by name.

    Args:
        statement: What SQLAlchemy built.
        columns: The columns that an insert or an update sets.
    """

    __slots__ = ("_fixed", "_sql")

    def __init__(self, statement: sa.Executable, *columns: str) -> None:
        compiled: Any = cast("sa.ClauseElement", statement).compile(
            dialect=_DIALECT, column_keys=list(columns) if columns else None
        )
        self._sql = str(compiled)
        # What the statement itself says, such as a limit, is a value of it as well.
        self._fixed: dict[str, object] = {
            name: bind.value for name, bind in compiled.binds.items() if not bind.required
        }

    def first(self, connection: sa.Connection, **values: object) -> tuple[Any, ...] | None:
        """The first row that it gives."""
        return self._run(connection, values).fetchone()

    def all(self, connection: sa.Connection, **values: object) -> list[tuple[Any, ...]]:
        """All rows that it gives."""
        return self._run(connection, values).fetchall()

    def run(self, connection: sa.Connection, **values: object) -> None:
        """Run it for what it does."""
        self._run(connection, values)

    def _run(self, connection: sa.Connection, values: dict[str, object]) -> driver.Cursor:
        bare = cast("driver.Connection", connection.connection.driver_connection)
        return bare.execute(self._sql, {**self._fixed, **values})
