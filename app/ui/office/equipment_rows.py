"""The equipment as a table: what is due when, what is due first at the top."""

from datetime import date, timedelta
from typing import Final

from app.domain.esd_plan import PlanLine, PlanState
from app.services.office_sight import EquipmentSight, PieceSight
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash, shown

_COLUMNS: Final = ("name", "kind", "place", "calibration", "test")
_SOON: Final = timedelta(days=30)


def equipment_table(sight: EquipmentSight, wording: Wording) -> TableRows:
    """Every piece that is in service."""
    return TableRows(
        title=wording.count("office.equipment.total", len(sight.pieces)),
        headers=tuple(wording.say(f"office.equipment.{name}") for name in _COLUMNS),
        rows=tuple(_cells(one, sight.today, wording) for one in sight.pieces),
        empty=wording.say("office.equipment.empty"),
        widths=(28, 20, 16, 18, 18),
    )


def _cells(one: PieceSight, today: date, wording: Wording) -> tuple[Cell, ...]:
    piece = one.piece
    return (
        Cell(or_dash(piece.name), note=shown(piece.serial or piece.id)),
        Cell(wording.word("equipment.kind", piece.kind)),
        Cell(or_dash(piece.place)),
        due_cell(piece.calibration_due, today, wording),
        _tested(one.plan, today, wording),
    )


def _tested(line: PlanLine | None, today: date, wording: Wording) -> Cell:
    if line is None:
        return Cell(or_dash(""))
    if line.state is PlanState.FAILED:
        return Cell(wording.say("office.equipment.failed"), Level.STOP, "refused")
    if line.state is PlanState.NEVER:
        return Cell(wording.say("office.equipment.never"), Level.STOP, "refused")
    return due_cell(line.due, today, wording)


def due_cell(due: date | None, today: date, wording: Wording) -> Cell:
    """A day on which something is due: past, soon, or later."""
    if due is None:
        return Cell(or_dash(""))
    text = wording.day(due)
    if due < today:
        return Cell(text, Level.STOP, "refused")
    if due - today <= _SOON:
        return Cell(text, Level.ATTENTION, "warning")
    return Cell(text)
