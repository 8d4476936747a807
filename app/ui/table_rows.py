"""A table, ready to lay out: headers, cells, and a key per row. No Qt."""

from dataclasses import dataclass

from app.ui.theme.colours import Level


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: Its words.
        level: A level other than calm is painted as a status with its icon.
        icon: The status' shape.
        note: A second, smaller line.
    """

    text: str
    level: Level = Level.CALM
    icon: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableRows:
    """A whole table.

    Attributes:
        title: What it lists.
        headers: The columns' names.
        rows: The cells, row by row, as many as there are headers.
        keys: What pressing a row says to the bench, as if scanned; empty for nothing.
        empty: What stands there instead of no rows.
        widths: How the columns share the width.
        opens: Whether the marked row is as high as its texts are long, none of them cut short.
    """

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    keys: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    opens: bool = False
