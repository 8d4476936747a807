"""A calibration at every edge."""

from datetime import date, timedelta
from functools import cache
from tomllib import loads

import pytest

from app.domain.calibrations import CalibrationState, calibration_of
from app.domain.equipment import Equipment, EquipmentKind
from app.domain.policy import Policy, policy_of
from app.resources import resource

TODAY = date(2026, 11, 23)


@cache
def swedish() -> Policy:
    return policy_of(loads(resource("programmes", "se.toml").read_text(encoding="utf-8")))


def piece(kind: EquipmentKind, due: date | None) -> Equipment:
    return Equipment("a", kind, "", "", "", due)


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
    assert calibration_of(piece(kind, due), swedish(), TODAY) is state
