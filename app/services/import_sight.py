"""What the import's screen shows, and what is wanted of it: frozen pictures of a moment."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

from app.services.importing import Counts, Progress

WHOLE_ROW = -1
"""The column of what is wrong with a row as a whole."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, or what is not taken.

    Attributes:
        key: Its sentence; empty where ``text`` has it.
        fields: What the sentence names.
        text: The sentence itself, where another program said it.
    """

    key: str
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileAsk:
    """A file, and how somebody wants it to be read; whatever is empty is found out.

    Attributes:
        path: The file.
        mapping: The name of the mapping.
        fields: The fields of columns as they were chosen by hand, by the columns' places from 0;
            None where the mapping alone decides.
        encoding: Python's name of an encoding.
        delimiter: One character.
        sheet: Of a spreadsheet.
        dates: How its days are written, as a mapping says it.
    """

    path: Path
    mapping: str = ""
    fields: tuple[tuple[int, str], ...] | None = None
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True)
class ColumnSight:
    """A column of the file.

    Attributes:
        heading: What it is called.
        field: The field of a product that it is read into; empty where it is not imported.
        is_private: Whether no import takes it, such as a phone number.
    """

    heading: str
    field: str = ""
    is_private: bool = False

    @property
    def is_free(self) -> bool:
        """Whether it can be imported at all: a mapping knows columns by their headings."""
        return bool(self.heading) and not self.is_private


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row is not taken.

    Attributes:
        row: Its number, as a spreadsheet shows it.
        column: The column's heading; empty for the row as a whole.
        at: The column's place from 0, or `WHOLE_ROW`.
        problem: Why.
    """

    row: int
    column: str
    at: int
    problem: Problem


@dataclass(frozen=True, slots=True)
class RowSight:
    """One of the first rows.

    Attributes:
        number: As a spreadsheet shows it.
        cells: As many as there are columns.
        reasons: Why it is not taken; empty where it is.
    """

    number: int
    cells: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingSight:
    """A mapping that can be chosen.

    Attributes:
        name: Its name.
        titles: Its name for people, by language.
        is_preset: Whether it ships with the program.
    """

    name: str
    titles: tuple[tuple[str, str], ...] = ()
    is_preset: bool = False


@dataclass(frozen=True, slots=True)
class PreviewSight:
    """A file as it would be read.

    Attributes:
        ask: What was asked.
        columns: Its columns.
        rows: The first rows under the headings.
        mapping: The mapping that is used, or that was changed by hand.
        mappings: Those that can be chosen.
        fields: What a column can be.
        dates: How its days are written.
        date_orders: How they can be.
        encoding: Of a text; empty for a spreadsheet.
        delimiter: Of a text; empty for a spreadsheet.
        is_sure: Whether the encoding is certain.
        sheet: Of a spreadsheet.
        sheets: Those that can be chosen.
        problem: Why nothing can be imported so.
    """

    ask: FileAsk
    columns: tuple[ColumnSight, ...]
    rows: tuple[RowSight, ...]
    mapping: MappingSight
    mappings: tuple[MappingSight, ...]
    fields: tuple[str, ...]
    dates: str
    date_orders: tuple[str, ...]
    encoding: str = ""
    delimiter: str = ""
    is_sure: bool = True
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class UnreadableSight:
    """A file that is no table, or that cannot be read."""

    ask: FileAsk
    problem: Problem


@dataclass(frozen=True, slots=True)
class SavedSight:
    """What became of saving a mapping; without a problem it is saved."""

    name: str
    problem: Problem | None = None


class RunKind(StrEnum):
    """What is done with the whole file."""

    CHECK = "check"
    """Count what would happen."""
    IMPORT = "import"
    REFUSED = "refused"
    """Write the rows that are not taken, to be mended."""


class RunState(StrEnum):
    """How that stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody wants done with a file.

    Attributes:
        kind: What.
        ask: The file, and how it is read.
        person_id: Who wants it.
        language: Of what is written and said.
        target: Where the refused rows go; None for nowhere.
        brings_back: Whether products come back that a lead removed.
    """

    kind: RunKind
    ask: FileAsk
    person_id: str
    language: str
    target: Path | None = None
    brings_back: bool = False


@dataclass(frozen=True, slots=True)
class RunSight:
    """How an order stands.

    Attributes:
        order: What was ordered.
        state: How it stands.
        progress: How far it is; None before the first word of it.
        rate: Rows a second, while rows are read; 0 where that is not known.
        counts: What became of the rows; None before the end.
        reasons: Why rows are not taken; of many only the first.
        left: Why rows are left out with which nothing is wrong; of many only the first.
        problem: Why it failed.
    """

    order: Order
    state: RunState
    progress: Progress | None = None
    rate: int = 0
    counts: Counts | None = None
    reasons: tuple[Reason, ...] = ()
    left: tuple[Reason, ...] = ()
    problem: Problem | None = None


ImportSight: TypeAlias = PreviewSight | UnreadableSight | SavedSight | RunSight
