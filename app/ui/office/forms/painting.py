"""The rows and the large buttons of a form. Pure, no Qt."""

from dataclasses import replace
from typing import Final

from app.services.form_sight import FieldKind, FormField, FormKind, Option, Problem
from app.services.office_sight import Board
from app.services.saying import say_feedback, say_finding
from app.ui.office.forms.boards import board_of
from app.ui.office.forms.panel import Form
from app.ui.office.forms.rows import FieldRow, FormRows, NoteRow
from app.ui.shell.rows import MOST_ACTIONS, Action, Choice, Prompt
from app.ui.shell.viewmodel import fit
from app.ui.theme.colours import Level
from app.ui.wording import Wording, shown

SAVE: Final = "FORM_SAVE"
DISCARD: Final = "FORM_DISCARD"
BACK: Final = "FORM_BACK"
FILE: Final = "FORM_FILE"
MEASURE: Final = "FORM_MEASURE"
_TO: Final = "FORM_TO_"
"""How the codes begin that show another form; its kind follows."""
ENDS: Final = frozenset(
    {
        FormKind.PERSON_REMOVE,
        FormKind.PERSON_PIN_FORGET,
        FormKind.PIECE_RETIRE,
        FormKind.PRODUCT_REMOVE,
    }
)
"""The forms that ask whether it is meant."""
_OWN_WORD: Final = ENDS | {FormKind.CERTIFICATE_REVOKE}
"""The forms whose large button says what it does, for it is not only to save."""
_LOOKS: Final = {
    SAVE: ("form_save", "check", "F6"),
    DISCARD: ("form_discard", "undo", "F5"),
    FILE: ("form_file", "file-text", "F2"),
    MEASURE: ("form_measure", "activity", "F4"),
    BACK: ("form_back", "x", "Esc"),
}
_WAYS: Final = {
    FormKind.PERSON_CHANGE: (
        (FormKind.CERTIFICATE, "badge", "F3"),
        (FormKind.PERSON_PIN, "lock", "F4"),
        (FormKind.PERSON_REMOVE, "x-circle", "F5"),
    ),
    FormKind.PERSON_PIN: ((FormKind.PERSON_PIN_FORGET, "x-circle", "F5"),),
    FormKind.CERTIFICATE: (
        (FormKind.EXAM, "file-text", "F3"),
        (FormKind.CERTIFICATE_REVOKE, "undo", "F4"),
    ),
    FormKind.PIECE_CHANGE: (
        (FormKind.CALIBRATION, "gauge", "F3"),
        (FormKind.CHECK, "check", "F4"),
        (FormKind.PIECE_RETIRE, "x-circle", "F5"),
    ),
    FormKind.PRODUCT_CHANGE: (
        (FormKind.PRODUCT_IDENTITY, "barcode", "F3"),
        (FormKind.PRODUCT_REMOVE, "x-circle", "F4"),
    ),
    FormKind.ACCOUNT: ((FormKind.COUNT, "part", "F3"),),
    FormKind.CALIBRATION: ((FormKind.FOUND_BAD, "warning", "F3"),),
}
"""Which forms are reached from which, with icon and key."""
_ICONS: Final = {
    Board.REGISTER: "pen",
    Board.PRODUCT: "pen",
    Board.PEOPLE: "person",
    Board.EQUIPMENT: "gauge",
    Board.PROGRAMME: "file-text",
}
_SHORT: Final = frozenset({"disk_full", "read_only", "missing", "bug"})
"""The faults that have a sentence of their own here."""


def form_rows(form: Form, wording: Wording) -> FormRows:
    """A form as it stands."""
    kind = form.opened.ask.kind
    values = dict(form.values)
    problems = {one.field: one for one in reversed(form.problems)}
    fields = tuple(
        _field(one, values[one.name], problems.get(one.name), wording) for one in form.opened.fields
    )
    prompt = Prompt(
        _ICONS[board_of(kind)],
        wording.say(f"form.{kind.value}.prompt", subject=form.opened.subject),
        wording.say(f"form.{kind.value}.detail"),
    )
    return FormRows(prompt, fields, _note(form, wording), is_locked=form.is_saving)


