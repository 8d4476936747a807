"""Finds the layout that a scanner types by, from the printed test code. Pure.

Each layout reads the same strokes; the right one finds the text that is printed. A layout is only
taken where no other fits as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.keyboard_test import KEYBOARD_TEST, MARK, SEPARATOR
from app.ui.wedge.decoding import decode
from app.ui.wedge.keys import Stroke
from app.ui.wedge.layout import Layout

_LONGEST_PREFIX: Final = 8
"""An AIM identifier, a preamble: what a scanner may type before the code itself."""
_LOST: Final = KEYBOARD_TEST.replace(SEPARATOR, "")


@dataclass(frozen=True, slots=True)
class Calibrated:
    """What the test code told.

    Attributes:
        code: ``calibrated``, ``any_layout`` (it types by number: the layout does not matter),
            ``ambiguous`` or ``no_layout``.
        layout: The scanner's layout, empty where none was found.
        fitting: Every layout that fits.
        host: The computer's layout, where it had to be found as well.
        separators: Whether the separator came through.
    """

    code: str
    layout: str = ""
    fitting: tuple[str, ...] = ()
    host: str = ""
    separators: bool = True


def is_test(strokes: Sequence[Stroke], layout: Layout, host: Layout | None = None) -> bool:
    """Whether strokes are the test code; its beginning reads the same by every layout."""
    text = decode(strokes, layout, host).text
    return 0 <= text.find(MARK) <= _LONGEST_PREFIX


def calibrate(strokes: Sequence[Stroke], layouts: Sequence[Layout]) -> Calibrated:
    """Find the layout by which the strokes are the test code.

    Args:
        strokes: What the scanner typed.
        layouts: What it may be set to, and what the computer may be.
    """
    hosts = [None] if all(one.code for one in strokes) else list(layouts)
    found: dict[str, list[str]] = {}
    separators = False
    by_number = False
    for layout in layouts:
        for host in hosts:
            said = decode(strokes, layout, host)
            if not said.text.endswith((KEYBOARD_TEST, _LOST)):
                continue
            found.setdefault(layout.name, []).append(host.name if host is not None else "")
            separators = separators or said.text.endswith(KEYBOARD_TEST)
            by_number = by_number or said.by_number
    fitting: tuple[str, ...] = tuple(found)
    if not found:
        return Calibrated("no_layout")
    if by_number:
        return Calibrated("any_layout", "", fitting, "", separators)
    hosts_found = {host for each in found.values() for host in each}
    if len(found) > 1 or len(hosts_found) > 1:
        return Calibrated("ambiguous", "", fitting, "", separators)
    return Calibrated("calibrated", next(iter(found)), fitting, hosts_found.pop(), separators)
