"""What calibrations stand at. Pure.

Whether what the programme asks for (P7, P8) is there at all is `app.domain.programme.station`.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.policy import Policy
from app.domain.site_days import days_later

ENDS_SOON: Final = "calibration_ends_soon"
"""The policy's row that says how long before its end a calibration is told of."""


class CalibrationState(StrEnum):
    """Where a calibration stands."""

    NOT_ASKED = "not_asked"
    """The piece needs none, and has none."""
    OK = "ok"
    SOON = "soon"
    OVERDUE = "overdue"
    UNKNOWN = "unknown"
    """Nobody knows when it ends; it counts as overdue."""


def calibration_of(piece: Equipment, policy: Policy, today: date) -> CalibrationState:
    """Where a piece's calibration stands; its last day is one on which it still holds."""
    due = piece.calibration_due
    if due is None:
        needs = piece.kind == EquipmentKind.ESD_TESTER
        return CalibrationState.UNKNOWN if needs else CalibrationState.NOT_ASKED
    if due < today:
        return CalibrationState.OVERDUE
    soon = due < days_later(today, policy.value(ENDS_SOON))
    return CalibrationState.SOON if soon else CalibrationState.OK
