"""GS1 element strings: application identifiers and their values, by biip's table of them.

biip costs more than 100 ms to import, so the first GS1 barcode imports it, not the program's start.

An identifier whose values have no length of their own ends at a separator or with the data. Where
a scanner lost the separator, the next element has run into its value, and no length tells where:
then nothing is read at all, because half of a wrong number looks like a right one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

SEPARATOR: Final = "\x1d"
"""What a scanner sends for the symbol FNC1 between two fields."""

_LONGEST_IDENTIFIER: Final = 4
_TRADE_ITEM_FIRST: Final = re.compile(rf"{SEPARATOR}?0[12]([0-9]{{14}})")
_RUN_IN: Final = re.compile(
    # what can stand at the end of a value by no accident: a trade item, a serial of 10 or 12
    # characters with letters and digits, an IMEI
    r".(?:01(?P<gtin>[0-9]{14})"
    r"|21(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])(?:[A-HJ-NP-Z0-9]{10}|[A-HJ-NP-Z0-9]{12})"
    r"|8002[0-9]{15})\Z"
)
_PRINTED: Final = re.compile(r"[(]([0-9]{2,4})[)]([^()]+)")
_MAY_HOLD_A_SERIAL: Final = "21"
_READY: Final = 512


class GS1Fault(StrEnum):
    """Why a text is not read as element strings."""

    INVALID = "gs1_invalid"
    """It is not made of them."""
    SEPARATORS_LOST = "separators_lost"
    """It is, but what separates two of them is missing."""


@dataclass(frozen=True, slots=True)
class Element:
    """One field of a label.

    Attributes:
        identifier: What the value is, in the language of the label's format: ``01``, ``1P``.
        value: As scanned.
    """

    identifier: str
    value: str


def begins_like_one(text: str) -> bool:
    """Tell whether a text that nothing announces begins with a trade item whose check holds.

    >>> begins_like_one("010978020137962421X1"), begins_like_one("010978020137962521X1")
    (True, False)
    """
    found = _TRADE_ITEM_FIRST.match(text)
    return found is not None and _gtin_holds(found[1])


def elements(text: str) -> tuple[Element, ...] | GS1Fault:
    r"""Read element strings.

    Args:
        text: The data without its AIM identifier; separators and spaces around it are tolerated.

    Returns:
        The elements in order, or why there are none. A check digit or a date that is wrong is no
        such reason: the field is there, whatever it is worth.

    >>> [(e.identifier, e.value) for e in elements("010978020137962421X1\x1d10LOT")]
    [('01', '09780201379624'), ('21', 'X1'), ('10', 'LOT')]
    >>> elements("10LOT-0000000000000000021X1")
    <GS1Fault.SEPARATORS_LOST: 'separators_lost'>
    """
    if not text.isascii():  # biip's table takes any Unicode digit, the standard does not
        return GS1Fault.INVALID
    found: list[Element] = []
    for segment in text.strip(" ").split(SEPARATOR):
        fault = _read_segment(segment, found)
        if fault is not None:
            return fault
    return tuple(found) or GS1Fault.INVALID


def printed_elements(text: str) -> tuple[Element, ...] | None:
    """Read element strings as they are printed below a barcode; None for any other text.

    >>> [(e.identifier, e.value) for e in printed_elements("(01)09780201379624(21)X1")]
    [('01', '09780201379624'), ('21', 'X1')]
    """
    found: list[Element] = []
    at = 0
    while at < len(text):
        match = _PRINTED.match(text, at)
        identifier = _identifier(match[1]) if match is not None and text.isascii() else None
        if match is None or identifier is None or identifier.code != match[1]:
            return None
        if identifier.pattern.fullmatch(match[1] + match[2]) is None:
            return None
        found.append(Element(match[1], match[2]))
        at = match.end()
    return tuple(found) or None


def _read_segment(segment: str, found: list[Element]) -> GS1Fault | None:
    """Add the elements between two separators; only the last may be of any length."""
    at = 0
    while at < len(segment):
        identifier = _identifier(segment[at : at + _LONGEST_IDENTIFIER])
        match = identifier.pattern.match(segment, at) if identifier is not None else None
        if identifier is None or match is None:
            return GS1Fault.INVALID
        value = match[0][len(identifier.code) :]
        at = match.end()
        if identifier.open_ended and (at < len(segment) or _swallowed(identifier.code, value)):
            return GS1Fault.SEPARATORS_LOST
        found.append(Element(identifier.code, value))
    return None


def _swallowed(code: str, value: str) -> bool:
    """Tell whether a value ends with another element that is there by no accident."""
    found = _RUN_IN.search(value) if code != _MAY_HOLD_A_SERIAL else None
    return found is not None and (found["gtin"] is None or _gtin_holds(found["gtin"]))


def _gtin_holds(digits: str) -> bool:
    """Check a trade item of 14 digits (weights 3 and 1), without a library: it is on every way."""
    return (3 * sum(map(int, digits[::2])) + sum(map(int, digits[1::2]))) % 10 == 0


@dataclass(frozen=True, slots=True)
class _Identifier:
    """An application identifier.

    Attributes:
        code: Its 2-4 digits.
        pattern: The identifier and its value.
        open_ended: Whether its value has no length of its own, so that a separator has to follow.
    """

    code: str
    pattern: re.Pattern[str]
    open_ended: bool


@lru_cache(maxsize=_READY)
def _identifier(start: str) -> _Identifier | None:
    """The application identifier that a text begins with."""
    from biip import ParseError
    from biip.gs1_application_identifiers import GS1ApplicationIdentifier

    try:
        known = GS1ApplicationIdentifier.extract(start)
    except ParseError:
        return None  # an answer, not a failure: the caller reads the text as something else
    pattern = re.compile(known.pattern.removeprefix("^").removesuffix("$"))
    return _Identifier(known.ai, pattern, known.separator_required)
