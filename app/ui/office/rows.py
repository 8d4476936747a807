"""What a board paints, ready to lay out. No Qt."""

from dataclasses import dataclass

from app.services.office_sight import Sight
from app.ui.screens.home.viewmodel import ProductRows
from app.ui.shell.rows import Action, Choice, Prompt
from app.ui.table_rows import Cell, TableRows


@dataclass(frozen=True, slots=True)
class PagedRows:
    """A table of which one page is here.

    Attributes:
        begun: The answer that it began with; another one begins another table.
        title: What it lists.
        headers: The columns' names.
        widths: How the columns share the width.
        total: How many rows it has.
        first: The number of the first row that is here.
        rows: Those that are here, each with the key that pressing it gives.
        empty: What stands there instead of no rows.
    """

    begun: Sight
    title: str
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    total: int
    first: int
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    empty: str


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field to type into.

    Attributes:
        code: Which one.
        name: What it is for.
        hint: What stands in it while it is empty.
        icon: What is drawn in it.
    """

    code: str
    name: str
    hint: str
    icon: str


@dataclass(frozen=True, slots=True)
class Options:
    """A list to choose from.

    Attributes:
        title: What it lists.
        choices: What can be chosen.
        empty: What stands there instead of no choices.
    """

    title: str
    choices: tuple[Choice, ...]
    empty: str


@dataclass(frozen=True, slots=True)
class OfficeRows:
    """A board.

    Attributes:
        prompt: What it is.
        filters: What is shown of the board.
        saved: A second row of choices: the searches that were saved, the parts of a list.
        search: What stands in the empty search field; empty where nothing is searched.
        paged: A table of any length.
        table: A table that is here whole.
        product: A product with every reason of its verdict.
        fields: What can be typed beside.
        options: A list to choose from.
        adding: The button that adds a row, changes what is shown, or asks where to write it; None
            where there is none.
        answering: The button that answers for a rule; None where nobody can.
    """

    prompt: Prompt
    filters: tuple[Choice, ...] = ()
    search: str = ""
    paged: PagedRows | None = None
    table: TableRows | None = None
    product: ProductRows | None = None
    saved: tuple[Choice, ...] = ()
    fields: tuple[FieldRow, ...] = ()
    options: Options | None = None
    adding: Action | None = None
    answering: Action | None = None
