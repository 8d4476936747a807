"""The calendar of the programme: when something next fails, and what the year comes to."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

_WEEK: Final = 7
_WORKING: Final = 5


def first_failing(today: date, days: Iterable[date], holds: Callable[[date], bool]) -> date | None:
    """The first day after today on which something no longer holds.

    Args:
        today: The site's local day.
        days: The days on which anything can change; past ones are passed over.
        holds: Whether it holds on a day.

    Returns:
        None where it holds for good.
    """
    return next((day for day in sorted(set(days)) if day > today and not holds(day)), None)


def is_soon(fails_on: date | None, today: date, notice: int) -> bool:
    """Whether the last good day is within so many days from today."""
    return fails_on is not None and (fails_on - today).days <= notice


def working_days(first: date, last: date) -> int:
    """Mondays to Fridays from the first day to the last, both included; 0 where they are none."""
    days = max(0, (last - first).days + 1)
    weeks, rest = divmod(days, _WEEK)
    return weeks * _WORKING + sum((first.weekday() + one) % _WEEK < _WORKING for one in range(rest))


def projected(done: int, today: date, since: date | None = None) -> int | None:
    """What a count of this calendar year comes to at its end, should work go on as it did.

    Args:
        done: The count so far, today included.
        today: The site's local day.
        since: When counting could begin, where that is later than the year.

    Returns:
        None before the first working day: nothing can be said yet.
    """
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    elapsed = working_days(max(first, since or first), today)
    if not elapsed:
        return None
    left = working_days(first, last) - working_days(first, today)
    return done + done * left // elapsed
