"""What a lead took out of the register stays out, and a former name makes no second product.

Whoever imports the same file, at whichever bench, before or after the word of it has come: the
benches end with the same products.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from app.data.compacting import compact
from app.data.left_out import MOST
from app.data.store import LocalStore
from app.domain.journal import Draft, Json
from app.domain.products import Asset, FormerIdentity
from app.services.importing import FormerRow, Progress
from app.services.ports import RegisterRow
from app.services.register_queries import RegisterQuery
from app.services.register_values import asset_value
from app.services.registering import CHANGED, change
from tests.data.imported import ALL, FILE, batch, importing, product, take
from tests.data.pairs import Service, append, is_sound, pull, push
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

Make = Callable[[str], LocalStore]
MAC, PAD, NEW = "C02XK0ABJGH5", "DMPXK0ABJF8J", "F2LXK0ABN735"
IMEI, OTHER, THIRD = "353328111111119", "353328222222225", "353328333333331"
MEID, EID = "35332811111111", "89049032000001000000012345678901"
LEAD = "person:maria"
BIG, SMALL = 0, 10
MARIA: dict[str, object] = {"id": "maria", "name": "Maria Lind", "badge": "1002", "role": "lead"}
UNTIL = date(2026, 11, 20)


@pytest.fixture
def homes(make_store: Make, tmp_path: Path) -> Make:
    """Benches with a home for each, as imports want it: one alone makes files in a home."""

    def make(name: str) -> LocalStore:
        (tmp_path / name).mkdir(exist_ok=True)
        return make_store(f"{name}/bench")

    return make


def asset(store: LocalStore, serial: str = MAC) -> Asset | None:
    with store.reading() as reader:
        found = reader.asset(serial)
    return found if found is not None and found.serial == serial else None


def products(store: LocalStore) -> list[Asset]:
    with store.reading() as reader:
        return list(reader.register(RegisterQuery(limit=100)).rows)


def removed(store: LocalStore, serial: str = MAC) -> None:
    with store.writing() as tx:
        change(tx, "assets", serial, None, LEAD)


def swapped(store: LocalStore, old: str = MAC, new: str = NEW, imei: str = "") -> None:
    """A whole unit was replaced: the old product goes, the new one knows what it was called."""
    with store.writing() as tx:
        before = tx.asset(old)
        assert before is not None
        names = (FormerIdentity(old, UNTIL, "R7"),)
        names += tuple(FormerIdentity(each, UNTIL, "R7") for each in before.imeis)
        after = replace(
            before, serial=new, imeis=(imei,) if imei else (), former=(*names, *before.former)
        )
        change(tx, "assets", old, None, LEAD)
        change(tx, "assets", new, asset_value(after), LEAD)


def rounds(service: Service, *stores: LocalStore) -> None:
    for store in (*stores, *stores):
        push(store, service)
        pull(store, service)


# ----------------------------------------------------------------------
# Taken out by hand
# ----------------------------------------------------------------------


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_file_that_still_has_it_does_not_bring_a_product_back(
    store: LocalStore, few: int
) -> None:
    store.load_registers([RegisterRow("people", "maria", MARIA)])
    rows = [product(MAC, row=2), product(PAD, row=3)]
    take(store, *rows, few=few)
    removed(store)
    run = importing(store, few=few)
    told = run.run(FILE, [batch([*rows, product(NEW, row=4)])], ALL)
    assert (told.read, told.accepted, told.unchanged, told.removed) == (3, 1, 1, 1)
    (row,) = run.left_out.removed
    assert (row.row, row.serial, row.by) == (2, MAC, "Maria Lind")
    with store.reading() as reader:
        (entry,) = reader.timeline(f"assets:{MAC}")
        (*_, last) = reader.timeline("assets:import")
    assert row.at == entry.recorded_at
    assert last.payload["removed"] == 1
    assert [one.serial for one in products(store)] == [PAD, NEW]
    assert is_sound(store)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_dry_run_tells_the_same_and_one_that_brings_back_says_so(
    store: LocalStore, few: int
) -> None:
    take(store, product(MAC), few=few)
    removed(store)
    told = take(store, product(MAC), few=few, dry=True)
    assert (told.accepted, told.removed) == (0, 1)
    told = take(store, product(MAC), few=few, dry=True, back=True)
    assert (told.accepted, told.removed) == (1, 0)
    assert asset(store) is None


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_new_bench_whose_own_import_still_has_it_leaves_it_out(homes: Make, few: int) -> None:
    service, one, new = Service(), homes("one"), homes("new")
    rows = [product(MAC), product(PAD)]
    take(one, *rows, few=few)
    removed(one)
    push(one, service)
    pull(new, service)
    told = take(new, *rows, few=few)
    assert (told.accepted, told.removed) == (1, 1)
    assert products(new) == products(one)
    assert is_sound(new)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_what_is_brought_back_is_back_at_every_bench(homes: Make, few: int) -> None:
    service = Service()
    one, two, new = (homes(name) for name in ("one", "two", "new"))
    rows = [product(MAC, holder="First"), product(PAD)]
    for store in (one, two):
        take(store, *rows, few=few)
    removed(one)
    rounds(service, one, two)
    assert asset(two) is None
    told = take(two, *rows, few=few, back=True)
    assert (told.accepted, told.unchanged, told.removed) == (1, 1, 0)
    rounds(service, one, two, new)
    told = take(new, *rows, few=few)
    assert (told.accepted, told.unchanged, told.removed) == (1, 1, 0)
    assert products(one) == products(two) == products(new)
    assert asset(new) is not None
    with two.reading() as reader:
        (_, back) = reader.timeline(f"assets:{MAC}")
    assert (back.actor, back.payload["was"]) == (FILE.actor, None)
    removed(one)  # again
    rounds(service, one, two, new)
    assert take(new, *rows, few=few).removed == 1


STEPS = ("push", "pull", "import")
"""The lead's word leaves the first bench; it reaches the second; that one imports the file."""


