"""What a lead changes of a single product: who has it, how it is held, whether it is there at all.

Most products come from files and by sync. What a file lacks, or has wrong, is put right here, as an
entry (`app.services.registering`) that says who did it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, TypeAlias

from app.domain.identities import Identity, identity_of
from app.domain.products import NOT_BOUGHT, Asset, Ownership
from app.services.answering import accepted, refused
from app.services.identities import (
    Replacement,
    identity_doubt,
    identity_gap,
    replace_identity,
)
from app.services.leads import lead_with
from app.services.ports import Transaction
from app.services.register_values import asset_value
from app.services.registering import Changed, change
from app.services.session import Rules
from app.services.views import Feedback

REGISTER: Final = "assets"
LEAD_ONLY: Final = "product_lead_only"
BOUGHT: Final = frozenset({"order", "bought_on", "seller", "document"})
"""The fields of `app.domain.products.Purchase` that can be changed; all others are of `Asset`."""

Value: TypeAlias = str | date | Ownership | None


def change_product(
    tx: Transaction, serial: str, fields: Mapping[str, Value], *, badge: str, rules: Rules
) -> Changed:
    """Change fields of a product.

    Args:
        tx: The transaction.
        serial: Which product.
        fields: Fields of `Asset`, and those of `BOUGHT`, with their new values.
        badge: The lead's.
        rules: The site's day.
    """
    lead = lead_with(tx, badge, LEAD_ONLY, way_on="ask_lead_to_change")
    if isinstance(lead, Feedback):
        return Changed(lead)
    product = tx.asset(serial)
    if product is None:
        return Changed(refused("product_gone", named=serial))
    after = _changed(product, fields, lead.name)
    stopped = _gap(after, rules.today)
    if stopped is not None:
        return Changed(stopped)
    entry = change(tx, REGISTER, after.serial, asset_value(after), f"person:{lead.id}")
    told = accepted("product_changed", named=_named(after))
    return Changed(told, (entry,) if entry is not None else ())


@dataclass(frozen=True, slots=True)
class NewIdentity:
    """What a product is called from a day on.

    Attributes:
        serial: Which product, by the serial that it has in the register.
        new: All its identifiers from then on.
        until: The last day of the old ones.
        number: Of the repair that replaced it, ours or Apple's; empty for none that is known.
    """

    serial: str
    new: Identity
    until: date
    number: str = ""


def rename_product(tx: Transaction, wanted: NewIdentity, *, badge: str, rules: Rules) -> Changed:
    """Record that a product's board, or the whole unit, was replaced elsewhere.

    Args:
        tx: The transaction.
        wanted: What it is called now.
        badge: The lead's.
        rules: The site's day.
    """
    lead = lead_with(tx, badge, LEAD_ONLY, way_on="ask_lead_to_change")
    if isinstance(lead, Feedback):
        return Changed(lead)
    product = tx.asset(wanted.serial)
    if product is None:
        return Changed(refused("product_gone", named=wanted.serial))
    if wanted.until > rules.today:
        return Changed(refused("identity_ahead", day=wanted.until.isoformat()))
    stopped = identity_gap(tx, product, wanted.new)
    if stopped is not None:
        return Changed(stopped)
    actor = f"person:{lead.id}"
    told = Replacement(product, wanted.new, wanted.until, wanted.number, actor)
    entries = replace_identity(tx, told, tx.open_repairs(product.serial))
    said = accepted("product_renamed", old=_named(product), new=wanted.new.serial)
    return Changed(said, entries)


def add_product(tx: Transaction, product: Asset, *, badge: str, rules: Rules) -> Changed:
    """Take a product into the register that no file and no service has told of.

    Args:
        tx: The transaction.
        product: Its row; where its purchase is known, the lead's name is where from.
        badge: The lead's.
        rules: The site's day.
    """
    lead = lead_with(tx, badge, LEAD_ONLY, way_on="ask_lead_to_change")
    if isinstance(lead, Feedback):
        return Changed(lead)
    called = identity_of(product)
    for value in called.values:
        known = tx.asset(value)
        if known is not None:
            return Changed(refused("product_known", value=value, named=_named(known)))
    stopped = identity_doubt(called) or _gap(product, rules.today)
    if stopped is not None:
        return Changed(stopped)
    bought = product.purchase
    source = lead.name if bought != NOT_BOUGHT else ""
    row = asset_value(replace(product, purchase=replace(bought, source=source)))
    entry = change(tx, REGISTER, product.serial, row, f"person:{lead.id}")
    told = accepted("product_added", named=_named(product))
    return Changed(told, (entry,) if entry is not None else ())


def remove_product(tx: Transaction, serial: str, *, badge: str) -> Changed:
    """Take a product out of the register: sold, scrapped, given back.

    Its repairs and its history stay, and an import does not bring it back. One that is being
    repaired stays.

    Args:
        tx: The transaction.
        serial: Which product.
        badge: The lead's.
    """
    lead = lead_with(tx, badge, LEAD_ONLY, way_on="ask_lead_to_change")
    if isinstance(lead, Feedback):
        return Changed(lead)
    product = tx.asset(serial)
    if product is None:
        return Changed(refused("product_gone", named=serial))
    repairs = tx.open_repairs(product.serial)
    if repairs:
        return Changed(
            refused("product_in_repair", named=_named(product), repair=repairs[0].number)
        )
    entry = change(tx, REGISTER, product.serial, None, f"person:{lead.id}")
    told = accepted("product_removed", named=_named(product))
    return Changed(told, (entry,) if entry is not None else ())


def _named(product: Asset) -> str:
    return f"{product.model} {product.serial}".strip()


def _changed(product: Asset, fields: Mapping[str, Value], who: str) -> Asset:
    bought = {name: value for name, value in fields.items() if name in BOUGHT}
    own = {name: value for name, value in fields.items() if name not in BOUGHT}
    purchase = replace(product.purchase, **bought, source=who) if bought else product.purchase  # pyright: ignore[reportArgumentType] - named by their fields
    return replace(product, **own, purchase=purchase)  # pyright: ignore[reportArgumentType] - as above


def _gap(product: Asset, today: date) -> Feedback | None:
    """Why a product cannot be as it is told to be."""
    if product.ownership is not Ownership.LEASED and (product.lessor or product.leased_until):
        return refused("product_lease")
    bought = product.purchase.bought_on
    if bought is not None and bought > today:
        return refused("product_bought_ahead", day=bought.isoformat())
    return None
