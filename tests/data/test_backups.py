"""Backups and restoring: encrypted, of one moment, verified, and nothing is deleted."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from app.data.backing_up import KEPT, check
from app.data.engine import PAGE
from app.data.keys import KeyKind, KeyPlace
from app.data.opening import DATABASE, create_home, open_home, open_store, restore_home
from app.data.restoring import restore
from app.data.store import LocalStore
from app.domain.journal import Draft, first_fault
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

Make = Callable[..., LocalStore]
OTHER_KEY = bytes(32)


class CancelledError(Exception):
    """What a progress callback raises to end the work."""


def note(store: LocalStore, text: str) -> None:
    with store.writing() as transaction:
        transaction.append(Draft("repair.noted", "repair:r1", "bench", {"text": text}))


def noted(path: Path) -> list[object]:
    store = open_store(path, STORE_KEY, SteppingClock(), CountedIds(lane=99))
    with store, store.reading() as reader:
        return [entry.payload["text"] for entry in reader.timeline("repair:r1")]


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(StoreFaultError) as told:
        work()
    return told.value.code


def test_a_backup_is_encrypted_whole_and_leaves_nothing_else(
    store: LocalStore, tmp_path: Path
) -> None:
    note(store, "before")
    target = tmp_path / "out" / "copy.db"
    store.back_up(target)
    note(store, "after")
    assert [path.name for path in target.parent.iterdir()] == ["copy.db"]
    assert b"before" not in target.read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(target).execute("SELECT 1 FROM entries")
    check(target, STORE_KEY)
    assert noted(target) == ["before"]


def test_a_backup_is_of_one_moment_while_another_program_writes(make_store: Make) -> None:
    store, other = make_store(), make_store()
    for number in range(400):
        note(store, f"{number} " + "x" * 5_000)
    seen: list[tuple[int, int]] = []

    def write_meanwhile(done: int, total: int) -> None:
        seen.append((done, total))
        note(other, "meanwhile")

    target = store.path.with_name("copy.db")
    store.back_up(target, write_meanwhile)
    assert seen
    assert seen[-1][0] == seen[-1][1]
    assert len(noted(target)) == 400
    with store.reading() as reader:
        assert len(reader.timeline("repair:r1")) == 400 + len(seen)


def test_a_backup_never_overwrites(store: LocalStore, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"something of mine")
    assert code_of(lambda: store.back_up(target)) == "exists"
    assert target.read_bytes() == b"something of mine"


def test_a_cancelled_backup_leaves_nothing(store: LocalStore, tmp_path: Path) -> None:
    def cancel(done: int, total: int) -> None:
        raise CancelledError

    target = tmp_path / "out" / "copy.db"
    with pytest.raises(CancelledError):
        store.back_up(target, cancel)
    assert list(target.parent.iterdir()) == []
    note(store, "still working")


def test_the_nightly_backup_is_made_once_a_day_and_the_oldest_go(
    store: LocalStore, store_clock: SteppingClock
) -> None:
    folder = store.path.parent / "backups"
    store.back_up(folder / "mine.db")
    made = [store.back_up_if_due()]
    assert store.back_up_if_due() is None
    for _ in range(KEPT + 2):
        store_clock.moment += timedelta(days=1)
        made.append(store.back_up_if_due())
    assert None not in made
    left = sorted(path.name for path in folder.iterdir())
    assert left == ["mine.db", *sorted(path.name for path in made[-KEPT:] if path is not None)]


def test_a_damaged_page_is_found_by_the_check(store: LocalStore, tmp_path: Path) -> None:
    for _ in range(50):
        note(store, "x" * 3_000)
    target = tmp_path / "copy.db"
    store.back_up(target)
    raw = bytearray(target.read_bytes())
    raw[PAGE * 20 + 100] ^= 1
    target.write_bytes(raw)
    assert code_of(lambda: check(target, STORE_KEY)) == "corrupt"


def test_restoring_goes_on_under_a_new_bench_id_and_keeps_what_was_there(
    make_store: Make, tmp_path: Path
) -> None:
    store = make_store()
    note(store, "one")
    backup = tmp_path / "copy.db"
    store.back_up(backup)
    note(store, "two")
    old_id, path = store.bench_id, store.path
    store.set_service("https://service")
    store.close()
    told = restore(backup, path, STORE_KEY, SteppingClock(), CountedIds(lane=50))
    assert told.entries == 1
    assert told.replaced is not None
    assert noted(told.replaced) == ["one", "two"]
    again = make_store()
    assert again.bench_id == told.bench_id != old_id
    assert noted(path) == ["one"]
    state = again.sync_state()
    assert (state.enrolled, state.waiting) == (False, 0)
    note(again, "three")
    with again.reading() as reader:
        head = reader.head()
    assert head is not None
    assert (head.seq, head.bench_id) == (1, told.bench_id)
    assert first_fault([head]) is None
    assert again.verify().verified
    assert again.verify().benches == 2
    assert again.rebuild().equal


def test_restoring_over_a_damaged_database_keeps_the_damaged_one(
    make_store: Make, tmp_path: Path
) -> None:
    store = make_store()
    note(store, "one")
    backup, path = tmp_path / "copy.db", store.path
    store.back_up(backup)
    store.close()
    damaged = bytes(1000) + path.read_bytes()[1000:]
    path.write_bytes(damaged)
    path.with_name(f"{path.name}-wal").write_bytes(b"a log that belongs to it")
    told = restore(backup, path, STORE_KEY, SteppingClock(), CountedIds(lane=50))
    assert told.replaced is not None
    assert told.replaced.read_bytes() == damaged
    assert noted(path) == ["one"]


def test_a_backup_that_cannot_be_read_changes_nothing(make_store: Make, tmp_path: Path) -> None:
    store = make_store()
    note(store, "one")
    backup, path = tmp_path / "copy.db", store.path
    store.back_up(backup)
    clock, ids = SteppingClock(), CountedIds(lane=50)

    def attempt(key: bytes = STORE_KEY, file: Path = backup) -> str:
        return code_of(lambda: restore(file, path, key, clock, ids))

    assert attempt() == "in_use"
    store.close()
    assert attempt(file=tmp_path / "nowhere") == "missing"
    assert attempt(key=OTHER_KEY) == "wrong_key"
    raw = backup.read_bytes()
    backup.write_bytes(raw[:PAGE] + bytes(PAGE) + raw[2 * PAGE :])
    assert attempt() == "corrupt"
    backup.write_bytes(b"")
    assert attempt() in {"corrupt", "wrong_key"}
    assert noted(path) == ["one"]
    assert {each.name for each in path.parent.glob("*.db*")} == {
        "bench.db",
        "bench.db.users",
        "copy.db",
    }


def test_a_lost_home_comes_back_from_a_backup_and_its_passphrase(tmp_path: Path) -> None:
    clock, ids = SteppingClock(), CountedIds()
    home = KeyPlace(tmp_path / "home")
    with create_home(home, KeyKind.PASSPHRASE, clock, ids, "long enough") as store:
        note(store, "one")
        store.back_up(tmp_path / "copy.db")
    other = KeyPlace(tmp_path / "new computer")
    assert (
        code_of(lambda: restore_home(other, tmp_path / "copy.db", clock, ids, "other words"))
        == "wrong_key"
    )
    told = restore_home(other, tmp_path / "copy.db", clock, ids, "long enough")
    assert told.replaced is None
    with open_home(other, clock, ids, "long enough") as store, store.reading() as reader:
        assert len(reader.timeline("repair:r1")) == 1
    assert (other.home / DATABASE).exists()


def test_a_backup_where_no_folder_can_be_is_told(store: LocalStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert code_of(lambda: store.back_up(tmp_path / "file" / "copy.db")) == "io"


def test_a_place_for_the_key_json_that_is_taken_is_told(tmp_path: Path) -> None:
    clock, ids = SteppingClock(), CountedIds()
    with create_home(KeyPlace(tmp_path / "home"), KeyKind.FILE, clock, ids) as store:
        (tmp_path / "copy.db.key.json").mkdir()
        assert code_of(lambda: store.back_up(tmp_path / "copy.db")) == "io"


def test_nightly_backups_go_with_their_key_json(tmp_path: Path, store_clock: SteppingClock) -> None:
    with create_home(KeyPlace(tmp_path / "home"), KeyKind.FILE, store_clock, CountedIds()) as store:
        for _ in range(KEPT + 1):
            store.back_up_if_due()
            store_clock.moment += timedelta(days=1)
    assert len(list((tmp_path / "home" / "backups").iterdir())) == 2 * KEPT


def test_a_folder_in_the_way_of_restoring_is_told(make_store: Make, tmp_path: Path) -> None:
    store = make_store()
    store.back_up(tmp_path / "copy.db")
    path = store.path
    store.close()
    path.with_name(f"{path.name}.restoring").mkdir()
    clock, ids = SteppingClock(), CountedIds(lane=50)
    assert code_of(lambda: restore(tmp_path / "copy.db", path, STORE_KEY, clock, ids)) in {
        "io",
        "read_only",
    }
    open_store(path, STORE_KEY, clock, ids).close()


def test_a_key_json_beside_the_backup_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "copy.db.key.json").write_bytes(b"\xff")
    place = KeyPlace(tmp_path / "new")
    clock, ids = SteppingClock(), CountedIds()
    told = code_of(lambda: restore_home(place, tmp_path / "copy.db", clock, ids))
    assert told == "key_unreadable"
    assert not place.is_made()


def test_checking_what_is_not_there_is_told(tmp_path: Path) -> None:
    assert code_of(lambda: check(tmp_path / "nowhere.db", STORE_KEY)) == "io"
