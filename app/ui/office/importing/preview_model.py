"""Qt's model over the first rows of a file: replaced as a whole, never edited."""

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, Qt

from app.ui.office.importing.rows import PreviewCell, PreviewTable
from app.ui.overriding import override
from app.ui.widgets.table_model import Index, PlainModel
from app.ui.wording import BREAK

NOTHING: Final = PreviewTable("", (), (), (), 0, 0)
HeadRole = Qt.ItemDataRole.UserRole + 1
PreviewRole = Qt.ItemDataRole.UserRole + 2
_TEXT: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


class PreviewModel(PlainModel):
    """Shows a `PreviewTable`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = NOTHING

    @property
    def table(self) -> PreviewTable:
        """What it shows."""
        return self._table

    @property
    @override
    def headers(self) -> tuple[str, ...]:
        return tuple(one.heading for one in self._table.heads)

    def show_table(self, table: PreviewTable) -> None:
        """Take another table in; everything is asked for anew where rows or columns are others."""
        before = self._table
        if (before.heads, before.rows, before.numbers) == (table.heads, table.rows, table.numbers):
            self._table = table
            return
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._table.rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._table.rows[index.row()]
        cell = row[index.column()] if index.column() < len(row) else PreviewCell("")
        if role == PreviewRole:
            return cell
        if role in _TEXT:
            return cell.text.replace(BREAK, "")
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole}:
            return (cell.reason or cell.text).replace(BREAK, "")
        return None

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            numbers = self._table.numbers
            told = role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(numbers)
            return numbers[section] if told else None
        if not 0 <= section < len(self._table.heads):
            return None
        head = self._table.heads[section]
        if role == HeadRole:
            return head
        return f"{head.heading}, {head.field}" if role in _TEXT else None
