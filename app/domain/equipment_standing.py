"""What the programme asks for of equipment (P7, P8), and what calibrations stand at. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.equipment import IN_SERVICE, Equipment, EquipmentKind
from app.domain.equipment_tests import PieceTests, PieceVerdict
from app.domain.policy import Policy, PolicyRow

ENDS_SOON: Final = "calibration_ends_soon"
"""The policy's row that says how long before its end a calibration is told of."""
FLOOR_MAT: Final = "floor_mat"
"""The policy's row that asks for a floor mat, where there is carpet."""
KINDS: Final[Mapping[str, EquipmentKind]] = MappingProxyType(
    {
        "diagnostics_server": EquipmentKind.DIAGNOSTICS_SERVER,
        "scanner_2d": EquipmentKind.SCANNER,
        "workbench": EquipmentKind.BENCH,
        "tools": EquipmentKind.TOOL,
        "esd_mat": EquipmentKind.ESD_MAT,
        "wrist_strap": EquipmentKind.WRIST_STRAP,
        "esd_tester": EquipmentKind.ESD_TESTER,
        FLOOR_MAT: EquipmentKind.FLOOR_MAT,
    }
)
"""The policy's rows that ask for equipment, and for which."""


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
    soon = due < today + timedelta(days=policy.value(ENDS_SOON))
    return CalibrationState.SOON if soon else CalibrationState.OK


class RequiredState(StrEnum):
    """Whether what the programme asks for is there."""

    PRESENT = "present"
    OUT_OF_ORDER = "out_of_order"
    """It is there, and out of calibration, or failed its latest test."""
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Requirement:
    """Equipment that the programme asks for.

    Attributes:
        row: The policy's row.
        kind: What it asks for.
        needed: How many.
        pieces: Those that are in service, in order or not.
        state: Whether enough of them are there and in order.
        fails_on: The first day on which too few are if nobody acts: today or earlier where that
            is so now, None where it does not come by itself.
    """

    row: PolicyRow
    kind: EquipmentKind
    needed: int
    pieces: tuple[Equipment, ...]
    state: RequiredState
    fails_on: date | None


def requirements(
    equipment: Iterable[Equipment],
    tests: Mapping[str, PieceTests],
    policy: Policy,
    today: date,
    *,
    has_carpet: bool,
) -> tuple[Requirement, ...]:
    """Everything that the policy asks for, in its order.

    Args:
        equipment: The register.
        tests: What was tested, by equipment id.
        policy: The rules.
        today: The site's local day.
        has_carpet: Whether the benches stand on carpet, which a floor mat is asked for on.
    """
    serving = [piece for piece in equipment if piece.state in IN_SERVICE]
    return tuple(
        _requirement(
            row,
            tuple(piece for piece in serving if piece.kind == KINDS[code]),
            tests,
            today,
        )
        for code, row in policy.rows.items()
        if code in KINDS and (code != FLOOR_MAT or has_carpet)
    )


def _requirement(
    row: PolicyRow, pieces: tuple[Equipment, ...], tests: Mapping[str, PieceTests], today: date
) -> Requirement:
    needed = max(row.value or 0, 1)
    ends = [_fails_on(piece, tests.get(piece.id), today) for piece in pieces]
    fails_on = _too_few_on(ends, needed, today)
    state = RequiredState.PRESENT
    if len(pieces) < needed:
        state = RequiredState.MISSING
    elif fails_on is not None and fails_on <= today:
        state = RequiredState.OUT_OF_ORDER
    return Requirement(row, KINDS[row.code], needed, pieces, state, fails_on)


def _fails_on(piece: Equipment, tests: PieceTests | None, today: date) -> date | None:
    """The first day on which a piece is not in order any more; None where none is known."""
    failed = {PieceVerdict.FAIL, PieceVerdict.FAIL_LOW, PieceVerdict.FAIL_HIGH}
    if tests is not None and any(one.verdict in failed for one in tests.items):
        return today
    if piece.calibration_due is not None:
        return piece.calibration_due + timedelta(days=1)
    return today if piece.kind == EquipmentKind.ESD_TESTER else None


def _too_few_on(ends: Sequence[date | None], needed: int, today: date) -> date | None:
    """The first day on which fewer than that many are in order."""
    if len(ends) < needed:
        return today
    return sorted(ends, key=lambda end: end or date.max, reverse=True)[needed - 1]
