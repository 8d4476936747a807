"""Strip, fault, feedback, the screen, and the foot: laid out, bound, and no more."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.overriding import override
from app.ui.shell.actions_bar import ActionsBar
from app.ui.shell.events import Events
from app.ui.shell.feedback_bar import FeedbackBar
from app.ui.shell.rows import Fault, Frame
from app.ui.shell.status_strip import StatusStrip
from app.ui.shell.type_field import TypeField
from app.ui.theme.applying import colours_of

if TYPE_CHECKING:
    from app.ui.shell.fault_bar import FaultBar

MARGIN: Final = 16
DEVICES: Final = "DEVICES"
"""The command that shows the devices."""


class Foot(QWidget):
    """The large actions at the left, the last events and the field to type into at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verbs = ActionsBar()
        self.events = Events()
        self.field = TypeField()
        aside = QVBoxLayout()
        aside.setSpacing(6)
        aside.addWidget(self.events)
        aside.addWidget(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 10, MARGIN, 10)
        row.setSpacing(20)
        row.addWidget(self.verbs, 5)
        row.addLayout(aside, 3)
        self.setFixedHeight(148)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        with QPainter(self) as painter:
            colours = colours_of(self.palette())
            painter.fillRect(self.rect(), QColor(colours.surface))
            painter.setPen(QColor(colours.line))
            painter.drawLine(self.rect().topLeft(), self.rect().topRight())


class Shell(QWidget):
    """What fills the window once it is painted.

    Signals:
        commanded: A command's code was pressed.
        typed: A text was typed in.
        pin_typed: A PIN was typed in, hidden.
        language_pressed: The other language is wanted.
        theme_pressed: The other theme is wanted.
        fault_dismissed: The message about what is wrong was put away.
    """

    commanded = Signal(str)
    typed = Signal(str)
    pin_typed = Signal(str)
    language_pressed = Signal()
    theme_pressed = Signal()
    fault_dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip = StatusStrip()
        self._fault: FaultBar | None = None
        self._feedback = FeedbackBar()
        self._screens = QStackedWidget()
        self._foot = Foot()
        self._inner = inner = QVBoxLayout()
        inner.setContentsMargins(MARGIN, 10, MARGIN, 10)
        inner.setSpacing(10)
        inner.addWidget(self._feedback)
        inner.addWidget(self._screens, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._strip)
        whole.addLayout(inner, 1)
        whole.addWidget(self._foot)
        self._feedback.commanded.connect(self.commanded)
        self._foot.verbs.commanded.connect(self.commanded)
        self._foot.events.commanded.connect(self.commanded)
        self._foot.field.entered.connect(self.typed)
        self._foot.field.pin_entered.connect(self.pin_typed)
        self._strip.devices_pressed.connect(self._ask_for_devices)
        self._strip.language_pressed.connect(self.language_pressed)
        self._strip.theme_pressed.connect(self.theme_pressed)

    def show_frame(self, frame: Frame) -> None:
        """Change everything around the screen."""
        self._strip.show_items(frame.items)
        self._strip.show_switches(frame.switches)
        self._show_fault(frame.fault)
        self._feedback.show_answer(frame.answer)
        self._foot.verbs.show_actions(frame.actions)
        self._foot.events.show_events(frame.events, frame.no_events, frame.undo)
        self._foot.field.show_secret(secret=frame.switches.secret)
        self._foot.field.setPlaceholderText(frame.switches.type_here)
        self._foot.field.setAccessibleName(frame.switches.type_name)
        self._foot.setVisible(frame.working)

    def _ask_for_devices(self) -> None:
        self.commanded.emit(DEVICES)

    def _show_fault(self, fault: Fault | None) -> None:
        if self._fault is None:
            if fault is None:
                return
            from app.ui.shell.fault_bar import FaultBar

            self._fault = FaultBar()
            self._fault.dismissed.connect(self.fault_dismissed)
            self._inner.insertWidget(0, self._fault)
        self._fault.show_fault(fault)

    def add_screen(self, screen: QWidget) -> None:
        """Take a screen in; it belongs to the window from now on."""
        self._screens.addWidget(screen)

    def show_screen(self, screen: QWidget) -> None:
        """Bring a screen to the front."""
        self._screens.setCurrentWidget(screen)

    def type_in(self, text: str) -> bool:
        """Put what was typed anywhere into the field: nobody has to click it first.

        Returns:
            Whether it was something to type.
        """
        if not text or not text.isprintable() or self._foot.isHidden():
            return False
        self._foot.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._foot.field.insert(text)
        return True
