"""The home screen: the prompt, and below it the product or the open repairs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.screens.home.product import ProductView
from app.ui.screens.home.viewmodel import HomeRows
from app.ui.widgets.button import GLOVE
from app.ui.widgets.listing import Listing
from app.ui.widgets.prompt import PromptBar


class HomeView(QWidget):
    """Shows `HomeRows`.

    Signals:
        typed: A row was pressed; this is its tag, as if scanned.
    """

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = PromptBar()
        self._product = ProductView()
        self._jobs = Listing(GLOVE)
        self._jobs.row_pressed.connect(self.typed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(10)
        whole.addWidget(self._prompt)
        whole.addWidget(self._product, 1)
        whole.addWidget(self._jobs, 1)

    def show_rows(self, rows: HomeRows) -> None:
        """Change what it shows."""
        self._prompt.show_prompt(rows.prompt)
        self._product.setVisible(rows.product is not None)
        self._jobs.setVisible(rows.product is None)
        if rows.product is not None:
            self._product.show_rows(rows.product)
        self._jobs.show_table(rows.jobs)
