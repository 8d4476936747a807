"""Which work rests on what turned out bad: every edge, without a store."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.esd import EsdVerdict
from app.domain.esd_readings import EsdReading
from app.domain.parts import FittedPart
from app.domain.people import Certification
from app.domain.products import Family
from app.domain.recall import (
    ByLot,
    Doubt,
    Guard,
    Neighbour,
    Period,
    Position,
    Suspicion,
    Touch,
    Work,
    WorkKind,
    best_of,
    certified,
    is_of,
    later_than,
    rests,
    suspected,
    whole_of,
)

EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = EIGHT.date()
ACMT = Certification("ACMT", (Family.MAC,), DAY, DAY)
IOS = Certification("iOS", (Family.IPHONE, Family.IPAD), DAY, None)


def at(seconds: int) -> datetime:
    return EIGHT + timedelta(seconds=seconds)


def reading(seconds: int = 0, tester: str = "T1", entry_id: str = "r") -> EsdReading:
    moment = at(seconds)
    until = moment + timedelta(hours=1)
    return EsdReading(entry_id, "anna", tester, "wrist", EsdVerdict.PASS, moment, until)


def work(seconds: int = 60, doubt: Doubt | None = None, what: str = "in_repair") -> Work:
    return Work("r1", WorkKind.STEP, what, at(seconds), "anna", "w", doubt)


def doubts(
    guard: Guard, done: Work, order: dict[str, Position] | None = None
) -> tuple[Doubt, ...] | None:
    touch = rests(guard, done, order or {})
    return None if touch is None else touch.doubts


@pytest.mark.parametrize(
    ("seconds", "holds"), [(-1, False), (0, True), (3599, True), (3600, False)]
)
def test_a_reading_holds_from_its_moment_to_before_its_end(seconds: int, *, holds: bool) -> None:
    assert (doubts(Guard(reading()), work(seconds)) == ()) is holds


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"r": (1,), "n": (2,), "w": (3,)}, None),
        ({"n": (1,), "r": (2,), "w": (3,)}, (Doubt.ORDER,)),
        ({"r": (1,), "w": (2,), "n": (3,)}, (Doubt.ORDER,)),
        ({"r": (1,), "w": (2,)}, (Doubt.ORDER,)),
    ],
)
def test_what_came_between_is_told_by_clocks_and_journal(
    order: dict[str, Position], told: tuple[Doubt, ...] | None
) -> None:
    guard = Guard(reading(), (Neighbour("n", at(30)),))
    assert doubts(guard, work(60), order) == told


@pytest.mark.parametrize("moment", [0, 60])
def test_a_neighbour_of_the_same_moment_leaves_no_doubt_where_the_journal_says_it_came_otherwise(
    moment: int,
) -> None:
    guard = Guard(reading(), (Neighbour("n", at(moment)),))
    assert doubts(guard, work(60), {"n": (1,), "r": (2,), "w": (3,)}) == ()
    assert doubts(guard, work(60), {"r": (1,), "n": (2,), "w": (3,)}) is None


def test_a_neighbour_after_the_work_says_nothing() -> None:
    guard = Guard(reading(), (Neighbour("n", at(61)),))
    assert later_than(guard, work(60)) == ()
    assert doubts(guard, work(60)) == ()


def test_doubts_add_up() -> None:
    guard = Guard(reading(tester=""), (Neighbour("n", at(30)),), is_rejected=True)
    assert doubts(guard, work(60, Doubt.TAKEN_BACK)) == (
        Doubt.TAKEN_BACK,
        Doubt.ORDER,
        Doubt.NO_TESTER,
        Doubt.READING_REJECTED,
    )


def test_internal_work_is_the_taking_into_repair_and_each_part() -> None:
    assert work().is_internal
    assert not work(what="diagnosed").is_internal
    assert Work("r1", WorkKind.PART, "661-1", at(0), "anna", "w").is_internal


@pytest.mark.parametrize(
    ("family", "day", "told"),
    [
        (Family.MAC, DAY, ()),
        (Family.MAC, DAY - timedelta(days=1), None),
        (Family.MAC, DAY + timedelta(days=1), None),
        (Family.IPHONE, DAY, None),
        (None, DAY, (Doubt.NO_FAMILY,)),
        (None, DAY + timedelta(days=1), None),
    ],
)
def test_a_certificate_is_what_its_days_and_families_ask_for(
    family: Family | None, day: date, told: tuple[Doubt, ...] | None
) -> None:
    touch = certified(work(), (ACMT,), (IOS,), family, day)
    assert (None if touch is None else touch.doubts) == told


def test_another_certificate_of_the_same_family_is_a_doubt() -> None:
    other = Certification("ACMT 2", (Family.MAC,), DAY, None)
    touch = certified(work(60, Doubt.CONFLICT), (ACMT,), (IOS, other), Family.MAC, DAY)
    assert touch is not None
    assert touch.doubts == (Doubt.CONFLICT, Doubt.OTHER_CERTIFICATE)


def test_a_lot_is_found_by_either_serial_and_by_all_that_it_names() -> None:
    part = FittedPart("661-1", "KGB", "KBB", "PO", "DN", "e")
    for lot in (ByLot(serial="KGB"), ByLot(serial="KBB"), ByLot("PO", "DN", "661-1", "KGB")):
        assert is_of(lot, part)
    for lot in (ByLot("PO", "OTHER"), ByLot(part_number="661-2"), ByLot(serial="PO")):
        assert not is_of(lot, part)


def test_work_is_listed_once_by_the_touch_that_is_least_in_doubt() -> None:
    sure, later = Touch(work(60), reading()), Touch(work(60), reading(0, "T1", "z"))
    doubtful = Touch(work(60), reading(), (Doubt.ORDER,))
    first = Touch(Work("r1", WorkKind.PART, "661-1", at(30), "anna", "p"))
    assert best_of([doubtful, later, sure, first]) == (first, sure)
    assert best_of([sure, doubtful]) == (sure,)


def test_a_period_has_its_start_and_not_its_end() -> None:
    period = Period(at(0), at(10))
    assert [period.holds(at(seconds)) for seconds in (-1, 0, 9, 10)] == [False, True, True, False]
    assert Period().holds(at(0))


# ----------------------------------------------------------------------
# When a tester was found out of order
# ----------------------------------------------------------------------


HOUR = timedelta(hours=1)
BAD = Suspicion(Period(EIGHT, EIGHT + HOUR), EIGHT - HOUR)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (-61, None),
        (-60, (Doubt.SINCE_CALIBRATION,)),
        (-1, (Doubt.SINCE_CALIBRATION,)),
        (0, ()),
        (59, ()),
        (60, None),
    ],
)
def test_a_reading_is_certain_doubtful_or_left_out_by_when_it_was_made(
    minutes: int, told: tuple[Doubt, ...] | None
) -> None:
    touch = Touch(work(), reading(60 * minutes))
    found = suspected(touch, [BAD])
    assert (found and found.doubts) == told


def test_what_rests_on_no_reading_is_under_no_suspicion() -> None:
    assert suspected(Touch(work()), [BAD]) is None


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ([], Period(EIGHT - HOUR, EIGHT + HOUR)),
        (
            [Suspicion(Period(EIGHT, EIGHT + 2 * HOUR), EIGHT)],
            Period(EIGHT - HOUR, EIGHT + 2 * HOUR),
        ),
        ([Suspicion(Period(EIGHT, EIGHT + 2 * HOUR))], Period(None, EIGHT + 2 * HOUR)),
        ([Suspicion(Period(EIGHT, None), EIGHT - 2 * HOUR)], Period(EIGHT - 2 * HOUR, None)),
    ],
)
def test_all_suspicions_lie_in_one_period(others: list[Suspicion], told: Period) -> None:
    assert whole_of([BAD, *others]) == told
    assert whole_of([*others, BAD]) == told
