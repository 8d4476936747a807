"""What people are qualified for: by person, by product line, and by the programme's deadline (P6).

Days are the site's local days, given by the caller; figures come from the policy's rows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.people import Certification, Person
from app.domain.policy import Policy
from app.domain.products import Family
from app.domain.site_days import days_later

DEADLINE: Final = "technician_deadline"
"""The policy's row of how many technicians a product line needs, and by when."""
ENDS_SOON: Final = "certificate_ends_soon"
"""The policy's row of how many days before its end a certificate is told of."""
TOO_OLD: Final = "certificate_too_old"
"""The policy's row of how many days a certificate counts, where the region wants a new one then."""


class ProductLine(StrEnum):
    """What one qualification is for (P6)."""

    MAC = "mac"
    IOS = "ios"


FAMILIES: Final[Mapping[ProductLine, tuple[Family, ...]]] = MappingProxyType(
    {
        ProductLine.MAC: (Family.MAC,),
        ProductLine.IOS: (Family.IPHONE, Family.IPAD, Family.IPOD),
    }
)
"""The product families of each line."""

QUALIFICATIONS: Final[Mapping[str, ProductLine]] = MappingProxyType(
    {"ACMT": ProductLine.MAC, "iOS": ProductLine.IOS}
)
"""The programme's qualifications, and the line that each is for."""


def families_of(name: str) -> tuple[Family, ...]:
    """What a qualification of this name covers; nothing where the programme has none so called.

    >>> families_of("acmt")
    (<Family.MAC: 'mac'>,)
    """
    line = next((one for key, one in QUALIFICATIONS.items() if key.lower() == name.lower()), None)
    return FAMILIES[line] if line is not None else ()


class Held(StrEnum):
    """How somebody stands with a qualification on a day."""

    CERTIFIED = "certified"
    ENDS_SOON = "ends_soon"
    NOT_YET = "not_yet"
    """A certificate begins on a later day; none holds today."""
    ENDED = "ended"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class LineStanding:
    """How a person stands with a product line on a day.

    Attributes:
        line: The product line.
        held: The standing.
        until: The last day that is covered without a gap; None where it does not end, or nothing
            holds. For one that has ended, its last day.
    """

    line: ProductLine
    held: Held
    until: date | None = None

    @property
    def counts(self) -> bool:
        """Whether the person may work on the line that day."""
        return self.held in {Held.CERTIFIED, Held.ENDS_SOON}


_WORST: Final = (Held.NEVER, Held.ENDED, Held.NOT_YET, Held.ENDS_SOON, Held.CERTIFIED)
_FOR_EVER: Final = date.max


def lasting(held: Iterable[Certification], policy: Policy) -> tuple[Certification, ...]:
    """Certificates, each with the last day on which the region's programme lets it count."""
    days = policy.value(TOO_OLD)
    if not days:
        return tuple(held)
    return tuple(
        replace(
            one,
            valid_until=min(one.valid_until or _FOR_EVER, days_later(one.valid_from, days - 1)),
        )
        for one in held
    )


def covered_until(held: Iterable[Certification], family: Family, day: date) -> date | None:
    """The last day up to which certificates cover a family without a gap, from a day on.

    Returns:
        None where none covers that day; `date.max` where one does not end.
    """
    own = [one for one in held if family in one.families]
    last: date | None = None
    at = day
    while True:
        ends = [one.valid_until or _FOR_EVER for one in own if one.covers(family, at)]
        if not ends:
            return last
        last = max(ends)
        if last == _FOR_EVER:
            return last
        at = last + timedelta(days=1)


def line_standing(person: Person, line: ProductLine, policy: Policy, day: date) -> LineStanding:
    """How a person stands with a product line; of its families the worst counts."""
    standings = (_family_standing(person, line, family, policy, day) for family in FAMILIES[line])
    return min(standings, key=lambda one: (_WORST.index(one.held), one.until or _FOR_EVER))


