"""Parts: the catalogue, and the purchases that make a fitted part genuine (P4)."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CataloguePart:
    """A part number of the catalogue."""

    number: str
    name: str
    opens_device: bool = True
    """Whether fitting it is internal work, which the ESD gate guards."""


@dataclass(frozen=True, slots=True)
class PartLot:
    """One serialised part bought from Apple.

    Attributes:
        component_serial: The part's own serial, scanned as KGB when it is fitted.
        part_number: What it is.
        order: Purchase order.
        delivery: Delivery note.
        received_on: When it arrived.
        source: ``apple`` for a direct purchase; anything else fails P4.
    """

    component_serial: str
    part_number: str
    order: str
    delivery: str
    received_on: date | None
    source: str = "apple"


@dataclass(frozen=True, slots=True)
class FittedPart:
    """A part line of a repair.

    Attributes:
        part_number: The part's number.
        kgb: Known good board: the serial of the part that was put in.
        kbb: Known bad board: the serial of the part that was taken out.
        order: The purchase that the part came with.
        delivery: Its delivery note.
        entry_id: The journal entry that fitted it; undo cites it.
        at: When it was fitted, UTC; None where no entry tells of it.
        actor: Who fitted it, ``person:<id>``.
    """

    part_number: str
    kgb: str
    kbb: str
    order: str
    delivery: str
    entry_id: str
    at: datetime | None = None
    actor: str = ""
