"""A stroke of a key, and which keys there are. Key codes are those of Linux (evdev).

The codes name places on the keyboard, not letters: 27 is the key right of P, whatever is printed on
it. In the main block they equal set 1 of the PC keyboard, which Windows gives; X11 and Wayland give
them plus 8.
"""

from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

TAB: Final = 15
ENTER: Final = frozenset({28, 96})
LEFT_ALT: Final = 56
RIGHT_ALT: Final = 100
MODIFIERS: Final = frozenset({29, 42, 54, 58, 69, LEFT_ALT, 97, RIGHT_ALT, 125, 126})
"""Ctrl, Shift, Caps Lock, Num Lock, Alt, and the keys with a logo on them."""
KEYPAD: Final = MappingProxyType(
    {71: "7", 72: "8", 73: "9", 75: "4", 76: "5", 77: "6", 79: "1", 80: "2", 81: "3", 82: "0"}
    | {55: "*", 74: "-", 78: "+", 98: "/"}
)
"""The keys of the number pad that say the same in every country."""
_MAIN: Final = frozenset(
    {*range(2, 14), *range(16, 28), *range(30, 42), *range(43, 54), 57, 83, 86}
)
CHARACTERS: Final = _MAIN | KEYPAD.keys()
"""Keys that can be a character of a barcode."""
_CTRL_ENTER: Final = frozenset({36, 50})
"""J and M: with Ctrl they are LF and CR."""
_CTRL_TAB: Final = 23
"""I: with Ctrl it is TAB."""


class Fate(Enum):
    """Whose a stroke is."""

    PENDING = "pending"
    PERSON = "person"
    SCANNER = "scanner"


@dataclass(slots=True, eq=False)
class Stroke:
    """A key that went down, and what became known of it since.

    Attributes:
        code: Its place on the keyboard; 0 where the system does not tell.
        at: When it went down, by the event's own stamp in ms.
        text: What the computer's own layout makes of it; only needed where there is no code.
        shift: Shift was held.
        altgr: The right Alt was held.
        ctrl: Ctrl was held.
        alt: The left Alt was held: which press of it, from 1; 0 where it was not.
        key: Tells its release from that of other keys; the code where there is one.
        down_since: When it really went down: a held key repeats.
        released_at: When it was let go; None while it is down.
        overlapped: It was still down when another key went down.
        fate: Whose it is.
    """

    code: int
    at: int
    text: str = ""
    shift: bool = False
    altgr: bool = False
    ctrl: bool = False
    alt: int = 0
    key: int = 0
    down_since: int = 0
    released_at: int | None = None
    overlapped: bool = False
    fate: Fate = Fate.PENDING

    def __post_init__(self) -> None:
        self.key = self.key or self.code
        self.down_since = self.at

    @property
    def is_modifier(self) -> bool:
        """Whether it only changes what other keys mean."""
        return self.code in MODIFIERS

    @property
    def is_character(self) -> bool:
        """Whether it can be a character of a barcode."""
        if self.code == 0:
            return self.text.isprintable() and bool(self.text)
        return self.code in CHARACTERS

    @property
    def is_enter(self) -> bool:
        """Whether it is Return, however a scanner types it."""
        return self.code in ENTER or (self.ctrl and self.code in _CTRL_ENTER)

    @property
    def is_tab(self) -> bool:
        """Whether it is Tab, however a scanner types it."""
        return self.code == TAB or (self.ctrl and self.code == _CTRL_TAB)


def redacted(strokes: "tuple[Stroke, ...]") -> str:
    """The strokes for the log: how many, when, and of which sort, but not which keys."""
    if not strokes:
        return "no keys"
    first = strokes[0].at
    return " ".join(f"{_sort(one)}+{one.at - first}" for one in strokes)


def _sort(stroke: Stroke) -> str:
    marks = "".join(
        mark
        for mark, there in (
            ("S", stroke.shift),
            ("G", stroke.altgr),
            ("C", stroke.ctrl),
            ("A", stroke.alt),
        )
        if there
    )
    sort = "key" if stroke.code else "text"
    if stroke.is_enter:
        sort = "enter"
    elif stroke.is_tab:
        sort = "tab"
    elif stroke.code in KEYPAD:
        sort = "pad"
    held = "" if stroke.released_at is None else f"({stroke.released_at - stroke.down_since})"
    return f"{marks}{'-' if marks else ''}{sort}{held}"
