"""The demo is killed, with its service, at any moment of its traffic: what was told is on record.

What the bench announced is what it pushed: every entry that the service has is in the bench's own
journal, once and the same, the chain verifies, and the next demo takes the folder over.
"""

import os
import random
import signal
import sqlite3
import subprocess
import threading
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from tests.end_to_end.programs import PROGRAM, Home

pytestmark = [pytest.mark.faults, pytest.mark.timeout(0)]

ROUNDS: Final = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "1"))
PICTURES: Final = 44
"""How many pictures the demo takes, spread over its acts."""
LITTLE_SECONDS: Final = 0.4
"""A kill comes so much after a picture at the most: about an act."""
LOOK_SECONDS: Final = 0.02


@pytest.fixture
def seed() -> int:
    """Shown when a test fails, so that its moments can be met again."""
    return random.randrange(2**32)  # noqa: S311 - moments, not secrets


def killed_demo(folder: Path, pictures: int, seconds: float) -> bool:
    """Play a demo and kill all of it after so many pictures and a while; False if it was done."""
    taken = folder / "screenshots"
    for old in taken.glob("*.png"):
        old.unlink()
    never = threading.Event()
    with subprocess.Popen(
        [*PROGRAM, "demo", "--offscreen", "--out", str(folder), "--json"],
        env=Home(folder).environ(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # a group of its own: the service dies with it
    ) as process:
        while process.poll() is None and len(list(taken.glob("*.png"))) < pictures:
            never.wait(LOOK_SECONDS)
        never.wait(seconds)
        alive = process.poll() is None
        if alive:
            os.killpg(process.pid, signal.SIGKILL)
    return alive


def pushed(folder: Path) -> list[tuple[int, str, str]]:
    """The entries that the service has: place, id, hash."""
    with closing(sqlite3.connect(folder / "service.db")) as connection:
        return connection.execute("SELECT seq, entry_id, hash FROM entry ORDER BY seq").fetchall()


def test_what_the_demo_told_survives_every_kill(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    folder = tmp_path / "demo"
    kills = 0
    told = 0
    for round_ in range(ROUNDS):
        at = (chance.randint(1, PICTURES), chance.uniform(0, LITTLE_SECONDS))
        kills += killed_demo(folder, *at)
        with Home(folder / "bench").store() as store:
            verified = store.verify()
            own = list(store.entries())
            rebuilt = store.rebuild()
        assert verified.verified, (seed, round_, at)
        assert len(own) == verified.entries
        assert max(Counter(one.id for one in own).values(), default=1) == 1, (seed, round_, at)
        known = {(one.seq, str(one.id), one.hash) for one in own}
        missing = set(pushed(folder)) - known
        assert not missing, (seed, round_, at, missing)
        told += len(known)
        assert rebuilt.equal, (seed, round_, at)
    if ROUNDS > 1:  # a single one may come before the first scan, or after the last
        assert kills, "every kill came too late to be one"
        assert told, "every kill came too early to be one"
