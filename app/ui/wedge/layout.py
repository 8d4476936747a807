"""Keyboard layouts as data: what each key says, from ``resources/keyboards``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple, cast

from app.resources import resource
from app.ui.wedge.keys import KEYPAD

LAYOUTS: Final = ("us", "gb", "se", "de")
"""The layouts that ship."""
_LEVELS: Final = 3


class LayoutError(ValueError):
    """A layout file that cannot be used: a defect of the file, told by its name and the place."""


class Place(NamedTuple):
    """A key with what is held beside it: 0 nothing, 1 Shift, 2 AltGr."""

    code: int
    level: int


@dataclass(frozen=True, slots=True)
class Glyph:
    """What a key says.

    Attributes:
        text: The character.
        dead: It is an accent that waits for the next character.
    """

    text: str
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """What every key of a keyboard says.

    Attributes:
        name: Its name, as in the settings.
        glyphs: By place.
        places: The place of each character, and of each accent that waits.
    """

    name: str
    glyphs: Mapping[Place, Glyph]
    places: Mapping[Glyph, Place]

    def glyph(self, code: int, *, shift: bool, altgr: bool) -> Glyph | None:
        """What a key says, None where it says nothing."""
        return self.glyphs.get(Place(code, 2 if altgr else int(shift)))


@cache
def load_layout(name: str) -> Layout:
    """A layout that ships, read once.

    Raises:
        LayoutError: There is none of that name, or its file cannot be used.
    """
    if name not in LAYOUTS:
        raise LayoutError(f"there is no layout {name!r}")
    path = resource("keyboards", f"{name}.toml")
    try:
        return parse_layout(name, tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LayoutError(f"{name}: {error}") from error


def parse_layout(name: str, document: Mapping[str, object]) -> Layout:
    """A layout from its TOML document.

    Raises:
        LayoutError: A key is no code, or says something else than characters.
    """
    keys = document.get("keys")
    if not isinstance(keys, dict):
        raise LayoutError(f"{name}: no table [keys]")
    glyphs = {Place(code, level): Glyph(text) for code, text in KEYPAD.items() for level in (0, 1)}
    for code, said in cast("dict[str, object]", keys).items():
        if not code.isdecimal() or not isinstance(said, list):
            raise LayoutError(f"{name}: key {code}")
        levels = cast("list[object]", said)
        if len(levels) > _LEVELS:
            raise LayoutError(f"{name}: key {code} says more than {_LEVELS} things")
        for level, one in enumerate(levels):
            glyphs[Place(int(code), level)] = _glyph(name, code, one)
    places: dict[Glyph, Place] = {}
    for place, glyph in sorted(glyphs.items(), key=lambda pair: (pair[0].code in KEYPAD, pair[0])):
        places.setdefault(glyph, place)
    return Layout(name, MappingProxyType(glyphs), MappingProxyType(places))


def _glyph(name: str, code: str, said: object) -> Glyph:
    dead = isinstance(said, dict)
    text = cast("dict[str, object]", said).get("dead") if dead else said
    if not isinstance(text, str) or len(text) != 1:
        raise LayoutError(f"{name}: key {code} says {said!r}")
    return Glyph(text, dead)
