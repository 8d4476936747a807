"""What words in a cell mean: a maker, an ownership, yes or no, a number of months."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from app.data.imports.cells import NOTHING, Fault, text_of
from app.data.imports.columns import APPLE
from app.data.imports.families import family_of
from app.data.imports.headings import heading_key
from app.domain.products import CoverageStatus, FindMy, Ownership

_APPLE: Final = re.compile(r"apple(?:\b.*)?", re.IGNORECASE)
_MONTHS: Final = re.compile(
    r"(\d{1,4}(?:[.,]\d{1,3})?)\s*(?:m|mo|mon|mån|months?|månad|månader|år|y|yrs?|years?)?\.?",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"(?:år|y|yrs?|years?)\.?$", re.IGNORECASE)
_MOST_MONTHS: Final = 600
ANY: Final = "*"
"""A mapping's word for every other word."""


def _meanings(words: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(
        {heading_key(word): value for value, many in words.items() for word in many.split(", ")}
    )


_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "ownership": _meanings(
            {
                Ownership.OWNED: "owned, own, purchased, bought, company, corporate, "
                "company owned, corporate owned, institutional, "
                "ägd, ägs, äger, egen, köpt, inköpt, företag, företagsägd",
                Ownership.LEASED: "leased, lease, leasing, rented, leasad, leasas, hyrd, hyrs",
                Ownership.OTHER: "other, personal, private, employee, user owned, byod, customer, "
                "personlig, privat, annan, annans, kund",
                Ownership.UNKNOWN: "unknown, unspecified, undefined, not set, "
                "okänd, okänt, ej angivet",
            }
        ),
        "find_my": _meanings(
            {
                FindMy.ON: "on, yes, true, enabled, active, locked, 1, "
                "på, ja, sant, aktiverad, aktiverat, låst",
                FindMy.OFF: "off, no, false, disabled, inactive, unlocked, not enabled, 0, "
                "av, nej, falskt, avaktiverad, inaktiverad, avstängd, olåst",
                FindMy.UNKNOWN: "unknown, not supported, not available, n/a, not collected, "
                "okänd, okänt, stöds inte",
            }
        ),
        "coverage_status": _meanings(
            {
                CoverageStatus.ACTIVE: "active, valid, covered, yes, aktiv, giltig, gäller, ja",
                CoverageStatus.INACTIVE: "inactive, expired, out of warranty, no, "
                "inaktiv, utgången, gäller inte, nej",
                CoverageStatus.CANCELLED: "cancelled, canceled, avslutad, uppsagd, avbruten",
                CoverageStatus.UNKNOWN: "unknown, okänd, okänt",
            }
        ),
    }
)
"""What the usual words mean, in English and Swedish; a mapping's own come first."""


def choice_reader(name: str, own: Mapping[str, str]) -> Callable[[str], object]:
    """Give a function that reads a cell of a field with a few values; empty for nothing.

    The word ``*`` of a mapping stands for every word that is not known.

    Args:
        name: One of `app.data.imports.mapping.CHOICES`.
        own: The words of a mapping and what they mean.
    """
    meanings = {**_WORDS.get(name, {}), **{heading_key(word): value for word, value in own.items()}}

    def read(cell: str) -> object:
        text = text_of(cell)
        if isinstance(text, Fault) or not text:
            return text
        key = heading_key(text)
        if key in meanings:
            return meanings[key]
        if text.casefold() in NOTHING:
            return ""
        if name == "family":
            return family_of(text) or own.get(ANY, "")
        return own.get(ANY, Fault("unknown_value"))

    return read


def maker_reader(own: Mapping[str, str]) -> Callable[[str], object]:
    """Give a function that reads a maker's name; every way to write Apple is ``apple``."""
    meanings = {heading_key(word): value for word, value in own.items()}

    def read(cell: str) -> object:
        text = text_of(cell)
        if isinstance(text, Fault):
            return text
        if _APPLE.fullmatch(text):
            return APPLE
        return meanings.get(heading_key(text), text)

    return read


def months(cell: str) -> object:
    """Read a number of months, or of years where it says so; None for nothing.

    >>> months("36 months"), months("3 år"), months("12,0"), months("lifelong")
    (36, 36, 12, Fault(code='not_a_number'))
    """
    text = text_of(cell)
    if isinstance(text, Fault):
        return text
    if text.casefold() in NOTHING:
        return None
    found = _MONTHS.fullmatch(text)
    if found is None:
        return Fault("not_a_number")
    number = float(found[1].replace(",", ".")) * (12 if _YEARS.search(text) else 1)
    return round(number) if number <= _MOST_MONTHS else Fault("not_a_number")


def part_number(cell: str) -> object:
    """Read a part number: in capitals."""
    text = text_of(cell)
    return text if isinstance(text, Fault) else text.upper()


def family_word(cell: str) -> object:
    """Read the family out of a model or a product type that was read before."""
    return family_of(cell) if cell else None
