"""What a product is called, and how that changes when its board or the whole unit is replaced.

A replaced board can bring other IMEIs, a replaced unit another serial as well. The product stays
the same thing to the organisation: who has it, how it is held, what proves it. What it was called
before stays with it (`app.domain.products.FormerIdentity`), so that its repairs, its labels and the
organisation's papers lead to it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.journal import Json
from app.domain.payloads import text_of
from app.domain.products import Asset, FormerIdentity


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifiers that a product has at one time.

    Attributes:
        serial: Its serial number.
        imeis: Its IMEIs, where it has any.
        meid: Its MEID, empty for none.
        eid: Its EID, empty for none.
    """

    serial: str
    imeis: tuple[str, ...] = ()
    meid: str = ""
    eid: str = ""

    @property
    def radios(self) -> tuple[str, ...]:
        """IMEIs, MEID and EID: what a board brings with it."""
        return tuple(filter(None, (*self.imeis, self.meid, self.eid)))

    @property
    def values(self) -> tuple[str, ...]:
        """All of them."""
        return (self.serial, *self.radios)


def identity_of(product: Asset) -> Identity:
    """What a product is called now."""
    return Identity(product.serial, product.imeis, product.meid, product.eid)


def replaced(product: Asset, new: Identity, until: date, repair: str) -> Asset:
    """A product under its new identity.

    Args:
        product: As it was.
        new: All that it is called from now on.
        until: The last day on which it was called what it was.
        repair: The number of the repair that replaced it, empty for none of ours.
    """
    gone = tuple(
        FormerIdentity(value, until, repair)
        for value in identity_of(product).values
        if value not in new.values
    )
    said = {*new.values, *(one.value for one in gone)}
    kept = tuple(one for one in product.former if one.value not in said)
    return replace(_called(product, new), former=(*gone, *kept))


def put_back(product: Asset, old: Identity) -> Asset:
    """A product under the identity that it had: what was replaced was not, after all."""
    kept = tuple(one for one in product.former if one.value not in old.values)
    return replace(_called(product, old), former=kept)


def merged(product: Asset, known: Asset) -> Asset:
    """A product whose new unit the register holds already: an export of a day ago named it.

    Who has it and how it is held is the old unit's word, what it is the new one's; where one says
    nothing the other does.

    Args:
        product: The product, under its new identity.
        known: What the register holds of that identity.
    """
    mine = ("tag", "holder", "department", "lessor", "leased_until", "proof")
    theirs = ("model", "family", "product_type", "part_number", "configuration", "coverages")
    told = {name: getattr(product, name) or getattr(known, name) for name in mine}
    told |= {name: getattr(known, name) or getattr(product, name) for name in theirs}
    bought = product.purchase if product.purchase.is_proven else known.purchase
    return replace(product, **told, purchase=bought, find_my=known.find_my)


def told_of(identity: Identity) -> dict[str, Json]:
    """An identity as an entry says it."""
    return {
        "serial": identity.serial,
        "imeis": list(identity.imeis),
        "meid": identity.meid,
        "eid": identity.eid,
    }


def identity_told(told: Json) -> Identity | None:
    """An identity as an entry says it; None for what is none, since an entry may say anything."""
    if not isinstance(told, Mapping):
        return None
    serial, imeis = text_of(told, "serial"), told.get("imeis")
    many = (one for one in imeis if isinstance(one, str)) if isinstance(imeis, list) else ()
    if not serial:
        return None
    return Identity(serial, tuple(many), text_of(told, "meid"), text_of(told, "eid"))


def _called(product: Asset, identity: Identity) -> Asset:
    return replace(
        product,
        serial=identity.serial,
        imeis=identity.imeis,
        meid=identity.meid,
        eid=identity.eid,
    )
