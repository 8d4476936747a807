"""How far a check or an import is, and what came of it, in words."""

from typing import Final

from app.services.import_sight import Reason, RunKind, RunSight, RunState
from app.services.importing import Counts
from app.ui.office.importing.column_rows import said
from app.ui.office.importing.panel import Importing
from app.ui.office.importing.rows import ProgressRows, ResultRows
from app.ui.table_rows import Cell, TableRows
from app.ui.theme.colours import Level
from app.ui.wording import Wording, number, or_dash

_COUNTS: Final = ("accepted", "updated", "unchanged", "duplicates", "refused", "read")
_LEFT: Final = ("removed", "former")
"""Counts that are told where there are any."""
_COLUMNS: Final = ("row", "column")
_WIDTHS: Final = (10, 22, 68)


def progress_rows(run: RunSight, wording: Wording, *, is_stopping: bool) -> ProgressRows:
    """How far it is."""
    progress = run.progress
    percent = int(progress.done * 100) if progress is not None else 0
    key = "starting" if progress is None else progress.phase.value
    title = "import_screen.stopping" if is_stopping else f"import_screen.phase.{key}"
    read, refused = (0, 0) if progress is None else (progress.read, progress.refused)
    captions = {
        "read": number(read),
        "refused_so_far": number(refused),
        "rate": number(run.rate) if run.rate else or_dash(""),
    }
    return ProgressRows(
        title=wording.say(title),
        percent=percent,
        percent_text=f"{percent} %",
        facts=tuple(
            (wording.say(f"import_screen.fact.{name}"), value) for name, value in captions.items()
        ),
    )


def result_rows(importing: Importing, run: RunSight, wording: Wording) -> ResultRows:
    """The counts, and the rows that are not taken."""
    counts = run.counts
    note, level, icon = _note(importing, run, wording)
    asks = importing.needs_pin and may_import(importing)
    return ResultRows(
        counts=()
        if counts is None
        else tuple(
            (wording.say(f"import_screen.count.{name}"), number(getattr(counts, name)))
            for name in _told(counts)
        ),
        table=_table(run, wording),
        note=note,
        level=level,
        icon=icon,
        pin=wording.say("import_screen.pin") if asks else "",
    )


def may_import(importing: Importing) -> bool:
    """Whether the import is the next thing: checked, and not done."""
    run, checked = importing.run, importing.checked
    if run is None or checked is None or is_nothing_new(checked.counts):
        return False
    return run == checked or run.state in {RunState.CANCELLED, RunState.FAILED}


def _note(importing: Importing, run: RunSight, wording: Wording) -> tuple[str, Level, str]:
    """What went wrong with the import itself, else what became of its refused rows."""
    if run.problem is not None:
        return said(run.problem, wording), Level.STOP, "refused"
    return _written(importing, wording)


def _written(importing: Importing, wording: Wording) -> tuple[str, Level, str]:
    """What became of writing the refused rows."""
    written = importing.written
    if written is None or written.state is RunState.RUNNING:
        return "", Level.CALM, ""
    if written.problem is not None:
        return said(written.problem, wording), Level.STOP, "refused"
    if written.state is RunState.CANCELLED:
        return wording.say("import_screen.writing_ended"), Level.NOTE, "x-circle"
    text = wording.say("import_screen.written", path=written.order.target)
    return text, Level.OK, "accepted"


def _table(run: RunSight, wording: Wording) -> TableRows:
    why = "why_not" if run.left else "why"
    return TableRows(
        title=_title(run, wording),
        headers=tuple(wording.say(f"import_screen.column.{name}") for name in (*_COLUMNS, why)),
        rows=tuple(_cells(one, wording) for one in (*run.reasons, *run.left)),
        empty=_empty(run, wording),
        widths=_WIDTHS,
    )


def _told(counts: Counts) -> tuple[str, ...]:
    """The counts that are shown."""
    some = tuple(name for name in _LEFT if getattr(counts, name))
    return (*_COUNTS[:-1], *some, _COUNTS[-1])


def _title(run: RunSight, wording: Wording) -> str:
    if run.counts is None:
        return ""
    refused, left = run.counts.refused, run.counts.removed + run.counts.former
    rows = len({one.row for one in run.reasons}) + len(run.left)
    kind = "left" if left else "refused"
    if rows < refused + left:
        whole = number(refused + left)
        return wording.say(f"import_screen.first_{kind}", shown=number(rows), n=whole)
    return wording.count(f"import_screen.{kind}_rows", refused + left)


def _empty(run: RunSight, wording: Wording) -> str:
    if run.counts is None:
        kind = "check" if run.order.kind is RunKind.CHECK else "import"
        return wording.say(f"import_screen.{kind}_safe")
    return wording.say("import_screen.none_refused")


def _cells(reason: Reason, wording: Wording) -> tuple[Cell, ...]:
    sentence = said(reason.problem, wording)
    why, sign, rest = sentence.partition(". " if ". " in sentence else ": ")
    return (
        Cell(number(reason.row)),
        Cell(or_dash(reason.column)),
        Cell(why + sign.strip(), note=rest),
    )


def is_nothing_new(counts: Counts | None) -> bool:
    """Whether the register is already as the file says."""
    return counts is not None and counts.changes == 0
