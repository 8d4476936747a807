"""Many benches at once, over HTTP: no revision is lost, and the chain is one."""

import threading
from collections.abc import Callable

import httpx
import pytest

from tests.account_service.conftest import HttpBench
from tests.account_service.journals import Wire, chain_after
from tests.fixtures_service import RunningService

BENCHES = 8
BATCHES = 12
SIZE = 5


def in_threads(*jobs: Callable[[], None]) -> None:
    """Run jobs at once; what one of them raises fails the test."""
    faults: list[BaseException] = []
    start = threading.Barrier(len(jobs))

    def run(job: Callable[[], None]) -> None:
        start.wait()
        try:
            job()
        except BaseException as fault:  # noqa: BLE001 - raised again in the test's thread
            faults.append(fault)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]


def whole_log(bench: HttpBench, limit: int = 1000) -> list[Wire]:
    items: list[Wire] = []
    revision, chain, more = 0, "0" * 64, True
    while more:
        page = bench.pull(after=revision, chain=chain, limit=limit).json()
        for item in page["items"]:
            revision += 1
            chain = chain_after(chain, item)
            assert (item["revision"], item["chain"]) == (revision, chain)
        items += page["items"]
        more = page["more"]
        assert (page["revision"], page["chain"]) == (revision, chain)
    return items


@pytest.fixture
def benches(service: RunningService, client: httpx.Client) -> list[HttpBench]:
    organisation = service.organisation()
    enrolled = [HttpBench(service, organisation, client) for _ in range(BENCHES)]
    for bench in enrolled:
        assert bench.enrol().is_success
    return enrolled


def test_pushes_at_once_lose_no_revision(benches: list[HttpBench]) -> None:
    answered: dict[int, str] = {}

    def push(bench: HttpBench) -> Callable[[], None]:
        def _push() -> None:
            with httpx.Client(base_url=bench.service.url, timeout=60) as own:
                bench.client = own
                for _ in range(BATCHES):
                    entries = bench.journal.entries(SIZE)
                    for outcome in bench.push(*entries).raise_for_status().json()["outcomes"]:
                        assert outcome["outcome"] == "accepted"
                        answered[outcome["revision"]] = outcome["id"]

        return _push

    reader, *writers = benches
    in_threads(*map(push, writers))
    log = whole_log(reader)
    assert len(log) == len(writers) * BATCHES * SIZE
    assert {item["revision"]: item["entry"]["id"] for item in log} == answered


def test_a_reader_that_follows_while_others_push_misses_nothing(benches: list[HttpBench]) -> None:
    """The cursor of a page that was read in the middle of a push never skips an entry."""
    done = threading.Event()
    seen: list[Wire] = []
    writer, reader, *_ = benches

    def push() -> None:
        with httpx.Client(base_url=writer.service.url, timeout=60) as own:
            writer.client = own
            for _ in range(40):
                writer.push(*writer.journal.entries(3)).raise_for_status()
        done.set()

    def follow() -> None:
        revision, chain = 0, "0" * 64
        with httpx.Client(base_url=reader.service.url, timeout=60) as own:
            reader.client = own
            last = False
            while not last:
                last = done.is_set()
                page = reader.pull(after=revision, chain=chain, limit=7).raise_for_status().json()
                seen.extend(page["items"])
                revision, chain = page["revision"], page["chain"]
                last = last and not page["more"]

    in_threads(push, follow)
    reader.client = benches[2].client
    assert seen == whole_log(reader)
    assert len(seen) == 120


def test_the_same_batch_at_once_is_stored_once(benches: list[HttpBench]) -> None:
    bench = benches[0]
    entries = bench.journal.entries(20)
    outcomes: list[str] = []

    def push() -> None:
        answer = httpx.post(
            f"{bench.service.url}/v1/entries",
            json={"entries": entries},
            headers=bench.headers,
            timeout=60,
        )
        outcomes.extend({each["outcome"] for each in answer.json()["outcomes"]})

    in_threads(*[push] * 6)
    assert sorted(outcomes) == ["accepted", *["known"] * 5]
    assert len(whole_log(bench)) == 20


def test_one_code_enrols_one_bench_however_many_ask(benches: list[HttpBench]) -> None:
    code = benches[0].service.code(benches[0].organisation_id)
    statuses: list[int] = []

    def enrol(bench: HttpBench) -> Callable[[], None]:
        def _enrol() -> None:
            asked = {"code": code, "bench_id": bench.journal.bench_id, "name": "n"}
            answer = httpx.post(f"{bench.service.url}/v1/enrol", json=asked, timeout=60)
            statuses.append(answer.status_code)

        return _enrol

    in_threads(*map(enrol, benches[:5]))
    assert sorted(statuses) == [201, 403, 403, 403, 403]


def test_a_transition_that_two_benches_make_at_once_is_parked_for_one(
    benches: list[HttpBench],
) -> None:
    benches[0].push(benches[0].journal.opened()).raise_for_status()
    outcomes: list[str] = []

    def move(bench: HttpBench) -> Callable[[], None]:
        def _move() -> None:
            with httpx.Client(base_url=bench.service.url, timeout=60) as own:
                bench.client = own
                answer = bench.push(bench.journal.moved("opened", "diagnosed")).json()
                outcomes.append(answer["outcomes"][0]["outcome"])

        return _move

    in_threads(*map(move, benches[1:7]))
    assert sorted(outcomes) == ["accepted", *["parked"] * 5]


def test_an_import_by_the_operator_runs_beside_pushes(
    benches: list[HttpBench], tmp_path_factory: pytest.TempPathFactory
) -> None:
    bench, reader, *_ = benches
    path = tmp_path_factory.mktemp("import") / "devices.csv"
    path.write_text("serial\n" + "".join(f"S{number}\n" for number in range(2000)))

    def push() -> None:
        with httpx.Client(base_url=bench.service.url, timeout=60) as own:
            bench.client = own
            for _ in range(30):
                bench.push(*bench.journal.entries(5)).raise_for_status()

    def load() -> None:
        organisation = bench.organisation_id
        arguments = ("import", "devices", str(path), "--organisation", organisation)
        assert bench.service.told(*arguments)["accepted"] == 2000

    in_threads(push, load)
    log = whole_log(reader)
    assert sum("row" in item for item in log) == 2000
    assert sum("entry" in item for item in log) == 150
