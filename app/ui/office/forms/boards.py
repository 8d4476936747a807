"""Which forms are reached from which board, and by what. No Qt."""

from typing import Final

from app.services.form_sight import FormAsk, FormKind
from app.services.office_sight import Board
from app.services.views import ProductCard
from app.ui.shell.rows import Action
from app.ui.wording import Wording

ADDING: Final = "FORM_ADD"
ANSWERING: Final = "FORM_ANSWER"
_ADDING: Final = {
    Board.REGISTER: FormKind.PRODUCT_ADD,
    Board.PEOPLE: FormKind.PERSON_ADD,
    Board.EQUIPMENT: FormKind.PIECE_ADD,
    Board.PROGRAMME: FormKind.ACCOUNT,
}
_CHANGING: Final = {Board.PEOPLE: FormKind.PERSON_CHANGE, Board.EQUIPMENT: FormKind.PIECE_CHANGE}


def adding_on(board: Board) -> FormKind | None:
    """The form that adds a row to a board; None where none does."""
    return _ADDING.get(board)


def changing_on(board: Board) -> FormKind | None:
    """The form of a board's row; None where it has none."""
    return _CHANGING.get(board)


def board_of(kind: FormKind) -> Board:
    """The board that a form is of."""
    if kind is FormKind.PRODUCT_ADD:
        return Board.REGISTER
    if kind.is_of_account:
        return Board.PROGRAMME
    if kind.is_of_product:
        return Board.PRODUCT
    return Board.PEOPLE if kind.is_of_people else Board.EQUIPMENT


def changing_of(card: ProductCard | None) -> FormAsk | None:
    """The form of a product that the register holds."""
    asset = card.asset if card is not None else None
    return FormAsk(FormKind.PRODUCT_CHANGE, asset.serial) if asset is not None else None


def changing_action(card: ProductCard | None, wording: Wording) -> Action | None:
    """The large button of that form; None where there is none."""
    if changing_of(card) is None:
        return None
    words = "command.form_product_change"
    return Action(ADDING, wording.say(words), wording.say(f"{words}.tip"), "pen", "F2")


def answering_of(card: ProductCard | None) -> FormAsk | None:
    """The form in which a lead answers for what stops a product; None where nobody may."""
    asset = card.asset if card is not None else None
    if card is None or asset is None:
        return None
    may = any(one.blocks and one.overridable for one in card.findings)
    return FormAsk(FormKind.OVERRIDE, asset.serial) if may else None


def answering_action(card: ProductCard | None, wording: Wording) -> Action | None:
    """The large button of that form; None where there is none."""
    if answering_of(card) is None:
        return None
    words = "command.form_override"
    return Action(ANSWERING, wording.say(words), wording.say(f"{words}.tip"), "warning", "F3")


def adding_action(board: Board, wording: Wording) -> Action | None:
    """The large button that adds a row to a board; None where there is none."""
    kind = adding_on(board)
    if kind is None:
        return None
    words = f"command.form_{kind.value}"
    return Action(ADDING, wording.say(words), wording.say(f"{words}.tip"), "pen", "F2")
