"""The ESD plan as it stands, and what was missed over a period: from the registers and the journal.

What was measured with a tester that turned out to have been out of order that day is no test.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from app.domain.equipment import Equipment
from app.domain.equipment_tests import (
    PREFIX,
    PieceTests,
    PieceVerdict,
    fold_tests,
    item_of,
    told_test,
)
from app.domain.esd import EsdVerdict
from app.domain.esd_plan import PlanLine, interval_of, plan_of
from app.domain.esd_readings import MEASURED, EsdReading, reading_of
from app.domain.journal import Entry
from app.domain.missed_tests import (
    Occasion,
    Plan,
    StrapTest,
    all_made,
    occasions,
    person_days,
    service_of,
)
from app.domain.policy import EVERYBODY, NOBODY, EsdTest, Policy
from app.domain.site_days import site_day
from app.services.calendar import zone_of
from app.services.out_of_order import Troubles, troubles_of, was_bad
from app.services.people_desk import person_named
from app.services.ports import Reader
from app.services.session import Rules

MAX_DAYS: Final = 3_660
"""The longest period that is asked for: ten years."""


EARLIEST: Final = date(1970, 1, 1)
"""Before any bench."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How the plan was kept over a period.

    Attributes:
        since: The first day.
        until: The last day.
        occasions: Every planned test, in order of its last day.
        strangers: Whom the plan asks by an id or a badge that nobody has: nothing is counted of
            them.
    """

    since: date
    until: date
    occasions: tuple[Occasion, ...]
    strangers: tuple[str, ...] = ()

    @property
    def missed(self) -> tuple[Occasion, ...]:
        """Those that nobody made in time."""
        return tuple(one for one in self.occasions if one.done_on is None)

    @property
    def passed(self) -> int:
        """How many were made and passed."""
        return sum(one.passed for one in self.occasions)


def plan_lines(reader: Reader, rules: Rules) -> tuple[PlanLine, ...]:
    """The plan as it stands today, what fails first at the top."""
    zone, equipment = zone_of(reader), reader.equipment()
    bad = troubles_of(reader, equipment)
    tests = {one.equipment_id: one for one in reader.equipment_tests()}
    if bad:
        tests = {piece: _trusted(reader, one, bad, zone) for piece, one in tests.items()}
    return plan_of(equipment, tests, rules.policy.esd_tests, rules.today, zone)


def plan_kept(reader: Reader, rules: Rules, since: date, until: date) -> Kept:
    """Every planned test of a period: of each piece, and of each person's days of work.

    A day that is not over has missed nothing: the period ends yesterday at the latest.

    Args:
        reader: The store.
        rules: What is planned, and which day it is.
        since: The first day, the site's; nothing is planned before `EARLIEST`.
        until: The last day, at most `MAX_DAYS` later.
    """
    since, until = max(since, EARLIEST), min(until, rules.today - timedelta(days=1))
    policy = rules.policy
    zone, equipment = zone_of(reader), reader.equipment()
    bad = troubles_of(reader, equipment)
    told = [
        one
        for piece in equipment
        if interval_of(piece, policy.esd_tests)
        for one in _of_piece(reader, piece, policy, (since, until, zone, bad))
    ]
    worn = [one for one in policy.esd_tests.values() if one.is_worn and one.asked_of != (NOBODY,)]
    told += _of_people(reader, worn, (since, until, zone, bad))
    told.sort(key=lambda one: (one.due, one.equipment_id, one.person_id, one.item))
    named = {one for test in worn if test.asked_of != (EVERYBODY,) for one in test.asked_of}
    strangers = (one for one in sorted(named) if person_named(reader, one) is None)
    return Kept(since, until, tuple(told), tuple(strangers))


_Within = tuple[date, date, tzinfo, Troubles]


def _of_piece(
    reader: Reader, piece: Equipment, policy: Policy, within: _Within
) -> tuple[Occasion, ...]:
    since, until, zone, bad = within
    timeline = reader.timeline(f"{PREFIX}{piece.id}")
    item = item_of(piece.kind)
    tests = [
        (site_day(one.tested_at, zone), one.verdict is PieceVerdict.PASS)
        for one in map(told_test, timeline)
        if one is not None and one.item == item and one.verdict is not PieceVerdict.INVALID
        if not was_bad(bad, one.tester_id, one.tested_at, zone)
    ]
    service = service_of(timeline, piece.state, zone)
    plan = Plan(piece.id, item, interval_of(piece, policy.esd_tests), service)
    return occasions(plan, tests, since, until)


def _of_people(reader: Reader, worn: Sequence[EsdTest], within: _Within) -> list[Occasion]:
    """What is worn, for each day of work of whom it is asked of."""
    since, until, zone, bad = within
    if not worn:
        return []
    work = reader.work(_midnight(since, zone), _midnight(until + timedelta(days=1), zone))
    readings = {
        person: _readings(reader.told(f"person:{person}", MEASURED), bad, zone)
        for person in {person for person, _ in work}
    }
    return [
        one for test in worn for one in _of_item(test, _asked(reader, test, work), readings, zone)
    ]


def _of_item(
    test: EsdTest,
    work: Sequence[tuple[str, datetime]],
    readings: Mapping[str, Sequence[EsdReading]],
    zone: tzinfo,
) -> tuple[Occasion, ...]:
    """One item of what is worn: every channel of it is measured, each foot for itself."""
    channels: list[tuple[Occasion, ...]] = []
    for channel in test.channels:
        tests = {
            person: [
                StrapTest(one.measured_at, one.valid_until, one.verdict is EsdVerdict.PASS)
                for one in own
                if one.channel == channel
            ]
            for person, own in readings.items()
        }
        channels.append(person_days(work, tests, test.every_days, zone, test.item))
    return all_made(channels)


def _asked(
    reader: Reader, test: EsdTest, work: Sequence[tuple[str, datetime]]
) -> Sequence[tuple[str, datetime]]:
    """The work of those of whom a test is asked, whom the plan names by id or badge."""
    if test.asked_of == (EVERYBODY,):
        return work
    named = [person_named(reader, one) for one in test.asked_of]
    asked = {one.id for one in named if one is not None}
    return [(person, at) for person, at in work if person in asked]


def _readings(timeline: Iterable[Entry], bad: Troubles, zone: tzinfo) -> list[EsdReading]:
    """What says something of a person, on any channel."""
    return [
        one
        for one in map(reading_of, timeline)
        if one is not None and one.verdict is not EsdVerdict.INVALID
        if not was_bad(bad, one.tester_id, one.measured_at, zone)
    ]


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _trusted(reader: Reader, tests: PieceTests, bad: Troubles, zone: tzinfo) -> PieceTests:
    """What was tested of a piece, without what testers measured while they were out of order."""
    if not any(one.tester_id in bad for one in tests.items):
        return tests
    state: PieceTests | None = None
    for entry in reader.timeline(f"{PREFIX}{tests.equipment_id}"):
        told = told_test(entry)
        if told is not None and not was_bad(bad, told.tester_id, told.tested_at, zone):
            state = fold_tests(state, entry)
    return state or PieceTests(tests.equipment_id, ())
