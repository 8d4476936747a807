"""Planned tests over a period: none is skipped; made and missed are together what was planned."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.equipment import EquipmentState
from app.domain.journal import Entry, Json
from app.domain.missed_tests import (
    ALWAYS,
    Occasion,
    Plan,
    Span,
    StrapTest,
    all_made,
    occasions,
    person_days,
    service_of,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
FIRST = date(2026, 1, 1)


def day(number: int) -> date:
    """The first of January is day 1."""
    return FIRST + timedelta(days=number - 1)


def planned(
    *tests: int,
    every: int = 10,
    since: int = 1,
    until: int = 40,
    service: tuple[Span, ...] = ALWAYS,
) -> list[tuple[int, int | None]]:
    """Each occasion's last day, and the day of its test."""
    told = occasions(
        Plan("mat-1", "mat", every, service),
        [(day(number), True) for number in tests],
        day(since),
        day(until),
    )
    return [
        (
            (one.due - FIRST).days + 1,
            (one.done_on - FIRST).days + 1 if one.done_on is not None else None,
        )
        for one in told
    ]


@pytest.mark.parametrize(
    ("tests", "told"),
    [
        ((), [(10, None), (20, None), (30, None), (40, None)]),
        ((1,), [(10, 1), (11, None), (21, None), (31, None)]),
        ((10, 20, 30, 40), [(10, 10), (20, 20), (30, 30), (40, 40)]),
        ((11,), [(10, None), (20, 11), (21, None), (31, None)]),
        ((5, 15, 25, 35), [(10, 5), (15, 15), (25, 25), (35, 35)]),
        ((2, 4, 6, 8, 10), [(10, 10), (20, None), (30, None), (40, None)]),
        ((-9,), [(1, None), (11, None), (21, None), (31, None)]),
        ((-25,), [(5, None), (15, None), (25, None), (35, None)]),
        ((0,), [(10, None), (20, None), (30, None), (40, None)]),
    ],
    ids=[
        "never",
        "early once",
        "always on the last day",
        "a day late",
        "always early",
        "more often than asked",
        "due on the first day",
        "overdue before the period",
        "the day before",
    ],
)
def test_each_interval_without_a_test_is_one_that_was_missed(
    tests: tuple[int, ...], told: list[tuple[int, int | None]]
) -> None:
    assert planned(*tests) == told


def test_a_daily_test_is_planned_on_every_day() -> None:
    assert planned(2, every=1, until=3) == [(1, None), (2, 2), (3, None)]


def test_an_interval_longer_than_the_period_is_no_occasion_of_it() -> None:
    assert planned(every=41) == []
    assert planned(every=10**9) == []


def test_a_day_on_which_one_test_failed_did_not_pass() -> None:
    plan = Plan("mat-1", "mat", 10)
    tests = [(day(3), True), (day(3), False), (day(15), False), (day(16), True)]
    told = occasions(plan, tests, day(1), day(29))
    assert told == (
        Occasion("mat", day(10), day(3), passed=False, equipment_id="mat-1"),
        Occasion("mat", day(13), None, passed=False, equipment_id="mat-1"),
        Occasion("mat", day(23), day(16), passed=True, equipment_id="mat-1"),
        Occasion("mat", day(26), None, passed=False, equipment_id="mat-1"),
    )


@pytest.mark.parametrize(
    ("service", "told"),
    [
        ((), []),
        ((Span(day(15), date.max),), [(24, None), (34, None)]),
        ((Span(date.min, day(19)),), [(10, None)]),
        ((Span(date.min, day(9)), Span(day(25), date.max)), [(25, None), (35, None)]),
        ((Span(date.min, day(-5)),), []),
    ],
    ids=["never there", "came on the 15th", "left on the 20th", "away in between", "left before"],
)
def test_a_test_that_falls_due_while_a_piece_is_away_waits_until_it_is_back(
    service: tuple[Span, ...], told: list[tuple[int, int | None]]
) -> None:
    assert planned(service=service) == told


def test_the_last_day_of_the_calendar_ends_it() -> None:
    plan = Plan("mat-1", "mat", 1)
    told = occasions(plan, [], date.max - timedelta(days=1), date.max)
    assert [one.due for one in told] == [date.max - timedelta(days=1), date.max]


DAYS = st.lists(st.integers(-60, 120), max_size=25)


@given(DAYS, st.integers(1, 40), st.integers(1, 100))
def test_no_interval_is_skipped(tests: list[int], every: int, length: int) -> None:
    told = planned(*tests, every=every, until=length)
    before = [number for number in tests if number < 1]
    anchor = min(before) if before else 0
    marks = sorted({anchor, *(number for number in tests if anchor <= number <= length)})
    gaps = [(start, end) for start, end in pairwise(marks)]
    expected = {
        due
        for start, end in [*gaps, (marks[-1], length + 1)]
        for due in range(start + every, end, every)
        if due >= 1
    }
    assert {due for due, done in told if done is None} == expected
    missed = sum(done is None for _, done in told)
    made = sum(done is not None for _, done in told)
    assert missed + made == len(told)
    assert len({due for due, _ in told}) == len(told)
    assert all(done is None or due - every <= done <= due for due, done in told if due > every)


