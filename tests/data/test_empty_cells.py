"""An empty cell says nothing of a product that is known, unless the mapping says that it does."""

from collections.abc import Callable
from dataclasses import replace
from itertools import count
from itertools import product as every
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.imports import CoverageRow, MappingError, ProductRow, fit, mapping_named, presets
from app.data.imports.mapping_files import mapping_of, written
from app.data.imports.product_row import EMPTY
from app.data.store import LocalStore
from app.domain.products import Asset, Family
from tests.data.imported import product, take
from tests.data.imports.files import TODAY, csv_file, opened

Make = Callable[..., LocalStore]
MAC, OTHER = "C02XK0ABJGH5", "DMPXK0ABJF8J"
IMEIS = ("354178036859789", "490154203237518", "357986584975634", "357986584975642")
COVERED = CoverageRow("apple", "LI", "2026-01-01", None, "GSX", "2026-10-01", "active")
WHOLE = product(
    MAC,
    model="iPhone 15",
    family="iphone",
    ownership="owned",
    tag="T1",
    holder="Anna",
    lessor="Banken",
    leased_until="2027-01-01",
    proof="order 7",
    product_type="iPhone16,1",
    part_number="MTUX3KS/A",
    configuration="256",
    meid="A000003B2E7B22",
    eid="89049032000000000000000000000001",
    department="IT",
    order="7",
    bought_on="2026-01-01",
    seller="Butiken",
    document="F1",
    source="list",
    find_my="off",
    imeis=IMEIS[:2],
    coverages=(COVERED,),
)
BIG, SMALL = 0, 10
MOST = frozenset(ProductRow._fields) - {"row", "serial"}


def asset(store: LocalStore, serial: str = MAC) -> Asset:
    with store.reading() as reader:
        found = reader.asset(serial)
    assert found is not None
    return found


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_row_of_empty_cells_changes_nothing(store: LocalStore, few: int) -> None:
    take(store, WHOLE, few=few)
    before = asset(store)
    told = take(store, product(MAC, maker=""), few=few)
    assert (told.unchanged, told.changes) == (1, 0)
    told = take(store, product(MAC, maker=""), product(OTHER), few=few)
    assert (told.unchanged, told.accepted) == (1, 1)
    assert asset(store) == before


@pytest.mark.parametrize("few", [BIG, SMALL])
@pytest.mark.parametrize("field", sorted(MOST - {"maker", "family"}))
def test_an_empty_cell_takes_away_what_the_mapping_says_that_it_does(
    store: LocalStore, few: int, field: str
) -> None:
    take(store, WHOLE, few=few)
    take(store, product(MAC, maker=""), clears={field}, few=few)
    bare = asset(store)
    take(store, WHOLE._replace(**{field: getattr(EMPTY, field)}, serial=OTHER), few=few)
    assert bare == replace(asset(store, OTHER), serial=MAC)


@pytest.mark.parametrize("few", [BIG, SMALL])
def test_a_model_of_no_family_takes_the_family_away(store: LocalStore, few: int) -> None:
    take(store, WHOLE, few=few)
    take(store, product(MAC, model=""), fields={"model", "family"}, few=few)
    assert asset(store).family is Family.IPHONE
    take(store, product(MAC, model="Latitude"), fields={"model", "family"}, few=few)
    assert asset(store).family is None


@pytest.mark.parametrize("few", [BIG, SMALL])
@pytest.mark.parametrize(
    ("known", "told", "then"),
    [
        (IMEIS[:2], IMEIS[:1], IMEIS[:2]),
        (IMEIS[:2], IMEIS[1:2], IMEIS[:2]),
        (IMEIS[:2], (), IMEIS[:2]),
        (IMEIS[:1], IMEIS[:2], IMEIS[:2]),
        (IMEIS[:2], IMEIS[2:3], IMEIS[2:3]),
        (IMEIS[:2], IMEIS[1:3], IMEIS[1:3]),
        (IMEIS[:3], IMEIS[:2], IMEIS[:3]),
        (IMEIS[:3], (*IMEIS[:2], IMEIS[3]), (*IMEIS[:2], IMEIS[3])),
    ],
)
def test_fewer_of_the_same_imeis_say_nothing_new(
    store: LocalStore,
    few: int,
    known: tuple[str, ...],
    told: tuple[str, ...],
    then: tuple[str, ...],
) -> None:
    take(store, product(MAC, imeis=known), few=few)
    counts = take(store, product(MAC, imeis=told), fields={"imeis"}, few=few)
    assert asset(store).imeis == then
    assert counts.updated == (known != then)


TURNS = count()
CELLS = st.fixed_dictionaries(
    {
        "model": st.sampled_from(["", "iPhone 15", "Latitude"]),
        "family": st.sampled_from([None, "iphone"]),
        "ownership": st.sampled_from(["unknown", "owned", "leased"]),
        "maker": st.sampled_from(["", "apple"]),
        "holder": st.sampled_from(["", "Anna", "Bo"]),
        "leased_until": st.sampled_from([None, "2027-01-01"]),
        "find_my": st.sampled_from(["unknown", "on"]),
        "imeis": st.sampled_from([(), IMEIS[:1], IMEIS[1:2], IMEIS[:2], IMEIS[:3], IMEIS[1:]]),
        "coverages": st.sampled_from([(), (COVERED,)]),
    }
)
FIELDS = st.frozensets(st.sampled_from(sorted(MOST)), min_size=1)


@given(known=CELLS, told=CELLS, fields=FIELDS, clears=FIELDS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_new_base_and_a_row_over_the_old_one_say_the_same(
    make_store: Make,
    known: dict[str, object],
    told: dict[str, object],
    fields: frozenset[str],
    clears: frozenset[str],
) -> None:
    turn = next(TURNS)
    found: list[tuple[Asset, object]] = []
    for before, few in every((BIG, SMALL), (BIG, SMALL)):
        store = make_store(f"b{turn}-{before}-{few}")
        take(store, product(MAC, **known), few=before)
        counts = take(store, product(MAC, **told), fields=fields, clears=clears, few=few)
        found.append((asset(store), counts))
        store.close()
    assert found == [found[0]] * 4


def test_what_a_mapping_clears_is_of_the_fields_that_the_file_has(tmp_path: Path) -> None:
    content: dict[str, object] = {
        "clears": ["holder", "imei2", "coverage_ends", "tag"],
        "fields": {each: [each] for each in ("serial", "holder", "imei", "coverage_kind", "model")},
    }
    mapping = mapping_of("mine", content)
    file = csv_file(tmp_path / "a", ("serial", "holder", "imei", "coverage_kind", "model"), ("X",))
    fitted = fit(opened(file), mapping, TODAY)
    assert fitted.clears == {"holder", "imeis", "coverages"}
    assert 'clears = ["holder", "imei2", "coverage_ends", "tag"]' in written(mapping)


def test_a_mapping_clears_fields_alone() -> None:
    with pytest.raises(MappingError) as caught:
        mapping_of("mine", {"clears": ["phone"], "fields": {"serial": ["S"]}})
    assert (caught.value.code, caught.value.field) == ("unknown_field", "clears: phone")


def test_systems_that_say_who_has_a_device_take_a_holder_away() -> None:
    clearing = {each.name for each in presets() if "holder" in each.clears}
    assert clearing == {"intune", "jamf-pro", "snipe-it"}
    assert mapping_named(None, "plain").clears == ()
