"""A power cut at the service or at the bench in the middle of sync: nothing lost, nothing twice."""

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

import pytest

from app.data.store import LocalStore
from app.domain.journal import Draft, Entry
from app.services.ports import LogItem, PushOutcome, SyncState
from app.sync.credentials import VAULT_NAME
from app.sync.errors import SyncFaultError
from app.sync.push import PUSHED_AT_ONCE
from tests.fixtures_service import RunningService, own_service
from tests.fixtures_store import make_store, store_clock, store_ids
from tests.sync.stations import EnrolledBench, Station, back_up, restart, restore

__all__ = ["make_store", "own_service", "store_clock", "store_ids"]

pytestmark = [pytest.mark.faults, pytest.mark.network]

Make = Callable[..., LocalStore]

ROUNDS = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "3"))
BATCHES = 12

CHILD = """
import sys
from pathlib import Path
from app.data.opening import open_store
from app.sync.credentials import connected
from app.sync.once import sync_once
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock
from tests.sync.fakes import FakeVault

vault = FakeVault()
vault.secrets[sys.argv[2]] = sys.argv[3]
with open_store(Path(sys.argv[1]), STORE_KEY, SteppingClock(), CountedIds()) as store:
    with connected(vault) as client:
        print("go", flush=True)
        sync_once(client, store)
"""


class Watched:
    """A real store that lets a test look on, or cut in, before an answer or a page is stored."""

    def __init__(self, store: LocalStore, before: Callable[[], None]) -> None:
        self.inner = store
        self.before = before

    @property
    def bench_id(self) -> UUID:
        return self.inner.bench_id

    def sync_state(self) -> SyncState:
        return self.inner.sync_state()

    def pending(self, limit: int) -> tuple[Entry, ...]:
        return self.inner.pending(limit)

    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        self.before()
        self.inner.record_outcomes(outcomes)

    def apply_page(self, items: Sequence[LogItem]) -> None:
        self.before()
        self.inner.apply_page(items)

    def start_over(self) -> None:
        self.inner.start_over()

    def carry_over(self) -> int:
        return self.inner.carry_over()


@pytest.fixture
def seed() -> int:
    """Shown when a test fails, so that its moments can be met again."""
    return random.randrange(2**32)  # noqa: S311 - moments, not secrets


@pytest.fixture
def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - moments, not secrets


@pytest.fixture
def station(own_service: RunningService) -> Station:
    return Station.new(own_service)


def record(store: LocalStore, count: int) -> None:
    with store.writing() as transaction:
        for number in range(count):
            subject = f"repair:r{number // 20}"  # a repair has some dozens of entries
            transaction.append(Draft("repair.noted", subject, "person:anna", {"text": "å"}))


def numbered(store: LocalStore) -> list[tuple[int, str]]:
    """The log as a store has it."""
    return sorted((entry.revision, entry.hash) for entry in store.entries() if entry.revision)


def assert_whole(*stores: LocalStore) -> None:
    """Every entry of every bench is in the log once, in the order of its bench, and proved."""
    log = [digest for _, digest in numbered(stores[0])]
    assert len(log) == len(set(log)) == stores[0].sync_state().revision
    for store in stores:
        bench_id = store.bench_id
        own = [entry.hash for entry in store.entries() if entry.bench_id == bench_id]
        assert [digest for digest in log if digest in set(own)] == own
        assert numbered(store) == numbered(stores[0])
        assert store.sync_state().waiting == 0
        assert store.verify().first_fault is None
        assert store.rebuild().equal
        assert store.misfits() == ()


class Killer:
    """Kills a service a while after so many answers have come."""

    def __init__(self, service: RunningService) -> None:
        self._service = service
        self._answers = threading.Semaphore(0)
        self._never = threading.Event()
        self._thread = threading.Thread()

    def answer(self) -> None:
        self._answers.release()

    def start(self, after: int, seconds: float) -> None:
        self._answers = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._kill, args=(after, seconds))
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _kill(self, after: int, seconds: float) -> None:
        for _ in range(after):
            self._answers.acquire()
        self._never.wait(seconds)
        self._service.kill()


def test_a_service_killed_while_entries_go_up_has_each_of_them_once(
    station: Station, make_store: Make, chance: random.Random, seed: int
) -> None:
    one, other = make_store("one"), make_store("other")
    killer = Killer(station.service)
    bench = station.bench_with(Watched(one, killer.answer))
    killed_with_some_left = 0
    for moment in range(ROUNDS):
        record(one, BATCHES * PUSHED_AT_ONCE)
        killer.start(chance.randrange(BATCHES - 1), chance.random() / 20)
        try:
            bench.sync()
        except SyncFaultError as fault:
            if not fault.away:
                raise
        killer.join()
        killed_with_some_left += one.sync_state().waiting > 0
        restart(station.service)
        assert bench.sync().waiting == 0, (seed, moment)
    station.bench_with(other).sync()
    assert_whole(one, other)
    assert killed_with_some_left, f"every kill came too late to be one, seed {seed}"


def test_a_bench_that_fails_as_it_stores_an_answer_gets_it_again(
    station: Station, make_store: Make, chance: random.Random, seed: int
) -> None:
    def fail_often() -> None:
        if chance.random() < 0.5:
            raise InterruptedError

    store = make_store()
    record(store, 3000)
    bench = station.bench_with(Watched(store, fail_often))
    for _ in range(1000):
        try:
            bench.sync()
            break
        except InterruptedError:
            continue
    else:
        pytest.fail(f"it never came to an end, seed {seed}")
    assert_whole(store)


def test_a_bench_killed_in_the_middle_of_a_round_goes_on_where_it_was(
    station: Station, make_store: Make, chance: random.Random, seed: int
) -> None:
    other = station.bench_with(make_store("other"))
    record(other.store, 1000)
    other.sync()
    store = make_store("one")
    bench = station.bench_with(store)
    path, over = store.path, threading.Event()
    for moment in range(ROUNDS):
        record(store, 1500)
        store.close()
        with subprocess.Popen(
            [sys.executable, "-c", CHILD, path, VAULT_NAME, bench.vault.secrets[VAULT_NAME]],
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"go\n", (seed, moment)
            over.wait(chance.random() / 2)
            child.kill()
        store = make_store("one")
        assert store.verify().first_fault is None, (seed, moment)
    EnrolledBench(store, bench.vault).sync()
    other.sync()
    assert_whole(store, other.store)


def test_a_service_restored_again_and_again_loses_nothing(
    station: Station, make_store: Make, chance: random.Random, tmp_path: Path, seed: int
) -> None:
    benches = [station.bench_with(make_store(name)) for name in ("one", "other")]
    back_up(station.service, tmp_path / "older.db")
    for _ in range(ROUNDS):
        for bench in chance.choices(benches, k=6):
            record(bench.store, chance.randrange(3))
            if chance.random() < 0.7:
                bench.sync()
        if chance.random() < 0.3:
            back_up(station.service, tmp_path / "older.db")
        else:
            restore(station.service, tmp_path / "older.db")
    for bench in benches * 2:
        assert bench.sync().waiting == 0, seed
    assert_whole(*(bench.store for bench in benches))
