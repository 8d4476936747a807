"""Labels: always plain text, whatever a name or a model holds."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QTextLayout
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
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            fitted = self.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.width()
            )
            painter.drawText(self.rect(), self.alignment() | Qt.TextFlag.TextSingleLine, fitted)


class Lines(Text):
    """A label that wraps to so many lines and no further: the last ends in an ellipsis."""

    def __init__(
        self,
        most: int,
        points: int = BODY,
        *,
        strong: bool = False,
        muted: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(points, strong=strong, muted=muted, parent=parent)
        self._most = most

    def _laid(self, width: int, most: int) -> list[str]:
        """The lines as they are painted, so many at most."""
        layout = QTextLayout(self.text(), self.font())
        lines: list[str] = []
        layout.beginLayout()
        while True:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            start = line.textStart()
            if len(lines) == most - 1:
                rest = self.text()[start:]
                mode = Qt.TextElideMode.ElideRight
                lines.append(self.fontMetrics().elidedText(rest, mode, width))
                break
            lines.append(self.text()[start : start + line.textLength()].rstrip())
        layout.endLayout()
        return lines

    @override
    def heightForWidth(self, arg__1: int, /) -> int:
        return max(1, len(self._laid(arg__1, self._most))) * self.fontMetrics().lineSpacing()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self.fontMetrics().lineSpacing())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            height = self.fontMetrics().lineSpacing()
            whole = (self.height() + height // 4) // height  # none is painted that is cut through
            lines = self._laid(self.width(), max(1, min(self._most, whole)))
            top = 0
            if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
                top = max(0, (self.height() - height * len(lines)) // 2)
            for at, line in enumerate(lines):
                place = QRect(0, top + at * height, self.width(), height)
                painter.drawText(place, self.alignment() | Qt.TextFlag.TextSingleLine, line)
