"""What a scanner meant: its strokes read by the layout that the scanner is set to. Pure.

The computer's own layout does not matter where the system tells a key's place; where it tells only
a text, that text is first led back to the keys that make it on the computer's layout.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from app.ui.wedge.keys import KEYPAD, Stroke
from app.ui.wedge.layout import Glyph, Layout, Place, load_layout

UNREAD: Final = "\N{REPLACEMENT CHARACTER}"
"""Stands for a key that says nothing in the scanner's layout."""
_ACCENTS: Final = MappingProxyType(
    {"\N{ACUTE ACCENT}": "\u0301", "`": "\u0300", "^": "\u0302", "¨": "\u0308", "~": "\u0303"}
)
_MARKS: Final = MappingProxyType({mark: accent for accent, mark in _ACCENTS.items()})
_CTRL_DIGITS: Final = MappingProxyType(
    {"2": "\0", "3": "\x1b", "4": "\x1c", "5": "\x1d", "6": "\x1e", "7": "\x1f", "8": "\x7f"}
)
"""Some scanners type a control character as terminals do: Ctrl+5 for GS, Ctrl+6 for RS."""
_FIRST_CONTROL: Final = 0x40
_LAST_CONTROL: Final = 0x5F
_LAST_BYTE: Final = 255


@dataclass(frozen=True, slots=True)
class Decoded:
    """What strokes say.

    Attributes:
        text: The characters, `UNREAD` for each key that says nothing.
        clear: Every key said something.
        by_number: Every character was typed by its number (Alt and the number pad).
    """

    text: str
    clear: bool
    by_number: bool = False


def decode(strokes: Iterable[Stroke], layout: Layout, host: Layout | None = None) -> Decoded:
    """Read strokes by a scanner's layout.

    Args:
        strokes: What was typed, without modifiers.
        layout: The layout that the scanner is set to.
        host: The layout that the computer is set to; only needed for strokes without a place.
    """
    said: list[str] = []
    accent, number, session = "", "", 0
    places = [one for stroke in strokes for one in _placed(stroke, host)]
    for stroke in places:
        by_number = stroke.alt and stroke.code in KEYPAD
        if number and (not by_number or stroke.alt != session):
            said.append(_numbered(number))
            number = ""
        if by_number:
            number, session = number + KEYPAD[stroke.code], stroke.alt
            continue
        text, waits = _said(stroke, layout)
        if waits:
            said.append(accent)  # two accents: the first stands for itself
            accent = text
            continue
        said.append(_composed(accent, text) if accent else text)
        accent = ""
    said.append(_numbered(number) if number else accent)
    text = "".join(said)
    only = bool(places) and all(one.alt for one in places)
    return Decoded(text, UNREAD not in text, by_number=only)


def _placed(stroke: Stroke, host: Layout | None) -> Iterator[Stroke]:
    """The stroke, or the strokes that make its text on the computer's layout."""
    if stroke.code or host is None:
        yield stroke
        return
    for char in stroke.text:
        for place in _places(char, host):
            if place is None:
                yield replace(stroke, text=char)
            else:
                yield replace(
                    stroke, code=place.code, shift=place.level == 1, altgr=place.level > 1
                )


def _places(char: str, host: Layout) -> list[Place | None]:
    """The keys that make a character: its own, or an accent's and a letter's; None for no key."""
    own = host.places.get(Glyph(char)) or host.places.get(Glyph(char, dead=True))
    pieces = unicodedata.normalize("NFD", char)
    if own is not None or len(pieces) == 1:
        return [own]
    letter, *marks = pieces
    accents = [host.places.get(Glyph(_MARKS.get(mark, mark), dead=True)) for mark in marks]
    places = [*accents, host.places.get(Glyph(letter))]  # the accent is typed first
    return places if None not in places else [None]


def _said(stroke: Stroke, layout: Layout) -> tuple[str, bool]:
    """What one stroke says, and whether it waits for the next."""
    if stroke.code == 0:
        return (stroke.text if _is_safe(stroke.text) else UNREAD), False
    if stroke.is_enter:
        return ("\n" if stroke.ctrl and stroke.code not in _RETURNS else "\r"), False
    if stroke.is_tab:
        return "\t", False
    glyph = layout.glyph(stroke.code, shift=stroke.shift, altgr=stroke.altgr)
    if stroke.ctrl and not stroke.altgr:
        return _control(stroke, glyph) or UNREAD, False
    if glyph is None or stroke.alt:
        return UNREAD, False
    return glyph.text, glyph.dead


_RETURNS: Final = frozenset({28, 96, 50})
"""Return, and Ctrl+M; Ctrl+J is a line feed."""


def _is_safe(text: str) -> bool:
    """Letters of the alphabet and digits: every layout says them by themselves."""
    return text.isascii() and text.isalnum()


def _control(stroke: Stroke, glyph: Glyph | None) -> str:
    """The control character of a key with Ctrl; empty where there is none."""
    american = load_layout("us").glyph(stroke.code, shift=stroke.shift, altgr=False)
    for one in (glyph, american):
        if one is None or one.dead:
            continue
        code = ord(one.text.upper())
        if _FIRST_CONTROL <= code <= _LAST_CONTROL:
            return chr(code - _FIRST_CONTROL)
        if one.text in _CTRL_DIGITS:
            return _CTRL_DIGITS[one.text]
    return ""


def _composed(accent: str, text: str) -> str:
    if text == " ":
        return accent
    one = unicodedata.normalize("NFC", text + _ACCENTS[accent]) if text.isalpha() else ""
    return one if len(one) == 1 else accent + text


def _numbered(digits: str) -> str:
    """The character of a number typed with Alt, as Windows reads it."""
    number = int(digits)
    if number > _LAST_BYTE:
        return UNREAD
    page = "cp1252" if digits.startswith("0") else "cp437"
    if number < ord(" "):
        return chr(number)
    return bytes([number]).decode(page, errors="replace")
