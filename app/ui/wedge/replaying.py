"""Gives a held key back to the window, as if it came now."""

from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

E = TypeVar("E", QKeyEvent, QInputMethodEvent)


def copied(event: QKeyEvent | QInputMethodEvent) -> QKeyEvent | QInputMethodEvent:
    """An event of our own: Qt's own ends with its delivery."""
    if isinstance(event, QKeyEvent):
        return _key(event, event.type())
    made = QInputMethodEvent(event.preeditString(), event.attributes())
    made.setCommitString(event.commitString(), event.replacementStart(), event.replacementLength())
    return made


def _key(event: QKeyEvent, kind: QEvent.Type) -> QKeyEvent:
    made = QKeyEvent(
        kind,
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        event.text(),
        event.isAutoRepeat(),
        event.count(),
    )
    made.setTimestamp(event.timestamp())
    return made


def replay(window: QWidget, receiver: QObject, event: QEvent) -> None:
    """Deliver a held event; a key that fires a shortcut fires it.

    Args:
        window: Whose shortcuts count.
        receiver: To whom it went.
        event: The copy.
    """
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        asked = _key(event, QEvent.Type.ShortcutOverride)
        asked.ignore()
        QCoreApplication.sendEvent(receiver, asked)
        if not asked.isAccepted() and _fires(window, event):
            return
    QCoreApplication.sendEvent(receiver, event)


def _fires(window: QWidget, event: QKeyEvent) -> bool:
    typed = QKeySequence(event.keyCombination())
    for shortcut in window.findChildren(QShortcut):
        if shortcut.isEnabled() and typed in list(shortcut.keys()):
            shortcut.activated.emit()
            return True
    return False
