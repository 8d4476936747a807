"""An import that is killed at any moment: the register is the one before or the one after it."""

import os
import random
import signal
import subprocess
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from app.data.base.attaching import files
from app.data.base.turns import LOCK
from app.data.store import LocalStore
from app.services.ports import RegisterRow
from app.services.register_queries import RegisterQuery
from tests.end_to_end.programs import PROGRAM, Home

pytestmark = pytest.mark.faults

ROUNDS: Final = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10"))
ROWS: Final = 2_500
"""More than are written over the base."""
MOMENTS: Final = 30
"""Lines that an import tells, and a few more."""
OVER: Final = "OVERTHEBAS"


def write(path: Path, round_: int) -> None:
    """Everybody's products go to somebody else each round."""
    rows = (f"SER{number:07},MacBook Air,holder {round_}" for number in range(ROWS))
    path.write_text("\n".join(("Serial,Model,Holder", *rows)) + "\n", encoding="utf-8")


def import_(home: Home, path: Path) -> "subprocess.Popen[str]":
    words = ("import", "assets", str(path), "--events")
    return subprocess.Popen(
        [*PROGRAM, *words],
        env=home.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def holders(store: LocalStore) -> Counter[str]:
    """Whose all products are, page by page."""
    counted: Counter[str] = Counter()
    with store.reading() as reader:
        total = reader.register(RegisterQuery()).total
        for first in range(0, total, 500):
            page = reader.register(RegisterQuery(first=first, limit=500))
            counted.update(one.holder for one in page.rows)
        assert counted.total() == total
    return counted


def checked(home: Home, round_: int, known: str) -> str:
    """Whose the products are now: those of the round, or still those before it."""
    with home.store() as store:
        assert store.register_fault is None
        now = holders(store)
        over = now.pop("over", 0)
        assert over == min(1, round_)
        ((holder, count),) = now.items() or (("", 0),)
        assert (holder, count) in {(known, ROWS if known else 0), (f"holder {round_}", ROWS)}
        with store.reading() as reader:
            found = reader.register(RegisterQuery("SER0000123"))
            assert [one.holder for one in found.rows] == ([holder] if holder else [])
        assert store.verify().verified
        told = [each for each in store.entries() if each.kind == "register.imported"]
        assert bool(told) == bool(holder)
        # Over the base, so that the next import has something to take in and to take out.
        rows = [(f"SER{number:07}", holder) for number in range(20) if holder]
        store.load_registers(
            RegisterRow("assets", serial, {"serial": serial, "model": "Air", "holder": holder})
            for serial, holder in [*rows, (OVER, "over")]
        )
    return holder


def test_a_killed_import_leaves_the_register_before_or_after_it(tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - moments, not secrets
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    home = Home(tmp_path / "home")
    home.told("init", "--key", "file", "--json")
    path = tmp_path / "products.csv"
    known = ""
    for round_ in range(ROUNDS):
        write(path, round_)
        with import_(home, path) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(MOMENTS)):
                process.stdout.readline()
            process.kill()
        known = checked(home, round_, known)
    write(path, ROUNDS)
    with import_(home, path) as process:
        process.communicate()
    assert process.returncode == 0, seed
    assert checked(home, ROUNDS, known) == f"holder {ROUNDS}", seed
    assert len(list(files(home.path))) == 1


def test_an_import_that_is_interrupted_ends_cleanly(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.told("init", "--key", "file", "--json")
    path = tmp_path / "products.csv"
    write(path, 0)
    with import_(home, path) as process:
        assert process.stdout is not None
        assert '"reading"' in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        told = process.stdout.read()
    assert process.returncode in {0, 1}  # it may have been at its end
    with home.store() as store:
        assert holders(store) == ({"holder 0": ROWS} if '"done"' in told else {})
    assert [each.name for each in home.path.glob("*") if "making" in each.name] == []
    assert (home.path / LOCK).exists()
