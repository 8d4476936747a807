"""Holds keys back until it is certain whose they are, and gives a person's back in order.

It listens where each key comes by once: at the native window, before the widget that has the focus.
A key that would fire a shortcut is asked about first (`ShortcutOverride`), so a scanner's Ctrl+D
fires none. On X11 it also listens to the server itself: while a text field has the focus, the input
method swallows accents, and Qt never tells of them.
"""

from bisect import insort
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from PySide6.QtCore import (
    QAbstractNativeEventFilter,
    QByteArray,
    QEvent,
    QObject,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QWidget

from app.ui.overriding import override
from app.ui.wedge.keys import RIGHT_ALT, Fate, Stroke
from app.ui.wedge.recognition import Recogniser
from app.ui.wedge.replaying import copied, replay
from app.ui.wedge.sight import XKey, key_of, stroke_of, x_key

GRACE_MS: Final = 5
"""The second phase: what a stalled window has not read yet is read before a timer decides."""
_KEPT: Final = 512
"""Strokes that are remembered until Qt tells of them."""
_LEAVING: Final = frozenset(
    {QEvent.Type.MouseButtonPress, QEvent.Type.FocusOut, QEvent.Type.Close, QEvent.Type.Hide}
)
_PRESSES: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})


@dataclass(frozen=True, slots=True, order=True)
class _Told:
    """What was told, by when, and about which stroke."""

    order: int
    stroke: Stroke


@dataclass(slots=True)
class _Held:
    """An event that waits for its stroke's fate."""

    order: int
    stroke: Stroke
    event: QEvent
    receiver: QObject


