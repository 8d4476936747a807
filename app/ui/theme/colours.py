"""The two colour sets, as plain values, so that tests can compute every contrast.

Grey is normal; colour is for exceptions. A status is a fill with an icon and a word on it, never a
coloured text, and its border keeps it apart from what lies behind it.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Final

STATUS_BORDER: Final = 2.0
"""Width of the border of a status fill, in pixels."""


class Level(Enum):
    """How much a piece of the window asks for attention."""

    CALM = "calm"
    NOTE = "note"
    OK = "ok"
    ATTENTION = "attention"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Fill:
    """A status fill: background, what is written on it, and its border."""

    back: str
    text: str
    border: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours, as ``#RRGGBB``.

    Attributes:
        page: Behind everything.
        surface: Cards, tables, fields.
        text: On page and surface.
        muted: Captions, on page and surface.
        line: Decoration: what separates, and carries no meaning.
        edge: The border of anything that can be pressed or typed into.
        pressed: A pressed or hovered control.
        accent: The one thing to do, and the focus.
        on_accent: On the accent.
        fills: The status fills by level.
    """

    page: str
    surface: str
    text: str
    muted: str
    line: str
    edge: str
    pressed: str
    accent: str
    on_accent: str
    fills: dict[Level, Fill]


LIGHT: Final = Colours(
    page="#F4F5F6",
    surface="#FFFFFF",
    text="#1B1F24",
    muted="#515B66",
    line="#D5DAE0",
    edge="#6B7681",
    pressed="#E3E8ED",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    fills={
        Level.CALM: Fill("#FFFFFF", "#1B1F24", "#D5DAE0"),
        Level.NOTE: Fill("#E1E7EE", "#1B1F24", "#5A6672"),
        Level.OK: Fill("#2BB58C", "#0B1512", "#0C5C45"),
        Level.ATTENTION: Fill("#FFC247", "#1B1F24", "#7A5200"),
        Level.STOP: Fill("#9B1B16", "#FFFFFF", "#5E0D0A"),
    },
)

DARK: Final = Colours(
    page="#14181C",
    surface="#1E242A",
    text="#E8ECEF",
    muted="#A9B4BE",
    line="#343D46",
    edge="#7F8B97",
    pressed="#2C353E",
    accent="#6DB3F2",
    on_accent="#0B1722",
    fills={
        Level.CALM: Fill("#1E242A", "#E8ECEF", "#343D46"),
        Level.NOTE: Fill("#303A44", "#E8ECEF", "#93A0AC"),
        Level.OK: Fill("#2BB58C", "#0B1512", "#8BE3C6"),
        Level.ATTENTION: Fill("#FFC247", "#1B1F24", "#FFE3A8"),
        Level.STOP: Fill("#9B1B16", "#FFFFFF", "#F2A7A3"),
    },
)


_LINEAR_BELOW: Final = 0.04045


def luminance(colour: str) -> float:
    """Relative luminance of an ``#RRGGBB`` colour (WCAG 2.2), 0 to 1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= _LINEAR_BELOW else ((one + 0.055) / 1.055) ** 2.4 for one in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
