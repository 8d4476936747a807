"""The sync thread's store and vault: every question is asked in the thread that owns the store."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from uuid import UUID

import pytest

from app.domain.journal import Entry
from app.services.ports import LogItem, PushOutcome, RegisterRow, Store, StoreFaultError, SyncState
from app.services.queued import QueuedSyncStore, QueuedVault
from tests.unit.services.desk import Desk
from tests.unit.services.told import MakeBench, Told

BENCH = UUID(int=7)
STATE = SyncState(enrolled=True, waiting=1, rejected=0, revision=3, chain="ab")
OUTCOME = PushOutcome(1, "accepted", 4, None)
ITEM = LogItem(5, "cd", RegisterRow("assets", "x", None))


class Side:
    """A `SyncStore` and a `Vault` that note what they were asked, and in which thread."""

    def __init__(self) -> None:
        self.asked: list[object] = []
        self.threads: set[str] = set()
        self.secrets: dict[str, str] = {}

    def note(self, *what: object) -> None:
        self.asked.append(what)
        self.threads.add(threading.current_thread().name)

    @property
    def bench_id(self) -> UUID:
        self.note("bench_id")
        return BENCH

    def sync_state(self) -> SyncState:
        self.note("sync_state")
        return STATE

    def pending(self, limit: int) -> tuple[Entry, ...]:
        self.note("pending", limit)
        return ()

    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        self.note("record_outcomes", *outcomes)

    def apply_page(self, items: Sequence[LogItem]) -> None:
        self.note("apply_page", *items)

    def carry_over(self) -> int:
        self.note("carry_over")
        return 3

    def start_over(self) -> None:
        self.note("start_over")
        raise StoreFaultError("disk_full")

    def get(self, name: str) -> str | None:
        self.note("get", name)
        return self.secrets.get(name)

    def set(self, name: str, value: str) -> None:
        self.note("set", name)
        self.secrets[name] = value


@pytest.fixture
def side() -> Side:
    return Side()


@pytest.fixture
def of_desk(desk: Desk, side: Side) -> Callable[[Store], Side]:
    def given(store: Store) -> Side:
        assert store is desk.store
        return side

    return given


def test_every_question_is_asked_in_the_store_s_thread(
    make: MakeBench, side: Side, of_desk: Callable[[Store], Side]
) -> None:
    bench = make()
    bench.start()
    queued = QueuedSyncStore(bench, of_desk)
    assert queued.bench_id == BENCH
    assert queued.sync_state() == STATE
    assert queued.pending(9) == ()
    queued.record_outcomes([OUTCOME])
    queued.apply_page([ITEM])
    assert queued.carry_over() == 3
    assert side.asked == [
        ("bench_id",),
        ("sync_state",),
        ("pending", 9),
        ("record_outcomes", OUTCOME),
        ("apply_page", ITEM),
        ("carry_over",),
    ]
    assert side.threads == {"store"}


def test_a_fault_comes_back_to_who_asked(
    make: MakeBench, of_desk: Callable[[Store], Side], told: Told
) -> None:
    bench = make()
    bench.start()
    with pytest.raises(StoreFaultError, match="disk_full"):
        QueuedSyncStore(bench, of_desk).start_over()
    assert told.faults == []


def test_a_question_after_the_end_is_cancelled(
    make: MakeBench, of_desk: Callable[[Store], Side]
) -> None:
    bench = make()
    bench.start()
    bench.stop()
    with pytest.raises(CancelledError):
        QueuedSyncStore(bench, of_desk).sync_state()


def test_the_vault_is_opened_in_the_store_s_thread(
    make: MakeBench, side: Side, of_desk: Callable[[Store], Side]
) -> None:
    bench = make()
    bench.start()
    vault = QueuedVault(bench, of_desk)
    assert vault.get("token") is None
    vault.set("token", "secret")
    assert vault.get("token") == "secret"
    assert side.threads == {"store"}
