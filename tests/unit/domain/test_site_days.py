"""The site's days, up to both ends of the calendar."""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from app.domain.site_days import days_later, site_day

EAST, WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))
FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Stockholm"), (2026, 11, 23)),
        (datetime(2026, 6, 21, 22, 30, tzinfo=UTC), ZoneInfo("Europe/Stockholm"), (2026, 6, 22)),
        (FIRST, WEST, (1, 1, 1)),
        (LAST, EAST, (9999, 12, 31)),
    ],
)
def test_a_moment_has_a_day_of_the_site(
    at: datetime, zone: timezone, day: tuple[int, int, int]
) -> None:
    assert site_day(at, zone) == date(*day)


@pytest.mark.parametrize(
    ("days", "later"),
    [(0, date(9999, 12, 30)), (1, date.max), (2, date.max), (2**53, date.max)],
)
def test_days_are_counted_to_the_end_of_the_calendar_and_no_further(days: int, later: date) -> None:
    assert days_later(date(9999, 12, 30), days) == later
