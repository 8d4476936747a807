"""Benches against the real account service, over real HTTP."""

import queue
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from account_service.contract import RegisterRow as ServiceRow
from app.domain.journal import Entry
from app.services.ports import RegisterRow
from app.sync.credentials import connected, enrol
from app.sync.errors import SyncFaultError
from app.sync.worker import Pace, SyncStatus, SyncWorker
from tests.fixtures_service import RunningService
from tests.sync.fakes import FakeStore, FakeVault, journal
from tests.sync.stations import EnrolledBench, Station, back_up, restart, restore

pytestmark = pytest.mark.network


@pytest.fixture
def station(service: RunningService, request: pytest.FixtureRequest) -> Station:
    return Station.new(service, request.node.name)


@pytest.fixture
def own_station(own_service: RunningService) -> Station:
    return Station.new(own_service)


def test_two_benches_converge(station: Station) -> None:
    one, other = station.bench(1), station.bench(2)
    for number in range(3):
        one.store.append("note.added", f"repair:{number}", {"text": "åäö 🔧\u2028\x00"})
        other.store.append("esd.measured", "person:anna", {"ohm": 1_000_000})
    reports = [bench.sync() for bench in (one, other, one)]
    assert [report.accepted for report in reports] == [3, 3, 0]
    assert [report.pulled for report in reports] == [3, 6, 3]
    assert one.store.seen() == other.store.seen()
    assert one.store.sync_state().revision == 6


def test_rows_of_the_registers_come_down(station: Station) -> None:
    laptop: dict[str, object] = {"model": "MacBook Air", "year": 2024}
    station.put(ServiceRow("assets", "C02XK1", laptop))
    station.put(ServiceRow("assets", "C02XK1", None))
    bench = station.bench()
    assert bench.sync().pulled == 2
    assert [item.content for item in bench.store.items] == [
        RegisterRow("assets", "C02XK1", laptop),
        RegisterRow("assets", "C02XK1", None),
    ]


def test_many_entries_go_up_and_come_down_whole(station: Station) -> None:
    one, other = station.bench(1), station.bench(2)
    one.store.own = journal(2500, one.store.bench_id)
    assert one.sync().accepted == 2500
    assert other.sync().pulled == 2500
    assert one.store.seen() == other.store.seen()


def test_large_entries_fit_through(station: Station) -> None:
    bench = station.bench()
    bench.store.own = journal(40, bench.store.bench_id, {"text": "ö" * 32_000})
    assert bench.sync().accepted == 40
    assert len(bench.store.items) == 40


def test_entries_that_contradict_are_parked_and_bad_ones_rejected(station: Station) -> None:
    one, other = station.bench(1), station.bench(2)
    one.store.append("repair.opened", "repair:r1", {"serial": "C02XK1"})
    one.sync()
    other.store.append("repair.opened", "repair:r1", {"serial": "C02XK1"})
    other.store.append("Not a kind", "repair:r1")
    other.store.append("note.added", "repair:r1")
    report = other.sync()
    assert (report.parked, report.rejected, report.accepted) == (1, 1, 1)
    assert (report.waiting, report.revision) == (0, 3)
    outcomes = other.store.outcomes
    assert (outcomes[1].code, outcomes[1].revision) == ("already_open", 2)
    assert (outcomes[2].code, outcomes[2].revision) == ("kind_invalid", None)
    one.sync()
    assert one.store.seen() == other.store.seen()


def test_an_answer_that_the_bench_never_stored_comes_again(station: Station) -> None:
    bench = station.bench()
    bench.store.append("note.added", "repair:r1")
    bench.store.append("Not a kind", "repair:r1")
    bench.sync()
    first = dict(bench.store.outcomes)
    bench.store.outcomes.clear()
    report = bench.sync()
    assert (report.known, report.accepted, report.rejected) == (2, 0, 0)
    again = bench.store.outcomes
    assert [(each.revision, each.code) for each in again.values()] == [
        (each.revision, each.code) for each in first.values()
    ]


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "x" * 200, "å"])
def test_a_code_that_was_never_given_opens_nothing(station: Station, code: str) -> None:
    vault = FakeVault()
    with pytest.raises(SyncFaultError) as caught:
        enrol(vault, station.service.url, code, bench_id=UUID(int=1), name="Bänk")
    assert caught.value.code == "code_unknown"
    assert vault.secrets == {}


