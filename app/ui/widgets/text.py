"""Labels: always plain text, whatever a name or a model holds."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.overriding import override
from app.ui.theme.applying import BODY, font


class Text(QLabel):
    """A label that wraps; `say` costs nothing where the words stay the same."""

    def __init__(
        self,
        points: int = BODY,
        *,
        strong: bool = False,
        muted: bool = False,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(points, strong=strong, figures=figures))
        self.setWordWrap(True)
        if muted:
            self.setForegroundRole(QPalette.ColorRole.PlaceholderText)

    def say(self, text: str) -> None:
        """Show a text."""
        if text != self.text():
            self.setText(text)


class Line(Text):
    """A label of one line that ends in an ellipsis where it is too long."""

    def __init__(
        self,
        points: int = BODY,
        *,
        strong: bool = False,
        muted: bool = False,
        figures: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(points, strong=strong, muted=muted, figures=figures, parent=parent)
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 4, super().minimumSizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        fitted = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, fitted)
