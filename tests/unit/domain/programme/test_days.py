"""The calendar of the programme: what fails next, and what the year comes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.installed_base import day_after
from app.domain.programme.days import first_failing, is_soon, projected, working_days

TODAY = date(2026, 11, 23)


def test_the_first_day_that_fails_is_the_next_of_those_that_can() -> None:
    days = [date(2027, 1, 1), TODAY, date(2026, 1, 1), date(2026, 12, 1)]
    assert first_failing(TODAY, days, lambda day: day < date(2026, 12, 1)) == date(2026, 12, 1)


def test_today_and_the_past_are_no_next_day() -> None:
    assert first_failing(TODAY, [TODAY, date(2020, 1, 1)], lambda _: False) is None


def test_what_holds_on_every_day_never_fails() -> None:
    assert first_failing(TODAY, [date(2030, 1, 1)], lambda _: True) is None


@pytest.mark.parametrize(
    ("fails_on", "soon"),
    [
        (None, False),
        (date(2026, 12, 23), True),  # the last good day is the 29th day from today
        (date(2026, 12, 24), False),
    ],
)
def test_soon_is_when_the_last_good_day_is_within_the_notice(
    fails_on: date | None, soon: bool
) -> None:
    assert is_soon(fails_on, TODAY, 30) is soon


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 1),  # a Monday
        (date(2026, 11, 21), date(2026, 11, 22), 0),  # a weekend
        (date(2026, 11, 20), date(2026, 11, 23), 2),
        (date(2026, 11, 24), date(2026, 11, 23), 0),
        (date(2026, 1, 1), date(2026, 12, 31), 261),
        (date(2028, 1, 1), date(2028, 12, 31), 260),  # a leap year that begins on a Saturday
        (date(2024, 1, 1), date(2024, 12, 31), 262),  # a leap year that begins on a Monday
    ],
)
def test_working_days_are_mondays_to_fridays(first: date, last: date, days: int) -> None:
    assert working_days(first, last) == days


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.integers(0, 900))
def test_working_days_are_those_that_counting_finds(first: date, more: int) -> None:
    each = [first + timedelta(days=one) for one in range(more + 1)]
    assert working_days(first, each[-1]) == sum(one.weekday() < 5 for one in each)


@pytest.mark.parametrize(
    ("done", "today", "since", "comes_to"),
    [
        (10, date(2026, 12, 31), None, 10),
        (13, date(2026, 7, 1), None, 26),  # 130 of 261 working days
        (10, date(2024, 2, 29), None, 59),  # 44 of 262 in a leap year
        (0, date(2026, 7, 1), None, 0),
        (2, date(2026, 11, 23), date(2026, 11, 19), 2 + 2 * 28 // 3),
        (5, date(2027, 1, 1), None, 5 * 261),  # the year's first working day
        (3, date(2028, 1, 2), None, None),  # a weekend: no working day yet
        (7, date(9999, 12, 31), None, 7),  # the calendar has no day after it
    ],
)
def test_the_year_comes_to_what_the_working_days_so_far_promise(
    done: int, today: date, since: date | None, comes_to: int | None
) -> None:
    assert projected(done, today, since) == comes_to


@given(st.dates(date(2000, 1, 3), date(2060, 1, 1)), st.integers(0, 10**6))
def test_a_projection_is_never_below_what_is_done(today: date, done: int) -> None:
    comes_to = projected(done, today)
    assert comes_to is None or comes_to >= done


def test_the_day_after_the_calendar_s_last_is_none() -> None:
    assert day_after([None, date.max, TODAY]) == (date(2026, 11, 24),)
