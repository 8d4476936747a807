"""The preview in words: columns with their fields, and what of the first rows is not taken."""

from collections.abc import Iterable
from typing import Final

from app.services.import_sight import (
    WHOLE_ROW,
    ColumnSight,
    PreviewSight,
    Problem,
    RowSight,
    RunState,
)
from app.ui.office.importing.option_rows import options_of, subjects_of
from app.ui.office.importing.panel import Importing
from app.ui.office.importing.rows import ColumnsRows, PreviewCell, PreviewHead, PreviewTable
from app.ui.theme.colours import Level
from app.ui.wording import Wording, or_dash, shown

_Note = tuple[str, Level, str]
_STOP: Final = (Level.STOP, "refused")
_LOOK: Final = (Level.ATTENTION, "warning")


def columns_rows(importing: Importing, preview: PreviewSight, wording: Wording) -> ColumnsRows:
    """The preview."""
    note, level, icon = _note(importing, preview, wording)
    return ColumnsRows(
        subjects=subjects_of(importing, preview, wording),
        table=_table(importing, preview, wording),
        options=options_of(importing, preview, wording),
        note=note,
        level=level,
        icon=icon,
    )


def said(problem: Problem, wording: Wording) -> str:
    """What went wrong, in words; numbers of rows and the like stand in it as they are."""
    return problem.text or wording.say(problem.key, **dict(problem.fields))


def _table(importing: Importing, preview: PreviewSight, wording: Wording) -> PreviewTable:
    return PreviewTable(
        name=wording.say("import_screen.preview"),
        heads=tuple(_head(one, wording) for one in preview.columns),
        rows=tuple(_cells(row, wording) for row in preview.rows),
        numbers=tuple(str(row.number) for row in preview.rows),
        row=importing.row,
        column=importing.column,
    )


def _head(column: ColumnSight, wording: Wording) -> PreviewHead:
    heading = or_dash(column.heading)
    if column.is_private:
        return PreviewHead(heading, wording.say("import_screen.private"))
    if not column.field:
        return PreviewHead(heading, wording.say("import_screen.not_imported"))
    return PreviewHead(heading, wording.say(f"import_screen.field.{column.field}"), is_used=True)


def _cells(row: RowSight, wording: Wording) -> tuple[PreviewCell, ...]:
    reasons: dict[int, str] = {}
    for one in row.reasons:
        reasons.setdefault(max(one.at, 0), said(one.problem, wording))
    return tuple(PreviewCell(shown(cell), reasons.get(at, "")) for at, cell in enumerate(row.cells))


# ----------------------------------------------------------------------
# The one thing to know
# ----------------------------------------------------------------------


def _note(importing: Importing, preview: PreviewSight, wording: Wording) -> _Note:
    """What went wrong before what somebody wants to know, before how it looks on the whole."""
    run, saved = importing.run, importing.saved
    if run is not None and run.problem is not None:
        return (said(run.problem, wording), *_STOP)
    if preview.problem is not None:
        return (said(preview.problem, wording), *_STOP)
    if saved is not None and saved.problem is not None:
        return (said(saved.problem, wording), *_STOP)
    if saved is not None:
        return (wording.say("import_screen.saved", name=saved.name), Level.OK, "accepted")
    if run is not None and run.state is RunState.CANCELLED:
        return wording.say("import_screen.check_ended"), Level.NOTE, "x-circle"
    return _marked(importing, preview, wording) or _overview(preview, wording)


def _marked(importing: Importing, preview: PreviewSight, wording: Wording) -> _Note | None:
    """Why the marked cell is refused."""
    if importing.row >= len(preview.rows):
        return None
    row = preview.rows[importing.row]
    for one in row.reasons:
        if max(one.at, 0) == importing.column or one.at == WHOLE_ROW:
            sentence = said(one.problem, wording)
            return (wording.say("import_screen.row", row=row.number) + sentence, *_LOOK)
    return None


def _overview(preview: PreviewSight, wording: Wording) -> _Note:
    refused = _refused(preview.rows)
    whole = len(preview.rows)
    if refused:
        told = wording.say("import_screen.some_refused", n=refused, whole=whole)
        return (told, *_LOOK)
    if not preview.is_sure:
        return (wording.say("import_screen.unsure"), *_LOOK)
    return wording.say("import_screen.all_taken", whole=whole), Level.CALM, ""


def _refused(rows: Iterable[RowSight]) -> int:
    return sum(bool(row.reasons) for row in rows)
