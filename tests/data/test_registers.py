"""Registers: rows that came down, and the questions that the use cases ask of them."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.register_writing import Misfit
from app.data.store import LocalStore
from app.domain.identifiers import component_check, device_serial, is_imei, part_number
from app.domain.people import Role
from app.domain.products import Asset, Coverage, Family, Ownership
from app.resources import resource
from app.services.ports import Organisation, RegisterRow

SERIAL = "C02XK0ABJGH5"
IMEI = "354178036859789"
ASSET: dict[str, object] = {
    "serial": SERIAL,
    "model": "MacBook Air",
    "family": "mac",
    "ownership": "leased",
    "imeis": [IMEI, "490154203237518"],
    "maker": "apple",
    "tag": "nvk-1",
    "holder": "Björkskolan",
    "lessor": "Nordfinans",
    "leased_until": "2027-06-30",
    "proof": "NL-1",
    "coverages": [
        {
            "issuer": "apple",
            "kind": "LI",
            "starts": "2026-01-01",
            "ends": None,
            "source": "GSX",
            "checked_on": "2026-10-01",
        }
    ],
}
PERSON: dict[str, object] = {
    "id": "anna",
    "name": "Anna",
    "badge": "1001",
    "role": "lead",
    "tech_id": "T1",
    "certifications": [
        {
            "name": "ACMT",
            "families": ["mac", "ipad"],
            "valid_from": "2025-01-01",
            "valid_until": None,
        }
    ],
}
TESTER: dict[str, object] = {
    "id": "t1",
    "kind": "esd_tester",
    "device": "esd-1",
    "name": "WT-20",
    "serial": "S1",
    "calibration_due": "2027-06-30",
}
ACCOUNT: dict[str, object] = {
    "name": "Norrviken",
    "site": "Verkstan",
    "account": "SSA-1",
    "time_zone": "Europe/Stockholm",
    "esd_profile": "iec",
}


def load(
    store: LocalStore, register: str, key: str, value: dict[str, Any] | None
) -> tuple[Misfit, ...]:
    return store.load_registers([RegisterRow(register, key, value)])


def test_an_asset_is_found_by_serial_imei_and_tag(store: LocalStore) -> None:
    assert load(store, "assets", SERIAL, ASSET) == ()
    expected = Asset(
        serial=SERIAL,
        model="MacBook Air",
        family=Family.MAC,
        ownership=Ownership.LEASED,
        imeis=(IMEI, "490154203237518"),
        maker="apple",
        tag="nvk-1",
        holder="Björkskolan",
        lessor="Nordfinans",
        leased_until=date(2027, 6, 30),
        proof="NL-1",
        coverages=(Coverage("apple", "LI", date(2026, 1, 1), None, "GSX", date(2026, 10, 1)),),
    )
    with store.reading() as reader:
        for identifier in (SERIAL, SERIAL.lower(), IMEI, "490154203237518", "NVK-1", " nvk-1 "):
            assert reader.asset(identifier) == expected
        assert reader.asset("C02XK0ABJGH6") is None
        assert reader.asset("") is None


def test_a_serial_goes_before_another_assets_tag(store: LocalStore) -> None:
    load(store, "assets", "AAAA1111BBBB", {"serial": "AAAA1111BBBB", "tag": SERIAL})
    load(store, "assets", SERIAL, ASSET)
    with store.reading() as reader:
        found = reader.asset(SERIAL)
    assert found is not None
    assert found.serial == SERIAL


def test_a_changed_asset_leaves_nothing_of_the_one_before(store: LocalStore) -> None:
    load(store, "assets", SERIAL, ASSET)
    load(store, "assets", SERIAL, {"serial": SERIAL})
    with store.reading() as reader:
        assert reader.asset(SERIAL) == Asset(SERIAL, "", None, Ownership.UNKNOWN, maker="")
        assert reader.asset(IMEI) is reader.asset("nvk-1") is None


def test_a_tombstone_takes_the_row_away_until_it_comes_again(store: LocalStore) -> None:
    rows = {"assets": (SERIAL, ASSET), "people": ("anna", PERSON), "equipment": ("t1", TESTER)}
    for register, (key, value) in rows.items():
        load(store, register, key, value)
        load(store, register, key, None)
    with store.reading() as reader:
        assert reader.asset(SERIAL) is reader.person("anna") is reader.tester("esd-1") is None
        assert reader.person_by_badge("1001") is None
    for register, (key, value) in rows.items():
        load(store, register, key, value)
    with store.reading() as reader:
        assert reader.asset(IMEI) is not None
        assert reader.person_by_badge("1001") is not None
        assert reader.tester("esd-1") is not None


def test_a_person_is_found_by_id_and_badge_with_every_certification(store: LocalStore) -> None:
    load(store, "people", "anna", PERSON)
    with store.reading() as reader:
        person = reader.person("anna")
        assert person == reader.person_by_badge("1001")
        assert reader.person("johan") is reader.person_by_badge("1002") is None
        assert reader.person_by_badge("") is None
        assert reader.people() == (person,)
    assert person is not None
    assert (person.role, person.tech_id) == (Role.LEAD, "T1")
    (certification,) = person.certifications
    assert certification.covers(Family.IPAD, date(2025, 1, 1))
    assert not certification.covers(Family.MAC, date(2024, 12, 31))


def test_parts_lots_testers_and_the_account_are_found(store: LocalStore) -> None:
    load(store, "catalogue", "661-17578", {"number": "661-17578", "name": "Power supply"})
    load(
        store,
        "catalogue",
        "661-1",
        {"number": "661-1", "name": "Cable", "opens_device": False},
    )
    load(
        store,
        "lots",
        "C4H7482010WH80MA5",
        {
            "component_serial": "C4H7482010WH80MA5",
            "part_number": "661-17578",
            "order": "PO",
            "delivery": "DN",
            "received_on": "2026-09-08",
            "source": "apple",
        },
    )
    load(store, "equipment", "t1", TESTER)
    load(store, "account", "account", ACCOUNT)
    with store.reading() as reader:
        part, cable = reader.catalogue_part("661-17578"), reader.catalogue_part("661-1")
        assert part is not None
        assert cable is not None
        assert (part.opens_device, cable.opens_device) == (True, False)
        lot = reader.lot("c4h7482010wh80ma5")
        assert lot is not None
        assert (lot.order, lot.received_on) == ("PO", date(2026, 9, 8))
        tester = reader.tester("esd-1")
        assert tester is not None
        assert tester.calibrated_on(date(2027, 6, 30))
        assert reader.organisation() == Organisation(
            "Norrviken", "Verkstan", "SSA-1", "Europe/Stockholm", "iec"
        )
        assert reader.catalogue_part("661-2") is reader.lot("X") is reader.tester("esd-9") is None
        assert reader.tester("") is None


def test_a_bench_without_an_account_has_an_organisation_without_a_name(store: LocalStore) -> None:
    with store.reading() as reader:
        assert reader.organisation() == Organisation("", "", "", "UTC", "")


BAD_ROWS: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("assets", SERIAL, ASSET | {"serial": "OTHER"}, "key_differs", "serial"),
    ("assets", SERIAL, ASSET | {"serial": ""}, "missing", "serial"),
    ("assets", SERIAL, ASSET | {"model": 4}, "not_text", "model"),
    ("assets", SERIAL, ASSET | {"model": "\ud800"}, "not_text", "model"),
    ("assets", SERIAL, ASSET | {"holder": "x" * 1001}, "too_long", "holder"),
    ("assets", SERIAL, ASSET | {"imeis": "1"}, "not_a_list", "imeis"),
    ("assets", SERIAL, ASSET | {"imeis": ["1"] * 101}, "too_long", "imeis"),
    ("assets", SERIAL, ASSET | {"coverages": [1]}, "not_a_table", "coverages"),
    ("assets", SERIAL, ASSET | {"coverages": [{}]}, "missing", "issuer"),
    ("assets", SERIAL, ASSET | {"leased_until": "30/6"}, "not_a_day", "leased_until"),
    ("people", "anna", PERSON | {"role": "god"}, "unknown_value", "role"),
    ("people", "anna", PERSON | {"certifications": [{"name": "x"}]}, "missing", "valid_from"),
    ("people", "eva", PERSON, "key_differs", "id"),
    ("catalogue", "1", {"number": "1", "opens_device": "no"}, "not_yes_or_no", "opens_device"),
    ("account", "other", ACCOUNT, "key_differs", "key"),
    ("planets", "mars", {"name": "Mars"}, "unknown_register", ""),
    ("assets", "\ud800", ASSET, "not_text", "key"),
]


@pytest.mark.parametrize(("register", "key", "value", "code", "field"), BAD_ROWS)
def test_a_row_that_cannot_be_read_is_kept_and_told(
    store: LocalStore, register: str, key: str, value: dict[str, Any], code: str, field: str
) -> None:
    (told,) = load(store, register, key, value)
    assert (told.code, told.field) == (code, field)
    assert [(one.register, one.code, one.field) for one in store.misfits()] == [
        (register, code, field)
    ]


def test_a_bad_row_leaves_the_good_one_and_a_good_one_ends_the_misfit(store: LocalStore) -> None:
    load(store, "people", "anna", PERSON)
    load(store, "people", "anna", PERSON | {"role": "god"})
    with store.reading() as reader:
        assert reader.person("anna") is not None
    assert len(store.misfits()) == 1
    load(store, "people", "anna", PERSON)
    assert store.misfits() == ()


def test_a_tombstone_for_what_was_never_there_is_nothing(store: LocalStore) -> None:
    assert load(store, "assets", SERIAL, None) == ()
    assert load(store, "planets", "mars", None) == ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("2026-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(
    register=st.sampled_from(["assets", "people", "catalogue", "lots", "equipment", "account"]),
    changes=st.dictionaries(
        st.sampled_from(sorted({*ASSET, *PERSON, *TESTER, "valid_from", "component_serial"})),
        _JSON,
        max_size=4,
    ),
    key=st.text(max_size=5) | st.sampled_from([SERIAL, "anna", "t1", "account"]),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_row_can_crash_the_registers(
    store: LocalStore, register: str, changes: dict[str, object], key: str
) -> None:
    base = {"assets": ASSET, "people": PERSON, "equipment": TESTER}.get(register, {})
    misfits = load(store, register, key, {**base, **changes})
    assert [(one.register, one.key) for one in misfits] in ([], [(register, key)])
    with store.reading() as reader:
        found = {
            ("assets", SERIAL): reader.asset(SERIAL),
            ("people", "anna"): reader.person("anna"),
        }
        reader.tester("esd-1")
    if not misfits and (register, key) in found:
        assert found[register, key] is not None  # what is not kept apart can be read


def test_the_sample_organisation_is_read_whole(store: LocalStore) -> None:
    lines = resource("samples", "registers.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [RegisterRow(**json.loads(line)) for line in lines]
    assert store.load_registers(rows) == ()
    with store.reading() as reader:
        assert reader.organisation().name == "Norrviken kommun"
        assert reader.person_by_badge("1004") is not None
        assert [one.badge for one in reader.people()] == ["1001", "1002", "1003", "1004"]
        for row in rows:
            if row.register == "assets":
                asset = reader.asset(row.key)
                read = device_serial(row.key)
                assert asset is not None
                assert read is not None
                assert (read.value, read.corrected) == (row.key, False)
                assert all(map(is_imei, asset.imeis))
            if row.register == "lots":
                lot = reader.lot(row.key)
                assert component_check(row.key) is True or device_serial(row.key) is not None
                assert lot is not None
                assert reader.catalogue_part(lot.part_number) is not None
            if row.register == "catalogue":
                assert part_number(row.key) is not None
