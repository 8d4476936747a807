"""Binds the lead's boards: asks for what is wanted, and shows what comes.

Nothing of it is imported before it is first shown. A scan goes to the bench whatever is shown.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.services.views import BenchView, Outcome

if TYPE_CHECKING:
    from app.services.office_sight import Ask, Board, SearchesSight, Sight
    from app.ui.controller import Controller
    from app.ui.office.panel import Office
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
    """

    def __init__(self, controller: "Controller") -> None:
        super().__init__(controller)
        self._controller = controller
        self._port: OfficePort | None = None
        self._told: Callable[[Sight | SearchesSight], None] | None = None
        self._view: OfficeView | None = None

    def attach(
        self, port: "OfficePort | None", told: "Callable[[Sight | SearchesSight], None]"
    ) -> None:
        """Whom to ask, None where there is nobody; and through what the answer comes."""
        self._port, self._told = port, told

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

    def on_sight(self, sight: "Sight | SearchesSight") -> None:
        """What was asked for has come."""
        office = self._controller.state.office
        if office is not None:
            self._controller.show_office(office.told(sight))

    # ------------------------------------------------------------------
    # What the person does
    # ------------------------------------------------------------------

    def takes(self, code: str) -> bool:
        """Take a button or a key that is about what is shown; False where it is the bench's."""
        from app.ui.office.painting import BACK

        office = self._controller.state.office
        if office is None or code not in {"HOME", BACK}:
            return False
        from app.services.office_sight import Board

        if office.ask.board is Board.PRODUCT:
            self._open(Board.REGISTER)
        else:
            self.leave()
        return True

    def leave(self) -> None:
        """Go back to the work."""
        if self._controller.state.office is not None:
            self._controller.show_office(None)

    def _open(self, board: "Board") -> None:
        from app.services.office_sight import Ask, Board

        self._ask(Ask(board))
        if self._view is not None:
            self._view.search.clear()
            if board is Board.REGISTER:
                self._view.search.setFocus()

    def _ask(self, ask: "Ask") -> None:
        from app.ui.office.panel import Office

        office = self._controller.state.office
        self._controller.show_office((office or Office(ask)).asking(ask))
        if office is None and self._port is not None and self._told is not None:
            self._port.saved_searches(self._told)
        self._look(ask)

    def _look(self, ask: "Ask") -> None:
        if self._port is not None and self._told is not None:
            self._port.look(ask, self._told)

    def _choose(self, code: str) -> None:
        from app.ui.office.register_rows import SAVE, family_of, saved_of

        office = self._controller.state.office
        if office is None:
            return
        found = saved_of(code, office.saved or ())
        if found is not None:
            self._ask(replace(office.ask, text=found.text, family=found.family, first=0))
            if self._view is not None:
                self._view.search.setText(found.text)
        elif code == SAVE:
            self._save(office)
        else:
            self._ask(replace(office.ask, family=family_of(code), first=0))

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
            self._ask(replace(office.ask, text=text, first=0))

    def _want(self, first: int) -> None:
        office = self._controller.state.office
        if office is not None:
            self._look(replace(office.ask, first=first))

    def _open_product(self, serial: str) -> None:
        from app.services.office_sight import Ask, Board

        self._ask(Ask(Board.PRODUCT, serial=serial))

    # ------------------------------------------------------------------
    # Painting
    # ------------------------------------------------------------------

    def show_rows(self, rows: "OfficeRows") -> QWidget:
        """Give the rows to the view, which is made when it is first shown."""
        if self._view is None:
            from app.ui.office.view import OfficeView

            self._view = view = OfficeView()
            view.chosen.connect(self._choose)
            view.searched.connect(self._search)
            view.opened.connect(self._open_product)
            view.scanned.connect(self._controller.scan)
            view.wanted.connect(self._want)
            self._controller.shell.add_screen(view)
        self._view.show_rows(rows)
        return self._view