def _field(field: FormField, value: str, problem: Problem | None, wording: Wording) -> FieldRow:
    error = "" if problem is None else say_feedback(wording.texts, fit(problem.feedback))
    label = wording.say(f"form.field.{field.name}")
    row = FieldRow(
        field.name,
        field.kind,
        label if field.is_needed else wording.say("form.optional", label=label),
        wording.say(f"form.hint.{field.name}"),
        error,
        value,
        is_wide=field.is_wide,
    )
    if field.kind is not FieldKind.CHOICE:
        return row
    choices = tuple(
        Choice(one.code, _option(one, wording), "", chosen=one.code == value)
        for one in field.options
    )
    chosen = next((one.title for one in choices if one.chosen), wording.say("form.choose"))
    return replace(row, choices=choices, shown=chosen)


def _option(option: Option, wording: Wording) -> str:
    """The words of a choice; a newer program's is its own word."""
    if option.finding is not None:
        fields = tuple((name, shown(value)) for name, value in option.finding.fields)
        said = say_finding(wording.texts, replace(option.finding, fields=fields))
        return f"{option.finding.rule}: {said}"
    return wording.say(option.key) if option.key else shown(option.code)


def _note(form: Form, wording: Wording) -> NoteRow | None:
    """What is to be known of the whole: one thing, what keeps it from being saved first."""
    wrong = _what_is_wrong(form, wording)
    if form.is_saving:
        return NoteRow(wording.say("form.note.saving"), Level.NOTE, "hourglass")
    if wrong:
        return NoteRow(wrong, Level.STOP, "refused")
    if form.is_held:
        return NoteRow(wording.say("form.note.held"), Level.ATTENTION, "warning")
    if form.opened.ask.kind in ENDS:
        said = wording.say(f"form.{form.opened.ask.kind.value}.note", subject=form.opened.subject)
        return NoteRow(said, Level.ATTENTION, "warning")
    return None


def _what_is_wrong(form: Form, wording: Wording) -> str:
    """Why it was not saved; empty where nobody has tried, or it was mended since."""
    if form.failed:
        code = form.failed if form.failed in _SHORT else "store"
        return wording.say(f"form.failed.{code}")
    about_all = next((one for one in form.problems if not one.field), None)
    if about_all is not None:
        return say_feedback(wording.texts, fit(about_all.feedback))
    return wording.count("form.note.wrong", len(form.problems)) if form.problems else ""


# ----------------------------------------------------------------------
# The buttons
# ----------------------------------------------------------------------


def form_actions(form: Form, wording: Wording) -> tuple[Action, ...]:
    """The large buttons: to save it first; while it holds what is not saved, how to discard that.

    Another form is reached from one that holds nothing that would be lost.
    """
    if form.is_saving:
        return ()
    save = _action(SAVE, form, wording)
    files = (_action(FILE, form, wording),) if form.file_field else ()
    back = _action(BACK, form, wording)
    if form.is_changed:
        return (save, *files, _action(DISCARD, form, wording), back)
    ways = tuple(_way(form, *one, wording) for one in _WAYS.get(form.opened.ask.kind, ()))
    return (save, *files, *ways, back)[:MOST_ACTIONS]


def _action(code: str, form: Form, wording: Wording) -> Action:
    name, icon, key = _LOOKS[code]
    if code == SAVE and form.opened.ask.kind in _OWN_WORD:
        name = f"form_{form.opened.ask.kind.value}_now"
    words = f"command.{name}"
    return Action(
        code, wording.say(words), wording.say(f"{words}.tip"), icon, key, primary=code == SAVE
    )


def _way(form: Form, to: FormKind, icon: str, key: str, wording: Wording) -> Action:
    """The way to another form; what is measured is tested at the bench, where its value comes."""
    if to is FormKind.CHECK and form.opened.label:
        return _action(MEASURE, form, wording)
    words = f"command.form_{to.value}"
    return Action(f"{_TO}{to.value}", wording.say(words), wording.say(f"{words}.tip"), icon, key)


def way_of(code: str) -> FormKind | None:
    """The form that a button shows; None for a button that shows none."""
    named = code.removeprefix(_TO)
    return FormKind(named) if named != code else None


def code_of(key: str, form: Form, wording: Wording) -> str | None:
    """The button whose key was pressed; None where none has it now."""
    return next((one.code for one in form_actions(form, wording) if one.key == key), None)
