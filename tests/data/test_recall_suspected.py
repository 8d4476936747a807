"""A tester that leads found out of order is recalled for that time, and no other, by itself."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from app.domain.journal import Draft, Json
from app.domain.recall import ByCalibration, ByTester, Doubt, Period, Suspicion
from app.services.ports import RegisterRow
from app.services.recalling import RecallList
from tests.data.recalled import Day, at

T1: Final = ByTester("T1")
STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
DOUBT: Final = (Doubt.SINCE_CALIBRATION,)


@pytest.fixture
def day(day: Day) -> Day:
    """The day of a site in Sweden."""
    account: dict[str, object] = {
        "name": "KTH",
        "site": "Lab",
        "account": "1",
        "time_zone": STOCKHOLM.key,
    }
    assert day.store.load_registers((RegisterRow("account", "account", account),)) == ()
    return day


def midnight(month: int, day: int) -> datetime:
    """The beginning of a day of 2026 at the site."""
    return datetime(2026, month, day, tzinfo=STOCKHOLM)


def found_bad(day: Day, since: Json, until: Json = None) -> None:
    told: dict[str, Json] = {"from": since, "to": until}
    day.write(-1, Draft("equipment.found_bad", "equipment:T1", "person:lead", told))


def calibrated(day: Day, on: str) -> None:
    told: dict[str, Json] = {"certificate": f"K-{on}", "on": on, "due": "2027-06-01", "by": "RISE"}
    day.write(-1, Draft("equipment.calibrated", "equipment:T1", "person:lead", told))


def worked(day: Day, *moments: datetime) -> None:
    """A reading of the tester at each moment, and a repair that was begun by it."""
    for moment in moments:
        seconds = (moment - at(0)).total_seconds()
        day.reading(seconds)
        day.begun(seconds + 1, f"{moment.astimezone(STOCKHOLM):%m-%d %H:%M:%S}")


def listed(found: RecallList) -> list[tuple[str, tuple[Doubt, ...]]]:
    return [(hit.repair.id, hit.touches[0].doubts) for hit in found.hits]


def test_those_days_are_certain_and_the_time_since_the_calibration_in_doubt(day: Day) -> None:
    """The register has it calibrated on 10 January 2026."""
    second = timedelta(seconds=2)
    worked(
        day,
        midnight(1, 10) - second,
        midnight(1, 10),
        midnight(3, 1) - second,
        midnight(3, 1),
        midnight(3, 6) - second,
        midnight(3, 6),
    )
    found_bad(day, "2026-03-01", "2026-03-05")
    found = day.found(T1)
    assert listed(found) == [
        ("01-10 00:00:00", DOUBT),
        ("02-28 23:59:58", DOUBT),
        ("03-01 00:00:00", ()),
        ("03-05 23:59:58", ()),
    ]
    assert found.period == Period(midnight(1, 10), midnight(3, 6))
    assert found.suspicions == (Suspicion(Period(midnight(3, 1), midnight(3, 6)), midnight(1, 10)),)
    assert (found.certain, found.name) == (2, "Warmbier")


def test_a_tester_that_nobody_found_bad_is_recalled_for_all_time(day: Day) -> None:
    worked(day, midnight(1, 5), midnight(11, 20))
    found = day.found(T1)
    assert [doubts for _, doubts in listed(found)] == [(), ()]
    assert (found.period, found.suspicions) == (Period(), ())


def test_a_period_that_is_asked_for_is_that_period(day: Day) -> None:
    worked(day, midnight(1, 5), midnight(3, 2))
    found_bad(day, "2026-03-01")
    found = day.found(ByTester("T1", Period(None, midnight(2, 1))))
    assert (listed(found), found.suspicions) == ([("01-05 00:00:00", ())], ())
    found = day.found(ByTester("T1", Period(datetime(1970, 1, 1, tzinfo=UTC))))
    assert [doubts for _, doubts in listed(found)] == [(), ()]


def test_a_calibration_is_recalled_for_its_own_time(day: Day) -> None:
    worked(day, midnight(1, 11), midnight(11, 20))
    found_bad(day, "2026-03-01", "2026-03-05")
    found = day.found(ByCalibration("T1", "K-2026"))
    assert [doubts for _, doubts in listed(found)] == [(), ()]
    assert found.suspicions == ()


def test_without_a_calibration_before_any_earlier_time_is_in_doubt(day: Day) -> None:
    worked(day, midnight(1, 2), midnight(1, 9), midnight(1, 12))
    found_bad(day, "2026-01-09", "2026-01-09")
    found = day.found(T1)
    assert listed(found) == [("01-02 00:00:00", DOUBT), ("01-09 00:00:00", ())]
    assert found.period == Period(None, midnight(1, 10))


def test_without_an_end_it_is_bad_until_it_is_calibrated_again(day: Day) -> None:
    worked(day, midnight(3, 1), midnight(5, 31), midnight(6, 1))
    found_bad(day, "2026-03-01")
    assert len(day.found(T1).hits) == 3
    assert day.found(T1).period.end is None
    calibrated(day, "2026-06-01")
    assert [one for one, _ in listed(day.found(T1))] == ["03-01 00:00:00", "05-31 00:00:00"]


def test_the_last_calibration_before_counts_and_none_of_a_bad_day(day: Day) -> None:
    for on in ("2026-02-01", "2026-02-20", "2026-04-01", "2026-04-10"):
        calibrated(day, on)
    found_bad(day, "2026-03-01", "2026-04-02")  # the one of 1 April changed nothing
    found_bad(day, "2026-04-05", "2026-04-06")
    found = day.found(T1)
    assert [(one.since, one.bad) for one in found.suspicions] == [
        (midnight(2, 20), Period(midnight(3, 1), midnight(4, 3))),
        (midnight(2, 20), Period(midnight(4, 5), midnight(4, 7))),
    ]


def test_what_one_finding_doubts_and_another_knows_is_certain(day: Day) -> None:
    worked(day, midnight(3, 1), midnight(4, 1), midnight(5, 1))
    found_bad(day, "2026-05-01", "2026-05-02")
    found_bad(day, "2026-03-01", "2026-03-02")
    found = day.found(T1)
    assert [doubts for _, doubts in listed(found)] == [(), DOUBT, ()]
    assert found.period == Period(midnight(1, 10), midnight(5, 3))


def test_between_two_findings_a_calibration_clears_it(day: Day) -> None:
    worked(day, midnight(4, 9), midnight(4, 10))
    calibrated(day, "2026-04-10")
    found_bad(day, "2026-03-01", "2026-03-02")
    found_bad(day, "2026-05-01", "2026-05-02")
    assert listed(day.found(T1)) == [("04-10 00:00:00", DOUBT)]


def test_a_doubt_of_another_kind_stays_beside_it(day: Day) -> None:
    seconds = (midnight(2, 1) - at(0)).total_seconds()
    day.reading(seconds, "")
    day.begun(seconds + 1)
    found_bad(day, "2026-03-01")
    assert listed(day.found(T1)) == [("r1", (Doubt.NO_TESTER, Doubt.SINCE_CALIBRATION))]


def test_a_tester_that_the_register_lost_is_still_recalled_for_it(day: Day) -> None:
    worked(day, midnight(3, 1))
    found_bad(day, "2026-03-01", "2026-03-01")
    assert day.store.load_registers((RegisterRow("equipment", "T1", None),)) == ()
    found = day.found(T1)
    assert (found.name, listed(found)) == ("", [("03-01 00:00:00", ())])
    found_bad(day, "2026-04-01", "2026-04-01")
    assert len(day.found(T1).suspicions) == 2


@pytest.mark.parametrize(
    ("since", "until"), [("0001-01-01", "0001-01-01"), ("0001-01-02", "9999-12-31")]
)
def test_days_at_the_ends_of_the_calendar_stop_nobody(day: Day, since: str, until: str) -> None:
    found_bad(day, since, until)
    calibrated(day, date.min.isoformat())
    found = day.found(T1)
    assert len(found.suspicions) == 1
    assert found.hits == ()
    assert found.suspicions[0].bad.holds(datetime(1, 1, 1, 12, tzinfo=UTC)) is (since == until)
