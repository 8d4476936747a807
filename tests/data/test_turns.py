"""Tidying gives way to an import, which waits for it and says so; two imports are one too many."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.data.base.turns import LOCK, TIDYING, WAITING, alone, tidying
from app.data.compacting import compact
from app.data.opening import open_store
from app.data.store import LocalStore
from app.services.importing import ImportCancelledError, Phase, Progress
from app.services.ports import RegisterRow, StoreFaultError
from app.services.register_queries import RegisterQuery
from tests.data.imported import ALL, FILE, batch, importing, product, take
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

Make = Callable[..., LocalStore]
SERIALS = [f"SER{number:07}" for number in range(40)]
PATIENCE = 60


@contextmanager
def at_work(folder: Path, begun: threading.Event) -> Generator[threading.Event]:
    """Tidying that looks whether to give way, all the while, in a thread of its own."""
    given_way, pause = threading.Event(), threading.Event()

    def run() -> None:
        with tidying(folder, given_way.is_set) as gives_way:
            begun.set()
            while not gives_way():
                pause.wait(0.005)
            given_way.set()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(run)
        assert begun.wait(PATIENCE)
        try:
            yield given_way
        finally:
            given_way.set()
            running.result(PATIENCE)


def products(store: LocalStore) -> list[str]:
    with store.reading() as reader:
        return [one.serial for one in reader.register(RegisterQuery(limit=100)).rows]


def test_an_import_that_begins_while_tidying_waits_says_so_and_is_done(store: LocalStore) -> None:
    told: list[Progress] = []
    with at_work(store.path.parent, threading.Event()) as given_way:
        counts = importing(store, tell=told.append).run(FILE, [batch([product("SER1")])], ALL)
        assert given_way.is_set()
    assert counts.accepted == 1
    assert products(store) == ["SER1"]
    assert (told[0].phase, told[0].done) == (Phase.WAITING, 0)
    assert told[-1].phase is not Phase.WAITING
    assert not (store.path.parent / WAITING).exists()


def test_an_import_that_waits_can_be_cancelled(store: LocalStore) -> None:
    """Here nothing gives way."""
    told: list[Progress] = []
    with tidying(store.path.parent):
        work = importing(store, tell=told.append, stopped=lambda: len(told) > 2)
        with pytest.raises(ImportCancelledError):
            work.run(FILE, [batch([product("SER1")])], ALL)
    assert {one.phase for one in told} == {Phase.WAITING}
    assert products(store) == []
    assert take(store, product("SER1")).accepted == 1


def test_a_second_import_is_told_that_one_waits_already(store: LocalStore) -> None:
    codes: list[str] = []

    def waits() -> None:
        with pytest.raises(StoreFaultError) as caught:
            take(store, product("SER1"))
        codes.append(caught.value.code)

    folder = store.path.parent
    with (
        tidying(folder),
        pytest.raises(ImportCancelledError),
        alone(folder, waits, lambda: bool(codes)),
    ):
        pass
    assert codes == ["import_running"]


def test_tidying_is_told_what_is_at_work(store: LocalStore) -> None:
    folder = store.path.parent
    for first, code in ((alone, "import_running"), (tidying, "tidying_running")):
        with first(folder), pytest.raises(StoreFaultError) as caught, tidying(folder):
            pass
        assert caught.value.code == code
    with tidying(folder) as gives_way:
        assert not gives_way()


def test_the_place_of_one_that_died_is_free(store: LocalStore) -> None:
    """The files stay behind, the locks do not."""
    folder = store.path.parent
    for name in (LOCK, TIDYING, WAITING):
        (folder / name).touch()
    with tidying(folder) as gives_way:
        assert not gives_way()
    with alone(folder):
        assert (folder / TIDYING).exists()


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"no folder")
    with pytest.raises(StoreFaultError) as caught, alone(tmp_path / "home"):
        pass
    assert caught.value.code == "io"


def test_tidying_in_its_midst_leaves_off_for_an_import_and_nothing_is_lost(
    make_store: Make,
) -> None:
    store, other = make_store(), make_store()
    store.load_registers([RegisterRow("assets", each, {"serial": each}) for each in SERIALS])
    looked, waits = threading.Event(), threading.Event()

    def stopped() -> bool:
        looked.set()
        assert waits.wait(PATIENCE)  # the import is there before the next step
        return False

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(
            compact, store.database, STORE_KEY, SteppingClock(), CountedIds(3), stopped=stopped,
            many=1,
        )  # fmt: skip
        assert looked.wait(PATIENCE)
        work = importing(other, tell=lambda _: waits.set())
        counts = work.run(FILE, [batch([product("SERNEW")])], ALL)
        with pytest.raises(ImportCancelledError):
            running.result(PATIENCE)
    assert counts.accepted == 1
    assert products(store) == [*SERIALS, "SERNEW"]
    assert store.verify().verified


def test_a_start_that_removes_what_was_left_behind_refuses_no_import(store: LocalStore) -> None:
    """It holds the place for a moment as tidying does."""
    path, folder = store.path, store.path.parent
    (folder / "register-9.db.making").write_bytes(b"half")
    with tidying(folder):
        open_store(path, STORE_KEY, SteppingClock(), CountedIds(4)).close()
    assert (folder / "register-9.db.making").exists()
    open_store(path, STORE_KEY, SteppingClock(), CountedIds(4)).close()
    assert not (folder / "register-9.db.making").exists()
