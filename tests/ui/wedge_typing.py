"""A scanner's typing: the strokes of a text by the scanner's layout."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from app.ui.wedge.keys import Stroke
from app.ui.wedge.layout import Glyph, Layout, Place, load_layout

SPACE: Final = 57
SHIFT, CTRL, ALTGR = 42, 29, 100


@dataclass(frozen=True)
class Chord:
    """A key with what is held beside it."""

    code: int
    shift: bool = False
    altgr: bool = False
    ctrl: bool = False

    @property
    def modifiers(self) -> tuple[int, ...]:
        held = ((CTRL, self.ctrl), (SHIFT, self.shift), (ALTGR, self.altgr))
        return tuple(code for code, down in held if down)

    def stroke(self, at: int) -> Stroke:
        return Stroke(self.code, at, shift=self.shift, altgr=self.altgr, ctrl=self.ctrl)


def chords(text: str, layout: Layout) -> Iterator[Chord]:
    """The keys by which a scanner types a text."""
    for char in text:
        if char == "\r":
            yield Chord(28)
        elif char == "\t":
            yield Chord(15)
        elif char < " ":
            place = load_layout("us").places[Glyph(chr(ord(char) + 64))]
            yield Chord(place.code, shift=place.level == 1, ctrl=True)
        elif Glyph(char) in layout.places:
            yield _chord(layout.places[Glyph(char)])
        else:
            yield _chord(layout.places[Glyph(char, dead=True)])
            yield Chord(SPACE)


def _chord(place: Place) -> Chord:
    return Chord(place.code, shift=place.level == 1, altgr=place.level > 1)
