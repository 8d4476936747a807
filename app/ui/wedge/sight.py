"""What Qt and X11 tell of a key, as strokes. No decision is made here."""

import ctypes
import sys
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QKeyEvent

from app.ui.wedge.keys import Stroke

X11_OFFSET: Final = 8
"""X11 and Wayland give the code of the kernel plus 8."""
_OFFSET: Final = {"xcb": X11_OFFSET, "wayland": X11_OFFSET, "offscreen": X11_OFFSET, "windows": 0}
_WINDOWS_EXTENDED: Final = {0x11C: 96, 0x11D: 97, 0x135: 98, 0x138: 100, 0x15B: 125, 0x15C: 126}
_EXTENDED: Final = 0x100
_BY_KEY: Final = {
    Qt.Key.Key_Return: 28,
    Qt.Key.Key_Enter: 96,
    Qt.Key.Key_Tab: 15,
    Qt.Key.Key_Shift: 42,
    Qt.Key.Key_Control: 29,
    Qt.Key.Key_Alt: 56,
    Qt.Key.Key_AltGr: 100,
    Qt.Key.Key_Meta: 125,
    Qt.Key.Key_CapsLock: 58,
}
"""Where the system gives no place, as macOS does, the keys that say no character."""

_SHIFT, _CTRL, _MOD1 = 0x1, 0x4, 0x8
_KEY_PRESS, _KEY_RELEASE = 2, 3
_SENT: Final = 0x7F
_EVENT_BYTES: Final = 32
_XCB: Final = b"xcb_generic_event_t"


def place_of(event: QKeyEvent, platform: str) -> int:
    """The evdev code of a key; 0 where the system does not tell its place."""
    scan = event.nativeScanCode()
    offset = _OFFSET.get(platform.partition("-")[0])
    if not scan or offset is None:
        return _BY_KEY.get(Qt.Key(event.key()), 0)
    if platform == "windows" and scan & _EXTENDED:
        return _WINDOWS_EXTENDED.get(scan, scan)
    return scan - offset


def key_of(event: QKeyEvent, platform: str) -> int:
    """What tells a key's release from that of others."""
    return place_of(event, platform) or -1 - (event.nativeVirtualKey() or event.key())


def stroke_of(event: QKeyEvent, platform: str, *, altgr: bool) -> Stroke:
    """The stroke that Qt tells of.

    Args:
        event: The key going down.
        platform: Qt's platform.
        altgr: The right Alt is down, whatever it does on the computer's layout.
    """
    held = event.modifiers()
    return Stroke(
        code=place_of(event, platform),
        at=event.timestamp(),
        text=event.text(),
        shift=bool(held & Qt.KeyboardModifier.ShiftModifier),
        altgr=altgr,
        ctrl=bool(held & Qt.KeyboardModifier.ControlModifier) and not altgr,
        alt=int(bool(held & Qt.KeyboardModifier.AltModifier) and not altgr),
        key=key_of(event, platform),
    )


@dataclass(frozen=True, slots=True)
class XKey:
    """A key as the X server told it, before any input method saw it.

    Attributes:
        down: Whether it went down.
        code: Its evdev code.
        at: The server's stamp, ms.
        window: Whose it is.
        state: The modifiers before it.
    """

    down: bool
    code: int
    at: int
    window: int
    state: int

    def stroke(self, *, altgr: bool) -> Stroke:
        """The stroke that it is, where it went down."""
        return Stroke(
            code=self.code,
            at=self.at,
            shift=bool(self.state & _SHIFT),
            altgr=altgr,
            ctrl=bool(self.state & _CTRL) and not altgr,
            alt=int(bool(self.state & _MOD1) and not altgr),
        )


def x_key(event_type: QByteArray | bytes | bytearray | memoryview, address: int) -> XKey | None:
    """The key of an event of the X server, None where it is about something else."""
    told = event_type.data() if isinstance(event_type, QByteArray) else event_type
    if bytes(told) != _XCB or not address:
        return None
    raw = bytes((ctypes.c_uint8 * _EVENT_BYTES).from_address(address))
    kind = raw[0] & _SENT
    if kind not in (_KEY_PRESS, _KEY_RELEASE):
        return None

    def number(start: int, size: int) -> int:
        return int.from_bytes(raw[start : start + size], sys.byteorder)

    return XKey(kind == _KEY_PRESS, raw[1] - X11_OFFSET, number(4, 4), number(12, 4), number(28, 2))
