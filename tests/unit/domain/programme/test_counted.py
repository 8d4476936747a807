"""A count that a lead told: the latest day's, of one day the last; nonsense is none."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from app.domain.journal import Entry, Json
from app.domain.programme.counted import COUNTED, Counted, CountOf, latest

DAY = date(2026, 11, 23)
_NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def told(kind: str = COUNTED, **payload: Json) -> Entry:
    said: dict[str, Json] = {
        "of": "covered",
        "number": 7,
        "on": "2026-11-23",
        "source": "ABM",
        **payload,
    }
    return Entry(
        UUID(int=1), UUID(int=2), 1, kind, "account:account", "person:x", _NOW, 1, said, ""
    )


def test_a_count_is_read_as_it_was_told() -> None:
    assert latest([told()], CountOf.COVERED) == Counted(7, DAY, "ABM")
    assert latest([told()], CountOf.RETURNS_OVERDUE) is None
    assert latest([], CountOf.COVERED) is None


@pytest.mark.parametrize(
    ("days", "number"),
    [
        (["2026-11-22", "2026-11-23"], 1),
        (["2026-11-23", "2026-11-22"], 0),
        (["2026-11-23", "2026-11-23"], 1),
        (["2026-11-23", "some day"], 0),
    ],
)
def test_the_latest_day_counts_and_of_one_day_what_was_told_last(
    days: list[str], number: int
) -> None:
    entries = [told(on=day, number=at) for at, day in enumerate(days)]
    found = latest(entries, CountOf.COVERED)
    assert found is not None
    assert found.number == number


@pytest.mark.parametrize(
    "entry",
    [
        told(number="7"),
        told(number=None),
        told(number=True),
        told(on=None),
        told(on="yesterday"),
        told(of="cars"),
        told(kind="programme.dreamt"),
    ],
)
def test_what_cannot_be_read_is_no_count(entry: Entry) -> None:
    assert latest([entry], CountOf.COVERED) is None


def test_less_than_nothing_is_nothing() -> None:
    found = latest([told(number=-3)], CountOf.COVERED)
    assert found is not None
    assert found.number == 0