@pytest.mark.parametrize("few", [BIG, SMALL])
@pytest.mark.parametrize("order", list(permutations(STEPS)), ids="-".join)
@pytest.mark.parametrize("deed", [removed, swapped], ids=["removed", "swapped"])
def test_two_benches_end_alike_in_every_order(
    homes: Make, order: tuple[str, ...], few: int, deed: Callable[[LocalStore], None]
) -> None:
    service, one, two = Service(), homes("one"), homes("two")
    rows = [product(MAC, imeis=(IMEI,), holder="Anna"), product(PAD)]
    take(one, *rows, few=few)
    deed(one)
    steps = {
        "push": lambda: push(one, service),
        "pull": lambda: pull(two, service),
        "import": lambda: take(two, *rows, few=few),
    }
    for step in order:
        steps[step]()
    rounds(service, one, two)
    assert asset(two) is None
    assert products(one) == products(two)
    take(one, *rows, few=few)
    take(two, *rows, few=few)
    assert products(one) == products(two)
    assert is_sound(one)
    assert is_sound(two)


def test_a_row_that_came_down_after_it_holds_and_the_file_changes_it(store: LocalStore) -> None:
    service = Service()
    take(store, product(MAC))
    removed(store)
    push(store, service)
    service.put(RegisterRow("assets", MAC, {"serial": MAC, "holder": "Of the organisation"}))
    pull(store, service)
    told = take(store, product(MAC, holder="Of the file"))
    assert (told.updated, told.removed) == (1, 0)


def test_a_removal_that_the_service_rejected_keeps_nothing_out(store: LocalStore) -> None:
    service = Service(rejects=CHANGED)
    take(store, product(MAC))
    removed(store)
    push(store, service)
    removed_again = take(store, product(MAC))
    assert (removed_again.unchanged, removed_again.removed) == (1, 0)


def test_what_another_changes_of_it_at_the_same_time_does_not_bring_it_back(
    homes: Make,
) -> None:
    """Where no row is left to change, the change is kept apart, and the removal holds."""
    service, one, new = Service(), homes("one"), homes("new")
    take(one, product(MAC))
    removed(one)
    payload: dict[str, Json] = {"set": {"tag": "T2"}, "was": {"tag": ""}}
    append(one, Draft(CHANGED, f"assets:{MAC}", LEAD, payload))
    push(one, service)
    pull(new, service)
    assert take(new, product(MAC)).removed == 1
    assert asset(new) is None


@pytest.mark.parametrize("base", [True, False], ids=["over a base", "the first"])
@pytest.mark.parametrize("few", [BIG, SMALL])
def test_what_is_removed_while_an_import_runs_stays_away(
    homes: Make, few: int, *, base: bool
) -> None:
    store, other = homes("one"), homes("one")
    if base:
        take(store, product(MAC), product(PAD))
    told: list[str] = []

    def meanwhile(_: Progress) -> None:
        if not told:
            told.append("once")
            if not base:
                other.load_registers([RegisterRow("assets", MAC, {"serial": MAC})])
            removed(other)

    rows = [product(MAC, holder="Of the file"), product(PAD, holder="Of the file")]
    importing(store, few=few, tell=meanwhile).run(FILE, [batch(rows)], ALL)
    for each in (store, other):
        assert [one.serial for one in products(each)] == [PAD]
    assert take(store, *rows).removed == 1


