"""Reads a TOML table strictly: a key has its type, and one that nobody asks for is a fault."""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import Final, cast

from app.devices.errors import ProfileError

_HEADER: Final = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\"-]+)\s*\]\]?")
_KEY: Final = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_-]+))\s*[=.]")
MOST_ITEMS: Final = 500
LONGEST_TEXT: Final = 2000


class Table:
    """A table of a profile, with its place in the file for the messages.

    Args:
        content: What the TOML parser gave.
        text: The whole file.
        place: The table's name as its header writes it; empty for the top.
        index: Which one of an array of tables it is, from 0.
    """

    def __init__(
        self, content: dict[str, object], text: str, place: str = "", index: int | None = None
    ) -> None:
        self._content = content
        self._text = text
        self._place = place
        self._index = index
        self._asked: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._content

    @property
    def line(self) -> int | None:
        """The line of the file where the table begins, from 1."""
        return next((number for number, _ in self._lines()), None)

    def fault(self, code: str, key: str, detail: str = "") -> ProfileError:
        """An error about a key of this table."""
        own = self._place if self._index is None else f"{self._place}[{self._index}]"
        field = ".".join(each for each in (own, key) if each)
        return ProfileError(code, detail, field=field, line=self._line_of(key))

    def get(self, key: str, kind: type) -> object:
        """The value of a key, None where it is missing; a bool is no int here."""
        self._asked.add(key)
        value = self._content.get(key)
        if value is not None and type(value) is not kind:
            raise self.fault("wrong_type", key, f"not {kind.__name__}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it has to be there."""
        value = cast("str | None", self.get(key, str))
        if value is None:
            if default is None:
                raise self.fault("missing", key)
            return default
        if len(value) > LONGEST_TEXT:
            raise self.fault("bad_value", key, f"more than {LONGEST_TEXT} characters")
        return value

    def raw(self, key: str, default: str = "") -> bytes:
        """Bytes, written as a text with TOML's escapes, a character for each byte."""
        return self.as_bytes(key, self.text(key, default))

    def as_bytes(self, key: str, text: str) -> bytes:
        """The bytes of a text with a character for each byte."""
        try:
            return text.encode("latin-1")
        except UnicodeEncodeError as error:
            raise self.fault("bad_value", key, "a character beyond one byte") from error

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of a few texts."""
        value = self.text(key, default)
        if value not in choices:
            raise self.fault("bad_value", key, f"{value[:40]}: not one of {', '.join(choices)}")
        return value

    def integer(self, key: str, default: int | None = None, within: range | None = None) -> int:
        """A whole number within bounds."""
        value = cast("int | None", self.get(key, int))
        if value is None:
            if default is None:
                raise self.fault("missing", key)
            return default
        if within is not None and value not in within:
            raise self.fault("bad_value", key, f"not from {within.start} to {within.stop - 1}")
        return value

    def seconds(self, key: str) -> float | None:
        """A time from 1 ms to a minute; None where it is missing."""
        self._asked.add(key)
        value = self._content.get(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.fault("wrong_type", key, "not a number")
        if not 0.001 <= value <= 60:  # noqa: PLR2004 - named in the docstring
            raise self.fault("bad_value", key, "not from 0.001 to 60")
        return float(value)

    def number(self, key: str) -> Decimal | None:
        """A number above 0; None where it is missing."""
        self._asked.add(key)
        value = self._content.get(key)
        if value is None:
            return None
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise self.fault("wrong_type", key, "not a number")
        if not 0 < value < float("inf"):
            raise self.fault("bad_value", key, "not above 0")
        return Decimal(str(value))

    def flag(self, key: str) -> bool:
        """True or false; false where it is missing."""
        return bool(self.get(key, bool))

    def list_of_text(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts."""
        value = self.get(key, list)
        if value is None:
            return default
        items = cast("list[object]", value)
        if len(items) > MOST_ITEMS:
            raise self.fault("bad_value", key, f"more than {MOST_ITEMS}")
        texts = tuple(each for each in items if isinstance(each, str))
        if len(texts) < len(items):
            raise self.fault("wrong_type", key, "not texts")
        return texts

    def texts(self, key: str) -> tuple[tuple[str, str], ...]:
        """A table of texts, in the order of the file; none where it is missing."""
        inner = self.table(key)
        return tuple((each, inner.text(each)) for each in inner.keys())  # noqa: SIM118 - our own keys()

    def keys(self) -> tuple[str, ...]:
        """The keys of the table."""
        return tuple(self._content)

    def table(self, key: str) -> "Table":
        """A table inside; an empty one where it is missing. It is finished by whoever reads it."""
        value = self.get(key, dict)
        place = ".".join(each for each in (self._place, key) if each)
        return Table(cast("dict[str, object]", value or {}), self._text, place)

    def tables(self, key: str) -> tuple["Table", ...]:
        """An array of tables."""
        value = cast("list[object]", self.get(key, list) or [])
        if len(value) > MOST_ITEMS:
            raise self.fault("bad_value", key, f"more than {MOST_ITEMS}")
        tables: list[Table] = []
        for index, each in enumerate(value):
            if not isinstance(each, dict):
                raise self.fault("wrong_type", key, "not tables")
            tables.append(Table(cast("dict[str, object]", each), self._text, key, index))
        return tuple(tables)

    def finish(self) -> None:
        """All keys have been asked for.

        Raises:
            ProfileError: There is one that nobody knows.
        """
        for key in self._content:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, 1)
                raise self.fault("unknown_key", key, f"{near[0]}?" if near else "")

    def _line_of(self, key: str) -> int | None:
        first = None
        for number, line in self._lines():
            first = first or number
            found = _KEY.match(line)
            if found is not None and key in found.groups():
                return number
        return first

    def _lines(self) -> Iterator[tuple[int, str]]:
        """The numbered lines of this table in the file."""
        wanted, count = self._place, -1
        inside = not wanted
        for number, line in enumerate(self._text.splitlines(), 1):
            header = _HEADER.match(line)
            if header is not None:
                if header[1] == wanted:
                    count += 1
                inside = header[1] == wanted and self._index in {None, count}
            if inside:
                yield number, line
