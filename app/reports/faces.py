"""The shipped typeface: how wide a text is, and what it can show.

reportlab reads the font files; it is imported when the first report is made, never at start.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from app.reports.errors import ReportFaultError
from app.resources import resource

REPLACEMENT: Final = "\N{WHITE SQUARE}"
"""Stands for every character that the typeface lacks, control characters among them."""


NO_BREAK_SPACE: Final = 0xA0


class Weight(StrEnum):
    """The two weights; the value is the font's name in the PDF and its file's name."""

    REGULAR = "Inter-Regular"
    SEMIBOLD = "Inter-SemiBold"


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of the typeface.

    Attributes:
        weight: Which.
        widths: Width of a character by its code point, in thousandths of the type size.
    """

    weight: Weight
    widths: Mapping[int, float]

    def width(self, text: str, size: float) -> float:
        """Width of a printable text at a type size, both in points."""
        widths = self.widths
        return sum(widths[ord(char)] for char in text) * size / 1000


@cache
def face(weight: Weight) -> Face:
    """A weight, read from its file once and made known to reportlab.

    Raises:
        ReportFaultError: The file is missing or is no font (``typeface``).
    """
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    try:
        font = TTFont(weight.value, str(resource("fonts", f"{weight}.ttf")))
    except (TTFError, OSError) as error:
        raise ReportFaultError("typeface", str(error)) from error
    pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType] - no type in its stub
    widths: dict[int, float] = font.face.charWidths
    return Face(weight, MappingProxyType(widths))


@cache
def _repertoire() -> frozenset[str]:
    """The characters that both weights can show, each with a width of its own."""
    semibold = face(Weight.SEMIBOLD).widths
    return frozenset(
        chr(code)
        for code, width in face(Weight.REGULAR).widths.items()
        if width and semibold.get(code) and (chr(code).isprintable() or code == NO_BREAK_SPACE)
    )


def printable(text: str) -> str:
    """A text as the typeface can show it: composed, lines kept, the rest replaced visibly.

    Nothing is dropped and nothing is interpreted: tags, entities and escape sequences are printed
    as they stand.
    """
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    known = _repertoire()
    return "".join(
        char if char in known or char == "\n" else REPLACEMENT
        for char in unicodedata.normalize("NFC", text)
    )
