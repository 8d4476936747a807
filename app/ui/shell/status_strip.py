"""The strip at the top: who, ESD, devices, sync; language and theme at its end."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui.overriding import override
from app.ui.shell.rows import Item, Switches
from app.ui.theme.applying import BODY, SMALL, colours_of
from app.ui.theme.colours import Level
from app.ui.widgets.button import SmallButton
from app.ui.widgets.glyph import Glyph
from app.ui.widgets.surface import Ground
from app.ui.widgets.text import Line

HEIGHT = 68
DEVICE = "device:"
"""How the names of the items begin that are devices."""
_WIDEST = 290


class StripItem(Ground):
    """One item: icon, caption, value. Without a ground while it is calm.

    Signals:
        pressed: A device was pressed: somebody wants to know more of it.
    """

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Level.CALM, parent)
        self._leads = False
        self._glyph = Glyph(24)
        self._caption = Line(SMALL, muted=True)
        self._value = Line(BODY, strong=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._caption)
        words.addWidget(self._value)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 12, 5)
        row.setSpacing(9)
        row.addWidget(self._glyph)
        row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_WIDEST)

    def show_item(self, item: Item) -> None:
        """Change what it tells; a device leads to the devices."""
        leads = item.name.startswith(DEVICE)
        shape = Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self._leads = leads
        self.set_level(item.level)
        self._glyph.show_icon(item.icon)
        self._caption.say(item.caption)
        self._value.say(item.value)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent, /) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._leads and inside and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        if self._level is not Level.CALM:
            super().paintEvent(event)


class StatusStrip(QWidget):
    """All items, and the window's own switches.

    Signals:
        language_pressed: The other language is wanted.
        theme_pressed: The other theme is wanted.
        devices_pressed: The devices are wanted.
    """

    language_pressed = Signal()
    theme_pressed = Signal()
    devices_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[StripItem] = []
        self._shown: tuple[Item, ...] = ()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._devices = SmallButton()
        self._devices.hide()  # until there is somebody to ask
        self._language = SmallButton()
        self._theme = SmallButton()
        self._devices.clicked.connect(self.devices_pressed)
        self._language.clicked.connect(self.language_pressed)
        self._theme.clicked.connect(self.theme_pressed)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(14, 0, 16, 0)
        whole.setSpacing(8)
        whole.addLayout(self._row, 1)
        whole.addStretch(0)
        whole.addWidget(self._devices, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(self._language, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addWidget(self._theme, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self.setFixedHeight(HEIGHT)

    def show_items(self, items: tuple[Item, ...]) -> None:
        """Change the items; their widgets are kept and used again."""
        if items == self._shown:
            return
        self._shown = items
        while len(self._items) < len(items):
            made = StripItem()
            made.pressed.connect(self.devices_pressed)
            self._row.insertWidget(len(self._items), made)
            self._items.append(made)
        for at, widget in enumerate(self._items):
            widget.setVisible(at < len(items))
            if at < len(items):
                widget.show_item(items[at])

    def show_switches(self, switches: Switches) -> None:
        """Change the words of the switches."""
        self._devices.show_control(switches.devices, icon="scanner")
        self._devices.setVisible(bool(switches.devices))
        self._language.show_control(switches.language_name, text=switches.language)
        self._theme.show_control(switches.theme, icon=switches.theme_icon)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            colours = colours_of(self.palette())
            painter.fillRect(self.rect(), QColor(colours.surface))
            painter.setPen(QColor(colours.line))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
