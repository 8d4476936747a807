"""An import and what people changed by hand: what waits to be sent does not come back over a file.

Two leads at two benches who change the same product end with the same product, in whatever order
the benches and a third one learn of it.
"""

from collections.abc import Callable
from itertools import permutations

import pytest

from app.data.store import LocalStore
from app.domain.journal import Draft, Entry
from app.domain.products import Asset
from app.services.ports import RegisterRow
from app.services.register_clashes import Lost, lost_changes
from app.services.register_values import asset_value
from app.services.registering import CHANGED, change
from tests.data.imported import FILE, batch, importing, product, take
from tests.data.pairs import Service, append, is_sound, pull, push, timeline

Make = Callable[..., LocalStore]
MAC, PAD = "C02XK0ABJGH5", "DMPXK0ABJF8J"
LEAD = "person:maria"
BIG, SMALL = 0, 10
"""Few changes go over the base, more make a new one."""


def asset(store: LocalStore, serial: str = MAC) -> Asset | None:
    with store.reading() as reader:
        return reader.asset(serial)


def holder(store: LocalStore, serial: str = MAC) -> str | None:
    found = asset(store, serial)
    return None if found is None else found.holder


def edited(store: LocalStore, serial: str = MAC, **fields: str | None) -> Entry | None:
    """A lead's change by hand; without fields the product is taken away."""
    with store.writing() as tx:
        found = tx.asset(serial)
        assert found is not None
        after = {**asset_value(found), **fields} if fields else None
        return change(tx, "assets", serial, after, LEAD)


def came_down(service: Service, serial: str = MAC, **fields: object) -> None:
    service.put(RegisterRow("assets", serial, {"serial": serial, **fields}))


def changes(store: LocalStore, serial: str = MAC) -> list[object]:
    told = timeline(store, f"assets:{serial}")
    return [entry.payload["set"] for entry in told if entry.kind == CHANGED]


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_change_that_waits_does_not_come_back_over_an_import_with_anothers_change(
    make_store: Make, few: int
) -> None:
    service = Service()
    one, two = make_store("one"), make_store("two")
    came_down(service, holder="First", tag="T1")
    pull(one, service)
    pull(two, service)
    edited(one, holder="By hand")
    take(one, product(MAC, holder="Of the file"), fields={"holder"}, few=few)
    edited(two, tag="T2")
    push(two, service)
    pull(one, service)
    found = asset(one)
    assert found is not None
    assert (found.holder, found.tag) == ("Of the file", "T2")
    push(one, service)
    pull(two, service)
    assert asset(one) == asset(two)
    assert is_sound(one)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_change_that_waits_does_not_come_back_over_an_import_with_a_row(
    make_store: Make, few: int
) -> None:
    service = Service()
    one, two = make_store("one"), make_store("two")
    came_down(service, holder="First")
    pull(one, service)
    edited(one, holder="By hand")
    take(one, product(MAC, holder="Of the file"), fields={"holder"}, few=few)
    came_down(service, holder="Second", tag="T2")
    pull(one, service)
    found = asset(one)
    assert found is not None
    assert (found.holder, found.tag) == ("Of the file", "T2")
    push(one, service)
    pull(two, service)
    assert asset(one) == asset(two)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_change_that_is_numbered_beyond_the_cursor_does_not_come_back_either(
    make_store: Make, few: int
) -> None:
    service = Service()
    one, two = make_store("one"), make_store("two")
    came_down(service, holder="First")
    pull(one, service)
    pull(two, service)
    edited(two, tag="T2")
    push(two, service)
    edited(one, holder="By hand")
    push(one, service)  # numbered after what was not pulled yet
    take(one, product(MAC, holder="Of the file"), fields={"holder"}, few=few)
    pull(one, service)
    assert holder(one) == "Of the file"
    push(one, service)
    pull(two, service)
    assert asset(one) == asset(two)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_what_a_file_changes_of_it_is_an_entry_and_nothing_else_is(
    store: LocalStore, few: int
) -> None:
    take(store, product(MAC, holder="First", tag="T1"), product(PAD, holder="First"), few=few)
    edited(store, holder="By hand")
    take(
        store,
        product(MAC, holder="Of the file", tag="T1"),
        product(PAD, holder="Of the file"),
        fields={"holder", "tag"},
        few=few,
    )
    entries = timeline(store, f"assets:{MAC}")
    assert [entry.payload for entry in entries] == [
        {"set": {"holder": "By hand"}, "was": {"holder": "First"}},
        {"set": {"holder": "Of the file"}, "was": {"holder": "By hand"}},
    ]
    assert entries[-1].actor == "person:anna"
    assert changes(store, PAD) == []
    assert (holder(store), holder(store, PAD)) == ("Of the file", "Of the file")


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_file_that_says_the_same_as_the_change_writes_no_entry(
    store: LocalStore, few: int
) -> None:
    take(store, product(MAC, holder="First"), product(PAD, holder="First"), few=few)
    edited(store, holder="By hand")
    rows = product(MAC, holder="By hand"), product(PAD, holder="Of the file")
    take(store, *rows, fields={"holder"}, few=few)
    assert changes(store) == [{"holder": "By hand"}]
    assert (holder(store), holder(store, PAD)) == ("By hand", "Of the file")


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_change_that_is_settled_needs_no_entry(store: LocalStore, few: int) -> None:
    service = Service()
    came_down(service, holder="First")
    pull(store, service)
    edited(store, holder="By hand")
    push(store, service)
    pull(store, service)
    take(store, product(MAC, holder="Of the file"), fields={"holder"}, few=few)
    assert changes(store) == [{"holder": "By hand"}]
    came_down(service, PAD, holder="Another product")
    pull(store, service)
    assert holder(store) == "Of the file"


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_product_that_was_taken_away_is_brought_back_everywhere_where_that_is_asked_for(
    make_store: Make, few: int
) -> None:
    service = Service()
    one, two = make_store("one"), make_store("two")
    came_down(service, holder="First")
    pull(one, service)
    pull(two, service)
    edited(one)
    assert asset(one) is None
    take(one, product(MAC, holder="Of the file"), few=few, back=True)
    edited(two, tag="T2")
    for store in (two, one, two, one):
        push(store, service)
        pull(store, service)
    assert holder(one) == "Of the file"
    assert asset(one) == asset(two)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_new_bench_that_imports_the_same_file_has_what_was_changed_by_hand(
    make_store: Make, few: int
) -> None:
    """The changes come down before there is a row to change."""
    service = Service()
    one, two = make_store("one"), make_store("two")
    rows = [product(MAC, holder="First", model="Air"), product(PAD, holder="First", tag="T1")]
    for store in (one, two):
        take(store, *rows, few=few)
    edited(one, holder="By hand")
    edited(one, PAD, tag="T2")
    push(one, service)
    pull(two, service)
    edited(two, holder="By hand again", department="IT")
    push(two, service)
    pull(one, service)
    new = make_store("new")
    pull(new, service)
    assert asset(new) is None
    assert [misfit.key for misfit in new.misfits()] == [MAC, PAD]
    take(new, *rows, product("SER0000001"), few=few)
    for serial in (MAC, PAD):
        assert asset(new, serial) == asset(one, serial) == asset(two, serial)
    assert holder(new) == "By hand again"
    assert is_sound(new)
    assert new.pending(1)[0].kind == "register.imported"


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_newer_file_holds_over_changes_that_were_made_of_an_older_one(
    make_store: Make, few: int
) -> None:
    service = Service()
    one, new = make_store("one"), make_store("new")
    take(one, product(MAC, holder="First", tag="T1"), few=few)
    edited(one, holder="By hand", tag="T2")
    append(one, Draft(CHANGED, f"assets:{MAC}", LEAD, {"set": ["nonsense"]}))
    push(one, service)
    pull(new, service)
    take(new, product(MAC, holder="Second", tag="T1"), few=few)
    found = asset(new)
    assert found is not None
    assert (found.holder, found.tag) == ("Second", "T2")
    assert new.misfits() == ()


