"""A product in the columns of the base: from a file's row, from the domain, and back.

Lists are JSON, and empty where there is nothing, so that equal products are equal rows.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.data.register_columns import asset_columns, coverages, former_identities
from app.data.values import as_stored, day
from app.domain.identifiers import normalise
from app.domain.products import (
    Asset,
    Coverage,
    CoverageStatus,
    Family,
    FindMy,
    FormerIdentity,
    Ownership,
    Purchase,
)

OWN: Final = (
    "serial",
    "model",
    "family",
    "ownership",
    "maker",
    "tag",
    "holder",
    "lessor",
    "leased_until",
    "proof",
    "product_type",
    "part_number",
    "configuration",
    "meid",
    "eid",
    "department",
    "order",
    "bought_on",
    "seller",
    "document",
    "source",
    "find_my",
)
"""Columns that a product's row has in either layer, in the order of a file's row."""
IMEIS: Final = ("imei", "imei2", "more_imeis")
COLUMNS: Final = (*OWN, *IMEIS, "coverages", "former")
"""The columns of the base that a product is made of."""
_LISTS: Final = {"imeis": IMEIS, "coverages": ("coverages",)}
_ENDS: Final = 1 + len(OWN)
_APART: Final = 2
"""IMEIs with a column of their own."""
_text_of: Final = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file says of products that are known.

    Attributes:
        columns: Those of `COLUMNS` that it fills.
        cleared: Those of them in which an empty cell means that there is nothing; in the others it
            says nothing, and what is known stays.
    """

    columns: frozenset[str]
    cleared: frozenset[str] = frozenset()

    def over(self, row: Sequence[Any], known: Sequence[Any]) -> tuple[Any, ...]:
        """A product with what the file's row says of it; `merging.said` says the same in SQL."""
        now: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
        before: dict[str, Any] = dict(zip(COLUMNS, known, strict=True))
        return tuple(
            now[name] if name in self.columns and self._says(name, now, before) else before[name]
            for name in COLUMNS
        )

    def _says(self, name: str, now: dict[str, Any], before: dict[str, Any]) -> bool:
        if name in self.cleared:
            return True
        if name in IMEIS:  # fewer of the same numbers say nothing new
            known = ("", before["imei"], before["imei2"])
            more = ("", before["more_imeis"])
            return not (
                now["imei"] in known and now["imei2"] in known and now["more_imeis"] in more
            )
        if name == "family":  # another model may be of no family
            return any(now[each] != "" for each in FAMILY_TOLD_BY)
        return now[name] != EMPTY.get(name, "")


EMPTY: Final = {
    "leased_until": None,
    "bought_on": None,
    "ownership": Ownership.UNKNOWN.value,
    "find_my": FindMy.UNKNOWN.value,
}
"""What a column holds where a cell is empty; in every other it is an empty text."""
FAMILY_TOLD_BY: Final = ("family", "model", "product_type")


def columns_of(fields: frozenset[str]) -> frozenset[str]:
    """The columns that a file fills which has these fields; the serial is what it is known by."""
    named = fields.intersection(OWN) - {"serial"}
    return named.union(*(_LISTS[field] for field in fields.intersection(_LISTS)))


def incoming(row: Sequence[Any]) -> tuple[Any, ...]:
    """A file's row (`app.data.imports.product_row.ProductRow`) in `COLUMNS`."""
    _, serial, model, family, *rest = row[:_ENDS]
    imeis, covered = row[_ENDS], row[_ENDS + 1]
    return (
        normalise(serial),
        model,
        family or "",
        *rest,
        *_imei_columns(imeis),
        _text_of(covered) if covered else "",
        "",
    )


def _imei_columns(imeis: Sequence[str]) -> tuple[str, str, str]:
    if not imeis:
        return "", "", ""
    more = imeis[_APART:]
    return (
        imeis[0],
        imeis[1] if len(imeis) > 1 else "",
        _text_of(more) if more else "",
    )


def with_imeis(row: Sequence[Any], imeis: Sequence[str]) -> tuple[Any, ...]:
    """A row in `COLUMNS` with other IMEIs."""
    return (*row[: len(OWN)], *_imei_columns(imeis), *row[len(OWN) + len(IMEIS) :])


def row_of(asset: Asset) -> tuple[Any, ...]:
    """A product in `COLUMNS`."""
    own = asset_columns(asset)
    own |= {"family": own["family"] or "", "tag": asset.tag.strip(" ")}
    covered, former = (
        [[value for name, value in each.items() if name != "place"] for each in many]
        for many in (coverages(asset), former_identities(asset))
    )
    return (
        *(own[name] for name in OWN),
        *_imei_columns(asset.imeis),
        _text_of(covered) if covered else "",
        _text_of(former) if former else "",
    )


@as_stored
def asset_of(row: Sequence[Any]) -> Asset:
    """The product of a row in `COLUMNS`.

    Raises:
        StoreFaultError: ``corrupt``: it holds what nothing of ours writes.
    """
    *own, imei, imei2, more, covered, former = row
    imeis = [each for each in (imei, imei2) if each] + (json.loads(more) if more else [])
    return product(
        own,
        imeis,
        json.loads(covered) if covered else [],
        json.loads(former) if former else [],
    )


def product(own: Sequence[Any], imeis: list[str], covered: list[Any], former: list[Any]) -> Asset:
    """A product of its own columns, and of what it has many of.

    Raises:
        ValueError: A value is none of its column's.
    """
    serial, model, family, ownership, maker, tag, holder, lessor, leased_until, proof, *rest = own
    product_type, part_number, configuration, meid, eid, department, *rest = rest
    order, bought_on, seller, document, source, find_my = rest
    return Asset(
        serial=serial,
        model=model,
        family=Family(family) if family else None,
        ownership=Ownership(ownership),
        imeis=tuple(imeis),
        maker=maker,
        tag=tag,
        holder=holder,
        lessor=lessor,
        leased_until=day(leased_until),
        proof=proof,
        coverages=tuple(_coverage(*one) for one in covered),
        product_type=product_type,
        part_number=part_number,
        configuration=configuration,
        meid=meid,
        eid=eid,
        department=department,
        purchase=Purchase(order, day(bought_on), seller, document, source),
        find_my=FindMy(find_my),
        former=tuple(FormerIdentity(value, day(until), repair) for value, until, repair in former),
    )


def _coverage(issuer: str, kind: str, *rest: str | None) -> Coverage:
    starts, ends, source, checked_on, status = rest
    return Coverage(
        issuer,
        kind,
        day(starts),
        day(ends),
        source or "",
        day(checked_on),
        CoverageStatus(status),
    )
