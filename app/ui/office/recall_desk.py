"""What a person does on the recall's board: choose what turned out bad, list, and choose again."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.services.office_sight import Ask, Board, FileKind, Shown
from app.services.recall_board import asked_of, parts_of
from app.services.recall_sight import RecallAsk, Suspect
from app.services.recalling import RecallRefusedError
from app.ui.office.file_rows import SAVE_AS
from app.ui.office.panel import Office, RecallForm
from app.ui.office.recall_rows import (
    AGAIN,
    CSV,
    FIND,
    LIST,
    PDF,
    SHOWN,
    SUSPECT,
    picked,
    recall_actions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.domain.journal import Entry
    from app.ui.controller import Controller
    from app.ui.office.desk import OfficeDesk
    from app.ui.office.view import OfficeView

_KEYS: Final = {"OPEN": AGAIN, "DIAG": CSV, "WORK": SAVE_AS, "REPORT": PDF, "DONE": LIST}
"""What the keys of the work mean while the board is shown, by the codes of their commands."""
_FILES: Final = {CSV: FileKind.CSV, PDF: FileKind.PDF}


class RecallDesk:
    """The recall's board of one window.

    Args:
        desk: Who asks and shows.
        controller: Whose state it is painted from.
        view: The boards, once they are shown.
    """

    def __init__(self, desk: "OfficeDesk", controller: "Controller", view: "OfficeView") -> None:
        self._desk = desk
        self._controller = controller
        self._view = view

    def takes(self, office: Office, code: str) -> bool:
        """Take a button or a key; a key of the work is not to do it unseen."""
        offered = {one.code for one in recall_actions(office, self._controller.wording)}
        meant = _KEYS.get(code, code)
        if meant in offered:
            self._do(office, meant)
        return meant in offered or code in _KEYS

    def _do(self, office: Office, meant: str) -> None:
        if meant in _FILES:
            self._desk.saving.save(_FILES[meant])
        elif meant == SAVE_AS:
            self._desk.saving.save_as()
        elif meant == LIST:
            self._find(office, RecallAsk(Suspect.LOT))
        else:
            self.begin()

    def clear(self, office: Office) -> None:
        """The board was opened: nothing is chosen or typed."""
        self._controller.show_office(replace(office, form=RecallForm()))
        self._view.fields.clear()
        self._view.fields.begin()

    def begin(self) -> None:
        """Back to what can be chosen."""
        self._desk.ask(Ask(Board.RECALL))
        self._view.fields.begin()

    def choose(self, office: Office, code: str) -> None:
        """Take what was chosen: a kind, a part of the list, or what turned out bad."""
        if code.startswith(SUSPECT):
            suspect = Suspect(code.removeprefix(SUSPECT))
            self._controller.show_office(replace(office, form=RecallForm(suspect)))
            field = self._view.fields.field(FIND)
            if field is not None:
                field.clear()
            self.begin()
        elif code.startswith(SHOWN):
            shown = Shown(code.removeprefix(SHOWN))
            self._desk.ask(replace(office.ask, shown=shown, first=0))
        else:
            chosen = picked(office, code, self._controller.wording)
            if chosen is not None:
                self._find(office, chosen)

    def typed(self, office: Office, code: str, text: str) -> None:
        """Something was typed: it narrows what can be chosen, or mends what was refused."""
        form = replace(office.form, problem="", text=text if code == FIND else office.form.text)
        if form != office.form:
            self._controller.show_office(replace(office, form=form))

    def scanned(self, entries: "Sequence[Entry]") -> None:
        """A label was scanned, and the bench has answered: what it says of parts is asked for."""
        office = self._controller.state.office
        asks = office is not None and office.ask == Ask(Board.RECALL)
        if office is None or not asks or office.form.suspect is not Suspect.LOT or not entries:
            return
        for name, value in parts_of(entries[0]).items():
            field = self._view.fields.field(name)
            if field is not None:
                field.setText(value)

    def entered(self, office: Office) -> None:
        """Enter in a field: list the parts that are typed, or on to what can be chosen."""
        if office.form.suspect is Suspect.LOT:
            self._find(office, RecallAsk(Suspect.LOT))
        else:
            self._view.options.begin()

    def _find(self, office: Office, chosen: RecallAsk) -> None:
        try:
            asked = asked_of(chosen, self._view.fields.texts())
        except RecallRefusedError as error:
            form = replace(office.form, problem=error.code, named=error.named)
            self._controller.show_office(replace(office, form=form))
        else:
            self._desk.ask(Ask(Board.RECALL, recall=asked))
