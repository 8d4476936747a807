"""What the programme's standing is counted from, in a real store."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.data.store import LocalStore
from app.domain.installed_base import NOTHING_COUNTED, BaseCount
from app.domain.journal import Draft, Json
from app.domain.products import Family, Ownership
from app.domain.repairs import Step
from app.services.ports import RegisterRow
from tests.fixtures_store import NOON, SteppingClock

DAY = timedelta(days=1)
EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def product(serial: str, **value: object) -> RegisterRow:
    usual: dict[str, object] = {
        "serial": serial,
        "family": "mac",
        "ownership": "owned",
        "maker": "apple",
    }
    return RegisterRow("assets", serial, usual | value)


def put(store: LocalStore, *rows: RegisterRow) -> None:
    assert store.load_registers(rows) == ()


def counted(store: LocalStore) -> set[BaseCount]:
    with store.reading() as reader:
        return set(reader.installed_base().counts)


def test_an_empty_register_counts_nothing(store: LocalStore) -> None:
    with store.reading() as reader:
        assert reader.installed_base() == NOTHING_COUNTED


def test_products_are_counted_with_those_that_are_alike(store: LocalStore) -> None:
    put(
        store,
        product("C02A0000001"),
        product("C02A0000002"),
        product("C02A0000003", family="ipad", ownership="leased", leased_until="2027-01-31"),
        product("C02A0000004", ownership="other"),
    )
    assert counted(store) == {
        BaseCount(Family.MAC, Ownership.OWNED, False, 2),
        BaseCount(Family.IPAD, Ownership.LEASED, False, 1, date(2027, 1, 31)),
        BaseCount(Family.MAC, Ownership.OTHER, False, 1),
    }


@pytest.mark.parametrize(
    ("value", "proven"),
    [
        ({"proof": "Avtal 7"}, True),
        ({"order": "PO-1"}, True),
        ({"document": "invoice.pdf"}, True),
        ({"seller": "Atea", "bought_on": "2026-01-01"}, False),
        ({}, False),
    ],
)
def test_a_proof_is_what_a_product_s_own_proof_is(
    store: LocalStore, value: dict[str, object], proven: bool
) -> None:
    put(store, product("C02A0000001", **value))
    assert counted(store) == {BaseCount(Family.MAC, Ownership.OWNED, proven, 1)}
    with store.reading() as reader:
        asset = reader.asset("C02A0000001")
    assert asset is not None
    assert asset.is_proven is proven


def test_a_product_of_an_unknown_maker_is_one_of_an_unknown_owner(store: LocalStore) -> None:
    put(store, product("C02A0000001", maker=""))
    assert counted(store) == {BaseCount(Family.MAC, Ownership.UNKNOWN, False, 1)}


def test_other_makers_accessories_and_what_was_taken_away_do_not_count(store: LocalStore) -> None:
    put(
        store,
        product("5CG0000001", maker="hp"),
        product("C02A0000002", family=""),
        product("C02A0000003"),
        RegisterRow("assets", "C02A0000003", None),
    )
    assert counted(store) == set()


# ----------------------------------------------------------------------
# Completed repairs
# ----------------------------------------------------------------------


def repaired(store: LocalStore, clock: SteppingClock, name: str, *steps: Step) -> None:
    """A repair that takes a step a day."""
    told: dict[str, Json] = {"number": name, "serial": "C02A0000001", "findings": []}
    with store.writing() as tx:
        tx.append(Draft("repair.opened", f"repair:{name}", "person:anna", told))
    at = Step.OPENED
    for step in steps:
        clock.moment += DAY
        moved = {"from": at.value, "to": step.value}
        with store.writing() as tx:
            tx.append(Draft("repair.status_changed", f"repair:{name}", "person:anna", {**moved}))
        at = step


WHOLE = (Step.DIAGNOSED, Step.IN_REPAIR, Step.READY, Step.COMPLETED)


def completed(store: LocalStore, since: datetime, until: datetime) -> list[str]:
    with store.reading() as reader:
        return [one.number for one in reader.completed_repairs(since, until)]


def test_repairs_count_from_their_completing(store: LocalStore, store_clock: SteppingClock) -> None:
    repaired(store, store_clock, "A", *WHOLE)
    repaired(store, store_clock, "B", *WHOLE[:3])
    repaired(store, store_clock, "C", Step.CANCELLED)
    assert completed(store, *EVER) == ["A"]


def test_the_first_moment_counts_and_the_last_does_not(
    store: LocalStore, store_clock: SteppingClock
) -> None:
    repaired(store, store_clock, "A", *WHOLE)
    done = NOON + 4 * DAY
    assert completed(store, done, done + DAY) == ["A"]
    assert completed(store, done - DAY, done) == []


def test_repairs_come_in_the_order_of_their_completing(
    store: LocalStore, store_clock: SteppingClock
) -> None:
    for name in ("B", "A", "C"):
        repaired(store, store_clock, name, *WHOLE)
    assert completed(store, *EVER) == ["B", "A", "C"]
