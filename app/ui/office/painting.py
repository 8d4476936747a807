"""The rows and the large buttons of whichever board is shown. Pure, no Qt."""

from dataclasses import replace
from typing import Final, TypeAlias

from app.domain.commands import COMMANDS, Command, Verb
from app.services.office_sight import (
    Board,
    EquipmentSight,
    FailedSight,
    PeopleSight,
    ProductSight,
    ProgrammeSight,
    RecallChoicesSight,
    RecallSight,
    RegisterSight,
    Sight,
)
from app.ui.office.equipment_rows import equipment_table
from app.ui.office.file_rows import save_as_action, with_file
from app.ui.office.forms.boards import adding_action, answering_action, changing_action
from app.ui.office.panel import Office
from app.ui.office.people_rows import people_table
from app.ui.office.product_rows import history_table
from app.ui.office.programme_rows import programme_prompt, programme_table, readiness_action
from app.ui.office.recall_rows import recall_actions, recall_rows
from app.ui.office.register_rows import register_filters, register_table, saved_searches
from app.ui.office.rows import OfficeRows
from app.ui.screens.home.viewmodel import product_rows
from app.ui.shell.rows import Action, Prompt
from app.ui.theme.colours import Level
from app.ui.wording import Wording

_Told: TypeAlias = (
    FailedSight | RegisterSight | ProductSight | PeopleSight | EquipmentSight | ProgrammeSight
)
BACK: Final = "OFFICE_BACK"
_BOARDS: Final = tuple(
    one
    for one in COMMANDS.values()
    if one.verb is Verb.BOARD and one.argument in set(Board) - {Board.RECALL}
)
_ONWARD: Final = {
    Board.REGISTER: COMMANDS["IMPORT"],
    Board.PEOPLE: COMMANDS["RECALL"],
    Board.EQUIPMENT: COMMANDS["RECALL"],
}
"""What stands in a board's own place while it is shown: what is begun from there."""
_ICONS: Final = {
    Board.REGISTER: "barcode",
    Board.PRODUCT: "barcode",
    Board.PEOPLE: "person",
    Board.EQUIPMENT: "gauge",
    Board.PROGRAMME: "file-text",
}


def office_rows(office: Office, wording: Wording) -> OfficeRows:
    """The rows of a board; without an answer yet only what it is."""
    if office.ask.board is Board.RECALL:
        return recall_rows(office, wording)
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
    adding = adding_action(board, wording)
    rows = OfficeRows(prompt, filters, search, saved=saved, adding=adding)
    if sight is None or isinstance(sight, RecallChoicesSight | RecallSight):
        return rows
    told = _told(rows, sight, office.begun or sight, wording)
    return replace(told, prompt=with_file(told.prompt, office.file, wording))


def _told(rows: OfficeRows, sight: _Told, begun: Sight, wording: Wording) -> OfficeRows:
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
            table, where = programme_table(sight, wording), save_as_action(wording)
            account = adding_action(Board.PROGRAMME, wording)
            return replace(rows, prompt=prompt, table=table, adding=where, answering=account)
        case ProductSight():
            return replace(
                rows,
                table=history_table(sight, wording),
                product=product_rows(sight.card, wording),
                adding=changing_action(sight.card, wording),
                answering=answering_action(sight.card, wording),
            )


def office_actions(office: Office, wording: Wording) -> tuple[Action, ...]:
    """The boards, the one that is shown marked, and the way back to the work.

    In its own place, while it is shown, stands what is begun from there. The recall has its own.
    """
    name = "command.office_back"
    back = Action(BACK, wording.say(name), wording.say(f"{name}.tip"), "home", "Esc")
    if office.ask.board is Board.RECALL:
        actions = recall_actions(office, wording)
        return (*actions, back) if office.ask.recall is None else actions
    return (*(_place(command, office, wording) for command in _BOARDS), back)


def _place(command: Command, office: Office, wording: Wording) -> Action:
    """What stands in a board's place."""
    shown = Board.REGISTER if office.ask.board is Board.PRODUCT else office.ask.board
    if command.argument != office.ask.board:
        return _board(command, shown, wording)
    if isinstance(office.sight, ProgrammeSight):
        return readiness_action(wording)
    return _board(_ONWARD.get(office.ask.board, command), shown, wording)


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
