"""Qt's model over a frozen table: it is replaced as a whole, never changed in place."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.ui.overriding import override
from app.ui.table_rows import Cell, TableRows
from app.ui.wording import BREAK

EMPTY = TableRows("", (), (), "")
CellRole = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class PlainModel(QAbstractTableModel):
    """What every table has: columns with names, rows that are pressed and never edited."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns' names."""
        return ()

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.headers)

    @override
    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return self.headers[section] if 0 <= section < len(self.headers) else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags


class RowsModel(PlainModel):
    """Shows a `TableRows`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = EMPTY

    @property
    def table(self) -> TableRows:
        """What it shows."""
        return self._table

    @property
    @override
    def headers(self) -> tuple[str, ...]:
        return self._table.headers

    def show_table(self, table: TableRows) -> None:
        """Replace the whole table, if it is another one."""
        if table == self._table:
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
        cell: Cell = self._table.rows[index.row()][index.column()]
        if role == CellRole:
            return cell
        if role in {
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        }:
            return cell.text.replace(BREAK, "")
        return None