class Capture(QObject):
    """Stands between the keyboard and the window.

    Signals:
        scanned: A `Burst`: a scanner typed.

    Args:
        window: The program's window, shown.
        recogniser: Decides.
        listens: Whether keys may be held back now: never where a secret is typed.
        in_field: Whether the focus is in a field that is there for scans.

    Attributes:
        listens: As given.
        in_field: As given.
    """

    scanned = Signal(object)

    def __init__(
        self,
        window: QWidget,
        recogniser: Recogniser,
        listens: Callable[[], bool] = lambda: True,
        in_field: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._recogniser = recogniser
        self.listens = listens
        self.in_field = in_field
        self._platform = QGuiApplication.platformName()
        self._altgr = False
        self._order = 0
        self._known: dict[tuple[int, int, bool], _Told] = {}
        self._held: list[_Held] = []
        self._typing: _Told | None = None
        self._replaying = False
        self._graced = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._timed)
        self._native: _XKeys | None = None
        self._handle = cast("QWindow | None", window.windowHandle())
        if self._handle is not None:
            self._handle.installEventFilter(self)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusObjectChanged.connect(self._on_focus)
            self._on_focus(app.focusObject())
            if self._platform == "xcb":
                self._native = _XKeys(self.on_x_key)
                app.installNativeEventFilter(self._native)

    def stop(self) -> None:
        """Hold nothing back any more."""
        self.let_go()
        app = QGuiApplication.instance()
        if app is not None and self._native is not None:
            app.removeNativeEventFilter(self._native)
            self._native = None
        if self._handle is not None:
            self._handle.removeEventFilter(self)
            self._handle = None

    def let_go(self) -> None:
        """Decide at once whose the held keys are: those to come go elsewhere."""
        self._recogniser.interrupt()
        self._altgr = False
        self._settle()

    @override
    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:
        kind = event.type()
        if self._replaying:
            return False
        if isinstance(event, QInputMethodEvent):
            return self._composed(watched, event)
        if watched is not self._handle:
            return False
        if isinstance(event, QKeyEvent):
            return self._key(event)
        if kind in _LEAVING:
            self.let_go()
        return False

    # ------------------------------------------------------------------
    # Keys
    # ------------------------------------------------------------------

    def _key(self, event: QKeyEvent) -> bool:
        if not event.timestamp():  # made by a program: nothing tells how fast it was typed
            return False
        if not self.listens():
            self.let_go()
            return False
        press = event.type() in _PRESSES
        told = self._known.get((key_of(event, self._platform), event.timestamp(), press))
        if told is None and self._native is None:  # else the server has told of it before
            told = self._pressed(event) if press else self._released(event)
        self._settle()
        return told is not None and self._kept(told, event)

    def _pressed(self, event: QKeyEvent) -> _Told:
        stroke = stroke_of(event, self._platform, altgr=self._altgr)
        return self._feed(stroke, repeated=event.isAutoRepeat())

    def _released(self, event: QKeyEvent) -> _Told | None:
        return self._feed_release(key_of(event, self._platform), event.timestamp())

    def _kept(self, told: _Told, event: QKeyEvent) -> bool:
        """Whether the event goes no further; it is held back until its stroke's fate is known."""
        fate = told.stroke.fate
        if fate is Fate.PERSON or self._handle is None:
            return False
        event.accept()
        if fate is Fate.PENDING and event.type() != QEvent.Type.ShortcutOverride:
            self._hold(told, copied(event), self._handle)
        return True

    def _hold(self, told: _Told, event: QEvent, receiver: QObject) -> None:
        held = _Held(told.order, told.stroke, event, receiver)
        insort(self._held, held, key=lambda one: one.order)

    def _feed(self, stroke: Stroke, *, repeated: bool = False) -> _Told:
        if stroke.code == RIGHT_ALT:
            self._altgr = True
        self._recogniser.press(stroke, in_field=self.in_field(), repeated=repeated)
        self._wait()
        return self._remember((stroke.key, stroke.at, True), stroke)

    def _feed_release(self, key: int, at: int) -> _Told | None:
        if key == RIGHT_ALT:
            self._altgr = False
        stroke = self._recogniser.release(key, at)
        self._wait()
        return self._remember((key, at, False), stroke) if stroke is not None else None

    def _remember(self, identity: tuple[int, int, bool], stroke: Stroke) -> _Told:
        self._order += 1
        told = self._known[identity] = _Told(self._order, stroke)
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return told

    # ------------------------------------------------------------------
    # Input methods
    # ------------------------------------------------------------------

    def on_x_key(self, key: XKey) -> None:
        """The X server told of a key; Qt, or the input method, will get it next."""
        self._typing = None
        if self._handle is None or key.window != self._handle.winId() or not self.listens():
            return
        if key.down:
            self._typing = self._feed(key.stroke(altgr=self._altgr))
        else:
            self._feed_release(key.code, key.at)

    def _composed(self, receiver: QObject, event: QInputMethodEvent) -> bool:
        """An input method has made a text; where it made it of a held stroke, it is held too."""
        told = self._typing
        if told is None or event.preeditString() or told.stroke.fate is Fate.PERSON:
            self.let_go()
            return False
        if told.stroke.fate is Fate.PENDING:
            self._hold(told, copied(event), receiver)
        return True

    def _on_focus(self, focus: QObject | None) -> None:
        if focus is not None and focus is not self._handle:
            focus.installEventFilter(self)

    # ------------------------------------------------------------------
    # Time, and what is decided
    # ------------------------------------------------------------------

    def _wait(self) -> None:
        self._graced = False
        wait = self._recogniser.wait_ms
        if wait:
            self._timer.start(wait)
        else:
            self._timer.stop()

    def _timed(self) -> None:
        if not self._graced:
            self._graced = True
            self._timer.start(GRACE_MS)
            return
        self._recogniser.expire()
        self._settle()

    def _settle(self) -> None:
        """Give back what is a person's, drop what is a scanner's, tell what it typed."""
        if self._replaying:
            return
        self._replaying = True
        try:
            while (one := self._next_of_person()) is not None:
                replay(self._window, one.receiver, one.event)
        finally:
            self._replaying = False
        for burst in self._recogniser.take_bursts():
            self.scanned.emit(burst)

    def _next_of_person(self) -> _Held | None:
        self._held = [one for one in self._held if one.stroke.fate is not Fate.SCANNER]
        for at, one in enumerate(self._held):
            if one.stroke.fate is Fate.PERSON:
                return self._held.pop(at)
        return None


class _XKeys(QAbstractNativeEventFilter):
    """Hears the X server; it never keeps anything from Qt."""

    def __init__(self, tell: Callable[[XKey], None]) -> None:
        super().__init__()
        self._tell = tell

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int, /
    ) -> tuple[bool, int]:
        key = x_key(eventType, int(message))
        if key is not None:
            self._tell(key)
        return False, 0
