"""What the import's screen paints, ready to lay out. No Qt."""

from dataclasses import dataclass

from app.ui.shell.rows import Choice, Prompt
from app.ui.table_rows import TableRows
from app.ui.theme.colours import Level


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """A cell of the preview; a refused one says why."""

    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PreviewHead:
    """A column's heading, and what it is read into."""

    heading: str
    field: str
    is_used: bool = False


@dataclass(frozen=True, slots=True)
class PreviewTable:
    """The first rows of the file.

    Attributes:
        name: What it is.
        heads: The columns.
        rows: The cells, row by row.
        numbers: Of the rows, as a spreadsheet shows them.
        row: The marked row, from 0.
        column: The marked column, from 0.
    """

    name: str
    heads: tuple[PreviewHead, ...]
    rows: tuple[tuple[PreviewCell, ...], ...]
    numbers: tuple[str, ...]
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Options:
    """The list beside the preview.

    Attributes:
        title: What is chosen.
        choices: From what.
        name: What stands in the empty field of the mapping's name; empty for no field.
    """

    title: str
    choices: tuple[Choice, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ColumnsRows:
    """The preview.

    Attributes:
        subjects: What can be chosen, the one that the list shows marked.
        table: The first rows.
        options: The list beside it.
        note: The one thing to know of it.
        level: Of the note.
        icon: Of the note.
    """

    subjects: tuple[Choice, ...]
    table: PreviewTable
    options: Options
    note: str
    level: Level = Level.CALM
    icon: str = ""


@dataclass(frozen=True, slots=True)
class ProgressRows:
    """How far something is.

    Attributes:
        title: What is being done.
        percent: Of the whole, 0 to 100.
        percent_text: The same in words.
        facts: Captions and values.
    """

    title: str
    percent: int
    percent_text: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FileRows:
    """Before a file is chosen.

    Attributes:
        drop: That one can be dropped here.
        hints: What can be imported, and what is safe.
        problem: Why the last one cannot be read; empty for nothing.
    """

    drop: str
    hints: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ResultRows:
    """What a check or an import came to.

    Attributes:
        counts: Captions and numbers.
        table: The rows that are not taken.
        note: Where they were saved, or what went wrong; empty for nothing.
        level: Of the note.
        icon: Of the note.
        pin: What stands in the empty field of the PIN; empty for no field.
    """

    counts: tuple[tuple[str, str], ...]
    table: TableRows
    note: str = ""
    level: Level = Level.CALM
    icon: str = ""
    pin: str = ""


@dataclass(frozen=True, slots=True)
class ImportRows:
    """The import's screen: the prompt, and one of the others."""

    prompt: Prompt
    file: FileRows | None = None
    columns: ColumnsRows | None = None
    progress: ProgressRows | None = None
    result: ResultRows | None = None
