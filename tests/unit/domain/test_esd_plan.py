"""The ESD plan at its edges: what is planned, when it is due, on the site's own days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.domain.equipment_tests import PieceState, PieceTests, PieceVerdict
from app.domain.esd_plan import PlanLine, PlanState, interval_of, plan_of
from app.domain.policy import EsdTest

STOCKHOLM = ZoneInfo("Europe/Stockholm")
TODAY = date(2026, 11, 23)
PLAN = {
    "wrist": EsdTest("wrist", ("wrist",), 1, "plan"),
    "mat": EsdTest("mat", ("surface",), 30, "plan"),
    "ground_point": EsdTest("ground_point", ("ground_point",), 90, "plan"),
}


def piece(
    name: str = "mat-1",
    kind: str = EquipmentKind.ESD_MAT,
    state: EquipmentState = EquipmentState.IN_USE,
    every: int = 0,
) -> Equipment:
    return Equipment(name, kind, "", "", "", None, state=state, test_every_days=every)


def on_record(
    at: datetime, verdict: PieceVerdict = PieceVerdict.PASS, name: str = "mat-1", item: str = "mat"
) -> dict[str, PieceTests]:
    state = PieceState(
        item, "", "surface", verdict, 1, over_range=False, tested_at=at, tester_id="", person_id=""
    )
    return {name: PieceTests(name, (state,))}


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def line_of(tests: dict[str, PieceTests], today: date = TODAY, every: int = 0) -> PlanLine:
    (line,) = plan_of([piece(every=every)], tests, PLAN, today, STOCKHOLM)
    return line


@pytest.mark.parametrize(
    ("kind", "own", "every"),
    [
        (EquipmentKind.ESD_MAT, 0, 30),
        (EquipmentKind.ESD_MAT, 7, 7),
        (EquipmentKind.GROUND_POINT, 0, 90),
        (EquipmentKind.WRIST_STRAP, 0, 0),
        (EquipmentKind.WRIST_STRAP, 180, 180),
        (EquipmentKind.TOOL, 0, 0),
        (EquipmentKind.TOOL, 365, 365),
        (EquipmentKind.FLOOR_MAT, 0, 0),
        ("laser", 0, 0),
    ],
)
def test_a_piece_s_own_interval_goes_before_the_policy_s(kind: str, own: int, every: int) -> None:
    assert interval_of(piece(kind=kind, every=own), PLAN) == every


def test_what_is_not_planned_or_not_in_service_is_no_line() -> None:
    pieces = [
        piece("a", EquipmentKind.TOOL),
        piece("b", state=EquipmentState.AWAY),
        piece("c", state=EquipmentState.RETIRED),
        piece("d", state=EquipmentState.SPARE),
        piece("e", EquipmentKind.TOOL, every=10),
    ]
    lines = plan_of(pieces, {}, PLAN, TODAY, STOCKHOLM)
    assert [(one.piece.id, one.item, one.channels) for one in lines] == [
        ("d", "mat", ("surface",)),
        ("e", "check", ()),
    ]


@pytest.mark.parametrize(
    ("days_ago", "state", "due", "fails_on"),
    [
        (0, PlanState.OK, date(2026, 12, 23), date(2026, 12, 24)),
        (29, PlanState.OK, date(2026, 11, 24), date(2026, 11, 25)),
        (30, PlanState.DUE, TODAY, date(2026, 11, 24)),
        (31, PlanState.OVERDUE, date(2026, 11, 22), TODAY),
        (400, PlanState.OVERDUE, date(2025, 11, 18), date(2025, 11, 19)),
    ],
)
def test_the_last_day_is_so_many_days_after_the_last_test(
    days_ago: int, state: PlanState, due: date, fails_on: date
) -> None:
    line = line_of(on_record(noon(TODAY - timedelta(days=days_ago))))
    assert (line.state, line.due, line.fails_on) == (state, due, fails_on)
    assert line.last_on == TODAY - timedelta(days=days_ago)


def test_what_was_never_tested_is_due_today() -> None:
    line = line_of({})
    assert (line.state, line.due, line.fails_on) == (PlanState.NEVER, TODAY, TODAY)
    assert line.last is None


def test_a_test_that_says_nothing_is_shown_and_puts_nothing_off() -> None:
    line = line_of(on_record(noon(TODAY), PieceVerdict.INVALID))
    assert (line.state, line.last_on, line.due) == (PlanState.NEVER, None, TODAY)
    assert line.last is not None


@pytest.mark.parametrize(
    "verdict", [PieceVerdict.FAIL, PieceVerdict.FAIL_LOW, PieceVerdict.FAIL_HIGH]
)
def test_what_failed_is_due_at_once_and_fails_since(verdict: PieceVerdict) -> None:
    failed_on = TODAY - timedelta(days=3)
    line = line_of(on_record(noon(failed_on), verdict))
    assert (line.state, line.due, line.fails_on) == (PlanState.FAILED, TODAY, failed_on)


def test_a_clock_that_was_ahead_puts_nothing_off() -> None:
    line = line_of(on_record(noon(date(2099, 1, 1))))
    assert (line.last_on, line.due) == (TODAY, TODAY + timedelta(days=30))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26)),
    ],
    ids=str,
)
def test_a_day_is_the_site_s_also_where_it_has_23_or_25_hours(at: datetime, day: date) -> None:
    line = line_of(on_record(at), today=date(2026, 10, 31), every=1)
    assert (line.last_on, line.due) == (day, day + timedelta(days=1))


def test_an_interval_beyond_the_calendar_is_never_due() -> None:
    line = line_of(on_record(noon(TODAY)), every=2**53)
    assert (line.state, line.due, line.fails_on) == (PlanState.OK, date.max, date.max)


def test_what_fails_first_comes_first() -> None:
    pieces = [piece("a"), piece("b"), piece("c", EquipmentKind.GROUND_POINT)]
    tests = on_record(noon(TODAY), name="a") | on_record(noon(TODAY - timedelta(days=40)), name="b")
    lines = plan_of(pieces, tests, PLAN, TODAY, STOCKHOLM)
    assert [one.piece.id for one in lines] == ["b", "c", "a"]


@given(
    st.integers(0, 4000),
    st.integers(1, 1000),
    st.sampled_from([PieceVerdict.PASS, PieceVerdict.FAIL, PieceVerdict.INVALID]),
)
def test_a_line_is_never_due_later_than_its_interval_allows(
    days_ago: int, every: int, verdict: PieceVerdict
) -> None:
    line = line_of(on_record(noon(TODAY - timedelta(days=days_ago)), verdict), every=every)
    assert line.due <= max(TODAY, TODAY - timedelta(days=days_ago) + timedelta(days=every))
    assert (line.fails_on <= TODAY) is (line.state not in {PlanState.OK, PlanState.DUE})
