"""A disk that is full, read-only or lies: a StoreFaultError, nothing half-written, nothing lost."""

import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.data.engine import PAGE
from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.domain.journal import Draft
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

pytestmark = pytest.mark.faults

ROUNDS = 5 * int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10"))


def note(store: LocalStore, text: str) -> None:
    with store.writing() as transaction:
        transaction.append(Draft("repair.noted", "repair:r1", "bench", {"text": text}))


def opened(path: Path) -> LocalStore:
    return open_store(path, STORE_KEY, SteppingClock(), CountedIds(lane=7))


def code_of(work: Callable[[], object]) -> str:
    with pytest.raises(StoreFaultError) as told:
        work()
    return told.value.code


def fill(store: LocalStore) -> tuple[int, str]:
    """Write until it no longer goes; how much did, and what was told then."""
    for number in range(100_000):
        try:
            note(store, "x" * 3_000)
        except StoreFaultError as fault:
            return number, fault.code
    pytest.fail("the disk never filled")


def test_a_full_database_keeps_what_was_written_and_goes_on_when_there_is_room(
    store: LocalStore,
) -> None:
    pages = store.database.bare.execute("PRAGMA page_count").fetchone()
    assert pages is not None
    store.database.bare.execute(f"PRAGMA max_page_count = {pages[0] + 100}")
    written, code = fill(store)
    assert code == "disk_full"
    assert written > 20
    assert store.verify().entries == written
    store.database.bare.execute("PRAGMA max_page_count = 1000000")
    note(store, "there is room again")
    assert store.verify().entries == written + 1
    assert store.verify().verified
    assert store.rebuild().equal


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 4 MiB of its own."""
    folder = Path(tempfile.mkdtemp(prefix="small-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("making a disk needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_keeps_what_was_written_and_goes_on_when_there_is_room(
    small_disk: Path,
) -> None:
    path = small_disk / "bench.db"
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1024 * 1024))
    with create_store(path, STORE_KEY, SteppingClock(), CountedIds()) as store:
        written, code = fill(store)
        assert code == "disk_full"
        assert code_of(lambda: store.back_up(small_disk / "copy.db")) == "disk_full"
        assert not (small_disk / "copy.db").exists()
        assert store.verify().entries == written
        ballast.unlink()
        note(store, "there is room again")
        assert store.verify().entries == written + 1
        assert store.rebuild().equal
    with opened(path) as store:
        assert store.verify().verified


def test_a_disk_that_turns_read_only_is_told(small_disk: Path) -> None:
    path = small_disk / "bench.db"
    store = create_store(path, STORE_KEY, SteppingClock(), CountedIds())
    note(store, "one")
    store.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert code_of(lambda: opened(path)) == "read_only"
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    with opened(path) as store:
        note(store, "two")


LIMITED = """
import resource, signal, sys
from pathlib import Path
from app.data.opening import open_store
from app.domain.journal import Draft
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with open_store(Path(sys.argv[1]), STORE_KEY, SteppingClock(), CountedIds(lane=3)) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
    try:
        for number in range(10_000):
            with store.writing() as transaction:
                transaction.append(Draft("n", "s:1", "bench", {"text": "x" * 3000}))
            print(number, flush=True)
    except StoreFaultError as fault:
        print(fault.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
"""


def test_a_file_that_may_not_grow_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    """Without root: the limit of a file's size stands in for the full disk."""
    path = tmp_path / "bench.db"
    create_store(path, STORE_KEY, SteppingClock(), CountedIds()).close()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    told = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)], capture_output=True, text=True, check=True
    )
    *written, code = told.stdout.split()
    assert code in {"io", "disk_full"}
    assert len(written) > 10
    with opened(path) as store:
        assert store.verify().entries == len(written)
        assert store.verify().verified