@given(DAYS, st.integers(1, 40), st.integers(2, 100), st.data())
def test_two_periods_have_together_what_the_whole_one_has(
    tests: list[int], every: int, length: int, data: st.DataObject
) -> None:
    tests = [*tests, -70]  # with an anchor before: without one, a period begins the plan anew
    cut = data.draw(st.integers(1, length - 1))
    whole = planned(*tests, every=every, until=length)
    first = planned(*tests, every=every, until=cut)
    second = planned(*tests, every=every, since=cut + 1, until=length)
    assert first + second == whole


# ----------------------------------------------------------------------
# When a piece was in service
# ----------------------------------------------------------------------


def changed(at: datetime, was: Json, now: Json, kind: str = "register.changed") -> Entry:
    return Entry(
        id=UUID(int=1),
        bench_id=UUID(int=1),
        seq=1,
        kind=kind,
        subject="equipment:mat-1",
        actor="person:anna",
        recorded_at=at,
        schema=1,
        payload={"was": was, "set": now},
        hash="",
    )


IN_USE: Json = {"state": "in_use"}
AWAY: Json = {"state": "away"}
PLACE: Json = {"place": "B"}
FIFTH = datetime(2026, 1, 4, 23, 30, tzinfo=UTC)  # in Stockholm
NINTH = datetime(2026, 1, 9, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("timeline", "state", "spans"),
    [
        ([], EquipmentState.IN_USE, ALWAYS),
        ([], EquipmentState.RETIRED, ()),
        ([changed(FIFTH, {"place": "A"}, PLACE)], EquipmentState.SPARE, ALWAYS),
        ([changed(FIFTH, None, IN_USE)], EquipmentState.IN_USE, (Span(day(5), date.max),)),
        ([changed(FIFTH, None, PLACE)], EquipmentState.IN_USE, ALWAYS),
        ([changed(FIFTH, IN_USE, AWAY)], EquipmentState.AWAY, (Span(date.min, day(4)),)),
        ([changed(FIFTH, IN_USE, None)], EquipmentState.RETIRED, (Span(date.min, day(4)),)),
        (
            [changed(FIFTH, IN_USE, AWAY), changed(NINTH, AWAY, IN_USE)],
            EquipmentState.IN_USE,
            (Span(date.min, day(4)), Span(day(9), date.max)),
        ),
        (
            [changed(FIFTH, AWAY, IN_USE), changed(FIFTH, IN_USE, AWAY)],
            EquipmentState.AWAY,
            (),
        ),
        (
            [changed(FIFTH, IN_USE, AWAY)],
            EquipmentState.IN_USE,
            (Span(date.min, day(4)), Span(day(5), date.max)),
        ),
        ([changed(FIFTH, IN_USE, AWAY, "equipment.tested")], EquipmentState.IN_USE, ALWAYS),
        ([changed(FIFTH, 7, {"state": 7})], EquipmentState.IN_USE, ALWAYS),
    ],
    ids=[
        "nothing is told",
        "nothing is told of what is retired",
        "it was moved",
        "it was added",
        "it was added without a state",
        "it was sent away",
        "it was deleted",
        "it came back",
        "it came and left on one day",
        "the register knows better",
        "another entry",
        "nonsense",
    ],
)
def test_a_piece_was_in_service_by_what_benches_changed_of_it(
    timeline: list[Entry], state: EquipmentState, spans: tuple[Span, ...]
) -> None:
    assert service_of(timeline, state, STOCKHOLM) == spans


# ----------------------------------------------------------------------
# Wrist straps
# ----------------------------------------------------------------------


def at(text: str) -> datetime:
    """A moment in Stockholm."""
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM).astimezone(UTC)


def strap(text: str, hours: int = 12, *, passed: bool = True) -> StrapTest:
    return StrapTest(at(text), at(text) + timedelta(hours=hours if passed else 0), passed)


