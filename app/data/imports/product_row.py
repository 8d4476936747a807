"""A row of a file once it is read: a product as the register stores it, or why it is refused."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from app.domain.products import FindMy, Ownership


class CoverageRow(NamedTuple):
    """A coverage in the columns of the register; days are ISO texts."""

    issuer: str
    kind: str
    starts: str | None
    ends: str | None
    source: str
    checked_on: str | None
    status: str


class ProductRow(NamedTuple):
    """A product in the columns of the register, in their order.

    A plain tuple in this order is what `app.data.imports.rows` gives by the million;
    ``ProductRow._make`` names its places.

    Attributes:
        row: Its number in the file, as a spreadsheet shows it.
        serial: In capitals; for another maker's product, as it stands.
        family: `app.domain.products.Family`, None for none of Apple's families.
        leased_until: Days are ISO texts, None where unknown.
        imeis: 15 digits each.
        coverages: At most one.
    """

    row: int
    serial: str
    model: str
    family: str | None
    ownership: str
    maker: str
    tag: str
    holder: str
    lessor: str
    leased_until: str | None
    proof: str
    product_type: str
    part_number: str
    configuration: str
    meid: str
    eid: str
    department: str
    order: str
    bought_on: str | None
    seller: str
    document: str
    source: str
    find_my: str
    imeis: tuple[str, ...]
    coverages: tuple[CoverageRow, ...]


EMPTY: Final = ProductRow(
    row=0,
    serial="",
    model="",
    family=None,
    ownership=Ownership.UNKNOWN.value,
    maker="apple",
    tag="",
    holder="",
    lessor="",
    leased_until=None,
    proof="",
    product_type="",
    part_number="",
    configuration="",
    meid="",
    eid="",
    department="",
    order="",
    bought_on=None,
    seller="",
    document="",
    source="",
    find_my=FindMy.UNKNOWN.value,
    imeis=(),
    coverages=(),
)
"""What a product is where the file has no column for it."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a row is refused; its words are ``import.refused.<code>``.

    Attributes:
        row: The row's number in the file, as a spreadsheet shows it.
        column: The heading, empty where it is about the whole row.
        code: Why.
        value: What stands there, bounded; empty where it is about the whole row.
        other: For ``conflicting_duplicate``, the number of the row that was taken; for
            ``imei_of_another``, of the row that has the IMEI before.
    """

    row: int
    column: str
    code: str
    value: str
    other: int | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is not taken.

    Attributes:
        row: Its number in the file.
        reasons: Every reason, in the order of the columns.
        cells: The whole row as it was read, for the file of refused rows.
    """

    row: int
    reasons: tuple[Refusal, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that were read together.

    Attributes:
        rows: Tuples in the order of `ProductRow`.
        refused: Rows that are not taken.
        duplicates: Numbers of rows that say the same as an earlier one, each with the number of
            that one.
        read: How many rows were read: taken, refused and duplicates; empty rows do not count.
        done: How much of the file has been read so far, 0 to 1.
    """

    rows: list[tuple[object, ...]]
    refused: tuple[Refused, ...]
    duplicates: tuple[tuple[int, int], ...]
    read: int
    done: float
