"""A unit is replaced at one bench: every bench comes to the same product (docs/adr/0027)."""

from collections.abc import Callable
from datetime import date

import pytest

from account_service.contract import RegisterRow as ServiceRow
from app.data.store import LocalStore
from app.domain.identities import Identity
from app.domain.journal import Draft
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.services.identities import Replacement, replace_identity, take_identity_back
from app.services.register_clashes import lost_changes
from app.services.register_queries import RegisterQuery
from app.services.register_values import asset_value
from app.services.registering import change
from tests.fixtures_service import RunningService
from tests.sync.stations import EnrolledBench, Station

pytestmark = pytest.mark.network

Make = Callable[..., LocalStore]
Bench = EnrolledBench[LocalStore]
OLD, NEW, IMEI = "F2LXK0ABN735", "F2LZZ0ABJC6K", "354178036859789"
REPAIR = "0191f0a0-0000-7000-8000-000000000001"
TECHNICIAN, LEAD = "person:anna", "person:maria"
DAY = date(2026, 11, 23)


@pytest.fixture
def station(service: RunningService, request: pytest.FixtureRequest) -> Station:
    made = Station.new(service, request.node.name)
    phone: dict[str, object] = {"serial": OLD, "holder": "First", "imeis": [IMEI]}
    made.put(ServiceRow("assets", OLD, phone))
    return made


def benches(station: Station, make_store: Make) -> tuple[Bench, Bench]:
    """Two benches, of which the first has the product's repair in work."""
    one, two = (station.bench_with(make_store(name)) for name in ("one", "two"))
    one.sync()
    with one.store.writing() as tx:
        subject = f"repair:{REPAIR}"
        tx.append(Draft("repair.opened", subject, TECHNICIAN, {"number": "R1", "serial": OLD}))
    for bench in (one, two):
        bench.sync()
    return one, two


def replace_unit(bench: Bench) -> None:
    with bench.store.writing() as tx:
        product, repair = tx.asset(OLD), tx.repair(REPAIR)
        assert product is not None
        assert repair is not None
        told = Replacement(product, Identity(NEW), DAY, repair.number, TECHNICIAN)
        assert len(replace_identity(tx, told, (repair,))) == 3


def set_holder(bench: Bench, holder: str) -> None:
    with bench.store.writing() as tx:
        product = tx.asset(OLD)
        assert product is not None
        row = {**asset_value(product), "holder": holder}
        assert change(tx, "assets", product.serial, row, LEAD) is not None


def state(bench: Bench) -> tuple[tuple[Asset, ...], Asset | None, Repair | None]:
    with bench.store.reading() as reader:
        return reader.register(RegisterQuery()).rows, reader.asset(OLD), reader.repair(REPAIR)


def agree(station: Station, make_store: Make, *told: Bench) -> Asset:
    """Every bench, and one that is new, has one product, and the repair is of it."""
    new = station.bench_with(make_store("new"))
    new.sync()
    states = [state(bench) for bench in (*told, new)]
    assert states[0] == states[1] == states[2]
    (product,), by_old_serial, repair = states[0]
    assert by_old_serial == product
    assert repair is not None
    assert repair.serial == product.serial
    assert repair.conflicts == ()
    return product


def test_another_bench_follows_to_the_new_serial(station: Station, make_store: Make) -> None:
    one, two = benches(station, make_store)
    replace_unit(one)
    for bench in (one, two):
        bench.sync()
    product = agree(station, make_store, one, two)
    assert (product.serial, product.holder) == (NEW, "First")
    assert [(each.value, each.repair) for each in product.former] == [(OLD, "R1"), (IMEI, "R1")]


@pytest.mark.parametrize("first", [0, 1], ids=["the unit", "the holder"])
def test_a_change_made_meanwhile_under_the_old_serial_is_told_as_lost(
    station: Station, make_store: Make, first: int
) -> None:
    one, two = benches(station, make_store)
    replace_unit(one)
    set_holder(two, "Second")
    pair = (one, two)
    for bench in (pair[first], pair[1 - first], *pair, *pair):
        bench.sync()
    assert agree(station, make_store, one, two).holder == "First"
    for bench in pair:
        with bench.store.reading() as reader:
            (lost,) = lost_changes(reader.timeline(f"assets:{OLD}"), None).values()
        assert lost.fields == ("holder",)


def test_what_is_changed_after_it_arrived_holds(station: Station, make_store: Make) -> None:
    one, two = benches(station, make_store)
    replace_unit(one)
    for bench in (one, two):
        bench.sync()
    set_holder(two, "Second")
    for bench in (two, one):
        bench.sync()
    assert agree(station, make_store, one, two).holder == "Second"


def test_what_was_taken_back_is_so_everywhere(station: Station, make_store: Make) -> None:
    one, two = benches(station, make_store)
    replace_unit(one)
    for bench in (one, two):
        bench.sync()
    with one.store.writing() as tx:
        entry = tx.timeline(f"repair:{REPAIR}")[-1]
        assert take_identity_back(tx, entry, TECHNICIAN)
        back = {"entry": str(entry.id), "kind": entry.kind, "from": OLD, "to": NEW}
        tx.append(Draft("repair.undone", f"repair:{REPAIR}", TECHNICIAN, {**back}))
    for bench in (one, two):
        bench.sync()
    product = agree(station, make_store, one, two)
    assert (product.serial, product.imeis, product.former) == (OLD, (IMEI,), ())