@pytest.mark.parametrize(
    ("work", "tests", "every", "told"),
    [
        (["2026-01-05T08:00"], [], 1, [(5, None, False)]),
        (["2026-01-05T08:00"], [strap("2026-01-05T07:55")], 1, [(5, 5, True)]),
        (["2026-01-05T08:00"], [strap("2026-01-05T17:00")], 1, [(5, 5, True)]),
        (["2026-01-05T08:00"], [strap("2026-01-04T17:00")], 1, [(5, None, False)]),
        (["2026-01-05T08:00"], [strap("2026-01-04T17:00")], 2, [(5, 4, True)]),
        (["2026-01-05T00:10"], [strap("2026-01-04T22:00")], 1, [(5, 4, True)]),
        (["2026-01-05T09:59:59"], [strap("2026-01-04T22:00")], 1, [(5, 4, True)]),
        (["2026-01-05T10:00"], [strap("2026-01-04T22:00")], 1, [(5, None, False)]),
        (["2026-01-05T08:00"], [strap("2026-01-05T07:00", passed=False)], 1, [(5, 5, False)]),
        (
            ["2026-01-05T08:00"],
            [strap("2026-01-05T07:00", passed=False), strap("2026-01-05T07:01")],
            1,
            [(5, 5, True)],
        ),
        (
            ["2026-01-05T08:00", "2026-01-05T16:00", "2026-01-06T08:00"],
            [strap("2026-01-05T07:55")],
            1,
            [(5, 5, True), (6, None, False)],
        ),
        (["2026-01-05T08:00"], [strap("2026-01-06T07:55")], 3, [(5, None, False)]),
    ],
    ids=[
        "without any",
        "before the work",
        "after the work, on the day",
        "the day before",
        "the day before, where every other day is enough",
        "a night shift's",
        "at its last moment",
        "as it ends",
        "one that failed",
        "one that failed and one that passed",
        "each day is one",
        "a later day's",
    ],
)
def test_a_day_of_work_asks_for_a_strap_test(
    work: list[str], tests: list[StrapTest], every: int, told: list[tuple[int, int | None, bool]]
) -> None:
    days = person_days([("anna", at(one)) for one in work], {"anna": tests}, every, STOCKHOLM)
    assert [
        (one.due.day, one.done_on.day if one.done_on else None, one.passed) for one in days
    ] == told
    assert {(one.item, one.person_id, one.equipment_id) for one in days} == {("wrist", "anna", "")}


def test_another_s_test_is_no_test_and_days_come_in_order() -> None:
    work = [("bo", at("2026-01-06T08:00")), ("anna", at("2026-01-06T09:00"))]
    days = person_days(
        [*work, ("bo", at("2026-01-05T08:00"))],
        {"bo": [strap("2026-01-06T07:00")]},
        1,
        STOCKHOLM,
    )
    assert [(one.due.day, one.person_id, one.done_on is not None) for one in days] == [
        (5, "bo", False),
        (6, "anna", False),
        (6, "bo", True),
    ]


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ([strap("2026-01-05T07:00")], [strap("2026-01-05T07:01")], (5, True)),
        ([strap("2026-01-05T07:00")], [], (None, False)),
        ([], [strap("2026-01-05T07:00")], (None, False)),
        ([], [], (None, False)),
        ([strap("2026-01-05T07:00", passed=False)], [strap("2026-01-05T07:01")], (5, False)),
        ([strap("2026-01-05T07:00")], [strap("2026-01-05T07:01", passed=False)], (5, False)),
        ([strap("2026-01-04T22:00")], [strap("2026-01-05T07:01")], (5, True)),
    ],
    ids=["both", "left", "right", "neither", "left failed", "right failed", "on two days"],
)
def test_footwear_is_tested_with_both_feet(
    left: list[StrapTest], right: list[StrapTest], told: tuple[int | None, bool]
) -> None:
    work = [("anna", at("2026-01-05T08:00"))]
    feet = [person_days(work, {"anna": one}, 1, STOCKHOLM, "footwear") for one in (left, right)]
    (day,) = all_made(feet)
    assert (day.done_on.day if day.done_on else None, day.passed) == told
    assert (day.item, day.person_id, day.due.day) == ("footwear", "anna", 5)


@pytest.mark.parametrize("day_of_change", ["2026-03-29", "2026-10-25"])
def test_a_day_of_23_or_25_hours_is_one_day_of_work(day_of_change: str) -> None:
    midnight = at(f"{day_of_change}T00:00")
    work = [("anna", midnight + timedelta(minutes=15 * quarter)) for quarter in range(23 * 4)]
    (one,) = person_days(work, {}, 1, STOCKHOLM)
    assert one.due.isoformat() == day_of_change


@given(
    st.lists(st.tuples(st.sampled_from(["anna", "bo"]), st.integers(0, 10_000)), max_size=20),
    st.lists(st.integers(0, 10_000), max_size=8),
    st.integers(1, 5),
)
def test_made_and_missed_are_each_person_s_days_of_work(
    work: list[tuple[str, int]], tests: list[int], every: int
) -> None:
    start = at("2026-03-26T00:00")
    moments = [(person, start + timedelta(minutes=minute)) for person, minute in work]
    made = [
        StrapTest(start + timedelta(minutes=m), start + timedelta(minutes=m + 60), passed=True)
        for m in tests
    ]
    told = person_days(moments, {"anna": made}, every, STOCKHOLM)
    days = {(one.due, one.person_id) for one in told}
    assert days == {(moment.astimezone(STOCKHOLM).date(), who) for who, moment in moments}
    assert len(days) == len(told)
    assert all(one.done_on is None for one in told if one.person_id == "bo")
