"""The ESD plan as it stands and as it was kept, from a real store, on the site's own days."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.equipment import EquipmentState
from app.domain.equipment_tests import FOUND_BAD
from app.domain.esd import WRIST, Measurement
from app.domain.esd_plan import PlanState
from app.domain.journal import Draft, Json
from app.services.equipping import Calibration, OutOfOrder, calibrate_piece, change_piece, find_bad
from app.services.esd_planning import Kept, plan_kept, plan_lines
from app.services.piece_testing import record_tried
from app.services.playing import command
from app.services.session import Session
from tests.unit.services.desk import ACCOUNT, CLEO, TESTER, Desk, row

MAT, TOOL = "mat-1", "tool-1"
TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture
def station(desk: Desk) -> Desk:
    """A bench with a mat that is tested every ten days, and a tool without a plan."""
    desk.put(
        row("equipment", MAT, id=MAT, kind="esd_mat", name="Mat", test_every_days=10),
        row("equipment", TOOL, id=TOOL, kind="tool", name="Tool"),
    )
    return desk


def measure_mat(desk: Desk, ohm: int = 1_000_000, device: str = TESTER) -> None:
    desk.sign_in()
    desk.scan(command("EQMAT1"))
    told = desk.measure(Measurement("surface", ohm), device=device)
    assert told.entries[-1].kind == "equipment.tested"


def stands(desk: Desk) -> tuple[PlanState, date, date | None]:
    rules = desk.rules
    with desk.store.reading() as reader:
        (line,) = plan_lines(reader, rules)
    return line.state, line.due, line.last_on


def kept(desk: Desk, since: date, until: date) -> Kept:
    rules = desk.rules
    with desk.store.reading() as reader:
        return plan_kept(reader, rules, since, until)


def due(told: Kept) -> list[tuple[str, date, date | None]]:
    return [(one.equipment_id or one.person_id, one.due, one.done_on) for one in told.occasions]


def test_a_test_puts_the_next_one_off_by_the_piece_s_interval(station: Desk) -> None:
    assert stands(station) == (PlanState.NEVER, TODAY, None)
    measure_mat(station)
    assert stands(station) == (PlanState.OK, TODAY + 10 * DAY, TODAY)
    station.clock.moment += 10 * DAY
    assert stands(station)[0] is PlanState.DUE
    station.clock.moment += DAY
    assert stands(station)[0] is PlanState.OVERDUE
    measure_mat(station, 2_000_000_000)
    assert stands(station)[0] is PlanState.FAILED


def test_missed_tests_are_those_of_days_that_are_over(station: Desk) -> None:
    station.clock.moment -= 25 * DAY
    measure_mat(station)  # on 29 October
    station.clock.moment += 25 * DAY
    told = kept(station, date(2026, 10, 25), date(2026, 12, 31))
    assert (told.since, told.until) == (date(2026, 10, 25), TODAY - DAY)
    assert due(told) == [
        (MAT, date(2026, 11, 3), date(2026, 10, 29)),
        (MAT, date(2026, 11, 8), None),
        (MAT, date(2026, 11, 18), None),
    ]
    assert [one.due for one in told.missed] == [date(2026, 11, 8), date(2026, 11, 18)]
    assert told.passed == 1


def test_a_piece_that_is_sent_away_misses_nothing_meanwhile(station: Desk) -> None:
    station.clock.moment -= 25 * DAY
    measure_mat(station)
    rules = station.rules
    with station.store.writing() as tx:
        change_piece(tx, MAT, {"state": EquipmentState.AWAY}, badge=CLEO, rules=rules)
    station.clock.moment += 20 * DAY  # 18 November
    rules = station.rules
    with station.store.writing() as tx:
        change_piece(tx, MAT, {"state": EquipmentState.IN_USE}, badge=CLEO, rules=rules)
    station.clock.moment += 5 * DAY
    assert due(kept(station, date(2026, 10, 30), TODAY)) == [(MAT, date(2026, 11, 18), None)]


def test_a_day_s_work_asks_for_a_strap_test_on_the_site_s_day(station: Desk) -> None:
    station.without("equipment", MAT)
    station.clock.moment = datetime(2026, 11, 18, 23, 30, tzinfo=UTC)  # past midnight in Stockholm
    station.open()
    told = due(kept(station, date(2026, 11, 1), TODAY + 9 * DAY))
    assert told == []  # the day is not over
    station.clock.moment = datetime(2026, 11, 20, 22, 0, tzinfo=UTC)
    assert due(kept(station, date(2026, 11, 1), TODAY)) == [
        ("anna", date(2026, 11, 19), date(2026, 11, 19))
    ]
    assert due(kept(station, date(2026, 11, 20), TODAY)) == []
    station.do("SYM01", "DIAG")
    station.clock.moment = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    told = due(kept(station, date(2026, 11, 1), TODAY))
    assert told[-1] == ("anna", date(2026, 11, 20), None)


def test_what_says_nothing_is_no_strap_test(station: Desk) -> None:
    station.without("equipment", MAT)
    station.sign_in()
    station.measure(device="esd-strange")
    station.measure(Measurement("left_foot", 5))
    station.measure(Measurement(WRIST, 5))
    station.clock.moment += DAY
    work(station)
    station.clock.moment += DAY
    told = kept(station, TODAY, TODAY + DAY)
    assert due(told) == [("anna", TODAY + DAY, None)]


def work(desk: Desk) -> None:
    """Anna opens a repair: work, whatever she tested."""
    payload: dict[str, Json] = {"number": "7", "serial": "C02XK0ABJGH5"}
    with desk.store.writing() as tx:
        tx.append(Draft("repair.opened", "repair:r1", "person:anna", payload))


def test_a_period_from_before_any_bench_begins_later(station: Desk) -> None:
    told = kept(station, date.min, date(1970, 1, 10))
    assert (told.since, due(told)) == (date(1970, 1, 1), [(MAT, date(1970, 1, 10), None)])


def test_a_site_whose_time_zone_nobody_knows_counts_days_in_utc(station: Desk) -> None:
    value = {**(ACCOUNT.value or {}), "time_zone": "Nowhere/Land"}
    station.put(row("account", "account", **value))
    station.clock.moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    measure_mat(station)
    assert stands(station)[2] == date(2026, 11, 22)


# ----------------------------------------------------------------------
# Testers that turned out to have been out of order
# ----------------------------------------------------------------------


def spoil(desk: Desk, since: date, until: date | None) -> None:
    rules = desk.rules
    with desk.store.writing() as tx:
        done = find_bad(tx, TESTER, OutOfOrder(since, until, "x"), badge=CLEO, rules=rules)
    assert done.entries


def test_what_a_tester_measured_while_out_of_order_is_no_test(station: Desk) -> None:
    measure_mat(station)
    station.clock.moment += 2 * DAY
    measure_mat(station)
    spoil(station, TODAY + DAY, TODAY + 2 * DAY)
    assert stands(station) == (PlanState.OK, TODAY + 10 * DAY, TODAY)
    spoil(station, TODAY, TODAY)
    assert stands(station) == (PlanState.NEVER, TODAY + 2 * DAY, None)
    station.clock.moment += 30 * DAY
    told = kept(station, TODAY, TODAY + 20 * DAY)
    assert [one for _, _, one in due(told)] == [None, None]


def test_what_was_not_measured_with_it_stands(station: Desk) -> None:
    station.put(row("equipment", TOOL, id=TOOL, kind="tool", test_every_days=5))
    station.without("equipment", MAT)
    rules = station.rules
    with station.store.writing() as tx:
        tool = tx.piece(TOOL)
        assert tool is not None
        record_tried(tx, Session(), tool, "", rules, passed=True)
    spoil(station, TODAY, TODAY)
    assert stands(station) == (PlanState.OK, TODAY + 5 * DAY, TODAY)


def test_a_strap_test_with_such_a_tester_is_none(station: Desk) -> None:
    station.without("equipment", MAT)
    station.open()
    station.clock.moment += DAY
    assert due(kept(station, TODAY, TODAY)) == [("anna", TODAY, TODAY)]
    spoil(station, TODAY, None)
    assert due(kept(station, TODAY, TODAY)) == [("anna", TODAY, None)]


def test_the_next_calibration_ends_it(station: Desk) -> None:
    measure_mat(station)
    spoil(station, TODAY, None)
    station.clock.moment += 3 * DAY
    how = Calibration("C-2", TODAY + 3 * DAY, TODAY + 300 * DAY)
    rules = station.rules
    with station.store.writing() as tx:
        calibrate_piece(tx, TESTER, how, badge=CLEO, rules=rules)
        change_piece(tx, TESTER, {"state": EquipmentState.IN_USE}, badge=CLEO, rules=rules)
    assert stands(station)[0] is PlanState.NEVER
    measure_mat(station)
    assert stands(station) == (PlanState.OK, TODAY + 13 * DAY, TODAY + 3 * DAY)


@pytest.mark.parametrize("since", [None, "yesterday", 7])
def test_an_entry_without_a_day_that_can_be_read_says_nothing(station: Desk, since: Json) -> None:
    measure_mat(station)
    with station.store.writing() as tx:
        told: dict[str, Json] = {"from": since, "to": None}
        tx.append(Draft(FOUND_BAD, f"equipment:{TESTER}", "person:cleo", told))
    assert stands(station)[0] is PlanState.OK


def test_without_a_plan_for_straps_nobody_s_work_asks_for_one(station: Desk) -> None:
    station.without("equipment", MAT)
    station.open()
    station.clock.moment += DAY
    station.policy = replace(station.policy, esd_tests={})
    assert due(kept(station, TODAY, TODAY)) == []


# ----------------------------------------------------------------------
# Footwear: asked of whom the plan names
# ----------------------------------------------------------------------


def shod(desk: Desk, *words: str) -> Desk:
    """The site says who wears ESD footwear, and has no mat."""
    desk.without("equipment", MAT)
    desk.policy = desk.policy.asking_footwear(words)
    return desk


def feet(desk: Desk) -> list[tuple[str, str, bool, bool]]:
    """Every planned test of today, once it is over: item, whose, made, passed."""
    desk.clock.moment += DAY
    return [
        (one.item, one.person_id, one.done_on is not None, one.passed)
        for one in kept(desk, TODAY, TODAY).occasions
    ]


def both_feet(desk: Desk, left: int = 50_000_000, right: int = 50_000_000) -> None:
    desk.measure(Measurement("left_foot", left), Measurement("right_foot", right))


def test_where_nobody_wears_footwear_no_test_of_it_is_missed(station: Desk) -> None:
    assert station.policy.esd_tests["footwear"].asked_of == ("nobody",)
    station.without("equipment", MAT)
    station.open()
    assert feet(station) == [("wrist", "anna", True, True)]


def test_of_everybody_who_works_both_feet_are_asked(station: Desk) -> None:
    shod(station, "everybody").open()
    station.measure(Measurement("left_foot", 50_000_000))
    assert feet(station) == [
        ("footwear", "anna", False, False),
        ("wrist", "anna", True, True),
    ]
    (missed,) = kept(station, TODAY, TODAY).missed
    assert (missed.item, missed.due) == ("footwear", TODAY)


def test_both_feet_tested_on_a_day_are_that_day_s_test(station: Desk) -> None:
    shod(station, "everybody").open()
    both_feet(station)
    assert feet(station)[0] == ("footwear", "anna", True, True)


def test_footwear_that_fails_was_tested_and_did_not_pass(station: Desk) -> None:
    shod(station, "everybody").open()
    both_feet(station, right=100_000_001)
    assert feet(station)[0] == ("footwear", "anna", True, False)


@pytest.mark.parametrize("named", ["1001", "anna"])
def test_only_of_whom_the_site_names_footwear_is_asked(station: Desk, named: str) -> None:
    shod(station, named, "nobody-here", "1000").open()
    assert kept(station, TODAY, TODAY).strangers == ("1000", "nobody-here")
    assert [one[:2] for one in feet(station)] == [("footwear", "anna"), ("wrist", "anna")]


def test_of_who_is_not_named_no_footwear_is_asked(station: Desk) -> None:
    shod(station, "1002").open()
    assert [one[:2] for one in feet(station)] == [("wrist", "anna")]
    assert kept(station, TODAY, TODAY).strangers == ()


def test_footwear_measured_with_a_tester_out_of_order_is_no_test(station: Desk) -> None:
    shod(station, "everybody").open()
    both_feet(station)
    spoil(station, TODAY, TODAY)
    assert feet(station)[0] == ("footwear", "anna", False, False)
