"""A power cut at any moment: what was announced is there, once, and the chain holds."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from app.data.opening import create_store, open_store
from app.data.store import LocalStore
from app.domain.journal import Draft
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock

pytestmark = pytest.mark.faults

ROUNDS = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10"))

WRITER = """
import sys
from pathlib import Path
from app.data.opening import open_store
from app.domain.frames import DeviceRole, Frame
from app.domain.journal import Draft
from tests.fixtures_store import NOON, STORE_KEY, CountedIds, SteppingClock

path, lane, count = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
opened = {"number": "7", "serial": "C02XK0ABJGH5"}
with open_store(path, STORE_KEY, SteppingClock(), CountedIds(lane=lane)) as store:
    for number in range(count):
        subject = f"repair:{lane}-{number // 5}"
        kind = "repair.noted" if number % 5 else "repair.opened"
        with store.writing() as transaction:
            draft = Draft(kind, subject, "bench", opened | {"text": "x" * (number % 3000)})
            frame = Frame("scanner-1", DeviceRole.SCANNER, b"raw", NOON, number + 1)
            entry = transaction.append(draft, frame)
        sys.stdout.write(f"{entry.id} {entry.seq}\\n")
        sys.stdout.flush()
"""


@pytest.fixture
def seed() -> int:
    """Shown when a test fails, so that its moments can be met again."""
    return random.randrange(2**32)  # noqa: S311 - moments, not secrets


def start(path: Path, lane: int, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(lane), str(count)],
        stdout=subprocess.PIPE,
        text=True,
    )


def killed_after(path: Path, lane: int, lines: int) -> list[str]:
    """What a writer announced before it was killed, a little after so many lines."""
    with start(path, lane, 100_000) as process:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(lines)]
        process.kill()
        told += process.stdout.readlines()
    return [line for line in told if line.endswith("\n")]


def test_every_announced_entry_is_there_once_after_a_kill(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    path = tmp_path / "bench.db"
    create_store(path, STORE_KEY, SteppingClock(), CountedIds()).close()
    announced: list[str] = []
    for lane in range(1, ROUNDS + 1):
        announced += killed_after(path, lane, chance.randrange(0, 40))
        with open_store(path, STORE_KEY, SteppingClock(), CountedIds(lane=0x1FF)) as store:
            told = store.verify()
            assert told.verified
            assert len(announced) <= told.entries <= len(announced) + lane
            with store.reading() as reader:
                for line in announced:
                    entry_id, seq = line.split()
                    entry = reader.entry(UUID(entry_id))
                    assert entry is not None
                    assert entry.seq == int(seq)
            for line in announced[-50:]:
                assert store.frame(UUID(line.split()[0])) is not None
            assert store.rebuild().equal


def test_two_programs_append_to_one_chain(tmp_path: Path) -> None:
    path = tmp_path / "bench.db"
    create_store(path, STORE_KEY, SteppingClock(), CountedIds()).close()
    each = 150
    writers = [start(path, lane, each) for lane in (1, 2)]
    places: list[int] = []
    for writer in writers:
        with writer:
            assert writer.stdout is not None
            places += [int(line.split()[1]) for line in writer.stdout]
        assert writer.returncode == 0
    assert sorted(places) == list(range(1, 2 * each + 1))
    with open_store(path, STORE_KEY, SteppingClock(), CountedIds(lane=9)) as store:
        assert store.verify().verified
        assert store.rebuild().equal


def test_a_backup_taken_while_others_write_is_sound(
    tmp_path: Path, make_store: Callable[..., LocalStore]
) -> None:
    store = make_store()
    with store.writing() as transaction:
        transaction.append(Draft("n", "s:1", "bench", {}))
    with start(store.path, 5, 300) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        for number in range(3):
            target = tmp_path / f"copy-{number}.db"
            store.back_up(target)
            with open_store(target, STORE_KEY, SteppingClock(), CountedIds(lane=8)) as copy:
                assert copy.verify().verified
        writer.kill()
