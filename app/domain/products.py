"""The organisation's products, and what the register knows of each.

The verdict on a product is made by `app.domain.policy`; this module only says what a product is.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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
    """

    issuer: str
    kind: str
    starts: date | None
    ends: date | None
    source: str
    checked_on: date | None

    def active_on(self, day: date) -> bool:
        """Whether it covers a day; an unknown end counts as covering: P3 errs on the safe side."""
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
        holder: Department or person that uses it.
        ownership: Owned, leased, other or unknown.
        lessor: From whom it is leased.
        leased_until: Last day of the lease.
        proof: What proves the ownership: order or contract, with its date and seller.
        coverages: Every coverage known.
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
