"""What a module of `app.data.queries` is made of, and how it is compiled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

_DIALECT: Final = sqlite.dialect(paramstyle="named")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement as the driver runs it (`app.data.statements.Statement`)."""

    sql: str
    fixed: Mapping[str, object]


class Query:
    """A statement with its values to be given by name.

    Args:
        statement: What SQLAlchemy built.
        columns: The columns that an insert or an update sets.
    """

    def __init__(self, statement: sa.Executable, *columns: str) -> None:
        self._statement = statement
        self._columns = list(columns) or None

    def compiled(self) -> Compiled:
        """Its text for SQLite, and the values that it says itself, such as a limit."""
        compiled: Any = cast("sa.ClauseElement", self._statement).compile(
            dialect=_DIALECT, column_keys=self._columns
        )
        fixed = {
            name: bind.value for bind, name in compiled.bind_names.items() if not bind.required
        }
        return Compiled(str(compiled), fixed)
