"""A bench that is killed at any moment: what it announced is on record, once, and it goes on."""

import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Final

import pytest

from app.devices.simulators import UnpluggedError
from tests.end_to_end.fixtures import Wires, home, sample_home, wires
from tests.end_to_end.programs import Home, running_bench

__all__ = ["home", "sample_home", "wires"]

pytestmark = [pytest.mark.faults, pytest.mark.timeout(0)]

ROUNDS: Final = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10"))
STARTING: Final = 0.2
"""How many of the kills come at some moment of the start, the others amid traffic."""
START_SECONDS: Final = 1.5
MOST_EVENTS: Final = 60
LITTLE_SECONDS: Final = 0.02
"""A kill comes so much after an announcement at the most: in the middle of the next commit."""


@pytest.fixture
def seed() -> int:
    """Shown when a test fails, so that its moments can be met again."""
    return random.randrange(2**32)  # noqa: S311 - moments, not secrets


@contextmanager
def traffic(wires: Wires, round_: int) -> Generator[None]:
    """Scans and readings that never stop, each of its own, until the block ends."""
    left = threading.Event()

    def keep_on(send: Callable[[str], None], line: str) -> None:
        count = 0
        while not left.is_set():
            try:
                send(line.format(count))
            except UnpluggedError:
                return
            count += 1

    wires.scanner.plug()
    wires.tester.plug()
    senders = [
        threading.Thread(target=keep_on, args=(wires.scanner.scan, f"R{round_:04}N{{:07}}")),
        threading.Thread(target=keep_on, args=(wires.tester.send, f"WRIST;{round_}{{:07}};PASS")),
    ]
    for each in senders:
        each.start()
    try:
        yield
    finally:
        left.set()
        wires.scanner.unplug()
        wires.tester.unplug()
        for each in senders:
            each.join()


def test_what_was_announced_survives_every_kill_once(home: Home, wires: Wires, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    announced: list[str] = []
    for round_ in range(ROUNDS):
        with running_bench(home, *wires.words) as bench, traffic(wires, round_):
            if chance.random() < STARTING:
                threading.Event().wait(chance.uniform(0, START_SECONDS))
            else:
                bench.wait_for(chance.randint(1, MOST_EVENTS))
                threading.Event().wait(chance.uniform(0, LITTLE_SECONDS))
            assert bench.end(signal.SIGKILL) == -signal.SIGKILL, (seed, round_)
            announced += [f"{each['entry']} {each['raw_hex']}" for each in bench.committed()]
        recorded = Counter(home.frames())
        assert not announced or max(recorded.values()) == 1, (seed, round_)
        missing = set(announced) - recorded.keys()
        assert not missing, (seed, round_, missing)
        raw = Counter(line.partition(" ")[2] for line in recorded)
        assert not raw or max(raw.values()) == 1, (seed, round_)
    assert len(announced) > ROUNDS, seed
    verified = home.told("journal", "verify")
    assert verified["verified"] is True, (seed, verified)
    assert verified["entries"] >= len(announced)
    with running_bench(home, *wires.words, "--once", "1") as bench:
        wires.scanner.plug()
        bench.wait_until_ready(devices=1)
        wires.scanner.scan("AFTERWARDS")
        assert bench.end(None) == 0


def test_what_was_not_killed_is_not_lost_either(home: Home, wires: Wires) -> None:
    """The check itself: without a kill, all that was sent is there."""
    with running_bench(home, *wires.words) as bench:
        bench.wait_until_ready()
        for count in range(100):
            wires.scanner.scan(f"R0000N{count:07}")
        bench.wait_for(100)
        assert bench.end() == 0
    sent = [f"R0000N{count:07}".encode().hex() for count in range(100)]
    assert sorted(line.partition(" ")[2] for line in home.frames()) == sent
