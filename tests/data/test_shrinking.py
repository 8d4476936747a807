"""A database hands free pages back to the disk, a few at a time, and loses nothing by it."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from app.data import shrinking, tables
from app.data.compacting import is_due
from app.data.engine import PAGE, Database
from app.data.migrating import upgrade
from app.data.opening import open_store
from app.data.shrinking import WORTH, can_shrink, give_back, is_worth_it, make_shrinkable
from app.data.store import LocalStore
from tests.data.pairs import append, is_sound, note, opened, timeline
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

Make = Callable[..., LocalStore]
PAGES: Final = WORTH + 200


def use_and_leave(database: Database, pages: int = PAGES) -> None:
    """Write so many pages, and let go of them."""
    with database.writing() as connection:
        connection.execute("CREATE TABLE scratch (a)")
        for _ in range(pages):
            connection.execute("INSERT INTO scratch VALUES (zeroblob(?))", (PAGE - 200,))
        connection.execute("DROP TABLE scratch")


def asked(database: Database, name: str) -> int:
    with database.reading() as connection:
        return (connection.execute(f"PRAGMA {name}").fetchone() or (0,))[0]


def test_free_pages_are_given_back_and_the_file_is_smaller(store: LocalStore) -> None:
    append(store, opened(), note("Before"))
    use_and_leave(store.database)
    append(store, note("After"))
    before, told = asked(store.database, "page_count"), timeline(store)
    assert is_due(store.database)
    assert store.compact() == 0  # no new file of the register
    assert asked(store.database, "freelist_count") == 0
    assert asked(store.database, "page_count") < before - WORTH
    assert store.path.stat().st_size == asked(store.database, "page_count") * PAGE
    assert timeline(store) == told
    assert is_sound(store)
    assert not is_due(store.database)


def test_few_free_pages_stay_for_what_comes_next(store: LocalStore) -> None:
    use_and_leave(store.database, WORTH // 2)
    pages = asked(store.database, "page_count")
    with store.database.reading() as connection:
        assert not is_worth_it(connection)
    assert give_back(store.database, lambda: False) == 0
    assert asked(store.database, "page_count") == pages


def test_scans_come_in_between_the_steps(make_store: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """No step holds the writer's place longer than for a few pages."""
    store, bench = make_store(), make_store()
    append(bench, opened())
    use_and_leave(store.database)
    monkeypatch.setattr(shrinking, "_PAUSE_SECONDS", 0)
    sizes: list[int] = []

    def looked() -> bool:
        append(bench, note("Meanwhile"))
        sizes.append(asked(store.database, "freelist_count"))
        return False

    assert give_back(store.database, looked) >= WORTH
    steps = [before - after for before, after in pairwise(sizes)]
    assert len(timeline(bench)) == 1 + len(sizes)
    assert max(steps) <= 25
    assert is_sound(bench)


def test_one_that_is_stopped_goes_on_another_time(store: LocalStore) -> None:
    use_and_leave(store.database)
    before, looks = asked(store.database, "freelist_count"), list[int]()

    def stopped() -> bool:
        looks.append(1)
        return len(looks) > 3

    given = give_back(store.database, stopped)
    assert 0 < given < before
    assert asked(store.database, "freelist_count") == before - given
    assert give_back(store.database, lambda: False, worth=1) > 0
    assert asked(store.database, "freelist_count") == 0


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A database as releases before made it, at their schema: it keeps every page."""
    path = tmp_path / "older.db"
    database = Database(path, STORE_KEY, create=True)
    database.bare.execute("PRAGMA auto_vacuum = NONE")
    database.bare.execute("VACUUM")
    alchemy = database.alchemy
    with database.writing():
        tables.schema_version.create(alchemy)
    with database.writing() as connection:
        upgrade(alchemy, "0002")
        for said in (
            "INSERT INTO assets (serial, model) VALUES ('C02XK1XXJG5H', 'MacBook')",
            "INSERT INTO asset_identifiers VALUES ('C02XK1XXJG5H', 0, 'C02XK1XXJG5H', 0)",
        ):
            connection.execute(said)
        assert not can_shrink(connection)
    database.close()
    return path


def test_an_older_database_is_made_so_when_it_is_brought_up(older: Path) -> None:
    with open_store(older, STORE_KEY, SteppingClock(), CountedIds()) as store:
        with store.database.reading() as connection:
            assert can_shrink(connection)
        use_and_leave(store.database)
        assert give_back(store.database, lambda: False) >= WORTH
        with store.reading() as reader:
            found = reader.asset("C02XK1XXJG5H")
        assert found is not None
        assert found.model == "MacBook"


def test_one_that_was_cut_off_before_its_schema_is_not_made_anew_twice(older: Path) -> None:
    database = Database(older, STORE_KEY)
    use_and_leave(database)
    make_shrinkable(database)
    use_and_leave(database)
    make_shrinkable(database)
    assert asked(database, "freelist_count") >= PAGES
    database.close()
    with open_store(older, STORE_KEY, SteppingClock(), CountedIds()) as store:
        assert is_due(store.database)


def test_an_older_database_that_is_too_large_stays_as_it_is(older: Path) -> None:
    database = Database(older, STORE_KEY)
    use_and_leave(database)
    make_shrinkable(database, largest=asked(database, "page_count") * PAGE - 1)
    with database.reading() as connection:
        assert not can_shrink(connection)
        assert not is_worth_it(connection)
    assert give_back(database, lambda: False) == 0
    assert asked(database, "freelist_count") >= PAGES
    database.close()
