"""Qt's model over a table that is too long to hold: a few pages of it, asked for when they show.

Qt asks a model some thousands of times a frame; everything but our own role is answered at once.
"""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from app.ui.overriding import override
from app.ui.table_rows import Cell
from app.ui.widgets.table_model import CellRole, Index, PlainModel
from app.ui.wording import BREAK

PAGE: Final = 64
"""Rows that are asked for together: more than a window shows."""
KEPT: Final = 48
"""Pages that are kept; the one that was shown longest ago goes first, never the first of all."""
_WAITING: Final = Cell("")
_TEXTS: Final = frozenset(
    {
        Qt.ItemDataRole.DisplayRole.value,
        Qt.ItemDataRole.ToolTipRole.value,
        Qt.ItemDataRole.AccessibleTextRole.value,
    }
)

Row = tuple[str, tuple[Cell, ...]]
"""A row's key, and its cells."""


class PagedModel(PlainModel):
    """Shows a table of a known length; its rows come page by page.

    Signals:
        wanted: The number of the first row of a page that is about to be shown and is not here.
    """

    wanted = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers: tuple[str, ...] = ()
        self._total = 0
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._asked: set[int] = set()

    def begin(self, headers: tuple[str, ...], total: int) -> None:
        """Show another table: so many rows, none of which is here yet."""
        self.beginResetModel()
        self._headers, self._total = headers, total
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def take(self, first: int, rows: tuple[Row, ...]) -> None:
        """A page has come; one that is here already changes nothing."""
        page = first // PAGE
        self._asked.discard(page)
        if self._pages.get(page) == rows:
            return
        self._pages[page] = rows
        while len(self._pages) > KEPT:
            del self._pages[next(one for one in self._pages if one)]
        if rows:
            last = min(first + len(rows), self._total) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._headers) - 1))

    @property
    @override
    def headers(self) -> tuple[str, ...]:
        return self._headers

    @property
    def kept(self) -> int:
        """How many pages are here."""
        return len(self._pages)

    def key(self, row: int) -> str:
        """What pressing a row means; empty while it is not here."""
        found = self._row(row)
        return found[0] if found is not None else ""

    def _row(self, row: int) -> Row | None:
        page, at = divmod(row, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._asked:
                self._asked.add(page)
                self.wanted.emit(page * PAGE)
            return None
        self._pages.move_to_end(page)
        return rows[at] if at < len(rows) else None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else self._total

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != CellRole and role not in _TEXTS:
            return None
        if not index.isValid():
            return None
        row = self._row(index.row())
        cell = row[1][index.column()] if row is not None else _WAITING
        return cell if role == CellRole else cell.text.replace(BREAK, "")
