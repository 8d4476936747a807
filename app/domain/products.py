"""The organisation's products, and what the register knows of each.

The verdict on a product is made by `app.domain.verdicts`; this module only says what a product is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """Product families that count towards the installed base (P5)."""

    IPHONE = "iphone"
    IPAD = "ipad"
    IPOD = "ipod"
    MAC = "mac"


class Ownership(StrEnum):
    """How the organisation holds a product (P1)."""

    OWNED = "owned"
    LEASED = "leased"
    OTHER = "other"
    """Somebody else's: a private phone, a customer's, a visitor's."""
    UNKNOWN = "unknown"


class FindMy(StrEnum):
    """Whether Find My, and with it the activation lock, is on: a locked product is not repaired."""

    UNKNOWN = "unknown"
    ON = "on"
    OFF = "off"


class CoverageStatus(StrEnum):
    """What the issuer says of a coverage, whatever its dates are."""

    UNKNOWN = "unknown"
    ACTIVE = "active"
    INACTIVE = "inactive"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What proves that a product was bought (P5, proof of purchase).

    Attributes:
        order: The order's number.
        bought_on: When it was bought.
        seller: Of whom.
        document: The invoice or receipt: its number, or the name of the file.
        source: Where this is known from: an import, Apple Business Manager, a person.
    """

    order: str = ""
    bought_on: date | None = None
    seller: str = ""
    document: str = ""
    source: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether an order or a document is named: a date or a seller alone proves nothing."""
        return bool(self.order or self.document)


NOT_BOUGHT: Final = Purchase()
"""A product of which no purchase is known."""


@dataclass(frozen=True, slots=True)
class FormerIdentity:
    """An identifier that a product had before its board, or the whole unit, was replaced.

    Attributes:
        value: The former serial, IMEI, MEID or EID.
        until: The last day on which it was the product's.
        repair: The number of the repair that replaced it, empty where it was none of ours.
    """

    value: str
    until: date | None = None
    repair: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """A warranty or plan on a product.

    Attributes:
        issuer: Who stands behind it: ``apple`` or another maker's or seller's name (P3).
        kind: GSX code where known: LI limited warranty, PP protection plan, OO out of warranty, VW
            consumer law ...
        starts: First day, None when unknown.
        ends: Last day, None when unknown.
        source: Where this was looked up.
        checked_on: When it was looked up.
        status: What the issuer says of it.
    """

    issuer: str
    kind: str
    starts: date | None
    ends: date | None
    source: str
    checked_on: date | None
    status: CoverageStatus = CoverageStatus.UNKNOWN

    def active_on(self, day: date) -> bool:
        """Whether it covers a day; an unknown end counts as covering: P3 errs on the safe side."""
        if self.status in {CoverageStatus.INACTIVE, CoverageStatus.CANCELLED}:
            return False
        return (self.starts is None or self.starts <= day) and (
            self.ends is None or day <= self.ends
        )


@dataclass(frozen=True, slots=True)
class Asset:
    """One product in the register.

    Attributes:
        serial: Device serial, the main identifier.
        imeis: IMEIs, where it has any.
        maker: ``apple`` for Apple's own products (P2).
        model: Marketing name.
        family: Product family, None for what is none of Apple's families.
        tag: The organisation's own asset tag.
        holder: The person that uses it.
        ownership: Owned, leased, other or unknown.
        lessor: From whom it is leased.
        leased_until: Last day of the lease.
        proof: What proves the ownership, in words: order or contract, with its date and seller.
        coverages: Every coverage known.
        product_type: Apple's identifier of the model, such as ``iPhone15,2``.
        part_number: The sales number that it was bought under, such as ``MK183KS/A``.
        configuration: Code or words of its configuration: colour, storage.
        meid: MEID, where it has one.
        eid: EID, where it has one.
        department: Where in the organisation it belongs.
        purchase: The purchase that proves it.
        find_my: Whether the activation lock is on.
        former: What it was called before a repair, newest first.
    """

    serial: str
    model: str
    family: Family | None
    ownership: Ownership
    imeis: tuple[str, ...] = ()
    maker: str = "apple"
    tag: str = ""
    holder: str = ""
    lessor: str = ""
    leased_until: date | None = None
    proof: str = ""
    coverages: tuple[Coverage, ...] = ()
    product_type: str = ""
    part_number: str = ""
    configuration: str = ""
    meid: str = ""
    eid: str = ""
    department: str = ""
    purchase: Purchase = NOT_BOUGHT
    find_my: FindMy = FindMy.UNKNOWN
    former: tuple[FormerIdentity, ...] = ()

    @property
    def is_proven(self) -> bool:
        """Whether something proves that the organisation holds it (P1, P5)."""
        return bool(self.proof) or self.purchase.is_proven
