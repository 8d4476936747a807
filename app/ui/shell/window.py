"""The window: strip, fault, feedback, the screen, and the foot. It lays out, binds, and no more."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.ui.overriding import override
from app.ui.shell.actions_bar import ActionsBar
from app.ui.shell.events import Events
from app.ui.shell.fault_bar import FaultBar
from app.ui.shell.feedback_bar import FeedbackBar
from app.ui.shell.rows import Frame
from app.ui.shell.status_strip import StatusStrip
from app.ui.shell.type_field import TypeField
from app.ui.theme.applying import colours_of

SIZE: Final = (1280, 800)
LEAST: Final = (1024, 720)
MARGIN: Final = 16
_LAYOUTS: Final = 3


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
        self.setFixedHeight(140)

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        colours = colours_of(self.palette())
        painter.fillRect(self.rect(), QColor(colours.surface))
        painter.setPen(QColor(colours.line))
        painter.drawLine(self.rect().topLeft(), self.rect().topRight())


class BenchWindow(QWidget):
    """The one window of the program.

    Signals:
        commanded: A command's code was pressed.
        typed: A text was typed in.
        language_pressed: The other language is wanted.
        theme_pressed: The other theme is wanted.
        fault_dismissed: The message about what is wrong was put away.
        painted: The first picture is on the screen; emitted once.
        closed: The window was closed.
    """

    commanded = Signal(str)
    typed = Signal(str)
    language_pressed = Signal()
    theme_pressed = Signal()
    fault_dismissed = Signal()
    painted = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._painted = False
        self._strip = StatusStrip()
        self._fault = FaultBar()
        self._feedback = FeedbackBar()
        self._screens = QStackedWidget()
        self._foot = Foot()
        inner = QVBoxLayout()
        inner.setContentsMargins(MARGIN, 10, MARGIN, 10)
        inner.setSpacing(10)
        inner.addWidget(self._fault)
        inner.addWidget(self._feedback)
        inner.addWidget(self._screens, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._strip)
        whole.addLayout(inner, 1)
        whole.addWidget(self._foot)
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self._feedback.commanded.connect(self.commanded)
        self._foot.verbs.commanded.connect(self.commanded)
        self._foot.events.commanded.connect(self.commanded)
        self._foot.field.entered.connect(self.typed)
        self._strip.language_pressed.connect(self.language_pressed)
        self._strip.theme_pressed.connect(self.theme_pressed)
        self._fault.dismissed.connect(self.fault_dismissed)

    def show_frame(self, frame: Frame) -> None:
        """Change everything around the screen."""
        if self.windowTitle() != frame.title:
            self.setWindowTitle(frame.title)
        self._strip.show_items(frame.items)
        self._strip.show_switches(frame.switches)
        self._fault.show_fault(frame.fault)
        self._feedback.show_answer(frame.answer)
        self._foot.verbs.show_actions(frame.actions)
        self._foot.events.show_events(frame.events, frame.no_events, frame.undo)
        self._foot.field.setPlaceholderText(frame.switches.type_here)
        self._foot.field.setAccessibleName(frame.switches.type_name)

    def add_screen(self, screen: QWidget) -> None:
        """Take a screen in; it belongs to the window from now on."""
        self._screens.addWidget(screen)

    def show_screen(self, screen: QWidget) -> None:
        """Bring a screen to the front."""
        self._screens.setCurrentWidget(screen)

    def picture(self) -> QImage:
        """What the window looks like now; equal to its pixels on the screen."""
        for _ in range(_LAYOUTS):  # a label that wraps asks for another round
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        return self.grab().toImage()

    @override
    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            self.painted.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        """What is typed anywhere lands in the field: nobody has to click it first."""
        if event.text().isprintable() and event.text():
            self._foot.field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._foot.field.insert(event.text())
            return
        super().keyPressEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent, /) -> None:
        self.closed.emit()
        super().closeEvent(event)
