"""A register that came by sync goes into a base by itself: the same products, found as before."""

from collections.abc import Callable
from threading import Event

import pytest

from app.data.base import swapping
from app.data.base.attaching import files
from app.data.base.turns import alone
from app.data.compacting import compact, is_due
from app.data.products import revision
from app.data.store import LocalStore
from app.domain.installed_base import InstalledBase
from app.domain.products import Asset
from app.services.importing import ImportCancelledError
from app.services.ports import RegisterRow, StoreFaultError
from app.services.register_queries import RegisterQuery
from tests.data.imported import product, take
from tests.data.pairs import Service, pull
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

Make = Callable[..., LocalStore]
MANY = 30
IDS = CountedIds(lane=9)
SERIALS = [f"SER{number:07}" for number in range(40)]


def compacted(
    store: LocalStore, *, many: int = MANY, stopped: Callable[[], bool] = lambda: False
) -> int:
    clock = SteppingClock()
    return compact(store.database, STORE_KEY, clock, IDS, stopped=stopped, many=many)


def came_down(store: LocalStore, service: Service) -> None:
    for number, serial in enumerate(SERIALS):
        value: dict[str, object] = {
            "serial": serial,
            "model": "iPhone 15",
            "family": "iphone",
            "maker": "apple",
            "holder": f"Holder {number}",
            "imeis": [f"{number:015}"],
            "coverages": [{"issuer": "apple", "kind": "LI"}],
            "former": [{"value": f"OLD{number:07}"}],
        }
        service.put(RegisterRow("assets", serial, value))
    service.put(RegisterRow("assets", SERIALS[0], None))
    pull(store, service)


def told(
    store: LocalStore,
) -> tuple[list[Asset], list[Asset], list[Asset | None], InstalledBase, list[int | None]]:
    """What the register says when it is asked in every way."""
    names = [*SERIALS, f"{7:015}", "OLD0000008"]
    with store.reading() as reader:
        rows = list(reader.register(RegisterQuery(limit=100)).rows)
        found = list(reader.register(RegisterQuery("holder 1", limit=100)).rows)
        alone_ = [reader.asset(name) for name in names]
        base = reader.installed_base()
    with store.database.reading() as connection:
        revisions = [revision(connection, serial) for serial in SERIALS]
    return rows, found, alone_, base, revisions


def over(store: LocalStore) -> int:
    """Rows beside the base, dead ones too."""
    with store.database.reading() as connection:
        (row,) = connection.execute("SELECT count(*) FROM assets").fetchall()
    return row[0]


def test_the_same_products_are_found_in_a_base_as_before(store: LocalStore) -> None:
    came_down(store, Service())
    before = told(store)
    assert len(before[0]) == 39
    assert is_due(store.database, MANY)
    assert compacted(store) == 39
    assert told(store) == before
    assert over(store) == 1  # the tombstone, for its revision
    assert len(list(files(store.path.parent))) == 1
    assert not is_due(store.database, MANY)
    assert store.verify().verified


def test_few_rows_stay_where_they_are(store: LocalStore) -> None:
    came_down(store, Service())
    before = told(store)
    assert not store.is_to_compact()
    assert store.compact() == 0
    assert told(store) == before
    assert over(store) == 40
    assert list(files(store.path.parent)) == []


def test_what_comes_down_later_lies_over_the_base_and_goes_into_the_next(store: LocalStore) -> None:
    service = Service()
    take(store, product("IMPORTED01", holder="Of a file"), product(SERIALS[5], holder="Of a file"))
    came_down(store, service)
    assert compacted(store) == 40
    row = {"serial": SERIALS[5], "holder": "Later"}
    service.put(RegisterRow("assets", SERIALS[5], dict[str, object](row)))
    service.put(RegisterRow("assets", SERIALS[6], None))
    pull(store, service)
    before = told(store)
    assert compacted(store, many=1) == 39
    assert told(store) == before
    with store.reading() as reader:
        holders = {one.serial: one.holder for one in reader.register(RegisterQuery()).rows}
    assert holders[SERIALS[5]] == "Later"
    assert holders["IMPORTED01"] == "Of a file"
    assert SERIALS[6] not in holders


def test_what_is_written_meanwhile_stays_over_the_new_base(make_store: Make) -> None:
    store, other, service = make_store(), make_store(), Service()
    came_down(store, service)
    looks: list[int] = []

    def meanwhile() -> bool:
        looks.append(1)
        if len(looks) == 4:  # after the rows were copied
            row: dict[str, object] = {"serial": SERIALS[3], "holder": "Meanwhile"}
            other.load_registers([RegisterRow("assets", SERIALS[3], row)])
        return False

    assert compacted(store, stopped=meanwhile) == 39
    assert len(looks) >= 4
    with store.reading() as reader:
        found = reader.asset(SERIALS[3])
        assert found is not None
        assert found.holder == "Meanwhile"
        assert reader.register(RegisterQuery()).total == 39
    assert told(store) == told(other)


@pytest.mark.parametrize("look", range(1, 12))
def test_one_that_is_ended_leaves_the_register_as_it_was(store: LocalStore, look: int) -> None:
    came_down(store, Service())
    before, looks = told(store), list[int]()

    def stopped() -> bool:
        looks.append(1)
        return len(looks) >= look

    with pytest.raises(ImportCancelledError):
        compacted(store, stopped=stopped)
    assert told(store) == before
    assert list(files(store.path.parent)) == []
    assert compacted(store) == 39
    assert told(store) == before


def test_rows_that_a_run_left_over_their_base_are_taken_out_by_the_next(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    came_down(store, Service())
    before = told(store)

    def killed(self: Event, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(swapping, "_AT_ONCE", 10)
        patch.setattr(Event, "wait", killed)
        with pytest.raises(KeyboardInterrupt):
            compacted(store)
    assert over(store) == 30
    assert told(store) == before
    assert is_due(store.database, MANY)
    assert compacted(store) == 0
    assert over(store) == 1
    assert told(store) == before


def test_one_runs_at_a_time_and_none_with_an_import(store: LocalStore) -> None:
    came_down(store, Service())
    with alone(store.path.parent), pytest.raises(StoreFaultError) as caught:
        compacted(store)
    assert caught.value.code == "import_running"


def test_a_damaged_base_is_left_as_it_is(make_store: Make) -> None:
    store = make_store()
    take(store, product("IMPORTED01"), product("IMPORTED02"))
    came_down(store, Service())
    store.close()
    (path,) = files(store.path.parent)
    path.write_bytes(path.read_bytes()[: 4096 * 2])
    store = make_store()
    assert store.register_fault is not None
    assert compacted(store) == 0
    assert list(files(store.path.parent)) == [path]