def test_a_code_opens_once(station: Station) -> None:
    url, code = station.service.url, station.code()
    enrol(FakeVault(), url, code, bench_id=UUID(int=1), name="Bänk")
    with pytest.raises(SyncFaultError) as caught:
        enrol(FakeVault(), url, code, bench_id=UUID(int=1), name="Bänk")
    assert caught.value.code == "code_used"


def test_a_code_opens_for_a_while_only(station: Station) -> None:
    code = station.code(valid=timedelta(seconds=-1))
    with pytest.raises(SyncFaultError) as caught:
        enrol(FakeVault(), station.service.url, code, bench_id=UUID(int=1), name="Bänk")
    assert caught.value.code == "code_expired"


def test_guessing_codes_is_slowed_down(own_station: Station) -> None:
    faults: list[SyncFaultError] = []
    for guess in range(30):
        with pytest.raises(SyncFaultError) as caught:
            enrol(
                FakeVault(), own_station.service.url, f"{guess}", bench_id=UUID(int=1), name="Bänk"
            )
        faults.append(caught.value)
    assert {fault.code for fault in faults} == {"code_unknown", "too_many_attempts"}
    assert faults[-1].retry_after


def test_a_revoked_bench_keeps_everything_and_goes_on_after_a_new_enrolment(
    station: Station,
) -> None:
    bench = station.bench()
    bench.store.append("note.added", "repair:r1")
    bench.sync()
    station.revoke(bench)
    bench.store.append("note.added", "repair:r1")
    assert bench.fault().code == "token_revoked"
    assert bench.store.sync_state().waiting == 1
    station.enrol(bench)
    report = bench.sync()
    assert (report.accepted, report.known, report.waiting) == (1, 0, 0)
    assert bench.store.started_over == 0


def test_a_token_of_another_service_is_unknown(station: Station, own_station: Station) -> None:
    bench = station.bench()
    secret = bench.vault.secrets["account-service"]
    bench.vault.secrets["account-service"] = secret.replace(
        station.service.url, own_station.service.url
    )
    assert bench.fault().code == "token_unknown"


def test_a_copied_bench_is_told_apart(station: Station) -> None:
    bench = station.bench()
    bench.store.append("note.added", "repair:r1")
    bench.store.append("note.added", "repair:r1", {"text": "before"})
    bench.sync()
    copy = EnrolledBench(FakeStore(bench_id=bench.store.bench_id), bench.vault)
    copy.store.append("note.added", "repair:r1")
    copy.store.append("note.added", "repair:r1", {"text": "after"})
    fault = copy.fault()
    assert (fault.code, dict(fault.fields)) == ("device_forked", {"seq": 2})
    assert copy.store.sync_state().waiting == 2


def test_a_changed_entry_is_told_by_its_hash(station: Station) -> None:
    bench = station.bench()
    bench.store.append("note.added", "repair:r1")
    entry = bench.store.append("note.added", "repair:r1", {"text": "before"})
    bench.store.own[1] = replace(entry, payload={"text": "after"})
    fault = bench.fault()
    assert (fault.code, dict(fault.fields)) == ("hash_mismatch", {"seq": 2})
    assert bench.store.sync_state().waiting == 2


def test_the_wrong_path_is_not_the_service(station: Station) -> None:
    with pytest.raises(SyncFaultError) as caught:
        enrol(FakeVault(), station.service.url + "/x", "A", bench_id=UUID(int=1), name="B")
    assert caught.value.code == "not_the_service"


