"""The import's screen: the prompt, and below it what the step is about; a file can be dropped."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.office.importing.cards import FileCard, ResultCard
from app.ui.office.importing.columns_view import ColumnsView
from app.ui.office.importing.progress_bar import ProgressCard
from app.ui.office.importing.rows import ImportRows
from app.ui.overriding import override
from app.ui.widgets.prompt import PromptBar


class ImportView(QWidget):
    """Shows `ImportRows`.

    Signals:
        dropped: The path of a file that was dropped on it.
    """

    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self.file = FileCard()
        self.columns = ColumnsView()
        self.progress = ProgressCard()
        self.result = ResultCard()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self._prompt)
        for one in (self.file, self.columns, self.progress, self.result):
            whole.addWidget(one, 1)
        whole.addStretch(0)
        self.setAcceptDrops(True)

    def show_rows(self, rows: ImportRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        self.file.setVisible(rows.file is not None)
        self.columns.setVisible(rows.columns is not None)
        self.progress.setVisible(rows.progress is not None)
        self.result.setVisible(rows.result is not None)
        if rows.file is not None:
            self.file.show_rows(rows.file)
        if rows.columns is not None:
            self.columns.show_rows(rows.columns)
        if rows.progress is not None:
            self.progress.show_rows(rows.progress)
        if rows.result is not None:
            self.result.show_rows(rows.result)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent, /) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent, /) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths[0])
