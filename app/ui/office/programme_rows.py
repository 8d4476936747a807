"""The programme as a table: P1 to P15, what stands in the way first to be seen."""

from typing import Final

from app.domain.programme import PointStanding, Qualifies, State
from app.services.office_sight import ProgrammeSight
from app.services.programme_words import say_figures
from app.ui.shell.rows import Action, Prompt
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash

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
READINESS: Final = "READINESS"
"""The button that writes the readiness report."""
_COLUMNS: Final = ("point", "state", "fails_on", "to_do")
_FIRST: Final = (State.FAILED, State.UNKNOWN, State.SOON, State.MET, State.NOT_JUDGED)


def programme_prompt(sight: ProgrammeSight, wording: Wording) -> Prompt:
    """Whether the organisation qualifies, in a sentence."""
    qualifies = sight.standing.qualifies
    icon, level = _OVERALL[qualifies]
    return Prompt(
        icon,
        wording.say(f"programme.qualifies.{qualifies.value}.short"),
        wording.say("office.programme.detail"),
        level,
    )


def readiness_action(wording: Wording) -> Action:
    """The readiness report as a file."""
    name, key = "command.readiness", f"{wording.say('key.ctrl')}P"
    return Action(READINESS, wording.say(name), wording.say(f"{name}.tip"), "file-text", key)


def programme_table(sight: ProgrammeSight, wording: Wording) -> TableRows:
    """Every point, what stands in the way first; all words of the one that is marked."""
    points = sorted(sight.standing.points, key=lambda point: _FIRST.index(point.state))
    return TableRows(
        title=wording.say("office.programme.title"),
        headers=tuple(wording.say(f"office.programme.{name}") for name in _COLUMNS),
        rows=tuple(_cells(point, wording) for point in points),
        empty="",
        widths=(23, 18, 14, 45),
        opens=True,
    )


def _cells(point: PointStanding, wording: Wording) -> tuple[Cell, ...]:
    level, icon = _LEVELS[point.state]
    return (
        Cell(wording.say(f"programme.point.{point.rule}"), note=point.rule),
        Cell(wording.say(f"programme.state.{point.state.value}"), level, icon),
        Cell(wording.day(point.fails_on)),
        Cell(
            wording.say(f"way_on.{point.to_do}") if point.to_do else or_dash(""),
            note=say_figures(wording.texts, point.leading.figures),
        ),
    )