READ_ONLY = """
import os, sys
from pathlib import Path
from app.data.opening import create_store, open_store
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

path = Path(sys.argv[1])
scratch = path.with_name("warm.db")
create_store(scratch, STORE_KEY, SteppingClock(), CountedIds()).close()  # imports what it needs
if os.geteuid() == 0:
    os.setuid(65534)
for work in (open_store, create_store):
    target = path if work is open_store else path.with_name("new.db")
    try:
        work(target, STORE_KEY, SteppingClock(), CountedIds()).close()
        print("opened")
    except StoreFaultError as fault:
        print(fault.code)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that another user may look into, but not write."""
    folder = Path(tempfile.mkdtemp(prefix="read-only-home-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_read_only_home_is_told(open_folder: Path) -> None:
    path = open_folder / "bench.db"
    with create_store(path, STORE_KEY, SteppingClock(), CountedIds()) as store:
        note(store, "one")
    open_folder.chmod(0o755 if os.geteuid() == 0 else 0o555)
    told = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(path)], capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["read_only", "read_only"]


# ----------------------------------------------------------------------
# Damage
# ----------------------------------------------------------------------


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A database of some pages, with a write-ahead log that nobody closed."""
    path = tmp_path / "sound.db"
    store = create_store(path, STORE_KEY, SteppingClock(), CountedIds())
    for number in range(60):
        note(store, f"{number} " + "x" * 1_500)
    for name in (path.name, f"{path.name}-wal"):
        shutil.copy(path.with_name(name), path.with_name(name.replace("sound", "cut")))
    store.close()
    return path


def harm(path: Path, chance: random.Random) -> str:
    """Do something to a file."""
    raw = bytearray(path.read_bytes())
    place = chance.randrange(len(raw))
    what = chance.choice(["flip", "zero", "cut", "grow", "swap"])
    if what == "flip":
        raw[place] ^= 1 << chance.randrange(8)
    elif what == "zero":
        end = min(len(raw), place + chance.randrange(1, 3 * PAGE))
        raw[place:end] = bytes(end - place)
    elif what == "cut":
        del raw[place:]
    elif what == "grow":
        raw += chance.randbytes(chance.randrange(1, 2 * PAGE))
    else:
        pages = [raw[at : at + PAGE] for at in range(0, len(raw), PAGE)]
        one, two = chance.randrange(len(pages)), chance.randrange(len(pages))
        pages[one], pages[two] = pages[two], pages[one]
        raw = bytearray(b"".join(pages))
    path.write_bytes(raw)
    return f"{what} at {place}"


def use(path: Path) -> None:
    """Everything that a bench does with its store."""
    with opened(path) as store:
        with store.reading() as reader:
            reader.open_repairs()
            reader.timeline("repair:r1")
            reader.asset("C02XK0ABJGH5")
        store.verify()
        store.rebuild()
        note(store, "one more")
        store.back_up(path.with_name("copy.db"))


def outcome(path: Path) -> str:
    try:
        use(path)
    except StoreFaultError as fault:
        return fault.code
    return "fine"


@pytest.mark.parametrize("which", ["sound.db", "cut.db", "cut.db-wal"])
def test_no_damage_does_more_than_a_fault(sound: Path, which: str) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - damage, not secrets
    chance = random.Random(seed)  # noqa: S311
    for number in range(ROUNDS):
        folder = sound.parent / f"round-{number}"
        folder.mkdir()
        for name in ("sound.db", "cut.db", "cut.db-wal"):
            shutil.copy(sound.with_name(name), folder / name)
        done = harm(folder / which, chance)
        told = outcome(folder / which.removesuffix("-wal"))
        assert told in {"fine", "corrupt", "wrong_key", "io"}, (seed, done)
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "raw",
    [b"", b"x", b"SQLite format 3\x00" + bytes(PAGE), os.urandom(PAGE * 3), bytes(PAGE * 2)],
    ids=["empty", "short", "plain", "random", "zeros"],
)
def test_a_file_that_is_no_database_of_ours_is_told(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "bench.db"
    path.write_bytes(raw)
    assert code_of(lambda: opened(path)) in {"wrong_key", "corrupt"}
    assert path.read_bytes() == raw


def test_a_folder_in_the_databases_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "bench.db").mkdir()
    assert code_of(lambda: opened(tmp_path / "bench.db")) == "io"


def test_another_key_is_told_from_a_damaged_first_page(sound: Path) -> None:
    clock, ids = SteppingClock(), CountedIds()
    assert code_of(lambda: open_store(sound, bytes(32), clock, ids)) == "wrong_key"
    assert code_of(lambda: open_store(sound, b"short", clock, ids)) == "wrong_key"
    raw = bytearray(sound.read_bytes())
    raw[100] ^= 1
    sound.write_bytes(raw)
    assert code_of(lambda: opened(sound)) == "corrupt"


def test_a_writer_that_holds_on_too_long_is_told(
    make_store: Callable[..., LocalStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.data.engine.BUSY_SECONDS", 0.01)
    one, two = make_store(), make_store()
    with one.writing():
        assert code_of(lambda: note(two, "no room")) == "locked"
    note(two, "room")
    assert two.verify().entries == 1
