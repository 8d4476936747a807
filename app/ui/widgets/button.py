"""Buttons for gloves: at least 76 px high, and never reached by a scanner's Enter."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.icons import draw_icon
from app.ui.overriding import override
from app.ui.shell.rows import Action
from app.ui.theme.applying import BODY, SMALL, colours_of, font
from app.ui.theme.colours import Colours

GLOVE: Final = 76
"""20 mm at 96 dpi: the least height of what gloves press."""
_ICON: Final = 26
_SMALL_ICON: Final = 20
_TALL: Final = 96
_START: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_PAD: Final = 10
EDGE: Final = 5
"""Between a word or a key's cap and the button's edge."""
_WRAPPED: Final = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class ActionButton(QAbstractButton):
    """One verb: icon, word, key. It keeps its place and changes its verb."""

    def __init__(self, parent: QWidget | None = None, *, least_width: int = 128) -> None:
        super().__init__(parent)
        self._action: Action | None = None
        self._least_width = least_width
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def code(self) -> str:
        """The command that it gives."""
        return self._action.code if self._action is not None else ""

    def show_action(self, action: Action) -> None:
        """Give it a verb."""
        if action == self._action:
            return
        self._action = action
        self.setText(action.label.replace("&", "&&"))
        self.setAccessibleName(action.label)
        self.setToolTip(f"{action.tip}  ({action.key})" if action.key else action.tip)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(max(self._least_width, 168), GLOVE)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._least_width, GLOVE)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        action = self._action
        if action is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            ink = self._paint_ground(painter, colours, primary=action.primary)
            if self.height() < _TALL and action.icon:
                self._paint_compact(painter, action, ink)
                return
            cap = QRect()
            if action.key:
                cap = _cap(action.key)
                cap.moveTopRight(self.rect().topRight() + QPoint(-EDGE, EDGE))
                _paint_key(painter, action.key, ink, cap)
            self._paint_label(painter, action, ink, cap)

    def _paint_ground(self, painter: QPainter, colours: Colours, *, primary: bool) -> str:
        """Paint the ground; give the colour to write in."""
        back, ink = colours.surface, colours.text
        if primary:
            back, ink = colours.accent, colours.on_accent
        edge = colours.accent if primary else colours.edge
        marked = self.isDown() or self.hasFocus()
        if self.isDown():
            back = colours.accent if primary else colours.pressed
        painter.setBrush(QColor(back))
        painter.setPen(QPen(QColor(colours.text if marked else edge), 3 if marked else 1.5))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 10, 10)
        return ink

    def _paint_label(self, painter: QPainter, action: Action, ink: str, cap: QRect) -> None:
        inside = self.rect().adjusted(EDGE, _PAD, -EDGE, -_PAD)
        painter.setFont(font(BODY, strong=True))
        painter.setPen(QColor(ink))
        if not action.icon:
            painter.drawText(inside, _WRAPPED, action.label)
            return
        room = inside.adjusted(0, 0, 0, -_ICON - 6)
        text_box = painter.boundingRect(room, _WRAPPED, action.label)
        top = inside.top() + max(0, (inside.height() - _ICON - 6 - text_box.height()) // 2)
        if cap.left() < self.rect().center().x() + _ICON // 2:
            top = max(top, cap.bottom() + 3)  # a wide cap reaches over the icon
        draw_icon(painter, action.icon, ink, QRect(inside.left(), top, inside.width(), _ICON))
        below = QRect(
            inside.left(), top + _ICON + 6, inside.width(), inside.bottom() - top - _ICON - 5
        )
        painter.drawText(
            below,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap,
            action.label,
        )

    def _paint_compact(self, painter: QPainter, action: Action, ink: str) -> None:
        """Icon and word side by side, the key below: for a button no higher than a glove needs."""
        used = font(BODY, strong=True)
        width = QFontMetrics(used).horizontalAdvance(action.label)
        left = (self.width() - _SMALL_ICON - 8 - width) // 2
        upper = QRect(left, 8, _SMALL_ICON, self.height() // 2 - 4)
        draw_icon(painter, action.icon, ink, upper)
        painter.setFont(used)
        painter.setPen(QColor(ink))
        words = QRect(upper.right() + 9, upper.top(), width + 2, upper.height())
        painter.drawText(words, _START, action.label)
        cap = _cap(action.key)
        cap.moveCenter(QPoint(self.width() // 2, self.height() * 3 // 4 - 2))
        _paint_key(painter, action.key, ink, cap)


def _cap(key: str) -> QRect:
    """The size of a key's cap."""
    metrics = QFontMetrics(font(SMALL))
    return QRect(0, 0, metrics.horizontalAdvance(key) + 10, metrics.height() + 2)


def _paint_key(painter: QPainter, key: str, ink: str, cap: QRect) -> None:
    """The key that does the same, as a small cap."""
    painter.setFont(font(SMALL))
    painter.setOpacity(0.8)
    painter.setPen(QPen(QColor(ink), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(cap), 4, 4)
    painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
    painter.setOpacity(1.0)


class SmallButton(QAbstractButton):
    """A control of the window itself: an icon, or a short word. Not for work with gloves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = ""
        self.setForegroundRole(QPalette.ColorRole.WindowText)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_control(self, name: str, *, icon: str = "", text: str = "") -> None:
        """What it does, and the icon or word that it shows."""
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(font(BODY, strong=True))
        return QSize(max(48, metrics.horizontalAdvance(self.text()) + 24), 48)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colours = colours_of(self.palette())
            ink = self.palette().color(self.foregroundRole()).name()
            painter.setPen(QPen(QColor(ink), 1))
            painter.setBrush(QColor(colours.pressed) if self.isDown() else Qt.BrushStyle.NoBrush)
            painter.setOpacity(0.8 if not self.isDown() else 1.0)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
            painter.setOpacity(1.0)
            if self._icon:
                draw_icon(painter, self._icon, ink, self.rect().adjusted(12, 12, -12, -12))
                return
            painter.setFont(font(BODY, strong=True))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
