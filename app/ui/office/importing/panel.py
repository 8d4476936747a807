"""What the window knows of an import, as one frozen value. No Qt."""

from dataclasses import dataclass, replace
from enum import Enum

from app.services.import_sight import (
    FileAsk,
    ImportSight,
    PreviewSight,
    Problem,
    RunKind,
    RunSight,
    RunState,
    SavedSight,
    UnreadableSight,
)


class Step(Enum):
    """How far an import is."""

    FILE = 1
    COLUMNS = 2
    CHECK = 3
    IMPORT = 4
    RESULT = 5


class Subject(Enum):
    """What the list beside the preview chooses."""

    FIELD = "field"
    """What the marked column is."""
    MAPPING = "mapping"
    ENCODING = "encoding"
    DELIMITER = "delimiter"
    SHEET = "sheet"
    DATES = "dates"


@dataclass(frozen=True, slots=True)
class Importing:
    """An import as it stands.

    Attributes:
        ask: The file and how it is read; None before one is chosen.
        preview: The file as it would be read, as it was told last.
        unreadable: Why the file cannot be read.
        subject: What the list beside the preview chooses.
        row: The marked row of the preview, from 0.
        column: The marked column, from 0.
        saved: What became of saving the mapping.
        run: The check or the import that was begun last.
        checked: The last check that was done.
        written: What became of writing the refused rows.
        needs_pin: Whether whoever imports types their PIN.
        brings_back: Whether products are to come back that a lead removed.
        is_stopping: Whether somebody has asked for the end of what runs.
    """

    ask: FileAsk | None = None
    preview: PreviewSight | None = None
    unreadable: Problem | None = None
    subject: Subject = Subject.FIELD
    row: int = 0
    column: int = 0
    saved: SavedSight | None = None
    run: RunSight | None = None
    checked: RunSight | None = None
    written: RunSight | None = None
    needs_pin: bool = False
    brings_back: bool = False
    is_stopping: bool = False

    @property
    def step(self) -> Step:
        """How far it is."""
        run = self.run
        if self.ask is None or self.unreadable is not None:
            return Step.FILE
        if run is None or (run.order.kind is RunKind.CHECK and run.state in _NOT_DONE):
            return Step.COLUMNS
        if run.order.kind is RunKind.CHECK:
            return Step.CHECK
        return Step.IMPORT if run.state is RunState.RUNNING else Step.RESULT

    @property
    def running(self) -> RunSight | None:
        """What runs now."""
        for one in (self.written, self.run):
            if one is not None and one.state is RunState.RUNNING:
                return one
        return None

    @property
    def can_check(self) -> bool:
        """Whether the file can be gone through as it is read now."""
        preview = self.preview
        return preview is not None and preview.ask == self.ask and preview.problem is None

    def asking(self, ask: FileAsk) -> "Importing":
        """The file is to be read so: what was found out of it otherwise counts no more."""
        same = self.ask is not None and self.ask.path == ask.path
        kept = self if same else Importing()
        return replace(
            kept,
            ask=ask,
            unreadable=None,
            saved=None,
            run=None,
            checked=None,
            written=None,
            brings_back=False,
            is_stopping=False,
        )

    def told(self, sight: ImportSight) -> "Importing":
        """Something was found out; what nobody asks for any more changes nothing."""
        match sight:
            case SavedSight():
                return replace(self, saved=sight)
            case PreviewSight() if sight.ask == self.ask:
                return replace(self, preview=sight, column=_column(self, sight))
            case UnreadableSight() if sight.ask == self.ask:
                return replace(self, unreadable=sight.problem)
            case RunSight() if sight.order.ask == self.ask:
                return self._ran(sight)
            case _:
                return self

    def _ran(self, sight: RunSight) -> "Importing":
        stopping = self.is_stopping and sight.state is RunState.RUNNING
        if sight.order.kind is RunKind.REFUSED:
            return replace(self, written=sight, is_stopping=stopping)
        is_check = sight.order.kind is RunKind.CHECK and sight.state is RunState.DONE
        checked = sight if is_check else self.checked
        return replace(self, run=sight, checked=checked, is_stopping=stopping)


_NOT_DONE = frozenset({RunState.CANCELLED, RunState.FAILED})


def _column(before: Importing, sight: PreviewSight) -> int:
    """The marked column; of another file the first one that nothing is known of."""
    if before.preview is not None and before.preview.ask.path == sight.ask.path:
        return min(before.column, max(0, len(sight.columns) - 1))
    free = (at for at, one in enumerate(sight.columns) if one.is_free and not one.field)
    return next(free, 0)
