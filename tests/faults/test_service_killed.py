"""SIGKILL of the account service while benches push: what it acknowledged is there afterwards."""

import os
import random
import threading
from pathlib import Path

import httpx
import pytest

from tests.account_service.conftest import HttpBench
from tests.account_service.journals import Wire, chain_after
from tests.fixtures_service import RunningService, own_service

__all__ = ["own_service"]

ROUNDS = int(os.environ.get("REPAIR_BENCH_FAULT_ROUNDS", "10"))
BENCHES = 3


class Pusher:
    """A bench that pushes until its service is gone, and remembers what it was told."""

    def __init__(self, bench: HttpBench) -> None:
        self.bench = bench
        self.unanswered: list[Wire] = []
        self.acknowledged: dict[str, int] = {}
        self.answers = threading.Event()

    def run(self) -> None:
        with httpx.Client(base_url=self.bench.service.url, timeout=60) as client:
            self.bench.client = client
            while self.push_once():
                self.answers.set()
        self.answers.set()

    def push_once(self) -> bool:
        if not self.unanswered:
            self.unanswered = self.bench.journal.entries(4)
        try:
            answer = self.bench.push(*self.unanswered)
        except httpx.TransportError:
            return False
        for outcome in answer.raise_for_status().json()["outcomes"]:
            assert self.acknowledged.setdefault(outcome["id"], outcome["revision"]) > 0
        self.unanswered = []
        return True


def log_of(bench: HttpBench) -> dict[str, int]:
    """Every entry of the log with its revision, each link of the chain checked."""
    revision, chain, more = 0, "0" * 64, True
    found: dict[str, int] = {}
    while more:
        page = bench.pull(after=revision, chain=chain, limit=1000).raise_for_status().json()
        for item in page["items"]:
            revision += 1
            chain = chain_after(chain, item)
            assert (item["revision"], item["chain"]) == (revision, chain)
            assert item["entry"]["id"] not in found
            found[item["entry"]["id"]] = revision
        more = page["more"]
    return found


@pytest.mark.faults
def test_what_was_acknowledged_survives_a_kill(own_service: RunningService) -> None:
    organisation = own_service.organisation()
    with httpx.Client(base_url=own_service.url) as client:
        pushers = [Pusher(HttpBench(own_service, organisation, client)) for _ in range(BENCHES)]
        for pusher in pushers:
            assert pusher.bench.enrol().is_success
    chance = random.Random(20260302)  # noqa: S311 - moments, not secrets
    log: dict[str, int] = {}
    for _ in range(ROUNDS):
        threads = [threading.Thread(target=pusher.run) for pusher in pushers]
        for thread in threads:
            thread.start()
        for _ in range(chance.randint(1, 5)):
            pusher = chance.choice(pushers)
            pusher.answers.clear()
            pusher.answers.wait()
        own_service.kill()
        for thread in threads:
            thread.join()
        own_service.start()
        with httpx.Client(base_url=own_service.url, timeout=60) as client:
            for pusher in pushers:
                pusher.bench.client = client
                assert pusher.push_once()
            log = log_of(pushers[0].bench)
    acknowledged = {entry: at for pusher in pushers for entry, at in pusher.acknowledged.items()}
    assert log == acknowledged
    assert len(log) >= ROUNDS * BENCHES


@pytest.mark.faults
def test_a_restored_service_says_so_and_takes_the_entries_again(
    own_service: RunningService,
) -> None:
    """An older copy of the file answers 410 to newer cursors; the benches push what it lacks."""
    organisation = own_service.organisation()
    with httpx.Client(base_url=own_service.url) as client:
        bench = HttpBench(own_service, organisation, client)
        bench.enrol()
        first = bench.push(*bench.journal.entries(5)).json()
    own_service.stop()
    saved = own_service.database.read_bytes()
    own_service.start()
    with httpx.Client(base_url=own_service.url) as client:
        bench.client = client
        entries = bench.journal.entries(5)
        later = bench.push(*entries).json()
    own_service.kill()
    restore(own_service.database, saved)
    own_service.start()
    with httpx.Client(base_url=own_service.url) as client:
        bench.client = client
        gone = bench.pull(after=later["revision"], chain=later["chain"])
        assert (gone.status_code, gone.json()) == (410, {"code": "restored"})
        still = bench.pull(after=first["revision"], chain=first["chain"])
        assert still.json()["items"] == []
        gap = bench.push(entries[4])
        assert gap.json() == {"code": "gap", "expected_seq": 6}
        again = bench.push(*entries).json()
        assert (again["revision"], again["chain"]) == (later["revision"], later["chain"])


def restore(database: Path, saved: bytes) -> None:
    """Put an operator's copy back."""
    for name in (f"{database.name}-wal", f"{database.name}-shm"):
        database.with_name(name).unlink(missing_ok=True)
    database.write_bytes(saved)
