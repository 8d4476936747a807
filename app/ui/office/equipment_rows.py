"""The equipment as a table: what is due when, what is due first at the top."""

from typing import Final

from app.domain.calibrations import CalibrationState
from app.domain.equipment import EquipmentState
from app.domain.esd_plan import PlanLine, PlanState
from app.services.office_sight import EquipmentSight, PieceSight
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash, shown

_COLUMNS: Final = ("name", "kind", "place", "calibration", "test")
_STOP: Final = (Level.STOP, "refused")
_SOON: Final = (Level.ATTENTION, "warning")
_CALM: Final = (Level.CALM, "")
_CALIBRATIONS: Final = {CalibrationState.OVERDUE: _STOP, CalibrationState.SOON: _SOON}
_PLANS: Final = {PlanState.OVERDUE: _STOP, PlanState.DUE: _SOON}
_SAID: Final = frozenset({PlanState.FAILED, PlanState.NEVER})
"""What is told by a word in place of a day."""


def equipment_table(sight: EquipmentSight, wording: Wording) -> TableRows:
    """Every piece that is not retired."""
    return TableRows(
        title=wording.count("office.equipment.total", len(sight.pieces)),
        headers=tuple(wording.say(f"office.equipment.{name}") for name in _COLUMNS),
        rows=tuple(_cells(one, wording) for one in sight.pieces),
        empty=wording.say("office.equipment.empty"),
        keys=tuple(one.piece.id for one in sight.pieces),
        widths=(26, 18, 15, 20, 21),
    )


def _cells(one: PieceSight, wording: Wording) -> tuple[Cell, ...]:
    piece = one.piece
    return (
        Cell(or_dash(piece.name), note=shown(piece.serial or piece.id)),
        Cell(wording.word("equipment.kind", piece.kind)),
        Cell(or_dash(piece.place), note=_away(one, wording)),
        _calibrated(one, wording),
        _tested(one.plan, wording),
    )


def _away(one: PieceSight, wording: Wording) -> str:
    """That it is not here, which is why nothing is due of it."""
    return wording.say("form.state.away") if one.piece.state is EquipmentState.AWAY else ""


def _calibrated(one: PieceSight, wording: Wording) -> Cell:
    if one.calibration is CalibrationState.UNKNOWN:
        return Cell(wording.say("office.equipment.unknown"), *_STOP)
    day = wording.day(one.piece.calibration_due)
    return Cell(day, *_CALIBRATIONS.get(one.calibration, _CALM))


def _tested(line: PlanLine | None, wording: Wording) -> Cell:
    if line is None:
        return Cell(or_dash(""))
    if line.state in _SAID:
        return Cell(wording.say(f"office.equipment.{line.state.value}"), *_STOP)
    return Cell(wording.day(line.due), *_PLANS.get(line.state, _CALM))
