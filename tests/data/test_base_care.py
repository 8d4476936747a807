"""A base in backups, after a restore, and when its file is gone or damaged."""

import logging
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from app.data.base import leftovers, turns
from app.data.base.attaching import files
from app.data.base.building import Build
from app.data.base.leftovers import tidy
from app.data.base.merging import KEPT
from app.data.base.turns import LOCK, tidying
from app.data.driver import Connection
from app.data.engine import open_connection
from app.data.opening import open_store
from app.data.restoring import restore
from app.data.store import LocalStore
from app.services.ports import RegisterRow, StoreFaultError
from app.services.register_queries import RegisterQuery
from tests.data.imported import product, take
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

MAC, PAD, PHONE = "C02XK0ABJGH5", "DMPXK0ABJF8J", "F2LXK0ABN735"
COVERED = (("apple", "LI", None, None, "GSX", None, "active"),)


def filled(store: LocalStore) -> LocalStore:
    rows = [product(MAC, holder="Anna", coverages=COVERED), product(PAD, family="ipad")]
    take(store, *rows)
    store.load_registers(
        [
            RegisterRow("assets", PHONE, {"serial": PHONE, "holder": "Bo"}),
            RegisterRow("assets", PAD, None),
        ]
    )
    return store


def holders(store: LocalStore) -> list[tuple[str, str]]:
    with store.reading() as reader:
        return [(one.serial, one.holder) for one in reader.register(RegisterQuery()).rows]


def base_of(store: LocalStore) -> Path:
    (path,) = files(store.path.parent)
    return path


def root_of(store: LocalStore, name: str) -> int:
    """The first page of a table or an index of the base."""
    with store.database.reading() as connection:
        told = "SELECT rootpage FROM base.sqlite_master WHERE name = ?"
        return (connection.execute(told, (name,)).fetchone() or (0,))[0]


def spoil(path: Path, page: int) -> None:
    """Change a byte of a page."""
    raw = bytearray(path.read_bytes())
    raw[(page - 1) * 4096 + 100] ^= 0xFF
    path.write_bytes(raw)


def reopened(store: LocalStore) -> LocalStore:
    store.close()
    return open_store(store.path, STORE_KEY, SteppingClock(), CountedIds(lane=5))


