"""The desk that takes the watched folder's files beside the work, and says what became of each."""

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from app.services import results_desk
from app.services.bench import Bench
from app.services.diagnosing import runs_of
from app.services.filing import Filing, FilingState
from app.services.ports import Store, StoreFaultError
from app.services.reference_codes import shipped_codes
from app.services.results_desk import ResultsDesk
from tests.fixtures_store import SteppingClock
from tests.unit.domain.diagnostics.samples import raw_of
from tests.unit.services.desk import Desk
from tests.unit.services.told import FailingStore, MakeBench, Told

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
Heard = list[tuple[str, FilingState]]


def desk_at(bench: Bench, heard: Heard) -> ResultsDesk:
    def note(name: str, filing: Filing) -> None:
        heard.append((name, filing.state))

    return ResultsDesk(bench, shipped_codes(), note)


def test_a_file_is_filed_in_the_store_thread_and_painted(
    desk: Desk, make: MakeBench, told: Told
) -> None:
    desk.open()
    repair = desk.repair
    bench = make(desk.store, listeners=told.listeners())
    bench.start()
    heard = Heard()
    results = desk_at(bench, heard)
    assert results.take("mac.json", raw_of("mac.json"), desk.clock.moment)
    assert results.take("copy.json", raw_of("mac.json"), desk.clock.moment)
    bench.stop()
    assert heard == [("mac.json", FilingState.FILED), ("copy.json", FilingState.KNOWN)]
    assert [(name, one.state) for name, one in results.filings()] == sorted(heard)
    with desk.store.reading() as reader:
        (run,) = runs_of(reader, repair)
    assert run.actor == "bench"


def test_a_file_that_waits_is_told_once_and_filed_when_its_product_is_received(
    desk: Desk, make: MakeBench
) -> None:
    bench = make(desk.store)
    bench.start()
    heard = Heard()
    results = desk_at(bench, heard)
    for _ in range(2):
        assert not results.take("mac.json", raw_of("mac.json"), desk.clock.moment)
    bench.call(lambda _: desk.open()).result()
    assert results.take("mac.json", raw_of("mac.json"), desk.clock.moment + timedelta(seconds=1))
    assert heard == [("mac.json", FilingState.WAITING), ("mac.json", FilingState.FILED)]


def test_rubbish_never_reaches_the_store_thread(desk: Desk, make: MakeBench) -> None:
    bench = make(desk.store)
    heard = Heard()
    results = desk_at(bench, heard)
    assert results.take("holiday.jpg", b"\xff\xd8\xff\xe0JFIF", desk.clock.moment)
    ((name, filing),) = results.filings()
    assert (name, filing.feedback.code) == ("holiday.jpg", "diagnostics_unreadable.not_text")
    assert heard == [("holiday.jpg", FilingState.REFUSED)]


def test_a_store_that_cannot_take_a_file_has_it_brought_again(
    desk: Desk, make: MakeBench, store_clock: SteppingClock
) -> None:
    failing = FailingStore(desk.store, StoreFaultError("disk_full"))
    bench = make(failing)
    bench.start()
    heard = Heard()
    results = desk_at(bench, heard)
    assert not results.take("mac.json", raw_of("mac.json"), store_clock.moment)
    assert (heard, results.filings()) == ([], ())


def test_a_bench_that_ends_leaves_the_file_for_the_next_start(desk: Desk, make: MakeBench) -> None:
    bench = make(desk.store)
    bench.start()
    bench.stop()
    results = desk_at(bench, Heard())
    assert not results.take("mac.json", raw_of("mac.json"), desk.clock.moment)


def test_a_store_that_never_opens_lets_the_file_go_when_the_bench_ends(make: MakeBench) -> None:
    def locked() -> Store:
        raise StoreFaultError("locked")

    bench = make(opener=locked)
    bench.start()
    results = desk_at(bench, Heard())
    took: list[bool] = []
    bringing = threading.Thread(
        target=lambda: took.append(results.take("mac.json", raw_of("mac.json"), NOON)),
        name="folder",
    )
    bringing.start()
    bench.stop()
    bringing.join()
    assert took == [False]


def test_a_defect_takes_one_file_and_its_words_are_not_logged(
    desk: Desk, make: MakeBench, caplog: pytest.LogCaptureFixture
) -> None:
    bench = make(FailingStore(desk.store, KeyError("Svante Privatsson")))
    bench.start()
    heard = Heard()
    results = desk_at(bench, heard)
    with caplog.at_level(logging.DEBUG):
        assert results.take("a.json", raw_of("mac.json"), NOON)
    assert not results.take("b.json", raw_of("mac.json"), NOON)
    assert heard == [("a.json", FilingState.REFUSED), ("b.json", FilingState.WAITING)]
    assert "KeyError" in caplog.text
    assert "Svante" not in caplog.text


def test_only_so_many_files_are_remembered(
    desk: Desk, make: MakeBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results_desk, "MOST_REMEMBERED", 2)
    results = desk_at(make(desk.store), Heard())
    for name in ("a", "b", "a", "c"):
        results.take(name, b"", desk.clock.moment)
    assert [name for name, _ in results.filings()] == ["a", "c"]