def test_a_bench_syncs_over_tls_with_a_service_that_its_machine_trusts(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = ("--tls-cert", str(certificate), "--tls-key", str(certificate))
    service = RunningService(tmp_path, extra=keys)
    service.start()
    try:
        station = Station.new(service)
        with pytest.raises(SyncFaultError) as caught:
            station.bench()
        assert caught.value.code == "certificate_untrusted"
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        bench = station.bench()
        bench.store.append("note.added", "repair:r1")
        assert bench.sync().accepted == 1
        assert service.url.startswith("https://")
    finally:
        service.stop()


# ----------------------------------------------------------------------
# A service that goes away, comes back, or comes back older
# ----------------------------------------------------------------------


@pytest.mark.parametrize("waiting", [False, True])
def test_a_service_restored_from_an_older_file_gets_everything_back(
    own_station: Station, tmp_path: Path, waiting: bool
) -> None:
    service = own_station.service
    one, other = own_station.bench(1), own_station.bench(2)
    for bench in (one, other, one):
        bench.store.append("note.added", "repair:r1")
        bench.sync()
    back_up(service, tmp_path / "older.db")
    for bench in (one, other, one, other):
        bench.store.append("note.added", "repair:r2", {"text": "after the backup"})
        bench.sync()
    restore(service, tmp_path / "older.db")
    if waiting:
        one.store.append("note.added", "repair:r2", {"text": "while it was restored"})
    report = one.sync()
    assert (one.store.started_over, report.known, report.waiting) == (1, 2, 0)
    assert report.accepted == 2 + waiting
    other.sync()
    one.sync()
    assert one.store.seen() == other.store.seen()
    assert one.store.sync_state().revision == 7 + waiting
    told = [item.content for item in one.store.items]
    entries = {(each.bench_id, each.seq) for each in told if isinstance(each, Entry)}
    assert len(entries) == len(told) == 7 + waiting


class Told:
    """Collects what a worker says; the test waits for what it wants to hear."""

    def __init__(self) -> None:
        self.queue: queue.Queue[SyncStatus] = queue.Queue()

    def hear(self, state: str, waiting: int | None = None) -> SyncStatus:
        while True:
            status = self.queue.get(timeout=120)
            left = status.sync.waiting if status.sync is not None else None
            if status.state == state and waiting in {None, left}:
                return status


@pytest.fixture
def work() -> Iterator[Callable[[EnrolledBench[FakeStore]], tuple[SyncWorker, Told]]]:
    """Starts workers; they stop with the test."""
    with ExitStack() as stack:

        def start(bench: EnrolledBench[FakeStore]) -> tuple[SyncWorker, Told]:
            told = Told()
            pace = Pace(poll=0.05, first=0.01, longest=0.05)
            worker = SyncWorker(
                bench.store, lambda: connected(bench.vault), told.queue.put, pace=pace
            )
            stack.callback(worker.stop)
            worker.start()
            return worker, told

        yield start


def test_what_was_recorded_offline_goes_up_by_itself_when_the_service_is_back(
    own_station: Station, work: Callable[[EnrolledBench[FakeStore]], tuple[SyncWorker, Told]]
) -> None:
    bench = own_station.bench()
    own_station.service.stop()
    bench.store.append("note.added", "repair:r1")
    _, told = work(bench)
    assert told.hear("offline", waiting=1).code == "unreachable"
    restart(own_station.service)
    assert told.hear("idle", waiting=0).code is None
    own_station.service.stop()
    assert told.hear("offline", waiting=0).code in {"unreachable", "connection_lost"}
    restart(own_station.service)
    told.hear("idle")


def test_a_worker_tells_that_its_bench_was_shut_out(
    own_station: Station, work: Callable[[EnrolledBench[FakeStore]], tuple[SyncWorker, Told]]
) -> None:
    bench = own_station.bench()
    worker, told = work(bench)
    told.hear("idle")
    own_station.revoke(bench)
    assert told.hear("refused").code == "token_revoked"
    own_station.enrol(bench)
    worker.wake(now=True)
    told.hear("idle")
