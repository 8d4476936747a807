"""A tester that turned out to have been out of order: which days, and what that shuts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.equipment_tests import CALIBRATED, FOUND_BAD
from app.domain.journal import Draft, Json
from app.domain.missed_tests import Span
from app.services.equipping import OutOfOrder, find_bad
from app.services.out_of_order import days_out_of_order, troubles_of, was_bad
from tests.unit.services.desk import CLEO, OLD_TESTER, TESTER, Desk, codes, row

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


def say(desk: Desk, kind: str, **told: Json) -> None:
    with desk.store.writing() as tx:
        tx.append(Draft(kind, f"equipment:{TESTER}", "person:cleo", told))


def days(desk: Desk, tester: str = TESTER) -> list[Span]:
    with desk.store.reading() as reader:
        return list(days_out_of_order(reader, tester))


def bad(desk: Desk, since: Json, until: Json = None) -> None:
    say(desk, FOUND_BAD, **{"from": since, "to": until})


def test_the_days_are_those_that_were_told(desk: Desk) -> None:
    assert days(desk) == []
    bad(desk, "2026-11-01", "2026-11-09")
    bad(desk, "2026-11-20", "2026-11-20")
    assert days(desk) == [
        Span(date(2026, 11, 1), date(2026, 11, 9)),
        Span(date(2026, 11, 20), date(2026, 11, 20)),
    ]
    assert days(desk, OLD_TESTER) == []


@pytest.mark.parametrize(
    ("calibrated", "last"),
    [
        ([], date.max),
        (["2026-10-01"], date.max),
        (["2026-11-01"], date.max),
        (["2027-03-01", "2026-11-20"], date(2026, 11, 19)),
        (["some day", 7], date.max),
    ],
    ids=["none", "before", "that day", "the next of two", "nonsense"],
)
def test_without_an_end_it_lasts_until_the_next_calibration(
    desk: Desk, calibrated: list[Json], last: date
) -> None:
    bad(desk, "2026-11-01")
    for day in calibrated:
        say(desk, CALIBRATED, on=day)
    assert days(desk) == [Span(date(2026, 11, 1), last)]


@pytest.mark.parametrize("since", [None, "yesterday", 7])
def test_without_a_first_day_nothing_is_told(desk: Desk, since: Json) -> None:
    bad(desk, since)
    assert days(desk) == []


def test_only_testers_are_named_and_only_those_in_trouble(desk: Desk) -> None:
    desk.put(row("equipment", "mat-1", id="mat-1", kind="esd_mat"))
    bad(desk, "2026-11-23", "2026-11-23")
    with desk.store.reading() as reader:
        told = troubles_of(reader, reader.equipment())
    assert list(told) == [TESTER]
    zone = desk.clock.moment.tzinfo
    assert zone is not None
    assert was_bad(told, TESTER, desk.clock.moment, zone)
    assert not was_bad(told, TESTER, desk.clock.moment + DAY, zone)
    assert not was_bad(told, TESTER, desk.clock.moment - DAY, zone)
    assert not was_bad(told, OLD_TESTER, desk.clock.moment, zone)


@pytest.mark.parametrize(
    ("since", "until", "is_shut"),
    [(TODAY, TODAY, True), (TODAY - DAY, None, True), (TODAY - DAY, TODAY - DAY, False)],
    ids=["that day", "still", "the day before"],
)
def test_a_strap_test_with_such_a_tester_opens_no_device_any_more(
    desk: Desk, since: date, until: date | None, is_shut: bool
) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    rules = desk.rules
    with desk.store.writing() as tx:
        assert find_bad(tx, TESTER, OutOfOrder(since, until, "x"), badge=CLEO, rules=rules).entries
    told = desk.do("WORK").feedback
    if is_shut:
        assert codes(told) == (
            *("refused", "finding.tester_out_of_calibration"),
            "tester_out_of_calibration",
        )
    else:
        assert told.tone.value == "accepted"


def test_a_reading_from_the_end_of_the_calendar_shuts_the_gate_and_stops_nobody(
    desk: Desk,
) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    now, desk.clock.moment = desk.clock.moment, datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
    told: dict[str, Json] = {"channel": "wrist", "verdict": "pass", "tester": TESTER}
    with desk.store.writing() as tx:
        tx.append(Draft("esd.measured", "person:anna", "bench", told))
    desk.clock.moment = now
    assert codes(desk.do("WORK").feedback)[1] == "finding.esd_stale"


def test_a_strap_test_with_what_is_no_tester_any_more_opens_no_device(desk: Desk) -> None:
    desk.open()
    desk.do("SYM01", "DIAG")
    desk.put(row("equipment", TESTER, id=TESTER, kind="tool", calibration_due="2027-03-31"))
    assert codes(desk.do("WORK").feedback)[1] == "finding.tester_unknown"
