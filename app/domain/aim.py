"""What a symbology identifier says about the data behind it (ISO/IEC 15424).

A scanner can send three characters before the data: ``]``, a letter for the symbology, and a
modifier for what the barcode announced and what the scanner did with it. From these follow how the
data is built, and which of its characters belong to the barcode and not to the data.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

IDENTIFIER: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")

SYMBOLOGIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "A": "code_39",
        "B": "telepen",
        "C": "code_128",
        "D": "code_one",
        "E": "ean_upc",
        "F": "codabar",
        "G": "code_93",
        "H": "code_11",
        "I": "interleaved_2_of_5",
        "J": "dotcode",
        "K": "code_16k",
        "L": "pdf417",
        "M": "msi",
        "N": "anker",
        "O": "codablock",
        "P": "plessey",
        "Q": "qr_code",
        "R": "straight_2_of_5",
        "S": "straight_2_of_5",
        "T": "code_49",
        "U": "maxicode",
        "X": "other",
        "Y": "expansion",
        "Z": "no_barcode",
        "c": "channel_code",
        "d": "data_matrix",
        "e": "gs1_databar",
        "h": "han_xin",
        "o": "ocr",
        "p": "posicode",
        "s": "supercode",
        "z": "aztec",
    }
)
"""The symbologies by the letter of their identifier."""

GS1: Final = frozenset(
    {"]C1", "]J1", "]J4", "]L3", "]Q3", "]Q4", "]d2", "]d5"}
    | {"]e0", "]e1", "]e2", "]h2", "]z1", "]z4"}
)
"""The identifiers that announce element strings: FNC1 in the first place."""

TRADE_ITEM: Final = ("]E", "]I")
"""How the identifiers of the symbologies for trade items begin."""

EAN_13: Final = "]E0"
"""EAN-13, and UPC-A and UPC-E, which come as an EAN-13 unless the scanner is set otherwise."""

EAN_13_ADD_ON: Final = "]E3"
INTERLEAVED: Final = "]I"

_ECI: Final = frozenset(
    {"]J3", "]J4", "]J5", "]L1", "]Q2", "]Q4", "]Q6", "]U2", "]U3"}
    | {"]d4", "]d5", "]d6", "]h1", "]z3", "]z4", "]z5"}
)
"""The identifiers that announce escapes for the character set: ``\\`` doubled, ``\\000026``."""

_ESCAPE: Final = re.compile(r"\\(\\|[0-9]{6})")
_CODE_39: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


def symbology(aim: str | None) -> str | None:
    """Give the name of an identifier's symbology; None without one, or where nobody knows it.

    >>> symbology("]d2"), symbology("]a0"), symbology(None)
    ('data_matrix', None, None)
    """
    return SYMBOLOGIES.get(aim[1]) if aim is not None else None


def without_escapes(text: str, aim: str | None) -> str:
    r"""Take out the escapes for character sets where the identifier announces them.

    >>> without_escapes(r"\000026C02XK0ABJGH5", "]Q2")
    'C02XK0ABJGH5'
    """
    if aim not in _ECI or "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: "\\" if found[1] == "\\" else "", text)


def payload(text: str, aim: str | None) -> str:
    """Give a plain text without the characters that belong to the barcode and not to the data.

    Start and stop characters of Code 39 (``*``) and Codabar (A-D), and the check character of a
    Code 39 whose identifier says that it was checked and sent.

    Args:
        text: The text in capitals, without its identifier.
        aim: The identifier where it is known. Without one only the stars are certain.
    """
    unwrap = _PAYLOADS.get(aim[1] if aim is not None else "A")
    return unwrap(text, aim) if unwrap is not None else text


def _code_39(text: str, aim: str | None) -> str:
    if text[:1] == text[-1:] == "*":
        text = text[1:-1]
    if aim in {"]A1", "]A5"} and len(text) > 1 and _code_39_check(text[:-1]) == text[-1]:
        text = text[:-1]
    return text


def _code_39_check(text: str) -> str | None:
    """The check character of a Code 39; None for a text that such a barcode cannot hold."""
    values = [_CODE_39.find(character) for character in text]
    return _CODE_39[sum(values) % len(_CODE_39)] if min(values) >= 0 else None


def _codabar(text: str, aim: str | None) -> str:
    del aim
    wrapped = len(text) > 1 and text[0] in "ABCD" and text[-1] in "ABCD"
    return text[1:-1] if wrapped else text


_PAYLOADS: Final[Mapping[str, Callable[[str, str | None], str]]] = MappingProxyType(
    {"A": _code_39, "F": _codabar}
)
