"""A row of a register as it travels: what `app.data.register_rows` reads back into the same thing.

Fields that say nothing are left out, so that a row is as small as what is known.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from app.domain.equipment import Equipment
from app.domain.journal import Json
from app.domain.people import Certification, Exam, Person
from app.domain.products import Asset, Coverage, FormerIdentity
from app.services.ports import Organisation

_NOTHING: Final[tuple[Json, ...]] = (None, "", [])


def asset_value(asset: Asset) -> dict[str, Json]:
    """A product's row."""
    bought = asset.purchase
    return _said(
        {
            "serial": asset.serial,
            "model": asset.model,
            "family": _word(asset.family),
            "ownership": asset.ownership.value,
            "imeis": list(asset.imeis),
            "maker": asset.maker,
            "tag": asset.tag,
            "holder": asset.holder,
            "lessor": asset.lessor,
            "leased_until": _day(asset.leased_until),
            "proof": asset.proof,
            "coverages": [_coverage(one) for one in asset.coverages],
            "product_type": asset.product_type,
            "part_number": asset.part_number,
            "configuration": asset.configuration,
            "meid": asset.meid,
            "eid": asset.eid,
            "department": asset.department,
            "order": bought.order,
            "bought_on": _day(bought.bought_on),
            "seller": bought.seller,
            "document": bought.document,
            "source": bought.source,
            "find_my": asset.find_my.value,
            "former": [_former(one) for one in asset.former],
        }
    )


def person_value(person: Person) -> dict[str, Json]:
    """A person's row."""
    return _said(
        {
            "id": person.id,
            "name": person.name,
            "badge": person.badge,
            "role": person.role.value,
            "tech_id": person.tech_id,
            "certifications": [_certification(one) for one in person.certifications],
            "exams": [_exam(one) for one in person.exams],
        }
    )


def equipment_value(piece: Equipment) -> dict[str, Json]:
    """A piece of equipment's row."""
    return _said(
        {
            "id": piece.id,
            "kind": piece.kind,
            "device": piece.device,
            "name": piece.name,
            "serial": piece.serial,
            "calibration_due": _day(piece.calibration_due),
            "place": piece.place,
            "state": piece.state.value,
            "calibrated_on": _day(piece.calibrated_on),
            "certificate": piece.certificate,
            "test_every_days": piece.test_every_days,
            "note": piece.note,
        }
    )


def account_value(organisation: Organisation) -> dict[str, Json]:
    """The account's row."""
    terms = organisation.terms
    return _said(
        {
            "name": organisation.name,
            "site": organisation.site,
            "account": organisation.account,
            "time_zone": organisation.time_zone,
            "esd_profile": organisation.esd_profile,
            "created_on": _day(terms.created_on),
            "region": terms.region,
            "standing": terms.standing.value,
            "standing_on": _day(terms.standing_on),
            "credit_limit": terms.credit_limit,
            "credit_used": terms.credit_used,
            "currency": terms.currency,
            "has_carpet": terms.has_carpet,
        }
    )


def _coverage(one: Coverage) -> Json:
    return _said(
        {
            "issuer": one.issuer,
            "kind": one.kind,
            "starts": _day(one.starts),
            "ends": _day(one.ends),
            "source": one.source,
            "checked_on": _day(one.checked_on),
            "status": one.status.value,
        }
    )


def _former(one: FormerIdentity) -> Json:
    return _said({"value": one.value, "until": _day(one.until), "repair": one.repair})


def _certification(one: Certification) -> Json:
    return _said(
        {
            "name": one.name,
            "families": [family.value for family in one.families],
            "valid_from": _day(one.valid_from),
            "valid_until": _day(one.valid_until),
            "proof": one.proof,
        }
    )


def _exam(one: Exam) -> Json:
    return _said(
        {
            "name": one.name,
            "taken_on": _day(one.taken_on),
            "passed": one.passed,
            "voucher": one.voucher,
            "cost": one.cost,
            "currency": one.currency,
        }
    )


def _said(row: Mapping[str, Json]) -> dict[str, Json]:
    return {key: value for key, value in row.items() if value not in _NOTHING}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _word(word: StrEnum | None) -> str | None:
    return None if word is None else word.value
