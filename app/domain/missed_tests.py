"""Tests that were planned over a period: which were made, and which were missed. Pure.

For a piece, an occasion is the last day for a test: so many days after the last one, whether that
was early or late. Where nobody tests, the plan goes on, and each interval is one missed test. For
what is worn, an occasion is a person's day of work. So what was made and what was missed are
together what was planned.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import Final

from app.domain.equipment import IN_SERVICE, EquipmentState
from app.domain.equipment_tests import WRIST_ITEM
from app.domain.journal import Entry, Json
from app.domain.site_days import site_day

REGISTER_CHANGED: Final = "register.changed"
"""The kind of entry that changes a row of the equipment register at a bench."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """One planned test.

    Attributes:
        item: What is tested.
        due: The last day for it.
        done_on: When it was made, None where it was missed.
        passed: Whether it passed.
        equipment_id: Of which piece, empty for a person's.
        person_id: Whose, empty for a piece's.
    """

    item: str
    due: date
    done_on: date | None
    passed: bool
    equipment_id: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Days in which a piece was in service, both included."""

    first: date
    last: date


ALWAYS: Final = (Span(date.min, date.max),)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one piece is tested.

    Attributes:
        equipment_id: Which piece.
        item: What is tested of it.
        every_days: Days from one test to the next, at least 1.
        service: When it was in service; a test that falls due while it is not waits until it is.
    """

    equipment_id: str
    item: str
    every_days: int
    service: Sequence[Span] = ALWAYS


def occasions(
    plan: Plan, tests: Iterable[tuple[date, bool]], since: date, until: date
) -> tuple[Occasion, ...]:
    """Each planned test of a piece whose last day is in a period.

    A piece that was never tested before the period has its first interval from the period's
    beginning, or from when it came into service.

    Args:
        plan: How it is tested.
        tests: The day of each test that says something, and whether it passed; in any order.
        since: The first day of the period.
        until: Its last day.
    """
    made: dict[date, bool] = {}
    for day, passed in sorted(tests):
        made[day] = passed and made.get(day, True)
    days = sorted(made)
    before = [day for day in days if day < since]
    start = before[0] if before else _first_in(plan.service, since)
    if start is None:
        return ()
    last = start if before else start - timedelta(days=1)
    return tuple(
        Occasion(plan.item, due, done, done is not None and made[done], plan.equipment_id)
        for due, done in _chain(plan, days, last, until)
        if due >= since
    )


def _chain(
    plan: Plan, days: Sequence[date], last: date, until: date
) -> Iterator[tuple[date, date | None]]:
    """Each last day from the day of a test on, with the test that was made in time for it."""
    before = last
    while (due := _due(plan, last)) is not None and due <= until:
        made = bisect_right(days, due)
        done = days[made - 1] if made and days[made - 1] > before else None
        yield due, done
        before, last = due, done or due


def _due(plan: Plan, last: date) -> date | None:
    """The last day for the test after one; None where the calendar or its service ends before."""
    if plan.every_days > (date.max - last).days:
        return None
    return _first_in(plan.service, last + timedelta(days=plan.every_days))


def _first_in(service: Sequence[Span], day: date) -> date | None:
    """The first day from a day on in which it was in service; None where there is none."""
    return min((max(day, one.first) for one in service if one.last >= day), default=None)


def service_of(timeline: Iterable[Entry], state: EquipmentState, zone: tzinfo) -> tuple[Span, ...]:
    """When a piece was in service, by what benches changed of it.

    Since the last change, and where there is none, it was as the register has it now. The day of a
    change is the new state's.

    Args:
        timeline: Every entry about the piece, in canonical order.
        state: As the register has it now.
        zone: The site's time zone.
    """
    told = [
        (site_day(entry.recorded_at, zone), *_states(entry.payload))
        for entry in timeline
        if entry.kind == REGISTER_CHANGED
    ]
    changes = [(day, was, now) for day, was, now in told if now is not was]
    if not changes:
        return ALWAYS if state in IN_SERVICE else ()
    marks = [(date.min, changes[0][1]), *((day, now) for day, _, now in changes)]
    spans = [
        Span(first, end - timedelta(days=1))
        for (first, in_service), (end, _) in pairwise(marks)
        if in_service and end > first
    ]
    return (*spans, *([Span(marks[-1][0], date.max)] if state in IN_SERVICE else []))


def _states(payload: Mapping[str, Json]) -> tuple[bool, bool]:
    """Whether a change leaves a piece in service that was, or the other way round."""
    was, now = payload.get("was"), payload.get("set")
    before = _in_service(was, default=True)
    return before, _in_service(now, default=before)


def _in_service(row: Json, *, default: bool) -> bool:
    """Whether a row, or what is set of one, says that the piece is in service; None is no row."""
    if not isinstance(row, Mapping):
        return False
    state = row.get("state")
    return state in {one.value for one in IN_SERVICE} if isinstance(state, str) else default


# ----------------------------------------------------------------------
# What is worn: a person's days of work
# ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StrapTest:
    """A test of what somebody wears, such as a wrist strap, that says something.

    Attributes:
        at: When, UTC.
        holds_until: How long it lets the person work; ``at`` where it failed.
        passed: Whether it passed.
    """

    at: datetime
    holds_until: datetime
    passed: bool


def person_days(
    work: Iterable[tuple[str, datetime]],
    tests: Mapping[str, Sequence[StrapTest]],
    every_days: int,
    zone: tzinfo,
    item: str = WRIST_ITEM,
) -> tuple[Occasion, ...]:
    """Each day on which somebody worked, with the test that was made for it on one channel.

    That is one of the day itself or, where the plan asks more seldom, of the days before; and one
    that still held when the day's work began, such as a night shift's.

    Args:
        work: Who worked when.
        tests: Each person's tests.
        every_days: Every how many days of the calendar it is tested.
        zone: The site's time zone.
        item: What is tested.
    """
    first: dict[tuple[date, str], datetime] = {}
    for person_id, at in work:
        key = (site_day(at, zone), person_id)
        first[key] = min(at, first.get(key, at))
    return tuple(
        replace(
            _worn_occasion(day, person_id, began, tests.get(person_id, ()), every_days, zone),
            item=item,
        )
        for (day, person_id), began in sorted(first.items())
    )


def all_made(channels: Sequence[Sequence[Occasion]]) -> tuple[Occasion, ...]:
    """The same days of work on several channels, such as both feet: one test is all of them.

    A day on which one of them was left out is missed; it passes where each of them does.

    Args:
        channels: For each channel the occasions of the same work (`person_days`).
    """
    told: list[Occasion] = []
    for day in zip(*channels, strict=True):
        done = [one.done_on for one in day if one.done_on is not None]
        made = len(done) == len(day)
        passed = made and all(one.passed for one in day)
        told.append(replace(day[0], done_on=max(done) if made else None, passed=passed))
    return tuple(told)


def _worn_occasion(
    day: date,
    person_id: str,
    began: datetime,
    tests: Sequence[StrapTest],
    every_days: int,
    zone: tzinfo,
) -> Occasion:
    days = [
        (site_day(one.at, zone), one.passed)
        for one in tests
        if one.at <= began < one.holds_until
        or 0 <= (day - site_day(one.at, zone)).days < every_days
    ]
    done = max(days, default=None)
    passed = any(passed for _, passed in days)
    return Occasion(WRIST_ITEM, day, done[0] if done else None, passed, person_id=person_id)
