"""Real databases, real services, and benches that talk to them."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from typing import Any

import httpx
import msgspec
import pytest

from account_service.contract import Enrolled, EnrolRequest, Pushed, RegisterRow, SealedEntry
from account_service.services import enrolling, organisations, pulling, pushing, registers
from account_service.services.signing_in import Caller, caller_of
from account_service.store.database import Database, open_database
from account_service.store.schema import upgrade
from tests.account_service.journals import Journal, Wire, chain_after
from tests.fixtures_service import RunningService, own_service, service

__all__ = ["own_service", "service"]

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ZEROS = "0" * 64


@dataclass
class Bench:
    """A bench that calls the services of this process."""

    database: Database
    organisation_id: str
    enrolled: Enrolled
    journal: Journal

    @property
    def caller(self) -> Caller:
        return caller_of(self.database, self.enrolled.token)

    def push(self, *entries: Wire) -> Pushed:
        batch = msgspec.convert(list(entries), list[SealedEntry])
        return pushing.push(self.database, self.caller, batch, NOON)

    def pull(self, after: int = 0, chain: str = ZEROS, most: int = 500) -> Wire:
        cursor = pulling.Cursor(after, chain)
        page = pulling.pull(self.database, self.caller, cursor, most)
        return msgspec.json.decode(msgspec.json.encode(page))

    def pull_all(self, most: int = 500) -> list[Wire]:
        """Every item, each link of the chain checked."""
        revision, chain, items, more = 0, ZEROS, list[Wire](), True
        while more:
            page = self.pull(revision, chain, most)
            for item in page["items"]:
                revision += 1
                chain = chain_after(chain, item)
                assert (item["revision"], item["chain"]) == (revision, chain)
                items.append(item)
            assert (page["revision"], page["chain"]) == (revision, chain)
            more = page["more"]
        return items


def outcomes(pushed: Pushed) -> list[tuple[str, int | None, str | None]]:
    return [(each.outcome, each.revision, each.code) for each in pushed.outcomes]


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A service's database as the migrations make it, made once for a whole run: copy it."""
    path = tmp_path_factory.mktemp("account") / "account.db"
    opened = open_database(str(path))
    upgrade(opened)
    opened.close()
    return path


@pytest.fixture
def database(tmp_path: Path, empty_database: Path) -> Iterator[Database]:
    opened = open_database(str(copyfile(empty_database, tmp_path / "account.db")))
    yield opened
    opened.close()


@pytest.fixture
def organisation_id(database: Database) -> str:
    return organisations.add(
        database, "Skolan", now=NOON, random=secrets.token_bytes
    ).organisation_id


@pytest.fixture
def other_organisation(database: Database) -> str:
    return organisations.add(
        database, "Grannen", now=NOON, random=secrets.token_bytes
    ).organisation_id


@pytest.fixture
def enrol(database: Database, organisation_id: str) -> Callable[..., Bench]:
    def _enrol(organisation: str = organisation_id, journal: Journal | None = None) -> Bench:
        journal = journal or Journal()
        random = secrets.token_bytes
        issued = enrolling.issue_code(
            database, organisation, valid=timedelta(minutes=60), now=NOON, random=random
        )
        asked = EnrolRequest(issued.code, journal.bench_id, "Bänk 1")
        enrolled = enrolling.enrol(database, asked, now=NOON, random=random)
        return Bench(database, organisation, enrolled, journal)

    return _enrol


@pytest.fixture
def bench(enrol: Callable[..., Bench]) -> Bench:
    return enrol()


@pytest.fixture
def put(database: Database, organisation_id: str) -> Callable[..., registers.RowsPut]:
    def _put(*rows: tuple[str, str, dict[str, Any] | None]) -> registers.RowsPut:
        converted = msgspec.convert(
            [{"register": of, "key": key, "value": value} for of, key, value in rows],
            list[RegisterRow],
        )
        return registers.put_rows(database, organisation_id, converted)

    return _put


@dataclass
class HttpBench:
    """A bench that talks to a running service."""

    service: RunningService
    organisation_id: str
    client: httpx.Client
    journal: Journal = field(default_factory=Journal)
    token: str = ""

    def enrol(self, code: str | None = None) -> httpx.Response:
        asked = {
            "code": code or self.service.code(self.organisation_id),
            "bench_id": self.journal.bench_id,
            "name": "Bänk 1",
        }
        answer = self.client.post("/v1/enrol", json=asked)
        if answer.is_success:
            self.token = answer.json()["token"]
        return answer

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def push(self, *entries: Wire) -> httpx.Response:
        return self.client.post("/v1/entries", json={"entries": entries}, headers=self.headers)

    def post(self, body: bytes, **headers: str) -> httpx.Response:
        return self.client.post("/v1/entries", content=body, headers={**self.headers, **headers})

    def pull(self, **query: str | int) -> httpx.Response:
        return self.client.get("/v1/log", params=query, headers=self.headers)


@pytest.fixture
def client(service: RunningService) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=service.url, timeout=60) as opened:
        yield opened


@pytest.fixture
def http_bench(service: RunningService, client: httpx.Client) -> HttpBench:
    """A bench of an organisation of its own, enrolled with the shared service."""
    bench = HttpBench(service, service.organisation(), client)
    assert bench.enrol().is_success
    return bench
