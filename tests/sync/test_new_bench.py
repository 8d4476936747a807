"""A bench that is enrolled last has the registers that all others have (docs/adr/0019).

The service keeps a row as it was put there and learns nothing of what benches change in it: a new
bench comes to the same rows since the log tells it everything from its beginning, in one order.
"""

from collections.abc import Callable
from datetime import date

import pytest

from account_service.contract import RegisterRow as ServiceRow
from app.data.store import LocalStore
from app.domain.equipment import Equipment
from app.domain.journal import Json
from app.domain.people import Person, Role
from app.domain.products import Asset
from app.services.ports import Organisation
from app.services.register_queries import RegisterQuery
from app.services.register_values import asset_value, equipment_value, person_value
from app.services.registering import change
from tests.data.imported import product, take
from tests.fixtures_service import RunningService
from tests.sync.stations import EnrolledBench, Station

pytestmark = pytest.mark.network

Make = Callable[..., LocalStore]
Bench = EnrolledBench[LocalStore]
MAC, PAD, PHONE = "C02XK0ABJGH5", "DMPXK0ABJF8J", "F2LXK0ABN735"
LEAD = "person:maria"
DAY = date(2026, 11, 23)


@pytest.fixture
def station(service: RunningService, request: pytest.FixtureRequest) -> Station:
    return Station.new(service, request.node.name)


def registers(
    store: LocalStore,
) -> tuple[Organisation, list[Asset], list[Person], list[Equipment], list[tuple[int | None, ...]]]:
    """Everything of the registers that benches change."""
    with store.reading() as reader:
        found = reader.register(RegisterQuery()).rows
        people, pieces = reader.people(), reader.equipment()
        whole = (reader.organisation(), list(found), list(people), list(pieces))
    return (*whole, _revisions(store))


def _revisions(store: LocalStore) -> list[tuple[int | None, ...]]:
    """Which rows came down last."""
    with store.database.reading() as connection:
        tables = ("assets", "people", "equipment", "account")
        found = [
            connection.execute(f"SELECT max(revision), count(*) FROM {table}")  # noqa: S608 - our own names
            for table in tables
        ]
        return [row for cursor in found for row in cursor.fetchall()]


def edit(bench: Bench, register: str, key: str, value: dict[str, Json] | None) -> None:
    with bench.store.writing() as tx:
        assert change(tx, register, key, value, LEAD) is not None


def edit_product(bench: Bench, serial: str, **fields: str) -> None:
    with bench.store.reading() as reader:
        found = reader.asset(serial)
    assert found is not None
    edit(bench, "assets", serial, {**asset_value(found), **fields})


def test_a_bench_that_is_enrolled_after_edits_has_the_same_registers(
    station: Station, make_store: Make
) -> None:
    account: dict[str, object] = {"name": "Skolan", "site": "Verkstaden", "time_zone": "UTC"}
    anna = Person("anna", "Anna", "1001", Role.TECHNICIAN)
    mat = Equipment("mat-1", "esd_mat", "", "Mat", "", None)
    station.put(
        ServiceRow("account", "account", account),
        ServiceRow("assets", MAC, {"serial": MAC, "holder": "First", "tag": "T1"}),
        ServiceRow("assets", PAD, {"serial": PAD, "holder": "First"}),
        ServiceRow("people", "anna", dict[str, object](person_value(anna))),
        ServiceRow("equipment", "mat-1", dict[str, object](equipment_value(mat))),
    )
    one, two = (station.bench_with(make_store(name)) for name in ("one", "two"))
    for bench in (one, two):
        bench.sync()
    edit_product(one, MAC, holder="One")
    edit_product(two, MAC, tag="T2")
    edit(one, "people", "anna", person_value(Person("anna", "Anna B", "1001", Role.LEAD)))
    edit(two, "equipment", "mat-1", {**equipment_value(mat), "calibration_due": DAY.isoformat()})
    edit(two, "assets", PHONE, {"serial": PHONE, "model": "iPhone 15", "maker": "apple"})
    for bench in (one, two, one):
        bench.sync()
    station.put(ServiceRow("assets", PAD, {"serial": PAD, "holder": "Second"}))
    edit_product(one, PAD, tag="T3")  # offline, before the row is known here
    for bench in (one, two, one):
        bench.sync()
    new = station.bench_with(make_store("new"))
    new.sync()
    assert registers(new.store) == registers(one.store) == registers(two.store)
    _, products, people, _, _ = registers(new.store)
    assert people == [Person("anna", "Anna B", "1001", Role.LEAD)]
    assert {each.serial: (each.holder, each.tag) for each in products} == {
        MAC: ("One", "T2"),
        PAD: ("Second", "T3"),
        PHONE: ("", ""),
    }
    assert new.store.misfits() == ()


def test_rows_that_are_put_again_as_they_were_leave_benches_edits_alone_everywhere(
    station: Station, make_store: Make
) -> None:
    """An operator imports the same file: nothing in it is new."""
    row = ServiceRow("assets", MAC, {"serial": MAC, "holder": "First"})
    station.put(row)
    one = station.bench_with(make_store("one"))
    one.sync()
    edit_product(one, MAC, holder="One")
    one.sync()
    station.put(row)
    one.sync()
    new = station.bench_with(make_store("new"))
    new.sync()
    assert registers(new.store) == registers(one.store)
    with new.store.reading() as reader:
        found = reader.asset(MAC)
    assert found is not None
    assert found.holder == "One"


def test_edits_of_products_that_benches_import_reach_one_that_imports_them_later(
    station: Station, make_store: Make
) -> None:
    rows = [product(MAC, holder="First", model="Air"), product(PAD, holder="First")]
    one, two = (station.bench_with(make_store(name)) for name in ("one", "two"))
    for bench in (one, two):
        take(bench.store, *rows)
    edit_product(one, MAC, holder="One")
    for bench in (one, two):
        bench.sync()
    edit_product(two, MAC, tag="T2")
    for bench in (two, one):
        bench.sync()
    new = station.bench_with(make_store("new"))
    new.sync()
    take(new.store, *rows)
    products = [registers(bench.store)[1] for bench in (one, two, new)]
    assert products[0] == products[1] == products[2]
    assert [(each.holder, each.tag) for each in products[0]] == [("One", "T2"), ("First", "")]
