"""Binds the forms: what a person types is kept, saved by the port, and told.

A scan brings the work to the front; a form that holds what is not saved waits for whoever filled it
in, until they come back to its board.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.views import BenchView, Feedback, Outcome, Screen, Tone
from app.ui.office.forms.undoing import Undoing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QFileDialog

    from app.services.form_sight import (
        FailedForm,
        FormAsk,
        FormKind,
        FormSight,
        OpenedForm,
        SavedForm,
    )
    from app.ui.controller import Controller
    from app.ui.office.forms.panel import Form
    from app.ui.office.forms.rows import FormRows
    from app.ui.office.forms.view import FormView
    from app.ui.port import FormsPort

_HOME: Final = frozenset({"home", "home_already"})
_KEYS: Final = {
    "OPEN": "F2",
    "DIAG": "F3",
    "WORK": "F4",
    "READY": "F5",
    "DONE": "F6",
    "HOME": "Esc",
}
"""The keys of the work, by the codes of their commands."""
_UNDO: Final = "UNDO"
_NO_REPAIR: Final = "no_repair"
"""The bench's answer to a verb of repairs where none is in hand."""
_UNKNOWN: Final = "badge_unknown"
"""The bench's answer to a badge that nobody has."""


class FormsDesk(QObject):
    """The forms of one window.

    Args:
        controller: Whose state they are painted from.

    Attributes:
        dialog: The platform's own dialog for a file, while it is open.
    """

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller = controller
        self._port: FormsPort | None = None
        self._told: Callable[[FormSight], None] | None = None
        self._view: FormView | None = None
        self._asked: FormAsk | None = None
        self._kept: dict[tuple[str, str], Form] = {}
        self._undoing = Undoing()
        self.dialog: QFileDialog | None = None

    def attach(self, port: "FormsPort | None", told: "Callable[[FormSight], None]") -> None:
        """Who opens and saves forms, None where nobody does; and through what the answers come."""
        self._port, self._told = port, told

    @property
    def _form(self) -> "Form | None":
        return self._controller.state.form

    # ------------------------------------------------------------------
    # What the bench tells
    # ------------------------------------------------------------------

    def on_outcome(self, outcome: Outcome, before: BenchView) -> None:
        """A frame was answered: the form takes a badge, waits, or is taken up again."""
        code, form = outcome.feedback.code, self._form
        fields = dict(outcome.feedback.fields)
        if code == _UNKNOWN and form is not None and form.badge_field and not form.is_saving:
            self._edit(form.badge_field, fields["badge"])
            self._answer(Tone.ACCEPTED, "form_badge", badge=fields["badge"])
        elif code == _NO_REPAIR and form is None and _is_undo(outcome):
            self._undo()
        elif code.startswith("office_"):
            self.leave()
            self._take_up(code.removeprefix("office_"))
        elif code in _HOME or before != outcome.view:
            self.leave()

    def on_sight(self, sight: "FormSight") -> None:
        """A form was opened, was saved, or was not."""
        from app.services.form_sight import OpenedForm as _Opened
        from app.services.form_sight import RefusedForm as _Refused
        from app.services.form_sight import SavedForm as _Saved
        from app.services.form_sight import UndoneForm as _Undone

        match sight:
            case _Opened():
                self._show_opened(sight)
            case _Refused():
                self._controller.show_answer(sight.feedback)
            case _Saved() if not sight.problems:
                self._saved(sight)
            case _Saved():
                self._refused(sight, sight.order.person_id, sight.order.ask)
                self._controller.show_answer(sight.feedback)
            case _Undone():
                self._controller.show_answer(self._undoing.told(sight))
                self._controller.office.look_again()
            case _:
                self._undoing.failed()
                self._refused(sight, self._person_id(), sight.ask)
                self._answer(Tone.REFUSED, "form_failed")

    def _show_opened(self, opened: "OpenedForm") -> None:
        from app.services.form_sight import FormKind
        from app.ui.office.forms.panel import begun

        board_is_left = self._controller.state.office is None
        if opened.ask != self._asked or (
            board_is_left and opened.ask.kind is not FormKind.OVERRIDE
        ):
            return  # somebody went on
        self._become(begun(self._person_id(), opened))
        self._go_to("")

    def _saved(self, sight: "SavedForm") -> None:
        saved = self._kept.pop(_place(sight.order.person_id, sight.order.ask), None)
        if self._form is not None and self._form == saved:
            self._controller.show_form(None)
        self._undoing.saved(sight)
        self._controller.show_answer(sight.feedback)
        self._controller.office.look_again()

    def _refused(self, sight: "SavedForm | FailedForm", person_id: str, ask: "FormAsk") -> None:
        """It was not saved: it keeps what was typed, also where it is not shown any more."""
        place = _place(person_id, ask)
        before = self._kept.get(place)
        if before is None or not before.is_saving:
            return
        self._kept[place] = form = before.told(sight)
        if self._form == before:
            self._become(form)
            self._go_to(form.first_wrong)

    # ------------------------------------------------------------------
    # What the person does
    # ------------------------------------------------------------------

    def open(self, ask: "FormAsk") -> None:
        """Ask for a form, which is shown when it comes; one that waits is shown as it was left."""
        kept = self._kept.get(_place(self._person_id(), ask))
        if kept is not None and kept.opened.ask == ask and kept.is_changed:
            self._become(kept)
            self._go_to(kept.first_wrong)
        elif self._port is not None and self._told is not None:
            self._asked = ask
            self._port.open(ask, self._person_id() or None, self._told)

    def takes(self, code: str) -> bool:
        """Take a button or a key that is about what is shown; False where it is the bench's."""
        form = self._form
        if form is None:
            return self._undo() if code == _UNDO else self._begins(code)
        from app.ui.office.forms.painting import code_of, form_actions

        wording = self._controller.wording
        if code in _KEYS:
            meant = code_of(_KEYS[code], form, wording)
        else:
            offered = {one.code for one in form_actions(form, wording)}
            meant = code if code in offered else None
            if meant is None:
                return False
        if meant is not None:  # a key of the work is not to do it unseen
            self._do(meant, form)
        return True

    def _undo(self) -> bool:
        """Take back what was saved last on the boards; False where UNDO is the bench's."""
        state = self._controller.state
        if state.office is None or self._port is None or self._told is None:
            return False
        wanted = self._undoing.wanted(self._person_id(), state.feedback)
        if wanted is None:
            return False
        if isinstance(wanted, Feedback):
            self._controller.show_answer(wanted)
        else:
            self._port.undo(wanted, self._told)
        return True

    def _begins(self, code: str) -> bool:
        """Take the button, or the key, that begins a form where the window is now."""
        from app.ui.office.forms.boards import ADDING, ANSWERING

        if code in {ADDING, "OPEN"}:
            ask = self._adding()
        elif code in {ANSWERING, "DIAG"}:
            ask = self._answering()
        else:
            return False
        if ask is not None:
            self.open(ask)
        return ask is not None

    def _adding(self) -> "FormAsk | None":
        """The form that adds a row to the board that is shown, or changes the product that is."""
        from app.services.form_sight import FormAsk
        from app.services.office_sight import ProductSight
        from app.ui.office.forms.boards import adding_on, changing_of

        office = self._controller.state.office
        if office is not None and isinstance(office.sight, ProductSight):
            return changing_of(office.sight.card)
        kind = adding_on(office.ask.board) if office is not None else None
        return FormAsk(kind) if kind is not None else None

    def _answering(self) -> "FormAsk | None":
        """The form in which a lead answers for what stops the product that is shown."""
        from app.domain.people import Role
        from app.services.office_sight import ProductSight
        from app.ui.office.forms.boards import answering_of

        state = self._controller.state
        if state.office is not None:
            sight = state.office.sight
            return answering_of(sight.card) if isinstance(sight, ProductSight) else None
        person = state.view.person
        is_lead = person is not None and person.role is Role.LEAD
        at_home = state.view.screen is Screen.HOME and state.panel is None
        return answering_of(state.view.product) if is_lead and at_home else None

    def press(self, key: str) -> bool:
        """Take a row of a board that was pressed; False where it opens no form."""
        office = self._controller.state.office
        if office is None:
            return False
        from app.services.form_sight import FormAsk
        from app.ui.office.forms.boards import changing_on

        kind = changing_on(office.ask.board)
        if kind is not None:
            self.open(FormAsk(kind, key))
        return kind is not None

    def _do(self, code: str, form: "Form") -> None:
        from app.ui.office.forms import painting

        match code:
            case painting.SAVE:
                self._save()
            case painting.DISCARD:
                self._become(
                    replace(form, values=form.opened.values, problems=(), failed="", is_held=False)
                )
            case painting.FILE:
                self._ask_file()
            case painting.MEASURE:
                self._controller.command(form.opened.label)
            case painting.BACK:
                self._back(form)
            case _:
                self._go(painting.way_of(code), form)

    def _go(self, kind: "FormKind | None", form: "Form") -> None:
        if kind is not None:
            self.open(replace(form.opened.ask, kind=kind))

    def _save(self) -> None:
        form = self._form
        if form is None or form.is_saving or self._port is None or self._told is None:
            return
        self._become(form.saving())
        self._port.save(form.order, self._told)

    def _back(self, form: "Form") -> None:
        """Leave it; one that holds what is not saved stays, and says what can be done."""
        if form.is_changed:
            self._become(replace(form, is_held=True))
            return
        self._kept.pop(_place(form.person_id, form.opened.ask), None)
        self._controller.show_form(None)

    def leave(self) -> None:
        """Go back to what was shown before; what is not saved is kept, unless it is a PIN."""
        self._asked = None
        if self.dialog is not None:
            self.dialog.reject()
        form = self._form
        if form is None:
            return
        if form.is_secret or not (form.is_changed or form.is_saving):
            self._kept.pop(_place(form.person_id, form.opened.ask), None)
        self._controller.show_form(None)

    def _take_up(self, board: str) -> None:
        """Show again what somebody has not saved, on the board that it is of."""
        form = self._kept.get((self._person_id(), board))
        if form is not None:
            self._become(form)
            self._go_to(form.first_wrong)

    def _edit(self, name: str, value: str) -> None:
        form = self._form
        if form is not None and form.typed(name, value) != form:
            self._become(form.typed(name, value))

    # ------------------------------------------------------------------
    # A file's name
    # ------------------------------------------------------------------

    def _ask_file(self) -> None:
        """A dialog that keeps no scan from the bench: it is open beside the window's own events."""
        from app.ui.file_dialog import file_dialog  # its types are made when it is wanted

        wording = self._controller.wording
        title = wording.say("command.form_file")
        self.dialog = dialog = file_dialog(self._controller.shell, title, wording)
        dialog.setFileMode(dialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.name_file)
        dialog.finished.connect(self._dialog_done)
        dialog.open()

    def name_file(self, path: str) -> None:
        """Put a file's name into the field that is for it."""
        form = self._form
        if path and form is not None:
            self._edit(form.file_field, Path(path).name)

    def _dialog_done(self) -> None:
        self.dialog = None

    # ------------------------------------------------------------------
    # Painting
    # ------------------------------------------------------------------

    def _person_id(self) -> str:
        person = self._controller.state.view.person
        return person.id if person is not None else ""

    def _become(self, form: "Form") -> None:
        self._kept[_place(form.person_id, form.opened.ask)] = form
        self._controller.show_form(form)

    def _answer(self, tone: Tone, code: str, **fields: str) -> None:
        self._controller.show_answer(Feedback(tone, code, tuple(fields.items())))

    def _go_to(self, name: str) -> None:
        if self._view is not None:
            self._view.go_to(name)

    def show_rows(self, rows: "FormRows") -> QWidget:
        """Give the rows to the view, which is made when it is first shown."""
        if self._view is None:
            from app.ui.office.forms.view import FormView

            self._view = view = FormView()
            view.edited.connect(self._edit)
            self._controller.shell.add_screen(view)
        self._view.show_rows(rows)
        return self._view


def _is_undo(outcome: Outcome) -> bool:
    """Whether it was the label of UNDO that was scanned, or its key that was pressed."""
    candidates = outcome.entries[0].payload.get("candidates") if outcome.entries else None
    best = candidates[0] if isinstance(candidates, list) and candidates else None
    return best == {"kind": "command", "value": _UNDO}


def _place(person_id: str, ask: "FormAsk") -> tuple[str, str]:
    """Where a form waits that is not saved: for whoever filled it in, on its board."""
    from app.services.office_sight import Board
    from app.ui.office.forms.boards import board_of

    board = board_of(ask.kind)
    return person_id, f"{board.value}:{ask.key}" if board is Board.PRODUCT else board.value
