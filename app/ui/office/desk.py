"""Binds the lead's boards: asks for what is wanted, and shows what comes.

Nothing of it is imported before it is first shown. A scan goes to the bench whatever is shown.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.views import BenchView, Outcome
from app.ui.office.saving import SavingDesk

if TYPE_CHECKING:
    from app.services.office_sight import Ask, Board, OfficeTold
    from app.ui.controller import Controller
    from app.ui.office.panel import Office
    from app.ui.office.recall_desk import RecallDesk
    from app.ui.office.rows import OfficeRows
    from app.ui.office.view import OfficeView
    from app.ui.port import OfficePort

SHOWN: Final = "office_"
"""How the codes of the answers begin that show a board; the board's name follows."""
_HOME: Final = frozenset({"home", "home_already"})


class OfficeDesk(QObject):
    """The boards of one window.

    Args:
        controller: Whose state they are painted from.

    Attributes:
        saving: The files that they are written to.
    """

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller = controller
        self._port: OfficePort | None = None
        self._told: Callable[[OfficeTold], None] | None = None
        self._view: OfficeView | None = None
        self._recall: RecallDesk | None = None
        self.saving = SavingDesk(controller)

    def attach(self, port: "OfficePort | None", told: "Callable[[OfficeTold], None]") -> None:
        """Whom to ask, None where there is nobody; and through what the answer comes."""
        self._port, self._told = port, told
        self.saving.attach(port, told)

    # ------------------------------------------------------------------
    # What the bench tells
    # ------------------------------------------------------------------

    def on_outcome(self, outcome: Outcome, before: BenchView) -> None:
        """A frame was answered: show the board that it asks for, or go back to the work."""
        code = outcome.feedback.code
        if code.startswith(SHOWN):
            from app.services.office_sight import Board

            self._open(Board(code.removeprefix(SHOWN)))
        elif code in _HOME or before != outcome.view:
            self.leave()
        elif self._recall is not None:
            self._recall.scanned(outcome.entries)

    def on_sight(self, sight: "OfficeTold") -> None:
        """What was asked for has come."""
        from app.services.office_sight import FileSight, ProgrammeSight, RecallSight

        office = self._controller.state.office
        if isinstance(sight, FileSight):
            self.saving.on_sight(sight, office)
        if office is None:
            return
        is_list = isinstance(sight, RecallSight) and sight.ask == office.ask
        is_begun = isinstance(sight, ProgrammeSight) and office.sight is None
        self._controller.show_office(office.told(sight))
        if self._view is not None and (is_list or is_begun):  # the arrows go through its rows
            (self._view.paged if is_list else self._view.table).table.setFocus()

    # ------------------------------------------------------------------
    # What the person does
    # ------------------------------------------------------------------

    def takes(self, code: str) -> bool:
        """Take a button or a key that is about what is shown; False where it is the bench's."""
        from app.ui.office.painting import BACK

        office = self._controller.state.office
        if office is None:
            return False
        if code in {"HOME", BACK}:
            self._go_back(office)
            return True
        return self._does(office, code)

    def _go_back(self, office: "Office") -> None:
        from app.services.office_sight import Board

        if office.ask.board is Board.PRODUCT:
            self._open(Board.REGISTER)
        elif office.ask.recall is not None and self._recall is not None:
            self._recall.begin()
        else:
            self.leave()

    def _does(self, office: "Office", code: str) -> bool:
        """Do what is the board's own; False where it is the bench's."""
        from app.services.office_sight import Board, FileKind
        from app.ui.office.file_rows import SAVE_AS
        from app.ui.office.programme_rows import READINESS

        if office.ask.board is Board.RECALL and self._recall is not None:
            return self._recall.takes(office, code)
        if office.ask.board is not Board.PROGRAMME:
            return False
        if code in {READINESS, "REPORT"}:
            self.saving.save(FileKind.PDF)
        elif code in {SAVE_AS, "WORK"}:
            self.saving.save_as()
        return code in {READINESS, "REPORT", SAVE_AS, "WORK"}

    def leave(self) -> None:
        """Go back to the work."""
        self.saving.put_away()
        if self._controller.state.office is not None:
            self._controller.show_office(None)
            if self._port is not None:
                self._port.leave()

    def _open(self, board: "Board") -> None:
        from app.services.office_sight import Ask, Board

        self.ask(Ask(board))
        if self._view is not None:
            self._view.search.clear()
            if board is Board.REGISTER:
                self._view.search.setFocus()
        office = self._controller.state.office
        if board is Board.RECALL and office is not None and self._recall is not None:
            self._recall.clear(office)

    def ask(self, ask: "Ask") -> None:
        """Show another board, or other rows of it."""
        from app.ui.office.panel import Office

        office = self._controller.state.office
        asking = (office or Office(ask)).asking(ask)
        if not asking.is_about((office or asking).ask):
            self.saving.put_away()
        self._controller.show_office(self.saving.with_file(asking))
        if office is None and self._port is not None and self._told is not None:
            self._port.saved_searches(self._told)
        self._look(ask)

    def look_again(self) -> None:
        """Something of what is shown was changed here."""
        office = self._controller.state.office
        if office is not None:
            self._look(replace(office.ask, first=0))

    def _look(self, ask: "Ask") -> None:
        if self._port is not None and self._told is not None:
            self._port.look(ask, self._told)

    def _choose(self, code: str) -> None:
        from app.services.office_sight import Board
        from app.ui.office.register_rows import SAVE, family_of, saved_of

        office = self._controller.state.office
        if office is None:
            return
        if office.ask.board is Board.RECALL:
            if self._recall is not None:
                self._recall.choose(office, code)
            return
        found = saved_of(code, office.saved or ())
        if found is not None:
            self.ask(replace(office.ask, text=found.text, family=found.family, first=0))
            if self._view is not None:
                self._view.search.setText(found.text)
        elif code == SAVE:
            self._save(office)
        else:
            self.ask(replace(office.ask, family=family_of(code), first=0))

    def _save(self, office: "Office") -> None:
        from app.services.office_sight import SavedSearch, toggled

        if office.saved is None or self._port is None:
            return  # what was saved before is not read yet: it would be lost
        saved = toggled(office.saved, SavedSearch(office.ask.text, office.ask.family))
        self._controller.show_office(replace(office, saved=saved))
        self._port.keep_searches(saved)

    def _search(self, text: str) -> None:
        office = self._controller.state.office
        if office is not None and office.ask.text != text:
            self.ask(replace(office.ask, text=text, first=0))

    def _want(self, first: int) -> None:
        office = self._controller.state.office
        if office is not None:
            self._look(replace(office.ask, first=first))

    def _open_row(self, key: str) -> None:
        """A product of the register was pressed, or a repair of a recall: that is a scan."""
        from app.services.office_sight import Ask, Board

        office = self._controller.state.office
        if office is not None and office.ask.board is Board.RECALL:
            self._controller.scan(key)
        else:
            self.ask(Ask(Board.PRODUCT, serial=key))

    def _press(self, key: str) -> None:
        """A row was pressed: it opens its form, or is a scan."""
        if not self._controller.forms.press(key):
            self._controller.scan(key)

    def _typed(self, code: str, text: str) -> None:
        office = self._controller.state.office
        if office is not None and self._recall is not None:
            self._recall.typed(office, code, text)

    def _entered(self) -> None:
        office = self._controller.state.office
        if office is not None and self._recall is not None:
            self._recall.entered(office)

    # ------------------------------------------------------------------
    # Painting
    # ------------------------------------------------------------------

    def show_rows(self, rows: "OfficeRows") -> QWidget:
        """Give the rows to the view, which is made when it is first shown."""
        if self._view is None:
            from app.ui.office.recall_desk import RecallDesk
            from app.ui.office.view import OfficeView

            self._view = view = OfficeView()
            self._recall = RecallDesk(self, self._controller, view)
            view.chosen.connect(self._choose)
            view.searched.connect(self._search)
            view.opened.connect(self._open_row)
            view.typed.connect(self._typed)
            view.entered.connect(self._entered)
            view.scanned.connect(self._press)
            view.commanded.connect(self._controller.shell.commanded)
            view.wanted.connect(self._want)
            self._controller.shell.add_screen(view)
        self._view.show_rows(rows)
        return self._view
