"""The register by number, in an order, and searched: the same as a list of products would say."""

import random
from collections.abc import Callable
from itertools import product as product_of
from typing import Final

import pytest

from app.data import register_search
from app.data.base.tables import PLACE
from app.data.store import LocalStore
from app.domain.products import Asset, Family, Ownership
from app.services.ports import RegisterRow
from app.services.register_queries import Listing, Place, RegisterPage, RegisterQuery, SortBy
from tests.data.imported import product, take

MODELS: Final = ("MacBook Air", "macbook pro", "iPad 10", "iPhone 15", "Äldre Mac", "")
FAMILIES: Final = ("mac", "mac", "ipad", "iphone", None, "mac")
NAMES: Final = ("Anna Berg", "björn Öberg", "Cecilia", "", 'Eva "x" 100%_')


def register(store: LocalStore, query: RegisterQuery) -> RegisterPage:
    with store.reading() as reader:
        return reader.register(query)


def found(store: LocalStore, text: str, family: Family | None = None) -> list[str]:
    return [one.serial for one in register(store, RegisterQuery(text, family)).rows]


@pytest.fixture(params=["over", "base", "both"])
def layered(request: pytest.FixtureRequest, store: LocalStore) -> tuple[LocalStore, list[Asset]]:
    """Some hundred products in either layer or in both, and the same as a list."""
    chance = random.Random(4711)  # noqa: S311 - the same register in every run
    serials = sorted({"".join(chance.choices("ABC123XYZ", k=8)) for _ in range(3 * PLACE)})

    def row(serial: str, turn: int) -> dict[str, object]:
        kind = chance.randrange(len(MODELS))
        return {
            "model": MODELS[kind],
            "family": FAMILIES[kind],
            "ownership": chance.choice(["owned", "leased", "unknown"]),
            "holder": chance.choice(NAMES),
            "tag": f"nvk-{turn}",
            "department": chance.choice(["IT", "it", "Skola"]),
        }

    rows = {serial: row(serial, turn) for turn, serial in enumerate(serials)}
    if request.param != "over":
        take(store, *(product(serial, **fields) for serial, fields in rows.items()))
    over = serials if request.param == "over" else []
    if request.param == "both":
        over = [*chance.sample(serials, 60), "000NEW01", "MIDDLE01", "ZZZZNEW1"]
        rows |= {serial: row(serial, 9000 + turn) for turn, serial in enumerate(over)}
    for serial in over:
        store.load_registers([RegisterRow("assets", serial, {"serial": serial, **rows[serial]})])
    gone = set(chance.sample(serials, 40)) if request.param == "both" else set[str]()
    for serial in gone:
        store.load_registers([RegisterRow("assets", serial, None)])
    with store.reading() as reader:
        kept = [reader.asset(serial) for serial in sorted(rows.keys() - gone)]
    return store, [one for one in kept if one is not None]


def test_every_product_has_one_number(layered: tuple[LocalStore, list[Asset]]) -> None:
    store, products = layered
    for family in (None, Family.MAC, Family.IPHONE, Family.IPOD):
        wanted = [one for one in products if family in {None, one.family}]
        listed: list[Asset] = []
        for first in range(0, len(wanted) + 100, 100):
            page = register(store, RegisterQuery("", family, first, 100))
            assert page.total == len(wanted)
            listed.extend(page.rows)
        assert listed == wanted
        for first in (0, 1, PLACE - 1, PLACE, PLACE + 1, max(0, len(wanted) - 1)):
            page = register(store, RegisterQuery("", family, first, 3))
            assert list(page.rows) == wanted[first : first + 3]


def column(one: Asset, sort: SortBy) -> str:
    value = getattr(one, sort.value)
    return value.value if isinstance(value, Family) else value or ""


def order(sort: SortBy) -> Callable[[Asset], tuple[str, str]]:
    def key(one: Asset) -> tuple[str, str]:
        value = column(one, sort)
        folds = sort not in {SortBy.SERIAL, SortBy.FAMILY}
        letters = (letter.lower() if letter.isascii() and folds else letter for letter in value)
        return "".join(letters), one.serial

    return key


