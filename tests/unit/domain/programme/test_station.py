"""P7 and P8: equipment, calibrations and the ESD plan."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.account import NO_TERMS
from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.domain.programme import Detail, EsdPlan, State
from app.domain.programme.station import NAMED
from tests.unit.domain.programme.situations import (
    DAY,
    NEVER,
    STATION,
    TODAY,
    details,
    piece,
    rule,
)

KINDS = {
    "diagnostics_server": EquipmentKind.DIAGNOSTICS_SERVER,
    "scanner_2d": EquipmentKind.SCANNER,
    "workbench": EquipmentKind.BENCH,
    "tools": EquipmentKind.TOOL,
    "esd_mat": EquipmentKind.ESD_MAT,
    "wrist_strap": EquipmentKind.WRIST_STRAP,
}
TESTER = EquipmentKind.ESD_TESTER
SOON = "calibration_ends_soon"


def without(kind: EquipmentKind, *others: Equipment) -> tuple[Equipment, ...]:
    return (*(one for one in STATION if one.kind != kind.value), *others)


@pytest.mark.parametrize(("code", "kind"), KINDS.items())
@pytest.mark.parametrize(
    ("state", "met"),
    [
        (EquipmentState.IN_USE, True),
        (EquipmentState.SPARE, True),
        (EquipmentState.AWAY, False),
        (EquipmentState.RETIRED, False),
    ],
)
def test_what_is_in_use_or_at_hand_counts(
    code: str, kind: EquipmentKind, state: EquipmentState, met: bool
) -> None:
    found = rule(code, equipment=without(kind, piece(kind, state=state)))
    assert found.state is (State.MET if met else State.FAILED)
    assert found.to_do == ("" if met else code)


@pytest.mark.parametrize("code", [*KINDS, "esd_tester", SOON, "floor_mat"])
def test_a_register_without_equipment_tells_nothing(code: str) -> None:
    found = rule(code, "ca", equipment=())
    assert (found.state, found.to_do) == (State.UNKNOWN, "record_equipment")


def test_a_floor_mat_is_asked_for_on_carpet_alone() -> None:
    bare = without(EquipmentKind.FLOOR_MAT)
    assert rule("floor_mat", "ca", equipment=bare).state is State.FAILED
    assert rule("floor_mat", "ca").state is State.MET
    assert rule("floor_mat", "ca", equipment=bare, terms=NO_TERMS).state is State.NOT_JUDGED


@pytest.mark.parametrize(
    ("due", "state", "fails_on", "to_do"),
    [
        (TODAY, State.SOON, TODAY + DAY, SOON),  # due today: it holds today
        (TODAY - DAY, State.FAILED, TODAY, "calibrate"),
        (TODAY + 29 * DAY, State.SOON, TODAY + 30 * DAY, SOON),
        (TODAY + 30 * DAY, State.MET, TODAY + 31 * DAY, ""),
        (None, State.UNKNOWN, None, "record_calibration"),
    ],
)
def test_a_tester_counts_to_the_last_day_of_its_calibration(
    due: date | None, state: State, fails_on: date | None, to_do: str
) -> None:
    found = rule("esd_tester", equipment=without(TESTER, piece(TESTER, due)))
    assert (found.state, found.fails_on, found.to_do) == (state, fails_on, to_do)


def test_a_second_tester_takes_over() -> None:
    both = (piece(TESTER, TODAY, name="a"), piece(TESTER, NEVER, name="b"))
    found = rule("esd_tester", equipment=without(TESTER, *both))
    assert (found.state, found.fails_on) == (State.MET, NEVER + DAY)


def test_a_tester_of_unknown_calibration_may_stand_in_for_one_that_ran_out() -> None:
    both = (piece(TESTER, TODAY - DAY, name="a"), piece(TESTER, None, name="b"))
    assert rule("esd_tester", equipment=without(TESTER, *both)).state is State.UNKNOWN


def test_without_any_tester_one_has_to_be_bought() -> None:
    found = rule("esd_tester", equipment=without(TESTER))
    assert (found.state, found.fails_on, found.to_do) == (State.FAILED, None, "esd_tester")


@pytest.mark.parametrize(
    ("due", "state", "fails_on"),
    [
        (TODAY - DAY, State.FAILED, TODAY),
        (TODAY, State.SOON, TODAY + DAY),
        (TODAY + 29 * DAY, State.SOON, TODAY + 30 * DAY),
        (TODAY + 30 * DAY, State.MET, TODAY + 31 * DAY),
    ],
)
def test_each_calibration_is_told_of_in_time(due: date, state: State, fails_on: date) -> None:
    found = rule(SOON, equipment=(*STATION, piece(EquipmentKind.TOOL, due, name="torque")))
    assert (found.state, found.fails_on) == (state, fails_on)
    assert not found.stands_in_the_way


def test_whose_calibration_ends_is_told_by_name_what_ended_first_at_the_top() -> None:
    others = (
        replace(piece(EquipmentKind.TOOL, due, name=name), name=name, serial=serial)
        for due, name, serial in (
            (TODAY + 29 * DAY, "", "S-1"),
            (TODAY + 30 * DAY, "Later", ""),
            (TODAY - DAY, "Over", "S-2"),
        )
    )
    unknown = replace(piece(TESTER), name="Unknown")
    found = rule(SOON, equipment=without(TESTER, *others, unknown))
    assert [(one.code, dict(one.fields)) for one in found.details] == [
        ("calibration_unknown", {"piece": "Unknown"}),
        ("calibration_ended", {"piece": "Over (S-2)", "day": (TODAY - DAY).isoformat()}),
        ("calibration_ends", {"piece": "tool (S-1)", "day": (TODAY + 29 * DAY).isoformat()}),
    ]


def test_of_many_that_end_the_first_are_named_and_the_others_counted() -> None:
    tools = [piece(EquipmentKind.TOOL, TODAY, name=f"tool {number}") for number in range(NAMED + 2)]
    found = rule(SOON, equipment=(*STATION, *tools))
    assert len(found.details) == NAMED + 1
    assert found.details[-1] == Detail("calibration_more", (("n", "2"),))


def test_of_as_many_as_are_named_no_others_are_counted() -> None:
    tools = [piece(EquipmentKind.TOOL, TODAY, name=f"tool {number}") for number in range(NAMED)]
    found = rule(SOON, equipment=(*STATION, *tools))
    assert [one.code for one in found.details] == ["calibration_ends"] * NAMED


def test_what_has_no_calibration_is_no_matter_but_a_tester_is() -> None:
    assert rule(SOON, equipment=without(TESTER)).state is State.NOT_JUDGED
    found = rule(SOON, equipment=without(TESTER, piece(TESTER, None)))
    assert (found.state, found.to_do) == (State.UNKNOWN, "record_calibration")


def test_a_calibration_at_the_calendar_s_end_never_fails() -> None:
    found = rule(SOON, equipment=without(TESTER, piece(TESTER, date.max)))
    assert (found.state, found.fails_on) == (State.MET, None)


@pytest.mark.parametrize(
    ("plan", "state", "fails_on"),
    [
        (None, State.UNKNOWN, None),
        (EsdPlan(0, 0, None), State.NOT_JUDGED, None),
        (EsdPlan(3, 0, TODAY + DAY), State.MET, TODAY + 2 * DAY),
        (EsdPlan(3, 0, TODAY), State.SOON, TODAY + DAY),  # its last day
        (EsdPlan(3, 1, TODAY), State.FAILED, None),
    ],
)
def test_a_missed_esd_test_fails_the_plan(
    plan: EsdPlan | None, state: State, fails_on: date | None
) -> None:
    found = rule("esd_test_missed", esd_plan=plan)
    assert (found.state, found.fails_on) == (state, fails_on)
    assert details(found) == ({"missed": {"n": "1"}} if state is State.FAILED else {})
