"""The people as a table: what each may work on today, and until when."""

from typing import Final

from app.domain.qualifications import Held, LineStanding, ProductLine
from app.services.office_sight import PeopleSight, PersonSight
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash, shown

_LEVELS: Final = {
    Held.CERTIFIED: (Level.OK, "accepted"),
    Held.ENDS_SOON: (Level.ATTENTION, "warning"),
    Held.NOT_YET: (Level.ATTENTION, "hourglass"),
    Held.ENDED: (Level.STOP, "refused"),
}
_COLUMNS: Final = ("name", "badge", "role", *(line.value for line in ProductLine))


def people_table(sight: PeopleSight, wording: Wording) -> TableRows:
    """Everybody, with a column for each product line."""
    return TableRows(
        title=wording.count("office.people.total", len(sight.people)),
        headers=tuple(wording.say(f"office.people.{name}") for name in _COLUMNS),
        rows=tuple(_cells(one, wording) for one in sight.people),
        empty=wording.say("office.people.empty"),
        keys=tuple(one.person.id for one in sight.people),
        widths=(26, 14, 16, 22, 22),
    )


def _cells(one: PersonSight, wording: Wording) -> tuple[Cell, ...]:
    person = one.person
    by_line = {standing.line: standing for standing in one.lines}
    return (
        Cell(shown(person.name), note=shown(person.tech_id)),
        Cell(or_dash(person.badge)),
        Cell(wording.say(f"role.{person.role.value}")),
        *(_line(by_line.get(line), wording) for line in ProductLine),
    )


def _line(standing: LineStanding | None, wording: Wording) -> Cell:
    if standing is None or standing.held is Held.NEVER:
        return Cell(or_dash(""))
    level, icon = _LEVELS[standing.held]
    if standing.until is None:
        return Cell(wording.say(f"office.people.held.{standing.held.value}"), level, icon)
    return Cell(wording.day(standing.until), level, icon)
