"""The sync thread: when it tries, what it tells, and that it can always be stopped."""

import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Final

import pytest
from typing_extensions import override

from app.services.ports import StoreFaultError, SyncState
from app.sync.address import service_address
from app.sync.bell import Bell
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.transport import Patience
from app.sync.worker import Pace, SyncPhase, SyncStatus, SyncWorker
from tests.sync.fakes import (
    TOKEN,
    FakeService,
    FakeStore,
    Reply,
    Request,
    Server,
    http,
    journal,
    raw,
    says,
)

Serve = Callable[..., Server]
"""Starts a server."""
PACE: Final = Pace(poll=30.0, first=1.0, longest=300.0)


class ScriptedBell(Bell):
    """Waits in no time, and tells what it was asked for; the test decides when each wait ends."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: queue.Queue[tuple[float, bool]] = queue.Queue()
        self._go: queue.Queue[bool] = queue.Queue()

    @override
    def wait(self, seconds: float, *, patient: bool) -> bool:
        self.waits.put((seconds, patient))
        return self._go.get()

    @override
    def ring(self, *, now: bool = False) -> None:
        self._go.put(now)

    @override
    def close(self) -> None:
        super().close()
        self._go.put(False)


class Bench:
    """A worker with everything around it."""

    def __init__(self, store: FakeStore, url: str | None, bell: Bell | None = None) -> None:
        self.store = store
        self.url = url
        self.connections = 0
        self.told: queue.Queue[SyncStatus] = queue.Queue()
        self.bell = bell or ScriptedBell()
        self.worker = SyncWorker(
            store,
            self.connect,
            self.told.put,
            pace=PACE,
            uniform=lambda low, high: high if low else high / 2,
            bell=self.bell,
        )

    def connect(self) -> ServiceClient | None:
        self.connections += 1
        if self.url is None:
            return None
        return ServiceClient(service_address(self.url), TOKEN, Patience(idle=300.0, total=300.0))

    def waits(self) -> tuple[float, bool]:
        """The next wait: how long, and whether patient."""
        assert isinstance(self.bell, ScriptedBell)
        return self.bell.waits.get(timeout=60)

    def says(self) -> tuple[str, str | None]:
        """The next status."""
        status = self.told.get(timeout=60)
        return status.state.value, status.code


@pytest.fixture
def bench_of() -> Iterator[Callable[..., Bench]]:
    """Benches whose workers end with the test."""
    with ExitStack() as stack:

        def make(store: FakeStore, url: str | None, bell: Bell | None = None) -> Bench:
            bench = Bench(store, url, bell)
            stack.callback(bench.worker.stop)
            bench.worker.start()
            return bench

        yield make


BenchOf = Callable[..., Bench]


def test_what_waits_is_sent_at_the_start(
    serve: Serve, fake_service: FakeService, bench_of: BenchOf
) -> None:
    bench = bench_of(FakeStore(journal(2)), serve(fake_service).url)
    assert bench.says() == ("working", None)
    status = bench.told.get(timeout=60)
    assert status == SyncStatus(
        SyncPhase.IDLE, None, SyncState(True, 0, 0, 2, bench.store.items[-1].chain)
    )
    assert bench.waits() == (30.0, False)


def test_a_new_entry_wakes_it_and_nothing_new_says_nothing(
    serve: Serve, fake_service: FakeService, bench_of: BenchOf
) -> None:
    bench = bench_of(FakeStore(), serve(fake_service).url)
    assert bench.says() == ("idle", None)
    bench.waits()
    bench.worker.wake()  # a poll: nothing new
    bench.waits()
    assert bench.told.empty()
    bench.store.own = journal(1)
    bench.worker.wake()
    bench.waits()
    assert [bench.says(), bench.says()] == [("working", None), ("idle", None)]
    assert len(fake_service.contents) == 1


def test_offline_waits_grow_to_their_bound_and_shrink_when_it_is_over(
    serve: Serve, fake_service: FakeService, bench_of: BenchOf
) -> None:
    server = serve(http(503, b""))
    bench = bench_of(FakeStore(), server.url)
    waits = [bench.waits()]
    for _ in range(40):
        bench.worker.wake()
        waits.append(bench.waits())
    assert [seconds for seconds, _ in waits[:10]] == [0.5, 1, 2, 4, 8, 16, 32, 64, 128, 150]
    assert waits[-1] == (150.0, True)
    assert bench.says() == ("offline", "service_failed")
    assert bench.told.empty()
    server.reply = fake_service
    bench.worker.wake()
    assert bench.says() == ("idle", None)
    bench.waits()
    server.reply = raw(b"")
    bench.worker.wake()
    assert bench.says() == ("offline", "connection_lost")
    assert bench.waits() == (0.5, True)


def test_it_stays_away_for_as_long_as_the_service_asks(serve: Serve, bench_of: BenchOf) -> None:
    bench = bench_of(FakeStore(), serve(http(503, b"", headers={"Retry-After": "77"})).url)
    assert bench.waits() == (77.0, True)


def test_a_hurry_starts_the_waits_anew_and_signs_in_anew(serve: Serve, bench_of: BenchOf) -> None:
    bench = bench_of(FakeStore(), serve(http(503, b"")).url)
    bench.waits()
    bench.worker.wake()
    assert bench.waits() == (1.0, True)
    assert bench.connections == 1
    bench.worker.wake(now=True)
    assert bench.waits() == (0.5, True)
    assert bench.connections == 2


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (says(401, {"code": "token_revoked"}), "token_revoked"),
        (says(409, {"code": "device_forked", "seq": 2}), "device_forked"),
        (says(200, []), "service_nonsense"),
        (http(200, b"<html>", "text/html"), "not_the_service"),
    ],
)
def test_a_refusal_is_told_and_tried_again_seldom(
    serve: Serve, bench_of: BenchOf, reply: Reply, code: str
) -> None:
    bench = bench_of(FakeStore(journal(3)), serve(reply).url)
    assert bench.says() == ("working", None)
    assert bench.says() == ("refused", code)
    assert bench.waits() == (300.0, True)
    assert len(bench.store.pending(10)) == 3


def test_a_refusal_tells_the_fields_of_its_text(serve: Serve, bench_of: BenchOf) -> None:
    reply = says(409, {"code": "device_forked", "seq": 2})
    bench = bench_of(FakeStore(journal(3)), serve(reply).url)
    bench.says()
    assert bench.told.get(timeout=60).fields == {"seq": 2}


def test_a_bench_that_is_not_enrolled_waits_to_be(
    serve: Serve, fake_service: FakeService, bench_of: BenchOf
) -> None:
    bench = bench_of(FakeStore(journal(1)), None)
    assert bench.says() == ("not_enrolled", None)
    assert bench.waits() == (300.0, True)
    bench.url = serve(fake_service).url
    bench.worker.wake(now=True)
    assert [bench.says(), bench.says()] == [("working", None), ("idle", None)]


def test_a_stored_address_that_is_refused_is_told(bench_of: BenchOf) -> None:
    bench = bench_of(FakeStore(), "http://bench.example.org")
    assert bench.says() == ("refused", "tls_required")


def test_a_failing_store_is_told_and_tried_again(
    serve: Serve, fake_service: FakeService, bench_of: BenchOf
) -> None:
    store = FakeStore(journal(1))
    store.fault = StoreFaultError("disk_full", "no space left")
    bench = bench_of(store, serve(fake_service).url)
    status = bench.told.get(timeout=60)
    assert status == SyncStatus(SyncPhase.REFUSED, "store_fault", None, {"store_code": "disk_full"})
    store.fault = None
    bench.waits()
    bench.worker.wake(now=True)
    assert [bench.says(), bench.says()] == [("working", None), ("idle", None)]


def test_a_stop_cuts_off_a_call_that_runs(serve: Serve, bench_of: BenchOf) -> None:
    asked = threading.Event()

    def silent(_request: Request, _line: object, over: threading.Event) -> None:
        asked.set()
        over.wait()

    bench = bench_of(FakeStore(journal(1)), serve(silent).url, Bell())
    assert asked.wait(60)
    bench.worker.stop()
    assert "sync" not in {thread.name for thread in threading.enumerate()}
    assert bench.says() == ("working", None)
    assert bench.told.empty()  # an end is no fault
    assert len(bench.store.pending(10)) == 1


def test_a_stop_while_it_signs_in_is_heard(serve: Serve, bench_of: BenchOf) -> None:
    """The keyring may take its time; the stop comes before there is a client to stop."""
    server = serve(http(503, b""))
    bench = Bench(FakeStore(), server.url, Bell())

    def slow_connect() -> ServiceClient | None:
        bench.bell.close()
        return bench.connect()

    worker = SyncWorker(bench.store, slow_connect, bench.told.put, bell=bench.bell)
    worker.start()
    worker.stop()
    assert server.requests == []


def test_a_stop_before_the_bench_is_enrolled_ends_the_wait(bench_of: BenchOf) -> None:
    bench = bench_of(FakeStore(), None, Bell())
    assert bench.says() == ("not_enrolled", None)
    bench.worker.stop()


def test_a_fault_of_the_program_is_told_and_reaches_the_crash_report(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reported: queue.Queue[type[BaseException]] = queue.Queue()

    def report(args: threading.ExceptHookArgs) -> None:
        reported.put(args.exc_type)

    monkeypatch.setattr(threading, "excepthook", report)
    told: queue.Queue[SyncStatus] = queue.Queue()

    def broken() -> ServiceClient | None:
        raise ZeroDivisionError

    worker = SyncWorker(FakeStore(), broken, told.put)
    worker.start()
    assert reported.get(timeout=60) is ZeroDivisionError
    assert told.get(timeout=60).code == "crashed"
    worker.stop()


def test_a_worker_that_never_started_can_be_stopped() -> None:
    SyncWorker(FakeStore(), lambda: None, lambda _status: None).stop()


def test_only_faults_that_pass_are_offline() -> None:
    assert SyncFaultError("unreachable").away
    assert not SyncFaultError("token_revoked").away


def test_making_a_worker_imports_no_http() -> None:
    """The window starts it while the first picture is painted."""
    program = (
        "import sys, app.sync.worker; "
        "print(sorted({'httpx', 'msgspec', 'ssl'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
