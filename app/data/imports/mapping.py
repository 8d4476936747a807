"""A mapping: which headings of a file are which fields of a product, and what its words mean."""

import re
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from app.data.imports.days import DateOrder
from app.data.imports.headings import heading_key
from app.domain.products import CoverageStatus, Family, FindMy, Ownership

TEXTS: Final = (
    "model", "tag", "holder", "lessor", "proof", "product_type", "part_number", "configuration",
    "department", "order", "seller", "document", "source", "coverage_kind", "coverage_source",
)  # fmt: skip
DAYS: Final = (
    "leased_until", "bought_on", "coverage_starts", "coverage_ends", "coverage_checked_on",
)  # fmt: skip
MAKERS: Final = ("maker", "coverage_issuer")
NUMBERS: Final = ("imei", "imei2", "meid", "eid")
MONTHS: Final = ("coverage_months",)
CHOICES: Final[Table[str, tuple[str, ...]]] = MappingProxyType(
    {
        "family": tuple(Family),
        "ownership": tuple(Ownership),
        "find_my": tuple(FindMy),
        "coverage_status": tuple(CoverageStatus),
    }
)
"""Fields with a few values; a file's own words for them are a mapping's ``values``."""
SERIAL: Final = "serial"
FIELDS: Final = (SERIAL, *NUMBERS, *MAKERS, *TEXTS, *DAYS, *MONTHS, *CHOICES)
"""Every field that a mapping can name."""
_PRIVATE: Final = re.compile(
    r"(?:user|primaryuser|current|contact|work|home|cell|mobile|tele)?phone(?:no|nr|number)?\d?"
    r"|(?:preferredvoice|mobile|msisdn)(?:no|nr|number)?\d?"
    r"|(?:mobil)?telefon(?:nr|nummer)?\d?|mobil(?:nr|nummer)?\d?"
    r"|(?:sim)?(?:iccid|imsi)\d?|subscriberidentity|sim(?:card|kort)?(?:s?nr|number|s?nummer)?\d?"
    r"|(?:device|computer|display|host|management|item|asset)name|(?:enhets|enhetens|dator)namn"
)


def is_private(heading: str) -> bool:
    """Whether no import takes a column: a person's or a SIM card's number, a device's own name.

    >>> is_private("Phone number"), is_private("ICCID 2"), is_private("iPhone model")
    (True, True, False)
    """
    return _PRIVATE.fullmatch(heading_key(heading)) is not None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the rows of one kind of file become products.

    Attributes:
        name: What it is called by: small letters, digits, dashes.
        titles: Its name for people, by language (``en``, ``sv``).
        fields: For each field its headings. Where a file has several of them, a row takes the
            first that is filled.
        values: For each field of `CHOICES`, and for ``maker``, what a file's words mean.
        constants: What is true of every row that says nothing else.
        clears: Fields in which an empty cell means that there is nothing; in the others it says
            nothing, and what is known stays.
        date_order: How its days are written.
        marks: Headings that only this kind of file has; they decide what a file is.
        sources: Where its headings are known from.
        is_preset: Whether it ships with the program.
    """

    name: str
    titles: Table[str, str] = field(default_factory=dict[str, str])
    fields: Table[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    values: Table[str, Table[str, str]] = field(default_factory=dict[str, Table[str, str]])
    constants: Table[str, str] = field(default_factory=dict[str, str])
    clears: tuple[str, ...] = ()
    date_order: DateOrder = DateOrder.UNSTATED
    marks: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    is_preset: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """The keys of every heading that it knows."""
        return frozenset(heading_key(each) for named in self.fields.values() for each in named)
