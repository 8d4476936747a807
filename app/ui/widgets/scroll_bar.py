"""A plain scroll bar, wide enough for a finger."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from app.ui.overriding import override
from app.ui.theme.applying import colours_of

WIDTH = 18


class ScrollBar(QScrollBar):
    """A bar: a rounded handle on nothing."""

    def __init__(
        self,
        parent: QWidget | None = None,
        orientation: Qt.Orientation = Qt.Orientation.Vertical,
    ) -> None:
        super().__init__(orientation, parent)

    @override
    def sizeHint(self) -> QSize:
        if self.orientation() is Qt.Orientation.Horizontal:
            return QSize(super().sizeHint().width(), WIDTH)
        return QSize(WIDTH, super().sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar,
            option,
            QStyle.SubControl.SC_ScrollBarSlider,
            self,
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            painter.fillRect(self.rect(), QColor(colours.surface))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.text if self.isSliderDown() else colours.edge))
            across = self.orientation() is Qt.Orientation.Horizontal
            inset = (2, 5, -2, -5) if across else (5, 2, -5, -2)
            painter.drawRoundedRect(QRectF(handle).adjusted(*inset), 4, 4)
