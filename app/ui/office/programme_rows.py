"""The programme as a table: P1 to P15, what stands in the way first to be seen."""

from typing import Final

from app.domain.programme import Figures, PointStanding, Qualifies, State
from app.services.office_sight import ProgrammeSight
from app.ui.shell.rows import Prompt
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, number, or_dash

_LEVELS: Final = {
    State.MET: (Level.OK, "accepted"),
    State.SOON: (Level.ATTENTION, "warning"),
    State.FAILED: (Level.STOP, "refused"),
    State.UNKNOWN: (Level.ATTENTION, "asked"),
    State.NOT_JUDGED: (Level.CALM, ""),
}
_OVERALL: Final = {
    Qualifies.YES: ("accepted", Level.OK),
    Qualifies.NOT_YET: ("refused", Level.STOP),
    Qualifies.UNKNOWN: ("asked", Level.ATTENTION),
}
_COLUMNS: Final = ("point", "state", "figures", "fails_on", "to_do")


def programme_prompt(sight: ProgrammeSight, wording: Wording) -> Prompt:
    """Whether the organisation qualifies, in a sentence."""
    qualifies = sight.standing.qualifies
    icon, level = _OVERALL[qualifies]
    return Prompt(
        icon,
        wording.say(f"programme.qualifies.{qualifies.value}"),
        wording.say("office.programme.detail"),
        level,
    )


def programme_table(sight: ProgrammeSight, wording: Wording) -> TableRows:
    """Every point."""
    return TableRows(
        title=wording.say("office.programme.title"),
        headers=tuple(wording.say(f"office.programme.{name}") for name in _COLUMNS),
        rows=tuple(_cells(point, wording) for point in sight.standing.points),
        empty="",
        widths=(27, 14, 15, 14, 30),
    )


def _cells(point: PointStanding, wording: Wording) -> tuple[Cell, ...]:
    level, icon = _LEVELS[point.state]
    return (
        Cell(wording.say(f"programme.point.{point.rule}"), note=point.rule),
        Cell(wording.say(f"programme.state.{point.state.value}"), level, icon),
        Cell(_figures(point.leading.figures)),
        Cell(wording.day(point.fails_on)),
        Cell(wording.say(f"way_on.{point.to_do}") if point.to_do else or_dash("")),
    )


def _figures(figures: Figures) -> str:
    if figures.value is None:
        return or_dash("")
    required = f" / {number(figures.required)}" if figures.required is not None else ""
    return f"{number(figures.value)}{required}"
