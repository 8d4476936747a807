"""The rules and layouts that a home's settings ask for. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from app.ui.wedge.decoding import decode
from app.ui.wedge.layout import LAYOUTS, Layout, load_layout
from app.ui.wedge.recognition import LONGEST, Opening, Rules, Suffix

if TYPE_CHECKING:
    from app.settings import Settings
    from app.ui.wedge.keys import Stroke

LEAST_CHARACTERS: Final = range(4, 41)
"""Fewer than four characters at that pace a person types."""
AVERAGE_MS: Final = range(5, 61)
"""Slower than 60 ms a character the fastest person is."""
STAMPED_LATE: Final = frozenset({"windows"})
"""Platforms of Qt whose keys are stamped when the window reads them, not when they were typed.

After a stall a person's keys would look as fast as a scanner's: speed tells nothing there.
"""
_GAP: Final = 5, 3
"""A stroke waits five thirds of the average for the next: 50 ms where that is 30."""


class Mode(Enum):
    """By what a scanner is told from a person."""

    SPEED = "speed"
    PREAMBLE = "preamble"
    FIELD = "field"
    OFF = "off"


class SetupError(ValueError):
    """A setting that cannot be used.

    Attributes:
        key: Its name in ``settings.toml``.
        value: What stands there.
    """

    def __init__(self, key: str, value: object) -> None:
        super().__init__(f"{key} = {value!r}")
        self.key = key
        self.value = str(value)


@dataclass(frozen=True, slots=True)
class Setup:
    """How to listen for a scanner that types.

    Attributes:
        mode: By what it is told.
        rules: When strokes are its.
        layout: What it types by.
        host: What the computer is set to; None where keys tell their place.
        preamble: What it types before each code.
    """

    mode: Mode
    rules: Rules
    layout: Layout
    host: Layout | None = None
    preamble: str = ""


def setup_of(settings: "Settings", platform: str = "") -> Setup:
    """How a home's settings ask to listen.

    Args:
        settings: Of the home.
        platform: Qt's; where keys are stamped late, only a preamble tells a scanner.

    Raises:
        SetupError: One of them cannot be used.
    """
    if settings.wedge not in {one.value for one in Mode}:
        raise SetupError("wedge", settings.wedge)
    if settings.wedge_suffix not in {one.value for one in Suffix}:
        raise SetupError("wedge_suffix", settings.wedge_suffix)
    if settings.wedge_characters not in LEAST_CHARACTERS:
        raise SetupError("wedge_characters", settings.wedge_characters)
    if settings.wedge_average_ms not in AVERAGE_MS:
        raise SetupError("wedge_average_ms", settings.wedge_average_ms)
    mode = Mode(settings.wedge)
    if platform in STAMPED_LATE and mode is not Mode.PREAMBLE:
        mode = Mode.OFF
    layout = _layout("wedge_layout", settings.wedge_layout)
    named = settings.wedge_computer_layout
    host = _layout("wedge_computer_layout", named) if named else None
    preamble = settings.wedge_preamble if mode is Mode.PREAMBLE else ""
    if mode is Mode.PREAMBLE and not (preamble.isprintable() and preamble.strip()):
        raise SetupError("wedge_preamble", preamble)
    rules = Rules(
        least=settings.wedge_characters if mode is Mode.SPEED else LONGEST,
        average_ms=settings.wedge_average_ms,
        gap_ms=settings.wedge_average_ms * _GAP[0] // _GAP[1],
        suffix=Suffix(settings.wedge_suffix),
        opens=_opener(preamble, host) if preamble else None,
    )
    return Setup(mode, rules, layout, host, preamble)


def _layout(key: str, name: str) -> Layout:
    if name not in LAYOUTS:
        raise SetupError(key, name)
    return load_layout(name)


def _opener(preamble: str, host: Layout | None) -> "Callable[[Sequence[Stroke]], Opening]":
    """Reads whether strokes begin with the preamble, by whatever layout.

    The scanner's own may not be known yet: the test code must be heard to find it.
    """
    layouts = [load_layout(name) for name in LAYOUTS]

    def opens(strokes: "Sequence[Stroke]") -> Opening:
        texts = [decode(strokes, layout, host).text for layout in layouts]
        if any(text.startswith(preamble) for text in texts):
            return Opening.WHOLE
        partly = any(preamble.startswith(text) for text in texts)
        return Opening.PARTLY if partly else Opening.NO

    return opens