def tables_of(connection: Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master").fetchall()
    return {name for (name,) in found}


def test_a_backup_holds_the_base_and_a_restore_makes_one_of_it(
    store: LocalStore, tmp_path: Path
) -> None:
    filled(store)
    backup = tmp_path / "elsewhere" / "bench.backup"
    store.back_up(backup)
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    with closing(open_connection(backup, STORE_KEY, wal=False)) as connection:
        assert KEPT in tables_of(connection)
    home = tmp_path / "new" / "bench.db"
    home.parent.mkdir()
    restore(backup, home, STORE_KEY, SteppingClock(), CountedIds(lane=3))
    with open_store(home, STORE_KEY, SteppingClock(), CountedIds(lane=4)) as again:
        assert again.register_fault is None
        assert holders(again) == holders(store) == [(MAC, "Anna"), (PHONE, "Bo")]
        with again.reading() as reader:
            found = reader.asset(MAC)
            assert found is not None
            assert [one.issuer for one in found.coverages] == ["apple"]
            assert len(reader.register(RegisterQuery("anna")).rows) == 1
        with again.database.reading() as connection:
            assert KEPT not in tables_of(connection)  # the base has its rows
        assert base_of(again).name != base_of(store).name


def test_a_restore_keeps_the_base_of_what_it_replaces(store: LocalStore, tmp_path: Path) -> None:
    filled(store)
    backup = tmp_path / "elsewhere" / "bench.backup"
    store.back_up(backup)
    take(store, product(MAC, holder="Carl"), fields={"holder"})
    store.close()
    told = restore(backup, store.path, STORE_KEY, SteppingClock(), CountedIds(lane=3))
    assert told.replaced is not None
    (kept,) = store.path.parent.glob(f"{told.replaced.stem}.register-*.db")
    again = reopened(store)
    assert holders(again) == [(MAC, "Anna"), (PHONE, "Bo")]
    assert kept.exists()
    again.close()


@pytest.mark.parametrize("harm", ["gone", "a page"])
def test_a_backup_goes_on_without_a_base_that_cannot_be_read(
    store: LocalStore, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    filled(store)
    gone = base_of(store)
    if harm == "gone":
        gone.unlink()
    else:
        spoil(gone, root_of(store, "products"))
    backup = tmp_path / "elsewhere" / "bench.backup"
    with caplog.at_level(logging.WARNING, "repair_bench.data.base"):
        store.back_up(backup)
    assert f"{gone.name} is not in the backup" in caplog.text
    home = tmp_path / "new" / "bench.db"
    home.parent.mkdir()
    restored = restore(backup, home, STORE_KEY, SteppingClock(), CountedIds(lane=3))
    with open_store(home, STORE_KEY, SteppingClock(), CountedIds(lane=4)) as again:
        assert restored.entries == len(list(store.entries())) > 0
        assert again.verify().verified
        assert again.register_fault is not None
        assert again.register_fault.code == "register_damaged"
        assert gone.name in again.register_fault.detail
        assert holders(again) == [(PHONE, "Bo")]


@pytest.mark.parametrize("harm", ["gone", "short", "first page", "other key"])
def test_a_base_that_cannot_be_used_is_told_and_all_else_goes_on(
    store: LocalStore, harm: str
) -> None:
    path = base_of(filled(store))
    whole = path.read_bytes()
    store.close()
    if harm == "gone":
        path.unlink()
    else:
        spoilt = {"short": whole[:-4096], "first page": b"x" * 4096 + whole[4096:]}
        path.write_bytes(spoilt.get(harm, bytes(len(whole))))
    again = reopened(store)
    assert again.register_fault is not None
    assert again.register_fault.code == "register_damaged"
    with again.reading() as reader:
        assert reader.asset(MAC) is None
        found = reader.asset(PHONE)
        assert found is not None
        assert found.holder == "Bo"
        assert reader.register(RegisterQuery()).total == 1
    take(again, product(MAC, holder="Anna"))
    assert again.register_fault is None
    assert len(list(path.parent.glob("damaged-register-*.db"))) == (harm != "gone")
    assert holders(again) == [(MAC, "Anna"), (PHONE, "Bo")]
    again.close()


def test_damage_that_shows_while_work_goes_on_takes_the_base_out(store: LocalStore) -> None:
    filled(store)
    take(store, *(product(f"SER{number:05}", holder="x" * 900) for number in range(200)))
    path = base_of(store)
    page = root_of(store, "products_serial")
    store.close()
    spoil(path, page)
    again = reopened(store)
    assert again.register_fault is None
    with pytest.raises(StoreFaultError) as fault, again.reading() as reader:
        reader.asset("SER00100")
    assert fault.value.code in {"corrupt", "wrong_key", "io"}
    assert again.register_fault is not None
    with again.reading() as reader:
        assert reader.asset("SER00100") is None
        assert reader.asset("OTHER123") is None
    again.close()


def test_a_damaged_base_is_found_after_an_unclean_end(store: LocalStore) -> None:
    filled(store)
    path = base_of(store)
    store.close()
    raw = bytearray(path.read_bytes())
    raw[-2000] ^= 0xFF
    path.write_bytes(raw)
    (store.path.with_name("bench.db.users") / "1-left.open").write_bytes(b"")
    again = reopened(store)
    assert again.register_fault is not None
    again.close()


def test_a_start_removes_what_an_import_left_behind(
    make_store: Callable[..., LocalStore],
) -> None:
    store = filled(make_store())
    store.close()
    left = store.path.with_name("register-9.db.making")
    left.write_bytes(b"half")
    with tidying(store.path.parent):
        reopened(store).close()
    assert left.exists()  # somebody is at work
    reopened(store).close()
    assert not left.exists()
    assert base_of(store).exists()
    assert store.path.with_name(LOCK).exists()


def test_an_import_that_ends_while_a_store_is_opened_keeps_its_base(
    make_store: Callable[..., LocalStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, other = make_store(), filled(make_store())
    opening.path.with_name("register-9.db.making").write_bytes(b"half")

    @contextmanager
    def after_an_import(folder: Path) -> Generator[None]:
        take(other, product(MAC, holder="Carl"))
        with tidying(folder):
            yield

    monkeypatch.setattr(turns, "tidying", after_an_import)
    tidy(opening.database)
    assert base_of(other).exists()
    assert holders(opening) == [(MAC, "Carl"), (PHONE, "Bo")]


def test_a_damaged_base_that_cannot_be_set_aside_stays(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "register-1.db"
    path.write_bytes(b"damaged")
    (tmp_path / "damaged-register-1.db").mkdir()
    with caplog.at_level(logging.INFO, "repair_bench.data.base"):
        leftovers.set_aside(path, is_damaged=True)
    assert path.exists()
    assert "register-1.db is not set aside" in caplog.text


def test_a_base_that_cannot_be_begun_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(StoreFaultError):
        Build(tmp_path, b"no key", "1", is_first=True, stopped=lambda: False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("dry", [False, True])
def test_damage_that_an_import_meets_is_told_and_the_next_import_does_without(
    store: LocalStore, *, dry: bool
) -> None:
    filled(store)
    path, page = base_of(store), root_of(store, "products")
    store.close()
    spoil(path, page)
    again = reopened(store)
    assert again.register_fault is None
    with pytest.raises(StoreFaultError) as fault:
        take(again, product(MAC, holder="Carl"), dry=dry)
    assert fault.value.code == "register_damaged"
    assert path.with_name(f"damaged-{path.name}").exists()
    again = reopened(again)
    assert again.register_fault is not None
    take(again, product(MAC, holder="Carl"))
    assert again.register_fault is None
    assert holders(again) == [(MAC, "Carl"), (PHONE, "Bo")]
    again.close()


def test_an_import_that_fails_beside_a_whole_base_leaves_it(
    store: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Build, __: frozenset[str]) -> None:
        raise StoreFaultError("io", "the disk")

    before = base_of(filled(store))
    monkeypatch.setattr(Build, "merge", fails)
    with pytest.raises(StoreFaultError) as fault:
        take(store, product(MAC, holder="Carl"))
    assert fault.value.code == "io"
    assert base_of(store) == before
    assert holders(store) == [(MAC, "Anna"), (PHONE, "Bo")]
