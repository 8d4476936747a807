"""Searches the product register as somebody types, in both layers.

An index over texts knows which rows have all sequences of three characters of what is searched; the
rows themselves say whether they stand there in a row. Shorter texts are looked for at the
beginnings. What is too common is cut off: it is not what somebody looks for.
"""

from collections.abc import Iterator
from typing import Any, Final

from app.data import products
from app.data.base.marks import MARKS
from app.data.compiled import register_pages as sql
from app.data.driver import Connection
from app.domain.identifiers import normalise
from app.services.register_queries import RegisterPage, RegisterQuery

MOST: Final = 100
"""Products that a search finds."""
LOOKED_AT: Final = 200
"""Rows that an index may name; of a longer text some are none."""
LONGEST: Final = 100
"""Characters of a text that are looked for."""
_THREE: Final = 3
_BEGINNINGS: Final = ("serial", "tag", "holder", "model", "department")
"""The columns in which a short text is looked for."""


def search(connection: Connection, query: RegisterQuery) -> RegisterPage:
    """What has a text in its serial, model, holder, tag or department, the best first."""
    text = _sayable(query.text.strip()[:LONGEST])
    family = "" if query.family is None else query.family.value
    found: dict[str, None] = {}
    exact = products.asset(connection, text)
    if exact is not None and family in {"", exact.family or ""}:
        found[exact.serial] = None
    look = _Look(connection, text, family)
    for serial in look.found():
        found[serial] = None
        if len(found) > MOST:
            break
    serials = list(found)[:MOST]
    rows = products.by_serials(connection, serials[query.first : query.first + query.limit])
    return RegisterPage(rows, len(serials), len(found) > MOST or look.is_cut)


class _Look:
    """One search."""

    def __init__(self, connection: Connection, text: str, family: str) -> None:
        self._connection = connection
        self._text = text
        self._folded = text.lower()
        self._family = family
        self.is_cut = False

    def found(self) -> Iterator[str]:
        """Serials, the best first; some more than once."""
        if not self._text:
            return
        yield from self._beginning("serial", normalise(self._text))
        if len(self._text) < _THREE:
            for name in _BEGINNINGS[1:]:
                yield from self._beginning(name, self._text)
            return
        above = self._above()
        yield from (row[0] for row in above if self._folded in row[0].lower())
        yield from self._below("serials")
        yield from (row[0] for row in above)
        yield from self._below("words")

    def _beginning(self, name: str, text: str) -> list[str]:
        found: set[str] = set()
        for layer in (sql.ABOVE_BEGINNING, sql.BELOW_BEGINNING):
            rows = layer[name].all(
                self._connection,
                of=text,
                end=f"{text}\U0010ffff",
                family=self._family,
                limit=MOST + 1,
            )
            found.update(row[0] for row in rows)
        return sorted(found)

    def _above(self) -> list[tuple[Any, ...]]:
        return self._those(
            sql.ABOVE_WITH.all(
                self._connection,
                match=" AND ".join(self._threes()),
                family=self._family,
                limit=LOOKED_AT,
            )
        )

    def _below(self, index: str) -> list[str]:
        threes = self._threes()
        if self._family:
            threes.append(_quoted(MARKS[self._family]))
        rows = sql.BELOW_WITH[index].all(
            self._connection,
            match=" AND ".join(threes),
            family=self._family,
            limit=LOOKED_AT,
        )
        return [row[0] for row in self._those(rows)]

    def _those(self, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
        """Those of an index's rows in which the text stands."""
        self.is_cut |= len(rows) == LOOKED_AT
        return [row for row in rows if any(self._folded in text.lower() for text in row)]

    def _threes(self) -> list[str]:
        text = self._folded
        threes = dict.fromkeys(text[at : at + _THREE] for at in range(len(text) - _THREE + 1))
        return [_quoted(three) for three in threes]


def _sayable(text: str) -> str:
    """A text without what no text of the register has, and SQLite cannot be asked for."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _quoted(three: str) -> str:
    return '"' + three.replace('"', '""') + '"'
