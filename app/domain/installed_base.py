"""The installed base: the organisation's Apple products, counted for the programme (P5)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from app.domain.products import Family, Ownership
from app.domain.qualifications import FAMILIES, ProductLine

OURS: Final = frozenset({Ownership.OWNED, Ownership.LEASED})
"""What the installed base is made of."""


@dataclass(frozen=True, slots=True)
class BaseCount:
    """So many Apple products that are alike in what the installed base asks.

    Attributes:
        family: Their family.
        ownership: How they are held; unknown where the register does not tell the maker either.
        proven: Whether something proves that the organisation holds them.
        count: How many.
        leased_until: The last day of their lease, None for an owned one or an unknown end.
    """

    family: Family
    ownership: Ownership
    proven: bool
    count: int
    leased_until: date | None = None

    def held_on(self, day: date) -> bool:
        """Whether they are the organisation's on a day; a lease without an end goes on."""
        ends = self.leased_until if self.ownership is Ownership.LEASED else None
        return self.ownership in OURS and (ends is None or day <= ends)


@dataclass(frozen=True, slots=True)
class BaseLeft:
    """What is left of the installed base from a day on.

    Attributes:
        day: The first day of it.
        held: Products of the organisation.
        proven: Those of them with a proof.
    """

    day: date
    held: int
    proven: int


@dataclass(frozen=True, slots=True)
class InstalledBase:
    """The register's Apple products, counted."""

    counts: tuple[BaseCount, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known: an empty register proves nothing, not even nothing."""
        return not any(one.count for one in self.counts)

    @property
    def doubtful(self) -> int:
        """Products of which the register does not say whether they are the organisation's."""
        return sum(one.count for one in self.counts if one.ownership is Ownership.UNKNOWN)

    def held(self, day: date, family: Family | None = None) -> int:
        """Products of the organisation on a day, of one family or of all."""
        return sum(one.count for one in self._of(day, family))

    def proven(self, day: date, family: Family | None = None) -> int:
        """Those of them with a proof."""
        return sum(one.count for one in self._of(day, family) if one.proven)

    def leased(self, day: date, family: Family | None = None) -> int:
        """Those of them that are leased."""
        return sum(one.count for one in self._of(day, family) if one.ownership is Ownership.LEASED)

    def after(self, day: date) -> Iterator["BaseLeft"]:
        """What is left on each later day on which leases have ended, as long as nobody acts.

        Args:
            day: The day from which leases end; those that ended before are gone already.
        """
        gone: dict[date, tuple[int, int]] = {}
        for one in self._of(day, None):
            if one.ownership is Ownership.LEASED and one.leased_until is not None:
                held, proven = gone.get(one.leased_until, (0, 0))
                gone[one.leased_until] = (held + one.count, proven + one.count * one.proven)
        held, proven = self.held(day), self.proven(day)
        for last in sorted(gone):
            held, proven = held - gone[last][0], proven - gone[last][1]
            yield from (BaseLeft(first, held, proven) for first in day_after([last]))

    def lines(self, day: date) -> tuple[ProductLine, ...]:
        """The product lines that the organisation holds products of."""
        return tuple(
            line
            for line, families in FAMILIES.items()
            if any(self.held(day, family) for family in families)
        )

    def _of(self, day: date, family: Family | None) -> Iterable[BaseCount]:
        return (
            one
            for one in self.counts
            if (family is None or one.family is family) and one.held_on(day)
        )


NOTHING_COUNTED: Final = InstalledBase()
"""A register without any product."""


def day_after(days: Iterable[date | None]) -> tuple[date, ...]:
    """The day after each of the last days; one at the end of the calendar has none."""
    return tuple(day + timedelta(days=1) for day in days if day is not None and day < date.max)
