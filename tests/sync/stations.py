"""Benches that are enrolled at a real account service, and what an operator does to it.

Codes and organisations are made in this process, on the service's own database: a command of its
own for each would be most of a test's time.
"""

import secrets
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

import pytest

from account_service.clock import system_clock
from account_service.contract import RegisterRow
from account_service.services import enrolling, organisations, registers
from account_service.store.database import Database, open_database
from app.services.ports import SyncStore
from app.sync.client import ServiceClient
from app.sync.credentials import connected, enrol
from app.sync.errors import SyncFaultError
from app.sync.once import sync_once
from app.sync.tally import SyncReport
from tests.fixtures_service import RunningService
from tests.sync.fakes import FakeStore, FakeVault

S = TypeVar("S", bound=SyncStore)


@dataclass
class EnrolledBench(Generic[S]):
    """A bench that is enrolled at a real service."""

    store: S
    vault: FakeVault = field(default_factory=FakeVault)

    def connect(self) -> ServiceClient:
        client = connected(self.vault)
        assert client is not None
        return client

    def sync(self) -> SyncReport:
        with self.connect() as client:
            return sync_once(client, self.store)

    def fault(self) -> SyncFaultError:
        """Sync, which must fail."""
        with pytest.raises(SyncFaultError) as caught:
            self.sync()
        return caught.value


@dataclass
class Station:
    """An organisation of a service, with its benches."""

    service: RunningService
    organisation: str

    @classmethod
    def new(cls, service: RunningService, name: str = "Skolan") -> "Station":
        with database_of(service) as database:
            made = organisations.add(database, name, now=system_clock(), random=secrets.token_bytes)
        return cls(service, made.organisation_id)

    def code(self, valid: timedelta = timedelta(minutes=60)) -> str:
        with database_of(self.service) as database:
            return enrolling.issue_code(
                database,
                self.organisation,
                valid=valid,
                now=system_clock(),
                random=secrets.token_bytes,
            ).code

    def bench(self, number: int = 1) -> EnrolledBench[FakeStore]:
        """A new bench in memory."""
        return self.bench_with(FakeStore(bench_id=UUID(f"01910000-0000-7000-8000-{number:012}")))

    def bench_with(self, store: S) -> EnrolledBench[S]:
        """A new bench with a store of the test's own."""
        bench = EnrolledBench(store)
        self.enrol(bench)
        return bench

    def enrol(self, bench: EnrolledBench[S]) -> None:
        enrol(
            bench.vault,
            self.service.url,
            self.code(),
            bench_id=bench.store.bench_id,
            name=f"Bänk {bench.store.bench_id}",
        )

    def revoke(self, bench: EnrolledBench[S]) -> None:
        with database_of(self.service) as database:
            enrolling.revoke(database, self.organisation, str(bench.store.bench_id), system_clock())

    def put(self, *rows: RegisterRow) -> None:
        with database_of(self.service) as database:
            registers.put_rows(database, self.organisation, rows)


@contextmanager
def database_of(service: RunningService) -> Generator[Database]:
    opened = open_database(str(service.database))
    try:
        yield opened
    finally:
        opened.close()


def restart(service: RunningService) -> None:
    """Start it again where the benches know it to be."""
    service.extra = ("--port", service.url.rpartition(":")[2])
    service.start()


def back_up(service: RunningService, path: Path) -> None:
    """Copy its database while it is down."""
    service.stop()
    shutil.copyfile(service.database, path)
    restart(service)


def restore(service: RunningService, path: Path) -> None:
    """Put an older database in its place."""
    service.stop()
    for old in service.folder.glob(service.database.name + "-*"):
        old.unlink()
    shutil.copyfile(path, service.database)
    restart(service)
