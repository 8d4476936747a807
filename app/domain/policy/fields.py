"""Reads the tables of a policy file strictly: what is missing or of another form is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypeVar, cast

Word = TypeVar("Word", bound=StrEnum)

HIGHEST: Final = 10**15
"""No figure of a rule and no resistance is above it."""
LONGEST_DAYS: Final = 36_500
"""No deadline and no interval is longer: a day can always be counted that far."""


class PolicyInvalidError(ValueError):
    """A policy file that cannot be used.

    Attributes:
        field: Where in the file.
        reason: What is wrong there.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fields:
    """One table of the file, and how its place is named.

    Attributes:
        table: As the TOML parser gave it.
        place: What stands before the name of each of its fields; empty for the file itself.
    """

    table: Mapping[str, object]
    place: str = ""

    def fault(self, key: str, reason: str) -> PolicyInvalidError:
        """What is wrong with one of its fields."""
        return PolicyInvalidError(f"{self.place}.{key}" if self.place else key, reason)

    def only(self, *known: str) -> None:
        """Refuse a field that nobody reads: a misspelt one must not be passed over.

        Raises:
            PolicyInvalidError: There is one.
        """
        for key in self.table:
            if key not in known:
                raise self.fault(key, f"none of {', '.join(known)}")

    def has(self, key: str) -> bool:
        """Whether a field is there."""
        return key in self.table

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it has to be there and say something.

        Raises:
            PolicyInvalidError: It is missing, empty, or no text.
        """
        value = self.table.get(key, default)
        if not isinstance(value, str):
            raise self.fault(key, "not a text" if key in self.table else "missing")
        if not value.strip() and value != default:
            raise self.fault(key, "empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, at least one.

        Raises:
            PolicyInvalidError: It is missing, empty, or something else.
        """
        value = self.table.get(key)
        if not isinstance(value, list) or not value:
            raise self.fault(key, "not a list of texts" if key in self.table else "missing")
        items = cast("list[object]", value)
        if not all(isinstance(item, str) for item in items):
            raise self.fault(key, "not a list of texts")
        return tuple(cast("list[str]", items))

    def number(self, key: str, lowest: int = 0, highest: int = HIGHEST) -> int:
        """A whole number within bounds, both included.

        Raises:
            PolicyInvalidError: It is missing, none, or out of its bounds.
        """
        value = self.table.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.fault(key, "not a whole number" if key in self.table else "missing")
        if not lowest <= value <= highest:
            raise self.fault(key, f"not from {lowest} to {highest}")
        return value

    def flag(self, key: str) -> bool:
        """A yes or a no; one that is missing is a no.

        Raises:
            PolicyInvalidError: It is neither true nor false.
        """
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise self.fault(key, "neither true nor false")
        return value

    def day(self, key: str) -> date | None:
        """A day, None where it is missing.

        Raises:
            PolicyInvalidError: It is something else.
        """
        value = self.table.get(key)
        if value is None:
            return None
        if not isinstance(value, date) or isinstance(value, datetime):
            raise self.fault(key, "not a day")
        return value

    def word(self, key: str, kind: type[Word], default: Word | None = None) -> Word:
        """One of a few words; without a default it has to be there.

        Raises:
            PolicyInvalidError: It is missing, or none of them.
        """
        value = self.text(key, default)
        if value not in set(kind):
            raise self.fault(key, f"{value} is none of {', '.join(kind)}")
        return kind(value)

    def inner(self, key: str) -> "Fields":
        """A table in the table.

        Raises:
            PolicyInvalidError: It is none.
        """
        value = self.table.get(key)
        if not isinstance(value, Mapping):
            raise self.fault(key, "not a table")
        place = f"{self.place}.{key}" if self.place else key
        return Fields(cast("Mapping[str, object]", value), place)

    def tables(self, key: str, *names: str) -> "list[Fields]":
        """A list of tables, each placed by what it calls itself.

        Args:
            key: The list.
            names: The fields that tell two of its tables apart.

        Raises:
            PolicyInvalidError: It is missing or no list of tables, or two have the same name.
        """
        value = self.table.get(key)
        if not isinstance(value, list):
            raise self.fault(key, "not a list of tables" if key in self.table else "missing")
        found: dict[str, Fields] = {}
        for item in cast("list[object]", value):
            if not isinstance(item, Mapping):
                raise self.fault(key, "not a list of tables")
            one = Fields(cast("Mapping[str, object]", item), key)
            own = "/".join(one.text(name) for name in names)
            if own in found:
                raise self.fault(key, f"{own} stands twice")
            found[own] = Fields(one.table, f"{key}.{own}")
        return list(found.values())
