"""A power cut at the service or at the bench in the middle of a push: nothing lost, or twice."""

import os
import random
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from typing_extensions import override

from app.domain.journal import Entry
from app.services.ports import LogItem, PushOutcome
from app.sync.batch import MAX_ENTRIES
from app.sync.errors import SyncFaultError
from tests.fixtures_service import RunningService, own_service
from tests.sync.fakes import FakeStore, journal
from tests.sync.stations import EnrolledBench, Station, back_up, restart, restore

__all__ = ["own_service"]

pytestmark = [pytest.mark.faults, pytest.mark.network]

ROUNDS = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "3"))
BATCHES = 6


@pytest.fixture
def seed() -> int:
    """Shown when a test fails, so that its moments can be met again."""
    return random.randrange(2**32)  # noqa: S311 - moments, not secrets


def own_entries(bench: EnrolledBench) -> list[tuple[int, str]]:
    """What a bench has of its own in the log, in the log's order."""
    contents = [item.content for item in bench.store.items]
    return [
        (each.seq, each.hash)
        for each in contents
        if isinstance(each, Entry) and each.bench_id == bench.store.bench_id
    ]


def sync_until_it_is_gone(bench: EnrolledBench) -> None:
    """Sync until the service is gone, which must be told as a fault that passes."""
    try:
        bench.sync()
    except SyncFaultError as fault:
        if not fault.away:
            raise


class CountingStore(FakeStore):
    """A store that tells when it has stored so many answers."""

    def __init__(self) -> None:
        super().__init__()
        self.told = threading.Event()
        self._left = 0

    def tell_after(self, answers: int) -> None:
        self._left = answers
        self.told.clear()
        self._tell()

    def _tell(self) -> None:
        if self._left <= 0:
            self.told.set()
        self._left -= 1

    @override
    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        super().record_outcomes(outcomes)
        self._tell()


def test_a_service_killed_while_entries_go_up_has_each_of_them_once(
    own_service: RunningService, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    station = Station.new(own_service)
    bench, other = station.bench(1), station.bench(2)
    store = bench.store = CountingStore()
    killed_with_some_left = 0
    for moment in range(ROUNDS):
        store.own = journal(len(store.own) + BATCHES * MAX_ENTRIES)
        store.tell_after(chance.randrange(BATCHES - 2))
        syncing = threading.Thread(target=sync_until_it_is_gone, args=(bench,))
        syncing.start()
        store.told.wait()
        syncing.join(chance.uniform(0.0, 0.1))  # somewhere in the batch that follows
        own_service.kill()
        syncing.join()
        killed_with_some_left += store.sync_state().waiting > 0
        restart(own_service)
        report = bench.sync()
        assert report.waiting == 0, (seed, moment)
        assert bench.store.started_over == 0, (seed, moment)
    other.sync()
    assert other.seen() == bench.seen()
    assert own_entries(bench) == [(entry.seq, entry.hash) for entry in bench.store.own]
    assert killed_with_some_left, "every kill came too late to be one"


class ForgetfulStore(FakeStore):
    """A store whose bench loses its power as the answer comes in, or as a page does."""

    def __init__(self, own: Sequence[Entry], cuts: random.Random) -> None:
        super().__init__(own)
        self.cuts = cuts
        self.losses = 0

    def _cut(self) -> None:
        if self.cuts.random() < 0.5:
            self.losses += 1
            raise InterruptedError

    @override
    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        self._cut()
        super().record_outcomes(outcomes)

    @override
    def apply_page(self, items: Sequence[LogItem]) -> None:
        self._cut()
        super().apply_page(items)


def test_a_bench_that_dies_before_it_stores_the_answer_gets_it_again(
    own_service: RunningService, seed: int
) -> None:
    cuts = random.Random(seed)  # noqa: S311 - moments, not secrets
    station = Station.new(own_service)
    whole = station.bench(1)
    bench = EnrolledBench(ForgetfulStore(journal(3000), cuts), whole.vault)
    for _ in range(1000):
        try:
            report = bench.sync()
            break
        except InterruptedError:
            continue
    else:
        pytest.fail(f"it never came to an end, seed {seed}")
    assert report.waiting == 0, seed
    assert len(bench.store.outcomes) == 3000
    assert own_entries(bench) == [(entry.seq, entry.hash) for entry in bench.store.own]


def test_a_service_restored_again_and_again_loses_nothing(
    own_service: RunningService, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    station = Station.new(own_service)
    benches = [station.bench(1), station.bench(2)]
    back_up(own_service, tmp_path / "older.db")
    for _ in range(ROUNDS):
        for bench in chance.choices(benches, k=6):
            for _ in range(chance.randrange(3)):
                bench.store.append("note.added", "repair:r1", {"text": "å"})
            if chance.random() < 0.7:
                bench.sync()
        if chance.random() < 0.3:
            back_up(own_service, tmp_path / "older.db")
        else:
            restore(own_service, tmp_path / "older.db")
    for bench in benches * 2:
        bench.sync()
    assert benches[0].seen() == benches[1].seen(), seed
    for bench in benches:
        assert own_entries(bench) == [(each.seq, each.hash) for each in bench.store.own], seed
        assert bench.store.sync_state().waiting == 0
