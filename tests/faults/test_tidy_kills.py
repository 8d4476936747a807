"""Tidying that is killed at any moment: the register is the same before and after it.

So is the journal where free pages are given back to the disk.
"""

import os
import random
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from app.data.base.attaching import files
from app.data.engine import PAGE
from app.data.shrinking import WORTH
from app.domain.products import Asset
from app.services.ports import LogItem, RegisterRow
from app.services.register_queries import RegisterQuery
from tests.end_to_end.programs import PROGRAM, Home

pytestmark = pytest.mark.faults

ROUNDS: Final = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10"))
ROWS: Final = 1_500
LONGEST: Final = 1.5
"""Seconds: a run takes about as long."""


def came_down(home: Home, round_: int) -> None:
    """Every product has somebody else each round."""
    with home.store() as store:
        after = store.sync_state().revision
        items: list[LogItem] = []
        for number in range(ROWS):
            serial, at = f"SER{number:07}", after + number + 1
            value: dict[str, object] = {"serial": serial, "holder": f"holder {round_}"}
            items.append(LogItem(at, f"{at:064x}", RegisterRow("assets", serial, value)))
        last = after + ROWS + 1
        items.append(LogItem(last, f"{last:064x}", RegisterRow("assets", "SER0000000", None)))
        store.apply_page(items)


def register(home: Home) -> tuple[list[Asset], int, list[tuple[str, int]]]:
    """All products page by page, how many a search finds, and what is counted."""
    with home.store() as store:
        assert store.register_fault is None
        assert store.verify().verified
        found: list[Asset] = []
        with store.reading() as reader:
            total = reader.register(RegisterQuery()).total
            for first in range(0, total, 500):
                found += reader.register(RegisterQuery(first=first, limit=500)).rows
            searched = reader.register(RegisterQuery("SER00001")).total
            counts = reader.installed_base().counts
            assert reader.asset("SER0000000") is None
        assert len(found) == total
        return found, searched, [(str(each), each.count) for each in counts]


def tidy(home: Home, least: int = 100) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*PROGRAM, "tidy", "--least", str(least), "--json"],
        env=home.environ(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_tidying_that_is_killed_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - moments, not secrets
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    home = Home(tmp_path / "home")
    home.told("init", "--key", "file", "--json")
    came_down(home, 0)
    before = register(home)
    for round_ in range(ROUNDS):
        came_down(home, round_)
        before = register(home)
        with tidy(home) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LONGEST * chance.random())
            process.kill()
        assert register(home) == before, seed
    with tidy(home) as process:
        process.communicate()
    assert process.returncode == 0, seed
    assert register(home) == before, seed
    assert len(list(files(home.path))) == 1
    with home.store() as store:
        assert not store.is_to_compact()


def use_and_leave(home: Home, pages: int) -> int:
    """Write so many pages, and let go of them; how many the file has."""
    with home.store() as store:
        with store.database.writing() as connection:
            connection.execute("CREATE TABLE scratch (a)")
            for _ in range(pages):
                connection.execute("INSERT INTO scratch VALUES (zeroblob(?))", (PAGE - 200,))
            connection.execute("DROP TABLE scratch")
        (told,) = store.database.bare.execute("PRAGMA page_count").fetchall()
    return told[0]


def test_giving_pages_back_that_is_killed_leaves_the_database_whole(tmp_path: Path) -> None:
    seed = random.randrange(2**32)  # noqa: S311 - moments, not secrets
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    home = Home(tmp_path / "home")
    home.told("init", "--key", "file", "--json")
    path = home.path / "bench.db"
    came_down(home, 0)
    before = register(home)
    for _ in range(ROUNDS):
        pages = use_and_leave(home, WORTH + 500)
        with tidy(home, least=ROWS * 2) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(LONGEST * chance.random())
            process.kill()
        assert register(home) == before, seed
        assert path.stat().st_size <= pages * PAGE, seed
    with tidy(home, least=ROWS * 2) as process:
        process.communicate()
    assert process.returncode == 0, seed
    assert register(home) == before, seed
    assert path.stat().st_size < WORTH * PAGE
    with home.store() as store:
        assert store.database.bare.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
