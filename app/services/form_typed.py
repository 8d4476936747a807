"""A form as it was typed, for the use case that takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.people import Person
from app.services.ports import Transaction
from app.services.session import Rules
from app.services.typed_values import amount_in, day_in, number_in


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that can be read.

    Attributes:
        tx: The transaction.
        key: Whom or what it is about.
        lead: Who saves it.
        rules: The site's day.
        values: What stands in its fields.
        before: What stood there when it was opened.
    """

    tx: Transaction
    key: str
    lead: Person
    rules: Rules
    values: Mapping[str, str]
    before: Mapping[str, str]

    def day(self, name: str) -> date | None:
        """A day, None for none."""
        return day_in(self.values[name])

    def sure_day(self, name: str) -> date:
        """A day that is needed."""
        return self.day(name) or self.rules.today

    def number(self, name: str, most: int) -> int:
        """A number, 0 for none."""
        return number_in(self.values[name], most) or 0

    def amount(self, name: str) -> int:
        """An amount in hundredths, 0 for none."""
        return amount_in(self.values[name]) or 0

    def changed(self, name: str) -> str | None:
        """What a field says, None where it says what it did."""
        value = self.values[name]
        return None if value == self.before.get(name) else value
