"""A product's board or the whole unit was replaced: it is called otherwise from now on.

The row under the old serial goes and one under the new serial comes, with what the product was
called before, so that every old label leads to it still. A repair that did it follows to the new
serial (`app.domain.repairs`), and UNDO on it gives the product its old name back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.domain.identifiers import device_serial, is_eid, is_imei, is_meid
from app.domain.identities import (
    Identity,
    identity_of,
    identity_told,
    merged,
    put_back,
    replaced,
    told_of,
)
from app.domain.journal import Draft, Entry, Json
from app.domain.products import Asset
from app.domain.repairs import REPLACED, Repair
from app.services.answering import refused
from app.services.ports import Reader, Transaction
from app.services.register_values import asset_value
from app.services.registering import change
from app.services.views import Feedback

REGISTER = "assets"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a product is called from now on.

    Attributes:
        product: As the register has it.
        new: All its identifiers from now on.
        until: The last day of the old ones.
        number: The repair's number, empty for none of ours.
        actor: ``person:<id>`` of who records it.
    """

    product: Asset
    new: Identity
    until: date
    number: str
    actor: str


def identity_gap(reader: Reader, product: Asset, new: Identity) -> Feedback | None:
    """Why a product cannot be called so; None where it can.

    An identifier that another product has is refused: two products would become one. The serial of
    a unit that was bought from Apple as a part may stand in the register already, since an export
    names it as soon as it is switched on.
    """
    odd = identity_doubt(new)
    if odd is not None:
        return odd
    for value in new.values:
        other = reader.asset(value)
        if other is None or other.serial == product.serial:
            continue
        bought = other.serial == new.serial and reader.lot(new.serial) is not None
        if not bought or reader.repairs_of(other.serial):
            named = f"{other.model} {other.serial}".strip()
            return refused("identity_taken", value=value, product=named, way_on="ask_lead_identity")
    if new == identity_of(product):
        return refused("identity_same", serial=product.serial, way_on="scan_new_imei")
    return None


def identity_doubt(new: Identity) -> Feedback | None:
    """Why an identity is none, whatever the register holds; None where each number can be one."""
    odd = (value for value, is_it in _checked(new) if not is_it(value))
    value = next(odd, None)
    return None if value is None else refused("identity_odd", value=value, way_on="scan_again")


def _checked(new: Identity) -> tuple[tuple[str, Callable[[str], bool]], ...]:
    """Each identifier with what tells whether it is one; what is not there is not asked."""
    told = (
        (new.serial, _is_serial),
        *((one, is_imei) for one in new.imeis),
        (new.meid, is_meid),
        (new.eid, is_eid),
    )
    return tuple((value, is_it) for value, is_it in told if value)


def _is_serial(text: str) -> bool:
    read = device_serial(text)
    return read is not None and read.value == text


def replace_identity(
    tx: Transaction, told: Replacement, repairs: Sequence[Repair], *, part: str = ""
) -> tuple[Entry, ...]:
    """Give a product its new identity in the register, and on its open repairs.

    `identity_gap` has been asked before.

    Args:
        tx: The transaction.
        told: What the product is called from now on.
        repairs: Its repairs that are not finished.
        part: The id of the entry that fitted the new unit, empty where none did.
    """
    after = replaced(told.product, told.new, told.until, told.number)
    known = _row(tx, told.new.serial) if told.new.serial != told.product.serial else None
    after = after if known is None else merged(after, known)
    rows = _written(tx, told.product.serial, after, told.actor)
    payload: dict[str, Json] = {
        "from": told.product.serial,
        "to": told.new.serial,
        "was": told_of(identity_of(told.product)),
        "now": told_of(told.new),
        "numbers": ", ".join(_new_numbers(told)),
        "known": None if known is None else asset_value(known),
        "part": part,
    }
    said = [tx.append(Draft(REPLACED, f"repair:{one.id}", told.actor, payload)) for one in repairs]
    return (*rows, *said)


def _new_numbers(told: Replacement) -> tuple[str, ...]:
    had = identity_of(told.product).values
    return tuple(value for value in told.new.values if value not in had)


def take_identity_back(tx: Transaction, entry: Entry, actor: str) -> tuple[Entry, ...]:
    """Give a product back the name that it had before a repair's entry.

    What was changed of its row since then stays. A row that somebody took away meanwhile does not
    come back.

    Args:
        tx: The transaction.
        entry: The repair's entry of kind `app.domain.repairs.REPLACED`.
        actor: ``person:<id>`` of who takes it back.
    """
    was, now = (identity_told(entry.payload.get(side)) for side in ("was", "now"))
    row = _row(tx, now.serial) if now is not None else None
    if was is None or now is None or row is None:
        return ()
    rows = _written(tx, row.serial, put_back(row, was), actor)
    known = entry.payload.get("known")
    if now.serial != was.serial and isinstance(known, dict):
        again = change(tx, REGISTER, now.serial, known, actor)
        rows = (*rows, again) if again is not None else rows
    return rows


def _row(reader: Reader, serial: str) -> Asset | None:
    """The product that has a serial today."""
    found = reader.asset(serial)
    return found if found is not None and found.serial == serial else None


def _written(tx: Transaction, before: str, after: Asset, actor: str) -> tuple[Entry, ...]:
    """The entries that make one row of another, whose key may differ; the old one goes first."""
    gone = change(tx, REGISTER, before, None, actor) if after.serial != before else None
    come = change(tx, REGISTER, after.serial, asset_value(after), actor)
    return tuple(one for one in (gone, come) if one is not None)


def with_radio(now: Identity, taken: tuple[str, ...]) -> Identity:
    """An identity whose radio identifiers are those that were scanned, and no others."""
    imeis = tuple(one for one in taken if is_imei(one))
    meid = next((one for one in taken if one not in imeis and is_meid(one)), "")
    eid = next((one for one in taken if is_eid(one)), "")
    return replace(now, imeis=imeis, meid=meid, eid=eid)