def test_a_listing_goes_on_behind_any_product(layered: tuple[LocalStore, list[Asset]]) -> None:
    store, products = layered
    narrowed = ((None, None), (Family.MAC, None), (Family.MAC, Ownership.LEASED))
    for sort, descending, (family, ownership) in product_of(SortBy, (False, True), narrowed):
        fits = (
            one
            for one in products
            if family in {None, one.family} and ownership in {None, one.ownership}
        )
        wanted = sorted(fits, key=order(sort), reverse=descending)
        listed: list[Asset] = []
        after: Place | None = None
        with store.reading() as reader:
            while page := reader.listing(Listing(sort, descending, family, ownership, after, 97)):
                listed.extend(page)
                after = Place(column(page[-1], sort), page[-1].serial)
        assert listed == wanted, (sort, descending, family)


def test_a_search_finds_what_has_the_text_somewhere(
    layered: tuple[LocalStore, list[Asset]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, products = layered
    monkeypatch.setattr(register_search, "MOST", 10_000)
    monkeypatch.setattr(register_search, "LOOKED_AT", 10_000)
    for text in (
        "abc",
        "C12",
        "NVK-1",
        "nvk-77",
        "öberg",
        "a b",
        "book",
        "skola",
        '"x" 100%_',
        "äldre",
    ):
        for family in (None, Family.MAC):
            texts = text.lower()
            wanted = [
                one.serial
                for one in products
                if family in {None, one.family}
                and any(
                    texts in each.lower()
                    for each in (one.serial, one.model, one.holder, one.tag, one.department)
                )
            ]
            page = register(store, RegisterQuery(text, family, limit=10_000))
            assert sorted(one.serial for one in page.rows) == wanted, text
            assert (page.total, page.is_cut) == (len(wanted), False)


def test_what_begins_with_the_text_comes_first(store: LocalStore) -> None:
    take(store, product("ZZABC123"), product("QQQQQQQ1", holder="abc"), product("ABC12345"))
    store.load_registers([RegisterRow("assets", "YYABC123", {"serial": "YYABC123"})])
    assert found(store, "abc") == ["ABC12345", "YYABC123", "ZZABC123", "QQQQQQQ1"]
    assert found(store, "abc", Family.MAC) == []


def test_a_short_text_is_looked_for_at_the_beginnings(store: LocalStore) -> None:
    take(
        store,
        product("QQQQQQQ1", holder="Xan"),
        product("QQQQQQQ2", holder="anna"),
        product("AN345678"),
    )
    store.load_registers([RegisterRow("assets", "OVER1234", {"serial": "OVER1234", "tag": "AN-1"})])
    assert found(store, "an") == ["AN345678", "OVER1234", "QQQQQQQ2"]
    assert found(store, " ") == ["AN345678", "OVER1234", "QQQQQQQ1", "QQQQQQQ2"]


def test_an_identifier_that_is_no_text_of_the_row_is_found_whole(store: LocalStore) -> None:
    take(store, product("QQQQQQQ1", family="iphone", imeis=("354178036859789",)))
    assert found(store, "354178036859789") == ["QQQQQQQ1"]
    assert found(store, "354178036859789", Family.MAC) == []


def test_a_text_that_is_too_common_is_cut_and_says_so(store: LocalStore) -> None:
    most = register_search.MOST
    take(store, *(product(f"SER{number:05}", model="iPad") for number in range(most + 50)))
    page = register(store, RegisterQuery("ipad", first=most - 5))
    assert (len(page.rows), page.total, page.is_cut) == (5, most, True)
    assert register(store, RegisterQuery("SER0000")).is_cut is False
    assert register(store, RegisterQuery("S")).is_cut is True


@pytest.mark.parametrize(
    "text", ['"', "''", "a* OR", "NEAR(", "-- x", "\x00\x01\ud800x", "x" * 5000]
)
def test_no_text_is_taken_for_a_command_of_the_index(store: LocalStore, text: str) -> None:
    take(store, product("QQQQQQQ1", holder="anna"))
    assert found(store, text) == []
