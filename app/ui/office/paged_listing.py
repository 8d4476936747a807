"""A titled table of any length on a card, with a sentence in place of no rows."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.office.rows import PagedRows
from app.ui.theme.applying import BODY, HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.paged_table import PagedTable
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Text

if TYPE_CHECKING:
    from app.services.office_sight import Sight


class PagedListing(Ground):
    """Shows `PagedRows`."""

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._title = Text(HEAD, strong=True)
        self._title.setContentsMargins(12, 0, 0, 0)
        self._empty = Text(BODY, muted=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(12, 2, 12, 0)
        self.table = PagedTable(row_height)
        self._begun: Sight | None = None
        self._shown: tuple[object, ...] = ()
        inner = QVBoxLayout(self)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(self._title)
        inner.addWidget(self._empty, 1)
        inner.addWidget(self.table, 1)

    def show_rows(self, rows: PagedRows) -> None:
        """Take the page in; a new answer, another length or language begins another table.

        A new answer also where it is equal: a page that was asked for may have been left out.
        """
        self._title.say(rows.title)
        self._empty.say(rows.empty)
        self._empty.setVisible(not rows.total)
        self.table.setVisible(bool(rows.total))
        shown = (rows.total, rows.headers)
        if rows.begun is not self._begun or shown != self._shown:
            self._begun, self._shown = rows.begun, shown
            self.table.begin(rows.title, rows.headers, rows.widths, rows.total)
        self.table.take(rows.first, rows.rows)
