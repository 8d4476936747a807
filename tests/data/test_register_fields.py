"""What a register's row says is kept whole, and what cannot be read is told by its field."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.data.register_writing import Misfit
from app.data.store import LocalStore
from app.domain.account import AccountTerms, Standing
from app.domain.equipment import Equipment, EquipmentState
from app.domain.people import Certification, Exam, Person, Role
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
from app.services.ports import Organisation, RegisterRow

SERIAL, FORMER, EID = "C02XK0ABJGH5", "F2LXK0ABJGH1", "89049032000001000000000000000012"
MEID = "A0000000002329"
EVERY = "test_every_days"
ASSET: dict[str, Any] = {
    "serial": SERIAL,
    "model": "iPhone 14",
    "family": "iphone",
    "ownership": "owned",
    "maker": "apple",
    "product_type": "iPhone14,7",
    "part_number": "mpuf3qn/a",
    "configuration": "blue, 128 GB",
    "meid": MEID.lower(),
    "eid": EID,
    "department": "Omsorgen",
    "order": "4500118273",
    "bought_on": "2025-03-01",
    "seller": "Apple",
    "document": "F-1.pdf",
    "source": "abm",
    "find_my": "on",
    "coverages": [{"issuer": "apple", "status": "cancelled"}],
    "former": [{"value": FORMER.lower(), "until": "2026-01-31", "repair": "R-17"}],
}
PERSON: dict[str, Any] = {
    "id": "anna",
    "name": "Anna",
    "role": "lead",
    "certifications": [
        {"name": "ACMT", "families": ["mac"], "valid_from": "2026-01-01", "proof": "C-9"}
    ],
    "exams": [
        {"name": "ACMT", "taken_on": "2026-01-01", "passed": True, "voucher": "V-1"},
        {"name": "iOS", "taken_on": "2026-02-01", "cost": 15000, "currency": "SEK"},
    ],
}
EQUIPMENT: dict[str, Any] = {
    "id": "mat-1",
    "kind": "esd_mat",
    "name": "Mat",
    "place": "Bench 2",
    "state": "away",
    "calibrated_on": "2026-01-02",
    "calibration_due": "2027-01-01",
    "certificate": "K-4",
    "test_every_days": 30,
    "note": "cut in the corner",
}
ACCOUNT: dict[str, Any] = {
    "name": "Norrviken",
    "time_zone": "UTC",
    "created_on": "2026-06-01",
    "region": "se",
    "standing": "good",
    "standing_on": "2026-11-01",
    "credit_limit": 10_000_000,
    "credit_used": 250_000,
    "currency": "SEK",
    "has_carpet": True,
}


def load(store: LocalStore, register: str, key: str, value: dict[str, Any]) -> tuple[Misfit, ...]:
    return store.load_registers([RegisterRow(register, key, value)])


def test_an_asset_is_kept_whole_and_found_by_every_identifier(store: LocalStore) -> None:
    assert load(store, "assets", SERIAL, ASSET) == ()
    expected = Asset(
        serial=SERIAL,
        model="iPhone 14",
        family=Family.IPHONE,
        ownership=Ownership.OWNED,
        coverages=(Coverage("apple", "", None, None, "", None, status=CoverageStatus.CANCELLED),),
        product_type="iPhone14,7",
        part_number="MPUF3QN/A",
        configuration="blue, 128 GB",
        meid=MEID,
        eid=EID,
        department="Omsorgen",
        purchase=Purchase("4500118273", date(2025, 3, 1), "Apple", "F-1.pdf", "abm"),
        find_my=FindMy.ON,
        former=(FormerIdentity(FORMER, date(2026, 1, 31), "R-17"),),
    )
    assert expected.is_proven
    with store.reading() as reader:
        for identifier in (SERIAL, MEID, EID, FORMER):
            assert reader.asset(identifier) == expected


def test_a_serial_of_today_goes_before_a_former_one(store: LocalStore) -> None:
    load(store, "assets", SERIAL, ASSET)
    load(store, "assets", FORMER, {"serial": FORMER})
    with store.reading() as reader:
        found = reader.asset(FORMER)
    assert found is not None
    assert found.serial == FORMER


def test_a_person_is_kept_whole(store: LocalStore) -> None:
    assert load(store, "people", "anna", PERSON) == ()
    expected = Person(
        id="anna",
        name="Anna",
        badge="",
        role=Role.LEAD,
        certifications=(Certification("ACMT", (Family.MAC,), date(2026, 1, 1), None, proof="C-9"),),
        exams=(
            Exam("ACMT", date(2026, 1, 1), passed=True, voucher="V-1"),
            Exam("iOS", date(2026, 2, 1), passed=False, cost=15000, currency="SEK"),
        ),
    )
    with store.reading() as reader:
        assert reader.person("anna") == expected


def test_a_piece_of_equipment_is_kept_whole(store: LocalStore) -> None:
    assert load(store, "equipment", "mat-1", EQUIPMENT) == ()
    expected = Equipment(
        id="mat-1",
        kind="esd_mat",
        device="",
        name="Mat",
        serial="",
        calibration_due=date(2027, 1, 1),
        place="Bench 2",
        state=EquipmentState.AWAY,
        calibrated_on=date(2026, 1, 2),
        certificate="K-4",
        test_every_days=30,
        note="cut in the corner",
    )
    newer = {**EQUIPMENT, "id": "mat-2", "state": "dreaming"}
    assert load(store, "equipment", "mat-2", newer) == ()
    with store.reading() as reader:
        assert reader.piece("mat-1") == expected
        assert reader.equipment() == (
            expected,
            replace(expected, id="mat-2", state=EquipmentState.IN_USE),
        )
        assert reader.piece("mat-3") is None


def test_the_accounts_terms_are_kept(store: LocalStore) -> None:
    assert load(store, "account", "account", ACCOUNT) == ()
    terms = AccountTerms(
        created_on=date(2026, 6, 1),
        region="se",
        standing=Standing.GOOD,
        standing_on=date(2026, 11, 1),
        credit_limit=10_000_000,
        credit_used=250_000,
        currency="SEK",
        has_carpet=True,
    )
    with store.reading() as reader:
        assert reader.organisation() == Organisation("Norrviken", "", "", "UTC", "", terms)


@pytest.mark.parametrize(
    ("register", "key", "row", "code", "field"),
    [
        (
            "equipment",
            "mat-1",
            EQUIPMENT | {"test_every_days": -1},
            "not_a_number",
            "test_every_days",
        ),
        (
            "equipment",
            "mat-1",
            EQUIPMENT | {"test_every_days": True},
            "not_a_number",
            "test_every_days",
        ),
        ("account", "account", ACCOUNT | {"credit_limit": 2**63}, "not_a_number", "credit_limit"),
        ("account", "account", ACCOUNT | {"has_carpet": 1}, "not_yes_or_no", "has_carpet"),
        ("people", "anna", PERSON | {"exams": [{"name": "ACMT"}]}, "missing", "taken_on"),
        ("assets", SERIAL, ASSET | {"former": [{"until": "2026-01-01"}]}, "missing", "value"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(
    store: LocalStore, register: str, key: str, row: dict[str, Any], code: str, field: str
) -> None:
    assert load(store, register, key, row) == (Misfit(register, key, code, field),)


def test_an_unknown_word_is_taken_for_unknown(store: LocalStore) -> None:
    load(store, "assets", SERIAL, ASSET | {"find_my": "perhaps"})
    with store.reading() as reader:
        found = reader.asset(SERIAL)
    assert found is not None
    assert found.find_my is FindMy.UNKNOWN
