"""A titled table on a card, with a sentence in place of no rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.table_rows import TableRows
from app.ui.theme.applying import BODY, HEAD
from app.ui.theme.colours import Level
from app.ui.widgets.surface import Ground
from app.ui.widgets.table import Table
from app.ui.widgets.text import Text


class Listing(Ground):
    """Shows a `TableRows`.

    Signals:
        row_pressed: The key of the row that was pressed.
    """

    row_pressed = Signal(str)

    def __init__(
        self, row_height: int, *, headers: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(Level.CALM, parent)
        self._title = Text(HEAD, strong=True)
        self._empty = Text(BODY, muted=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.table = Table(row_height, headers=headers)
        self.table.row_pressed.connect(self.row_pressed)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(12, 12, 12, 12)
        inner.setSpacing(6)
        self._title.setContentsMargins(12, 0, 0, 0)
        self._empty.setContentsMargins(12, 2, 12, 0)
        inner.addWidget(self._title)
        inner.addWidget(self._empty, 1)
        inner.addWidget(self.table, 1)

    def show_table(self, table: TableRows) -> None:
        """Change the table."""
        self._title.say(table.title)
        self._empty.say(table.empty)
        self._empty.setVisible(not table.rows)
        self.table.setVisible(bool(table.rows))
        self.table.show_table(table)
