"""Data identifiers: what stands before a value on a supplier's label (ANSI MH10.8.2).

A label carries them in one two-dimensional code, between separators, or each in a linear code of
its own. Such a linear code says nothing about being one, so only values that nothing else has are
taken for a field of a label.
"""

import re
from collections.abc import Mapping
from typing import Final

_FORM: Final = re.compile(r"0*([1-9][0-9]{0,2})?([A-Za-z])(.*)", re.DOTALL)

_NUMBERS: Final[Mapping[str, tuple[int, ...]]] = {
    "P": (0, 1, 2, 4, 5, 21, 25, 30, 31, 32),  # items
    "S": (0, 1, 3, 4, 5, 13, 18, 22, 23, 25, 30),  # serials
    "J": (0, 1, 2, 3, 4, 5, 6),  # packages
    "Q": (0, 1, 2, 4, 7, 11, 13, 14, 17, 20, 30),  # quantities
    "T": (0, 1, 2, 3, 20, 25, 30, 31, 32, 33, 34),  # lots
    "D": (0, 1, 4, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17),  # dates
    "K": (0, *range(1, 19), 27),  # orders, deliveries, invoices
    "L": (0, 1, 2, 3, 4, 20, 21, 22, 23, 52),  # places
    "V": (0, 1, 3, 4, 5, 6, 7, 10, 11, 12, 13, 17, 18, 21),  # companies
    "E": (0, 1, 2, 3, 13, 14, 15),  # environment, moisture
    "Z": (0, 1, 3, 11, 12, 13, 20, 21),  # what the two have agreed
    **dict.fromkeys("BHRW", (0,)),
}

KNOWN: Final = frozenset(
    f"{number or ''}{letter}" for letter, numbers in _NUMBERS.items() for number in numbers
)
"""The identifiers that labels of parts carry; there are hundreds more, and any is kept."""

_CERTAIN: Final = re.compile(
    r"Q[0-9]{1,12}(?:[.][0-9]{1,6})?(?:EA|PC|PCS)?"  # how many
    r"|7Q[0-9]{1,12}(?:EA|PC|PCS)"
    r"|4L[A-Z]{2}"  # country of origin
    r"|(?:6|7|9|10|11|14|15|16)D(?:[0-9]{4}|[0-9]{6}|[0-9]{8})"  # a date, or a year and a week
    r"|18V(?:UN[0-9]{9}|D[0-9A-Z]{5}|LE[0-9A-Z]{1,12})"  # who made it
)
_LIKELY: Final = re.compile(r"([1-9][0-9]{0,2}[A-Z])[0-9A-Z][0-9A-Z ./_+#-]{0,59}")


def split(text: str) -> tuple[str, str] | None:
    """Part a field into its identifier and its value; None where it begins with none.

    >>> split("01p661-17578"), split("Q"), split("12345")
    (('1P', '661-17578'), ('Q', ''), None)
    """
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    number, letter, value = found.groups()
    return (number or "") + letter.upper(), value


def is_certain_field(text: str) -> bool:
    """Tell whether a linear code is a label's quantity, country, date or maker, by its form.

    >>> is_certain_field("Q1"), is_certain_field("10D2520"), is_certain_field("QX1")
    (True, True, False)
    """
    return _CERTAIN.fullmatch(text) is not None


def is_likely_field(text: str) -> bool:
    """Tell whether a linear code that means nothing else begins with an identifier of a label.

    >>> is_likely_field("1TLOT-7"), is_likely_field("888XYZ")
    (True, False)
    """
    found = _LIKELY.fullmatch(text)
    return found is not None and found[1] in KNOWN