def _family_standing(
    person: Person, line: ProductLine, family: Family, policy: Policy, day: date
) -> LineStanding:
    held = lasting(person.certifications, policy)
    until = covered_until(held, family, day)
    if until is None:
        return _not_held(held, line, family, day)
    if until == _FOR_EVER:
        return LineStanding(line, Held.CERTIFIED)
    soon = until - day < timedelta(days=policy.value(ENDS_SOON))
    return LineStanding(line, Held.ENDS_SOON if soon else Held.CERTIFIED, until)


def _not_held(
    held: Iterable[Certification], line: ProductLine, family: Family, day: date
) -> LineStanding:
    own = [one for one in held if family in one.families]
    if any(one.valid_from > day for one in own):
        return LineStanding(line, Held.NOT_YET)
    ended = [one.valid_until for one in own if one.valid_until is not None]
    return LineStanding(line, Held.ENDED, max(ended)) if ended else LineStanding(line, Held.NEVER)


# ----------------------------------------------------------------------
# The programme's deadline
# ----------------------------------------------------------------------


class Deadline(StrEnum):
    """How a product line stands with the programme's deadline."""

    MET = "met"
    OPEN = "open"
    """Too few technicians, and there is time left."""
    MISSED = "missed"
    """Too few technicians, and no time left: the deadline is past, or they were lost after it."""
    UNKNOWN = "unknown"
    """Too few technicians, and nobody knows when the account was created."""


@dataclass(frozen=True, slots=True)
class LineDeadline:
    """The technicians of one product line against the programme's rule.

    Attributes:
        line: The product line.
        state: How it stands.
        qualified: Who counts today, by id.
        wanted: How many there have to be.
        last_day: The last day of the deadline; None where nobody knows it.
        fails_on: The first day on which the rule is broken if nobody acts; None for never, or where
            nobody knows. Today or before where it is broken already.
    """

    line: ProductLine
    state: Deadline
    qualified: tuple[str, ...]
    wanted: int
    last_day: date | None
    fails_on: date | None

    def days_left(self, today: date) -> int | None:
        """Days until the deadline's last day, negative after it; None where nobody knows it."""
        return (self.last_day - today).days if self.last_day is not None else None


def line_deadline(
    people: Sequence[Person],
    line: ProductLine,
    policy: Policy,
    *,
    created_on: date | None,
    today: date,
) -> LineDeadline:
    """How a product line stands: enough technicians, and until when.

    Args:
        people: Everybody of the register.
        line: The product line.
        policy: The programme's rules.
        created_on: When the account was created, None where nobody knows.
        today: The site's local day.
    """
    row = policy.rows[DEADLINE]
    wanted = row.value or 0
    last_day = row.due.last_day(today, created_on) if row.due is not None else None
    standings = [(one.id, line_standing(one, line, policy, today)) for one in people]
    qualified = tuple(person_id for person_id, standing in standings if standing.counts)
    ends = sorted((s.until or _FOR_EVER for _, s in standings if s.counts), reverse=True)
    broken = _day_after(last_day)
    if len(qualified) < wanted:
        state = _lacking(last_day, today)
        return LineDeadline(line, state, qualified, wanted, last_day, broken)
    fails_on = _lost_on(ends, wanted)
    if fails_on is not None and broken is not None:
        fails_on = max(fails_on, broken)
    return LineDeadline(line, Deadline.MET, qualified, wanted, last_day, fails_on)


def _lacking(last_day: date | None, today: date) -> Deadline:
    if last_day is None:
        return Deadline.UNKNOWN
    return Deadline.OPEN if today <= last_day else Deadline.MISSED


def _lost_on(ends: Sequence[date], wanted: int) -> date | None:
    """The day after which too few are left; None where that never comes."""
    return _day_after(ends[wanted - 1]) if wanted else None


def _day_after(day: date | None) -> date | None:
    """The next day; None where the calendar has none, or there is no day."""
    return day + timedelta(days=1) if day is not None and day < _FOR_EVER else None
