"""Benches that import the same file of their own, before and after a lead's word of it has come.

What a lead removed stays away at a new bench too, and what a repair replaced is one product at all
of them, over the real service (docs/adr/0025).
"""

from collections.abc import Callable
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from app.data.store import LocalStore
from app.domain.identities import Identity
from app.domain.products import Asset
from app.services.identities import Replacement, replace_identity
from app.services.register_queries import RegisterQuery
from app.services.registering import change
from tests.data.imported import product, take
from tests.fixtures_service import RunningService
from tests.sync.stations import EnrolledBench, Station

pytestmark = pytest.mark.network

Make = Callable[[str], EnrolledBench[LocalStore]]
MAC, PAD, NEW = "C02XK0ABJGH5", "DMPXK0ABJF8J", "F2LXK0ABN735"
IMEI, OTHER = "353328111111119", "353328222222225"
LEAD = "person:maria"
ROWS = (product(MAC, row=2, imeis=(IMEI,), holder="Anna"), product(PAD, row=3))
LATER = (*ROWS, product(NEW, row=4, imeis=(OTHER,), holder="Anna"))


@pytest.fixture
def enrolled(
    service: RunningService,
    request: pytest.FixtureRequest,
    make_store: Callable[[str], LocalStore],
    tmp_path: Path,
) -> Make:
    """Benches of one organisation, each with a home of its own."""
    station = Station.new(service, request.node.name)

    def make(name: str) -> EnrolledBench[LocalStore]:
        (tmp_path / name).mkdir()
        return station.bench_with(make_store(f"{name}/bench"))

    return make


def products(bench: EnrolledBench[LocalStore]) -> list[Asset]:
    with bench.store.reading() as reader:
        return list(reader.register(RegisterQuery(limit=100)).rows)


def removed(store: LocalStore) -> None:
    with store.writing() as tx:
        change(tx, "assets", MAC, None, LEAD)


def replaced(store: LocalStore) -> None:
    with store.writing() as tx:
        before = tx.asset(MAC)
        assert before is not None
        told = Replacement(before, Identity(NEW, (OTHER,)), date(2026, 11, 20), "R7", LEAD)
        replace_identity(tx, told, ())


@pytest.mark.parametrize("order", list(permutations(("send", "learn", "import"))), ids="-".join)
@pytest.mark.parametrize("deed", [removed, replaced], ids=["removed", "replaced"])
def test_an_old_and_a_new_bench_end_alike_in_every_order(
    enrolled: Make, deed: Callable[[LocalStore], None], order: tuple[str, ...]
) -> None:
    one, new = enrolled("one"), enrolled("new")
    take(one.store, *ROWS)
    deed(one.store)
    steps = {
        "send": one.sync,
        "learn": new.sync,
        "import": lambda: take(new.store, *ROWS),
    }
    for step in order:
        steps[step]()
    for bench in (one, new, one):
        bench.sync()
    for bench in (one, new):
        again = take(bench.store, *ROWS)
        assert again.removed + again.former == 1
        assert again.accepted == 0
    assert products(one) == products(new)
    assert MAC not in {each.serial for each in products(new)}


def test_a_newer_file_changes_the_replaced_unit_and_adds_none(enrolled: Make) -> None:
    one, new = enrolled("one"), enrolled("new")
    take(one.store, *ROWS)
    replaced(one.store)
    for bench in (one, new):
        bench.sync()
        told = take(bench.store, *LATER)
        assert (told.former, told.removed) == (1, 0)
    assert products(one) == products(new)
    assert [each.serial for each in products(new)] == [PAD, NEW]


def test_what_one_bench_brings_back_is_back_at_the_others(enrolled: Make) -> None:
    one, two, new = (enrolled(name) for name in ("one", "two", "new"))
    for bench in (one, two):
        take(bench.store, *ROWS)
    removed(one.store)
    for bench in (one, two):
        bench.sync()
    assert [each.serial for each in products(two)] == [PAD]
    assert take(two.store, *ROWS, back=True).accepted == 1
    for bench in (two, one, new):
        bench.sync()
    assert take(new.store, *ROWS).accepted == 1
    assert products(one) == products(two) == products(new)
    assert [each.serial for each in products(new)] == [MAC, PAD]
