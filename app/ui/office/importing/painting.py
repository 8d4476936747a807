"""The rows and the large buttons of the import. Pure, no Qt."""

from typing import Final

from app.services.import_sight import RunState
from app.ui.office.importing.column_rows import columns_rows, said
from app.ui.office.importing.panel import Importing, Step
from app.ui.office.importing.rows import FileRows, ImportRows
from app.ui.office.importing.run_rows import (
    is_nothing_new,
    may_import,
    progress_rows,
    result_rows,
)
from app.ui.shell.rows import Action, Prompt
from app.ui.theme.colours import Level
from app.ui.wording import Wording, number, shown

FILE: Final = "IMPORT_FILE"
SAVE: Final = "IMPORT_SAVE"
CHECK: Final = "IMPORT_CHECK"
RUN: Final = "IMPORT_RUN"
STOP: Final = "IMPORT_STOP"
REFUSED: Final = "IMPORT_REFUSED"
COLUMNS: Final = "IMPORT_COLUMNS"
RETURN: Final = "IMPORT_RETURN"
BACK: Final = "IMPORT_BACK"
_LOOKS: Final = {
    FILE: ("import_file", "folder-plus", "F2"),
    SAVE: ("import_save", "pen", "F3"),
    REFUSED: ("import_refused", "file-text", "F3"),
    COLUMNS: ("import_columns", "undo", "F4"),
    STOP: ("import_stop", "x-circle", "F5"),
    RETURN: ("import_return", "repeated", "F5"),
    CHECK: ("import_check", "check", "F6"),
    RUN: ("import_run", "import", "F6"),
    BACK: ("import_back", "home", "Esc"),
}
"""Words, icon and key of each button."""


_MOST: Final = 4
"""Buttons beside the way back: there is no room for more."""


def import_rows(importing: Importing, wording: Wording) -> ImportRows:
    """What is shown of an import now."""
    prompt = _prompt(importing, wording)
    running = importing.running
    if running is not None:
        stopping = importing.is_stopping
        progress = progress_rows(running, wording, is_stopping=stopping)
        return ImportRows(prompt, progress=progress)
    run, preview = importing.run, importing.preview
    if importing.step is Step.FILE:
        return ImportRows(prompt, file=_file_rows(importing, wording))
    if importing.step is Step.COLUMNS:
        if preview is None:
            return ImportRows(prompt)
        return ImportRows(prompt, columns=columns_rows(importing, preview, wording))
    if run is None:
        return ImportRows(prompt)
    return ImportRows(prompt, result=result_rows(importing, run, wording))


def _file_rows(importing: Importing, wording: Wording) -> FileRows:
    problem = importing.unreadable
    return FileRows(
        drop=wording.say("import_screen.drop"),
        hints=tuple(wording.say(f"import_screen.hint.{name}") for name in _HINTS),
        problem="" if problem is None else said(problem, wording),
    )


_HINTS: Final = ("files", "safe", "again")


# ----------------------------------------------------------------------
# The prompt
# ----------------------------------------------------------------------


def _prompt(importing: Importing, wording: Wording) -> Prompt:
    key, level, icon = _what(importing)
    ask = importing.ask
    detail = wording.say("import_screen.step", step=importing.step.value)
    if ask is not None:
        detail = f"{detail} \N{MIDDLE DOT} {shown(ask.path.name)}"
    return Prompt(icon, wording.say(f"import_screen.prompt.{key}"), detail, level)


def _what(importing: Importing) -> tuple[str, Level, str]:
    """The one thing to do now."""
    running, run = importing.running, importing.run
    if running is not None:
        return f"{running.order.kind.value}_runs", Level.CALM, "hourglass"
    match importing.step:
        case Step.FILE:
            return _CHOOSE if importing.unreadable is None else _UNREADABLE
        case Step.COLUMNS:
            return _LOOKING if importing.preview is None else _SHOWN
        case Step.CHECK:
            nothing = run is not None and is_nothing_new(run.counts)
            return "nothing" if nothing else "check", Level.CALM, "check"
        case _:
            return _ENDED[run.state if run is not None else RunState.FAILED]


_CHOOSE: Final = ("file", Level.CALM, "import")
_UNREADABLE: Final = ("unreadable", Level.STOP, "refused")
_LOOKING: Final = ("looking", Level.CALM, "hourglass")
_SHOWN: Final = ("columns", Level.CALM, "search")
_ENDED: Final = {
    RunState.DONE: ("done", Level.OK, "accepted"),
    RunState.CANCELLED: ("cancelled", Level.NOTE, "x-circle"),
    RunState.FAILED: ("failed", Level.STOP, "refused"),
}


# ----------------------------------------------------------------------
# The buttons
# ----------------------------------------------------------------------


def import_actions(importing: Importing, wording: Wording) -> tuple[Action, ...]:
    """The large buttons; the one thing to do next comes first, and is no end of what runs."""
    codes = _codes(importing)
    made = [
        _action(code, importing, wording, primary=at == 0 and code != STOP)
        for at, code in enumerate(codes)
    ]
    return (*made, _action(BACK, importing, wording))


def _codes(importing: Importing) -> tuple[str, ...]:
    if importing.running is not None:
        return () if importing.is_stopping else (STOP,)
    counts = importing.run.counts if importing.run is not None else None
    some = (REFUSED,) if counts is not None and counts.refused else ()
    gone = (RETURN,) if counts is not None and counts.removed else ()
    match importing.step:
        case Step.FILE:
            return (FILE,)
        case Step.COLUMNS:
            return (CHECK, SAVE, FILE) if importing.can_check else (FILE,)
        case Step.CHECK:
            nothing = is_nothing_new(counts)
            codes = (FILE, *some, COLUMNS, *gone) if nothing else (RUN, *some, COLUMNS, *gone, FILE)
            return codes[:_MOST]
        case _ if counts is not None:
            return (FILE, *some)
        case _:
            return (RUN if may_import(importing) else CHECK, COLUMNS, FILE)


def _action(code: str, importing: Importing, wording: Wording, *, primary: bool = False) -> Action:
    name, icon, key = _LOOKS[code]
    if code == FILE and importing.step is not Step.FILE:
        name = "import_another"
    counts = importing.checked.counts if importing.checked is not None else None
    n = number(counts.changes if counts is not None else 0)
    label = wording.say(f"command.{name}", n=n)
    return Action(code, label, wording.say(f"command.{name}.tip"), icon, key, primary=primary)
