"""The rows and the large buttons of whichever board is shown. Pure, no Qt."""

from dataclasses import replace
from typing import Final

from app.domain.commands import COMMANDS, Command, Verb
from app.services.office_sight import (
    Board,
    EquipmentSight,
    FailedSight,
    PeopleSight,
    ProductSight,
    ProgrammeSight,
    RegisterSight,
    Sight,
)
from app.ui.office.equipment_rows import equipment_table
from app.ui.office.panel import Office
from app.ui.office.people_rows import people_table
from app.ui.office.product_rows import history_table
from app.ui.office.programme_rows import programme_prompt, programme_table
from app.ui.office.register_rows import register_filters, register_table, saved_searches
from app.ui.office.rows import OfficeRows
from app.ui.screens.home.viewmodel import product_rows
from app.ui.shell.rows import Action, Prompt
from app.ui.theme.colours import Level
from app.ui.wording import Wording

BACK: Final = "OFFICE_BACK"
_BOARDS: Final = tuple(
    one for one in COMMANDS.values() if one.verb is Verb.BOARD and one.argument in set(Board)
)
_ICONS: Final = {
    Board.REGISTER: "barcode",
    Board.PRODUCT: "barcode",
    Board.PEOPLE: "person",
    Board.EQUIPMENT: "gauge",
    Board.PROGRAMME: "file-text",
}


def office_rows(office: Office, wording: Wording) -> OfficeRows:
    """The rows of a board; without an answer yet only what it is."""
    board, sight = office.ask.board, office.sight
    searched = board is Board.REGISTER
    searches = office.saved or ()
    filters = register_filters(office.ask, searches, wording) if searched else ()
    saved = saved_searches(office.ask, searches, wording) if searched else ()
    search = wording.say("office.register.search") if searched else ""
    prompt = Prompt(
        _ICONS[board],
        wording.say(f"office.{board.value}.prompt"),
        wording.say(f"office.{board.value}.detail"),
    )
    rows = OfficeRows(prompt, filters, search, saved=saved)
    return rows if sight is None else _told(rows, sight, office.begun or sight, wording)


def _told(rows: OfficeRows, sight: Sight, begun: Sight, wording: Wording) -> OfficeRows:
    """A board with what is known of it."""
    match sight:
        case FailedSight():
            reason = wording.say(f"office.failed.{'bug' if sight.code == 'bug' else 'store'}")
            prompt = Prompt("refused", wording.say("office.failed"), reason, Level.STOP)
            return replace(rows, prompt=prompt)
        case RegisterSight():
            return replace(rows, paged=register_table(sight, begun, wording))
        case PeopleSight():
            return replace(rows, table=people_table(sight, wording))
        case EquipmentSight():
            return replace(rows, table=equipment_table(sight, wording))
        case ProgrammeSight():
            prompt = programme_prompt(sight, wording)
            return replace(rows, prompt=prompt, table=programme_table(sight, wording))
        case ProductSight():
            return replace(
                rows,
                table=history_table(sight, wording),
                product=product_rows(sight.card, wording),
            )


def office_actions(office: Office, wording: Wording) -> tuple[Action, ...]:
    """The boards, the one that is shown marked, and the way back to the work.

    In the register's place, while it is shown, stands how products come into it.
    """
    shown = Board.REGISTER if office.ask.board is Board.PRODUCT else office.ask.board
    boards = tuple(_board(command, shown, wording) for command in _BOARDS)
    if office.ask.board is Board.REGISTER:
        boards = (_board(COMMANDS["IMPORT"], shown, wording), *boards[1:])
    name = "command.office_back"
    back = Action(BACK, wording.say(name), wording.say(f"{name}.tip"), "home", "Esc")
    return (*boards, back)


def _board(command: Command, shown: Board, wording: Wording) -> Action:
    name = f"command.{command.key}"
    keys = command.shortcut.replace("Shift+", "\N{UPWARDS WHITE ARROW}")
    return Action(
        command.code,
        wording.say(name),
        wording.say(f"{name}.tip"),
        command.icon,
        keys,
        primary=command.argument == shown.value,
    )
