"""What the programme asks for of equipment, and calibrations, at every edge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from tomllib import loads

import pytest

from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.domain.equipment_standing import (
    CalibrationState,
    RequiredState,
    Requirement,
    calibration_of,
    requirements,
)
from app.domain.equipment_tests import PieceState, PieceTests, PieceVerdict
from app.domain.policy import Policy, PolicyRow, Severity, policy_of
from app.resources import resource

TODAY = date(2026, 11, 23)


@cache
def swedish() -> Policy:
    return policy_of(loads(resource("programmes", "se.toml").read_text(encoding="utf-8")))


def piece(
    kind: EquipmentKind,
    name: str = "a",
    due: date | None = None,
    state: EquipmentState = EquipmentState.IN_USE,
) -> Equipment:
    return Equipment(name, kind, "", "", "", due, state=state)


def failed(name: str, verdict: PieceVerdict = PieceVerdict.FAIL_HIGH) -> dict[str, PieceTests]:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    state = PieceState(
        "mat", "", "", verdict, None, over_range=True, tested_at=at, tester_id="", person_id=""
    )
    return {name: PieceTests(name, (state,))}


@pytest.mark.parametrize(
    ("kind", "days", "state"),
    [
        (EquipmentKind.ESD_TESTER, None, CalibrationState.UNKNOWN),
        (EquipmentKind.TOOL, None, CalibrationState.NOT_ASKED),
        (EquipmentKind.TOOL, -1, CalibrationState.OVERDUE),
        (EquipmentKind.ESD_TESTER, -1, CalibrationState.OVERDUE),
        (EquipmentKind.ESD_TESTER, 0, CalibrationState.SOON),
        (EquipmentKind.ESD_TESTER, 29, CalibrationState.SOON),
        (EquipmentKind.ESD_TESTER, 30, CalibrationState.OK),
    ],
)
def test_a_calibration_holds_on_its_last_day_and_is_told_of_in_time(
    kind: EquipmentKind, days: int | None, state: CalibrationState
) -> None:
    due = TODAY + timedelta(days=days) if days is not None else None
    assert calibration_of(piece(kind, due=due), swedish(), TODAY) is state


def asked(
    code: str,
    *pieces: Equipment,
    tests: dict[str, PieceTests] | None = None,
    policy: Policy | None = None,
    carpet: bool = False,
) -> Requirement | None:
    told = requirements(pieces, tests or {}, policy or swedish(), TODAY, has_carpet=carpet)
    return next((one for one in told if one.row.code == code), None)


def test_everything_that_the_programme_asks_for_is_told_in_its_order() -> None:
    told = requirements((), {}, swedish(), TODAY, has_carpet=False)
    assert [one.row.code for one in told] == [
        *("diagnostics_server", "scanner_2d", "workbench", "tools"),
        *("esd_mat", "wrist_strap", "esd_tester"),
    ]
    assert {(one.state, one.fails_on) for one in told} == {(RequiredState.MISSING, TODAY)}


@pytest.mark.parametrize(
    ("pieces", "state", "fails_on"),
    [
        ([], RequiredState.MISSING, TODAY),
        ([piece(EquipmentKind.ESD_MAT)], RequiredState.MISSING, TODAY),
        (
            [piece(EquipmentKind.ESD_TESTER, due=TODAY, state=EquipmentState.AWAY)],
            RequiredState.MISSING,
            TODAY,
        ),
        ([piece(EquipmentKind.ESD_TESTER)], RequiredState.OUT_OF_ORDER, TODAY),
        (
            [piece(EquipmentKind.ESD_TESTER, due=date(2026, 11, 1))],
            RequiredState.OUT_OF_ORDER,
            date(2026, 11, 2),
        ),
        (
            [piece(EquipmentKind.ESD_TESTER, due=TODAY, state=EquipmentState.SPARE)],
            RequiredState.PRESENT,
            date(2026, 11, 24),
        ),
        (
            [
                piece(EquipmentKind.ESD_TESTER, "a", date(2026, 11, 1)),
                piece(EquipmentKind.ESD_TESTER, "b", date(2027, 3, 31)),
            ],
            RequiredState.PRESENT,
            date(2027, 4, 1),
        ),
    ],
    ids=["none", "another kind", "away", "unknown", "run out", "on its last day", "the better one"],
)
def test_a_tester_is_in_order_as_long_as_its_calibration_holds(
    pieces: list[Equipment], state: RequiredState, fails_on: date
) -> None:
    told = asked("esd_tester", *pieces)
    assert told is not None
    assert (told.state, told.fails_on, told.needed) == (state, fails_on, 1)


@pytest.mark.parametrize(
    ("verdict", "state", "fails_on"),
    [
        (PieceVerdict.PASS, RequiredState.PRESENT, None),
        (PieceVerdict.INVALID, RequiredState.PRESENT, None),
        (PieceVerdict.FAIL, RequiredState.OUT_OF_ORDER, TODAY),
        (PieceVerdict.FAIL_LOW, RequiredState.OUT_OF_ORDER, TODAY),
        (PieceVerdict.FAIL_HIGH, RequiredState.OUT_OF_ORDER, TODAY),
    ],
)
def test_a_mat_that_failed_is_not_in_order(
    verdict: PieceVerdict, state: RequiredState, fails_on: date | None
) -> None:
    told = asked("esd_mat", piece(EquipmentKind.ESD_MAT), tests=failed("a", verdict))
    assert told is not None
    assert (told.state, told.fails_on) == (state, fails_on)
    assert [one.id for one in told.pieces] == ["a"]


def test_a_floor_mat_is_asked_for_where_the_policy_does_and_there_is_carpet() -> None:
    row = PolicyRow("floor_mat", "P8", Severity.BLOCK, 2, "pieces", "programme")
    policy = replace(swedish(), rows={**swedish().rows, "floor_mat": row})
    one, two = piece(EquipmentKind.FLOOR_MAT, "a"), piece(EquipmentKind.FLOOR_MAT, "b")
    assert asked("floor_mat", policy=policy) is None
    assert asked("floor_mat", carpet=True) is None
    short = asked("floor_mat", one, policy=policy, carpet=True)
    assert short is not None
    assert (short.state, short.needed) == (RequiredState.MISSING, 2)
    enough = asked("floor_mat", one, two, policy=policy, carpet=True)
    assert enough is not None
    assert enough.state is RequiredState.PRESENT
    failing = asked("floor_mat", one, two, policy=policy, carpet=True, tests=failed("b"))
    assert failing is not None
    assert (failing.state, failing.fails_on) == (RequiredState.OUT_OF_ORDER, TODAY)
