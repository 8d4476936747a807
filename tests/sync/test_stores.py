"""The real store, the real client and the real service: what benches agree on, and prove."""

from collections.abc import Callable
from pathlib import Path

import pytest

from account_service.contract import RegisterRow as ServiceRow
from app.data.restoring import restore
from app.data.store import LocalStore
from app.domain.journal import Draft, Json
from app.domain.repairs import Step
from tests.fixtures_service import RunningService
from tests.fixtures_store import STORE_KEY, CountedIds, SteppingClock
from tests.sync.stations import EnrolledBench, Station

pytestmark = pytest.mark.network

Make = Callable[..., LocalStore]


@pytest.fixture
def station(service: RunningService, request: pytest.FixtureRequest) -> Station:
    return Station.new(service, request.node.name)


def record(bench: EnrolledBench[LocalStore], *drafts: Draft) -> None:
    with bench.store.writing() as transaction:
        for draft in drafts:
            transaction.append(draft)


def opened(repair: str, number: str = "7") -> Draft:
    payload: dict[str, Json] = {"number": number, "serial": "C02XK0ABJGH5"}
    return Draft("repair.opened", f"repair:{repair}", "person:anna", payload)


def moved(repair: str, source: Step, target: Step) -> Draft:
    payload: dict[str, Json] = {"from": source.value, "to": target.value}
    return Draft("repair.status_changed", f"repair:{repair}", "person:anna", payload)


def note(repair: str, text: str) -> Draft:
    return Draft("repair.noted", f"repair:{repair}", "person:anna", {"text": text})


def numbered(store: LocalStore) -> list[tuple[int | None, str]]:
    """The log as a store has it: revision and hash, in the log's order."""
    return sorted((entry.revision or 0, entry.hash) for entry in store.entries() if entry.revision)


def assert_equal_and_proved(*stores: LocalStore) -> None:
    first = stores[0]
    for store in stores:
        assert numbered(store) == numbered(first)
        assert store.sync_state().chain == first.sync_state().chain
        assert store.verify().first_fault is None
        assert store.rebuild().equal
        assert store.misfits() == ()


def test_two_benches_come_to_the_same_repairs(station: Station, make_store: Make) -> None:
    one, other = (station.bench_with(make_store(name)) for name in ("one", "other"))
    record(one, opened("r1"), note("r1", "Bildskärmen är sprucken åäö 🔧"))
    for bench in (one, other):
        bench.sync()
    record(one, moved("r1", Step.OPENED, Step.DIAGNOSED))
    record(other, note("r1", "from the other bench"), opened("r2", "8"))
    for bench in (one, other, one):
        bench.sync()
    assert_equal_and_proved(one.store, other.store)
    for repair in ("r1", "r2"):
        with one.store.reading() as mine, other.store.reading() as theirs:
            assert mine.repair(repair) == theirs.repair(repair) is not None
            assert mine.timeline(f"repair:{repair}") == theirs.timeline(f"repair:{repair}")


def test_a_clash_over_a_status_is_parked_and_shown_alike(
    station: Station, make_store: Make
) -> None:
    one, other = (station.bench_with(make_store(name)) for name in ("one", "other"))
    record(one, opened("r1"))
    for bench in (one, other):
        bench.sync()
    record(one, moved("r1", Step.OPENED, Step.DIAGNOSED))
    record(other, moved("r1", Step.OPENED, Step.CANCELLED))
    assert one.sync().parked == 0
    assert other.sync().parked == 1
    one.sync()
    assert_equal_and_proved(one.store, other.store)
    with one.store.reading() as mine, other.store.reading() as theirs:
        repair, same = mine.repair("r1"), theirs.repair("r1")
    assert repair == same
    assert repair is not None
    assert repair.step is Step.DIAGNOSED
    assert len(repair.conflicts) == 1


def test_a_rejected_entry_stays_and_what_follows_it_is_proved_elsewhere(
    station: Station, make_store: Make
) -> None:
    one, other = (station.bench_with(make_store(name)) for name in ("one", "other"))
    record(one, opened("r1"), Draft("Not a kind", "repair:r1", "person:anna", {}), note("r1", "x"))
    report = one.sync()
    assert (report.rejected, report.accepted, report.waiting) == (1, 2, 0)
    other.sync()
    assert_equal_and_proved(one.store, other.store)
    ((entry, code),) = one.store.rejected()
    assert (entry.seq, code) == (2, "kind_invalid")
    assert one.store.sync_state().rejected == 1


