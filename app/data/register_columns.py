"""A register's row in the columns of its table, and in the rows of the tables that hang on it."""

import json

from app.data.register_rows import ACCOUNT_KEY
from app.data.values import (
    EID_RANK,
    FORMER_RANK,
    IMEI_RANK,
    MEID_RANK,
    SERIAL_RANK,
    TAG_RANK,
    day_text,
)
from app.domain.equipment import Equipment
from app.domain.identifiers import normalise
from app.domain.parts import CataloguePart, PartLot
from app.domain.people import Person
from app.domain.products import Asset
from app.services.ports import Organisation


def asset_columns(row: Asset) -> dict[str, object]:
    """An asset's own columns."""
    return {
        "serial": row.serial,
        "model": row.model,
        "family": row.family and row.family.value,
        "ownership": row.ownership.value,
        "maker": row.maker,
        "tag": row.tag,
        "holder": row.holder,
        "lessor": row.lessor,
        "leased_until": day_text(row.leased_until),
        "proof": row.proof,
        "product_type": row.product_type,
        "part_number": row.part_number,
        "configuration": row.configuration,
        "meid": row.meid,
        "eid": row.eid,
        "department": row.department,
        "order": row.purchase.order,
        "bought_on": day_text(row.purchase.bought_on),
        "seller": row.purchase.seller,
        "document": row.purchase.document,
        "source": row.purchase.source,
        "find_my": row.find_my.value,
    }


def identifiers(row: Asset) -> list[dict[str, object]]:
    """What an asset is found by, each text once a rank."""
    named = [(SERIAL_RANK, row.serial), *((IMEI_RANK, imei) for imei in dict.fromkeys(row.imeis))]
    named += [
        (rank, value)
        for rank, value in ((TAG_RANK, row.tag), (MEID_RANK, row.meid), (EID_RANK, row.eid))
        if value.strip()
    ]
    named += [(FORMER_RANK, value) for value in dict.fromkeys(one.value for one in row.former)]
    return [
        {"value": normalise(value), "rank": rank, "place": place}
        for place, (rank, value) in enumerate(named)
    ]


def coverages(row: Asset) -> list[dict[str, object]]:
    """An asset's coverages."""
    return [
        {
            "place": place,
            "issuer": each.issuer,
            "kind": each.kind,
            "starts": day_text(each.starts),
            "ends": day_text(each.ends),
            "source": each.source,
            "checked_on": day_text(each.checked_on),
            "status": each.status.value,
        }
        for place, each in enumerate(row.coverages)
    ]


def former_identities(row: Asset) -> list[dict[str, object]]:
    """What an asset was called before a repair."""
    return [
        {
            "place": place,
            "value": each.value,
            "until": day_text(each.until),
            "repair": each.repair,
        }
        for place, each in enumerate(row.former)
    ]


def person_columns(row: Person) -> dict[str, object]:
    """A person's own columns."""
    return {
        "id": row.id,
        "name": row.name,
        "badge": row.badge,
        "role": row.role.value,
        "tech_id": row.tech_id,
    }


def certifications(row: Person) -> list[dict[str, object]]:
    """A person's certifications."""
    return [
        {
            "place": place,
            "name": each.name,
            "families": json.dumps([family.value for family in each.families]),
            "valid_from": day_text(each.valid_from),
            "valid_until": day_text(each.valid_until),
            "proof": each.proof,
        }
        for place, each in enumerate(row.certifications)
    ]


def exams(row: Person) -> list[dict[str, object]]:
    """A person's exams."""
    return [
        {
            "place": place,
            "name": each.name,
            "taken_on": day_text(each.taken_on),
            "passed": int(each.passed),
            "voucher": each.voucher,
            "cost": each.cost,
            "currency": each.currency,
        }
        for place, each in enumerate(row.exams)
    ]


def part_columns(row: CataloguePart) -> dict[str, object]:
    """A catalogue part's columns."""
    return {"number": row.number, "name": row.name, "opens_device": int(row.opens_device)}


def lot_columns(row: PartLot) -> dict[str, object]:
    """A lot's columns."""
    return {
        "component_serial": row.component_serial,
        "part_number": row.part_number,
        "order": row.order,
        "delivery": row.delivery,
        "received_on": day_text(row.received_on),
        "source": row.source,
    }


def equipment_columns(row: Equipment) -> dict[str, object]:
    """A piece of equipment's columns."""
    return {
        "id": row.id,
        "kind": row.kind,
        "device": row.device,
        "name": row.name,
        "serial": row.serial,
        "calibration_due": day_text(row.calibration_due),
        "place": row.place,
        "state": row.state.value,
        "calibrated_on": day_text(row.calibrated_on),
        "certificate": row.certificate,
        "test_every_days": row.test_every_days,
        "note": row.note,
    }


def account_columns(row: Organisation) -> dict[str, object]:
    """The account's columns."""
    return {
        "key": ACCOUNT_KEY,
        "name": row.name,
        "site": row.site,
        "account": row.account,
        "time_zone": row.time_zone,
        "esd_profile": row.esd_profile,
        "created_on": day_text(row.terms.created_on),
        "region": row.terms.region,
        "standing": row.terms.standing.value,
        "standing_on": day_text(row.terms.standing_on),
        "credit_limit": row.terms.credit_limit,
        "credit_used": row.terms.credit_used,
        "currency": row.terms.currency,
        "has_carpet": int(row.terms.has_carpet),
    }
