"""A bench that is killed while it files results: each file is on the repair once, none is lost."""

import hashlib
import json
import os
import random
import signal
from pathlib import Path
from typing import Any, Final

import pytest

from tests.end_to_end.fixtures import home, sample_home
from tests.end_to_end.programs import Event, Home, running_bench
from tests.unit.domain.diagnostics.samples import raw_of

__all__ = ["home", "sample_home"]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(0)]

ROUNDS: Final = max(2, int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10")) // 3)
FILES: Final = 8
"""How many files more there are in each round."""


@pytest.fixture
def seed() -> int:
    """Shown when a test fails, so that its moments can be met again."""
    return random.randrange(2**32)  # noqa: S311 - moments, not secrets


def put(folder: Path, number: int) -> None:
    """A report of the same Mac, one charge cycle later."""
    tree: dict[str, Any] = json.loads(raw_of("mac.json"))
    health = tree["SPPowerDataType"][0]["sppower_battery_health_info"]
    health["sppower_battery_cycle_count"] = number
    (folder / f"{number}.json").write_text(json.dumps(tree), encoding="utf-8")


def told(events: list[Event]) -> set[str]:
    return {one["file"] for one in events if one["event"] == "diagnostics"}


def test_every_file_is_recorded_once_whenever_the_bench_is_killed(
    home: Home, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    number = home.told("repair", "open", "C02XK0ABJGH5", "--badge", "1001")["number"]
    folder = tmp_path / "results"
    folder.mkdir()
    for round_ in range(ROUNDS):
        for each in range(FILES):
            put(folder, round_ * FILES + each)
        enough = chance.randrange(round_ * FILES + FILES)
        with running_bench(home, "--results", str(folder)) as bench:
            bench.wait_until(lambda events, enough=enough: len(told(events)) >= enough)
            bench.end(signal.SIGKILL)
    with running_bench(home, "--results", str(folder)) as bench:
        bench.wait_until(lambda events: len(told(events)) == ROUNDS * FILES)
        assert bench.end() == 0
    runs = home.told("repair", "diagnostics", number)["runs"]
    there = [hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir()]
    assert sorted(one["sha256"] for one in runs) == sorted(there)
    assert len(there) == ROUNDS * FILES
    imported = [one["kind"] for one in exported(home, tmp_path / "journal.jsonl")]
    assert imported.count("diagnostics.imported") == ROUNDS * FILES
    assert home.told("journal", "verify")["verified"] is True


def exported(home: Home, path: Path) -> list[dict[str, Any]]:
    """Every entry of the home's journal."""
    assert home.run("journal", "export", "--out", str(path)).code == 0
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