def test_rows_of_the_registers_are_there_for_the_next_scan(
    station: Station, make_store: Make
) -> None:
    anna: dict[str, object] = {
        "id": "anna",
        "name": "Anna Lindqvist",
        "badge": "1001",
        "role": "technician",
        "tech_id": "NVK1001A",
        "certifications": [],
    }
    bench = station.bench_with(make_store())
    station.put(ServiceRow("people", "anna", anna))
    bench.sync()
    with bench.store.reading() as reader:
        person = reader.person_by_badge("1001")
    assert person is not None
    assert person.name == "Anna Lindqvist"
    station.put(ServiceRow("people", "anna", None))
    bench.sync()
    with bench.store.reading() as reader:
        assert reader.person_by_badge("1001") is None
    assert bench.store.misfits() == ()


def test_thousands_of_entries_go_up_and_come_down_proved(
    station: Station, make_store: Make
) -> None:
    one, other = (station.bench_with(make_store(name)) for name in ("one", "other"))
    record(one, opened("r1"), *(note("r1", f"å {number}") for number in range(2500)))
    assert one.sync().accepted == 2501
    assert other.sync().pulled == 2501
    assert_equal_and_proved(one.store, other.store)


def test_a_closed_and_opened_store_goes_on_where_it_was(station: Station, make_store: Make) -> None:
    bench = station.bench_with(make_store("one"))
    record(bench, opened("r1"))
    bench.sync()
    bench.store.close()
    again = EnrolledBench(make_store("one"), bench.vault)
    record(again, note("r1", "after the night"))
    report = again.sync()
    assert (report.accepted, report.known, report.pulled, report.revision) == (1, 0, 1, 2)


def test_a_bench_restored_from_a_backup_is_enrolled_anew_and_loses_nothing(
    station: Station,
    make_store: Make,
    store_clock: SteppingClock,
    store_ids: CountedIds,
    tmp_path: Path,
) -> None:
    other = station.bench_with(make_store("other"))
    bench = station.bench_with(make_store("one"))
    record(bench, opened("r1"), note("r1", "synced"))
    bench.sync()
    record(bench, note("r1", "in the backup, and synced after it"))
    bench.store.back_up(tmp_path / "backup.db")
    record(bench, note("r1", "after the backup, and synced"))
    bench.sync()
    bench.store.close()
    store_ids.lane = 7
    restore(tmp_path / "backup.db", bench.store.path, STORE_KEY, store_clock, store_ids)
    again = EnrolledBench(make_store("one"), bench.vault)
    assert again.sync().pulled == 2  # what it had and what it had not is known again
    record(again, note("r1", "after it was restored"))
    assert again.fault().code == "bench_mismatch"
    assert again.store.sync_state().waiting == 1
    station.enrol(again)
    report = again.sync()
    assert (report.accepted, report.waiting, report.revision) == (1, 0, 5)
    other.sync()
    assert_equal_and_proved(again.store, other.store)
    with other.store.reading() as reader:
        told = [entry.payload.get("text") for entry in reader.timeline("repair:r1")]
    assert told == [
        None,
        "synced",
        "in the backup, and synced after it",
        "after the backup, and synced",
        "after it was restored",
    ]


def test_what_only_the_backup_had_reaches_the_service_under_the_new_identity(
    station: Station,
    make_store: Make,
    store_clock: SteppingClock,
    store_ids: CountedIds,
    tmp_path: Path,
) -> None:
    other = station.bench_with(make_store("other"))
    bench = station.bench_with(make_store("one"))
    record(bench, opened("r1"))
    bench.sync()
    record(bench, note("r1", "only in the backup"))
    bench.store.back_up(tmp_path / "backup.db")
    bench.store.close()
    store_ids.lane = 7
    restore(tmp_path / "backup.db", bench.store.path, STORE_KEY, store_clock, store_ids)
    again = EnrolledBench(make_store("one"), bench.vault)
    station.enrol(again)
    report = again.sync()
    assert (report.accepted, report.waiting, report.revision) == (1, 0, 2)
    other.sync()
    with other.store.reading() as reader:
        told = [entry.payload.get("text") for entry in reader.timeline("repair:r1")]
    assert told == [None, "only in the backup"]
    assert other.store.verify().first_fault is None
    assert again.store.verify().first_fault is None
