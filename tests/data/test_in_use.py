"""Who has a database open: an unclean end is seen by the next opener, and only then checked."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.data.engine import PAGE
from app.data.in_use import InUse
from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.domain.journal import Draft
from app.services.ports import StoreFaultError
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

HOLD = (
    "import sys, os, signal; from pathlib import Path; from app.data.in_use import InUse\n"
    "mark = InUse(Path(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
)


def test_a_clean_end_leaves_no_mark(tmp_path: Path) -> None:
    first = InUse(tmp_path / "a.db")
    assert (first.ended_unclean, first.others) == (False, 0)
    second = InUse(tmp_path / "a.db")
    assert (second.ended_unclean, second.others) == (False, 1)
    first.leave()
    second.leave()
    third = InUse(tmp_path / "a.db")
    assert (third.ended_unclean, third.others) == (False, 0)
    third.leave()
    assert [path.name for path in (tmp_path / "a.db.users").iterdir()] == ["gate"]


def test_a_killed_program_is_an_unclean_end_until_it_was_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    subprocess.run([sys.executable, "-c", HOLD, str(path)], check=False)
    first = InUse(path)
    assert first.ended_unclean
    first.leave()
    second = InUse(path)
    assert second.ended_unclean
    second.settle()
    second.leave()
    third = InUse(path)
    assert not third.ended_unclean
    third.leave()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreFaultError) as told:
        InUse(tmp_path / "file" / "a.db")
    assert told.value.code == "io"


def damaged(store: LocalStore) -> Path:
    """A closed database with a damaged page that opening alone does not read."""
    with store.writing() as transaction:
        for number in range(200):
            transaction.append(Draft("n", f"s:{number}", "bench", {"text": "x" * 2_000}))
    path = store.path
    store.close()
    raw = bytearray(path.read_bytes())
    raw[-PAGE * 10] ^= 1
    path.write_bytes(raw)
    return path


def test_a_damaged_database_is_found_after_an_unclean_end(store: LocalStore) -> None:
    path = damaged(store)
    clock, ids = SteppingClock(), CountedIds()
    open_store(path, STORE_KEY, clock, ids).close()  # nobody ended unclean: nobody looks
    subprocess.run([sys.executable, "-c", HOLD, str(path)], check=False)
    for _ in range(2):
        with pytest.raises(StoreFaultError) as told:
            open_store(path, STORE_KEY, clock, ids)
        assert told.value.code == "corrupt"


def test_a_sound_database_opens_after_an_unclean_end(
    make_store: Callable[..., LocalStore],
) -> None:
    path = make_store().path
    make_store("other").close()
    subprocess.run([sys.executable, "-c", HOLD, str(path)], check=False)
    open_store(path, STORE_KEY, SteppingClock(), CountedIds()).close()
    again = InUse(path)
    assert not again.ended_unclean
    again.leave()


def test_closing_twice_is_closing_once(tmp_path: Path) -> None:
    store = create_store(tmp_path / "a.db", STORE_KEY, SteppingClock(), CountedIds())
    store.close()
    store.close()
    again = InUse(tmp_path / "a.db")
    assert not again.ended_unclean
    again.leave()
