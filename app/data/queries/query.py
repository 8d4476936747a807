"""What a module of `app.data.queries` is made of, and how it is compiled."""

import re
from typing import Any, Final, cast

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

_DIALECT: Final = sqlite.dialect(paramstyle="named")
_VALUE: Final = re.compile(r":(\w+)")


class Query:
    """A statement with its values to be given by name.

    Args:
        statement: What SQLAlchemy built.
        columns: The columns that an insert or an update sets.
    """

    def __init__(self, statement: sa.Executable, *columns: str) -> None:
        self._statement = statement
        self._columns = list(columns) or None

    def compiled(self) -> str:
        """Its text for SQLite.

        What the statement itself says, such as a limit, is written out: SQLite plans by the value
        of a limit or of a partial index's column, and so would plan anew at each run (ten times
        the cost of the run itself).
        """
        if isinstance(self._statement, sa.schema.ExecutableDDLElement):
            return str(self._statement.compile(dialect=_DIALECT))
        compiled: Any = cast("sa.ClauseElement", self._statement).compile(
            dialect=_DIALECT, column_keys=self._columns
        )
        said = {name: bind.value for bind, name in compiled.bind_names.items() if not bind.required}
        return _VALUE.sub(
            lambda found: _literal(said[found[1]]) if found[1] in said else found[0], str(compiled)
        )


def _literal(value: object) -> str:
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("'", "''")
    return f"'{text}'"
