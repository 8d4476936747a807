"""Which forms are reached from which board, and by what. No Qt."""

from typing import Final

from app.services.form_sight import FormKind
from app.services.office_sight import Board
from app.ui.shell.rows import Action
from app.ui.wording import Wording

ADDING: Final = "FORM_ADD"
_ADDING: Final = {Board.PEOPLE: FormKind.PERSON_ADD, Board.EQUIPMENT: FormKind.PIECE_ADD}
_CHANGING: Final = {Board.PEOPLE: FormKind.PERSON_CHANGE, Board.EQUIPMENT: FormKind.PIECE_CHANGE}


def adding_on(board: Board) -> FormKind | None:
    """The form that adds a row to a board; None where none does."""
    return _ADDING.get(board)


def changing_on(board: Board) -> FormKind | None:
    """The form of a board's row; None where it has none."""
    return _CHANGING.get(board)


def board_of(kind: FormKind) -> Board:
    """The board that a form is of."""
    return Board.PEOPLE if kind.is_of_people else Board.EQUIPMENT


def adding_action(board: Board, wording: Wording) -> Action | None:
    """The large button that adds a row to a board; None where there is none."""
    kind = adding_on(board)
    if kind is None:
        return None
    words = f"command.form_{kind.value}"
    return Action(ADDING, wording.say(words), wording.say(f"{words}.tip"), "pen", "F2")
