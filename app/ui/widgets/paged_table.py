"""A table of any length: what is shown of it is asked for, and nothing else is held."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.ui.overriding import override
from app.ui.widgets.paged_model import PagedModel, Row
from app.ui.widgets.table import PlainTable


class PagedTable(PlainTable):
    """Shows a `PagedModel`.

    Signals:
        wanted: The first row of a page that is shown and is not here yet.
    """

    wanted = Signal(int)

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(row_height, headers=True, parent=parent)
        self._model = PagedModel(self)
        self._first: list[int] = []
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)
        self._model.wanted.connect(self._want)
        self.setModel(self._model)

    @property
    def paged_model(self) -> PagedModel:
        """Its model."""
        return self._model

    def begin(
        self, title: str, headers: tuple[str, ...], widths: tuple[int, ...], total: int
    ) -> None:
        """Show another table of so many rows."""
        self._first.clear()
        self._model.begin(headers, total)
        self.setAccessibleName(title)
        self.share(widths)
        self.scrollToTop()

    def take(self, first: int, rows: tuple[Row, ...]) -> None:
        """A page has come."""
        self._model.take(first, rows)

    @override
    def key_of(self, row: int) -> str:
        return self._model.key(row)

    def _want(self, first: int) -> None:
        """Not while it paints: whoever answers at once would change what is being painted."""
        self._first.append(first)
        self._soon.start()

    def _ask(self) -> None:
        wanted, self._first = self._first, []
        for first in wanted:
            self.wanted.emit(first)