def test_what_was_changed_while_an_import_ran_gets_what_the_file_says(make_store: Make) -> None:
    """A change between the first look and the last step lies over the new base, and loses."""
    store = make_store()
    other = make_store()  # the same bench, opened by another program
    take(store, product(MAC, holder="First"), product(PAD, holder="First"))
    told: list[str] = []

    def meanwhile(_: object) -> None:
        if not told:
            told.append("once")
            edited(other, holder="Meanwhile")

    rows = [product(MAC, holder="Of the file"), product(PAD, holder="Of the file")]
    run = importing(store, tell=meanwhile)
    run.run(FILE, [batch(rows)], frozenset({"holder"}))
    assert holder(store) == "Of the file"
    assert changes(store) == [{"holder": "Meanwhile"}, {"holder": "Of the file"}]


# ----------------------------------------------------------------------
# Two leads, one product
# ----------------------------------------------------------------------

ORDERS = list(permutations(("push one", "push two", "pull one", "pull two", "pull three")))
"""Every order in which two benches send and three learn, each once; then all do both."""


@pytest.mark.parametrize(
    ("one_says", "two_says"),
    [
        ({"holder": "One"}, {"holder": "Two"}),
        ({"holder": "One", "tag": "T1"}, {"holder": "Two", "department": "IT"}),
        ({}, {"holder": "Two"}),
        ({"holder": "One"}, {}),
        ({}, {}),
    ],
    ids=["one field", "some fields", "taken away first", "taken away last", "both take it away"],
)
def test_three_benches_end_with_the_same_product_in_every_order(
    make_store: Make, one_says: dict[str, str], two_says: dict[str, str]
) -> None:
    service = Service()
    stores = {name: make_store(name) for name in ("one", "two", "three")}
    for number, order in enumerate(ORDERS):
        serial = f"SER{number:07}"
        came_down(service, serial, holder="First", model="Air")
        for store in stores.values():
            pull(store, service)
        edited(stores["one"], serial, **one_says)
        edited(stores["two"], serial, **two_says)
        for step in order:
            what, name = step.split()
            (push if what == "push" else pull)(stores[name], service)
        for store in (*stores.values(), *stores.values()):
            push(store, service)
            pull(store, service)
        found = [asset(store, serial) for store in stores.values()]
        assert found[0] == found[1] == found[2], order
        assert [len(changes(store, serial)) for store in stores.values()] == [2, 2, 2], order
    for store in stores.values():
        assert store.verify().verified
        assert store.rebuild().equal


def test_the_one_that_lost_is_told_at_every_bench(make_store: Make) -> None:
    service = Service()
    stores = [make_store(name) for name in ("one", "two", "three")]
    came_down(service, holder="First", tag="T1")
    for store in stores:
        pull(store, service)
    edited(stores[0], holder="One", tag="T2")
    edited(stores[1], holder="Two")
    for store in (*stores, *stores):
        push(store, service)
        pull(store, service)
    for store in stores:
        found = asset(store)
        assert found is not None
        assert (found.holder, found.tag) == ("Two", "T2")
        told = timeline(store, f"assets:{MAC}")
        (lost,) = lost_changes(told, asset_value(found)).items()
        assert lost == (told[0].id, Lost(("holder",), told[1]))