def test_it_stays_away_when_the_register_goes_into_a_new_base(store: LocalStore) -> None:
    take(store, product(MAC), product(PAD))
    removed(store)
    compact(store.database, STORE_KEY, SteppingClock(), CountedIds(5), many=0)
    assert take(store, product(MAC), product(PAD)).removed == 1
    assert [one.serial for one in products(store)] == [PAD]


def test_of_many_rows_the_first_are_listed_and_all_counted(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.data.left_out.MOST", 1)
    assert MOST > 1
    take(store, product(MAC), product(PAD), product(NEW))
    for serial in (MAC, PAD):
        removed(store, serial)
    swapped(store, NEW, "SERNEW0001")
    run = importing(store)
    names = (MAC, PAD, NEW, "SERNEW0002")
    rows = [product(one, imeis=(NEW,) if one == "SERNEW0002" else ()) for one in names]
    told = run.run(FILE, [batch(rows)], ALL)
    assert (told.removed, told.former) == (2, 2)
    assert len(run.left_out.removed) == len(run.left_out.former) == 1
    assert run.left_out.removed[0].by == LEAD


# ----------------------------------------------------------------------
# What it was called before
# ----------------------------------------------------------------------


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_former_serial_makes_no_second_product_and_the_new_one_is_named(
    store: LocalStore, few: int
) -> None:
    take(store, product(MAC, imeis=(IMEI,), holder="Anna"), few=few)
    swapped(store, imei=OTHER)
    run = importing(store, few=few)
    rows = [
        product(MAC, row=2, imeis=(IMEI,), holder="Anna"),
        product(NEW, row=3, imeis=(OTHER,), holder="Bo"),
        product("SERUNKNOWN", row=4, imeis=(IMEI,)),
    ]
    told = run.run(FILE, [batch(rows)], ALL)
    assert (told.read, told.updated, told.former, told.removed) == (3, 1, 2, 0)
    assert run.left_out.former == (FormerRow(2, MAC, NEW, UNTIL), FormerRow(4, IMEI, NEW, UNTIL))
    (found,) = products(store)
    assert (found.serial, found.holder, found.imeis) == (NEW, "Bo", (OTHER,))
    assert [one.value for one in found.former] == [MAC, IMEI]
    told = take(store, *rows, few=few, back=True, dry=True)
    assert (told.former, told.unchanged, told.accepted) == (2, 1, 0)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_file_that_still_has_its_old_imei_gives_it_none_back(store: LocalStore, few: int) -> None:
    take(store, product(MAC, imeis=(IMEI, THIRD), meid=MEID, eid=EID, holder="Anna"), few=few)
    with store.writing() as tx:
        before = tx.asset(MAC)
        assert before is not None
        names = (FormerIdentity(IMEI, UNTIL), FormerIdentity(MEID, UNTIL), FormerIdentity(EID))
        after = replace(before, imeis=(OTHER, THIRD), meid="", eid=EID[::-1], former=names)
        change(tx, "assets", MAC, asset_value(after), LEAD)
    radios: dict[str, object] = {"imeis": (IMEI, THIRD), "meid": MEID, "eid": EID}
    rows = product(MAC, holder="Bo", **radios), product("SERUNKNOWN", eid=EID)
    told = take(store, *rows, few=few)
    assert (told.updated, told.former, told.accepted) == (1, 1, 0)
    found = asset(store)
    assert found is not None
    assert (found.holder, found.imeis, found.meid) == ("Bo", (OTHER, THIRD), "")
    assert found.eid == EID[::-1]


def test_a_new_bench_that_learns_of_the_swap_first_has_one_product(homes: Make) -> None:
    service, one, new = Service(), homes("one"), homes("new")
    old = [product(MAC, holder="Anna"), product(PAD)]
    take(one, *old)
    swapped(one)
    push(one, service)
    pull(new, service)
    newer = [*old, product(NEW, holder="Anna", tag="T1")]
    for store in (new, one):
        told = take(store, *newer)
        assert (told.former, told.removed) == (1, 0)
    assert products(new) == products(one)
    assert [one.serial for one in products(new)] == [PAD, NEW]


def test_a_number_that_another_product_was_removed_by_keeps_nobody_out(store: LocalStore) -> None:
    """Another maker's serial may be what is somebody's IMEI."""
    take(store, product(IMEI, maker="other"))
    removed(store, IMEI)
    told = take(store, product(MAC, imeis=(IMEI,)))
    assert (told.accepted, told.removed, told.former) == (1, 0, 0)


def test_a_former_serial_that_is_a_product_of_its_own_is_written_as_ever(store: LocalStore) -> None:
    take(store, product(MAC), product(PAD))
    row = {"serial": NEW, "former": [{"value": MAC}]}
    store.load_registers([RegisterRow("assets", NEW, dict[str, object](row))])
    told = take(store, product(MAC, holder="Bo"))
    assert (told.updated, told.former) == (1, 0)
