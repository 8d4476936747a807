"""What can be asked of the whole product register, and the answers: frozen pages of it."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.products import Asset, Family, Ownership


class SortBy(StrEnum):
    """The columns that a listing can be sorted by; equal ones by serial."""

    SERIAL = "serial"
    MODEL = "model"
    HOLDER = "holder"
    TAG = "tag"
    DEPARTMENT = "department"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """A page of what is shown of the register.

    Attributes:
        text: What stands somewhere in the serial, model, holder, tag or department; an exact IMEI,
            MEID, EID or former serial is found too. Empty for all products.
        family: Only this family.
        first: The number of the first row wanted, from 0.
        limit: How many rows at most.
    """

    text: str = ""
    family: Family | None = None
    first: int = 0
    limit: int = 64


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of the register: all of it by serial; what was searched for, the best first.

    What begins with the text in its serial comes before what has it in its serial, and that before
    the others.

    Attributes:
        rows: The products.
        total: How many fit, of which these are some.
        is_cut: Whether more fit than `total`: the text is too common to tell all.
    """

    rows: tuple[Asset, ...]
    total: int
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listing goes on: behind a product.

    Attributes:
        value: What the product has in the column that is sorted by.
        serial: Its serial.
    """

    value: str
    serial: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the register in an order, without counting what is before it.

    Attributes:
        sort: The column.
        descending: The last first.
        family: Only this family.
        ownership: Only what is held so.
        after: Behind which product; None for the beginning.
        limit: How many rows at most.
    """

    sort: SortBy = SortBy.SERIAL
    descending: bool = False
    family: Family | None = None
    ownership: Ownership | None = None
    after: Place | None = None
    limit: int = 64
