"""Stores for tests: real encrypted files with a fixed key, a clock that stands, and counted ids.

A new store is a copy of one that was made before by the program itself, with the same id and at the
same moment: making its tables anew costs eight times as much as opening it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest

from app.data.opening import create_store, open_store
from app.data.store import LocalStore

STORE_KEY = bytes(range(32))
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class SteppingClock:
    """A clock that moves only when it is told to, or by a step at each look."""

    moment: datetime = NOON
    step: timedelta = timedelta(0)

    def now(self) -> datetime:
        self.moment += self.step
        return self.moment

    def today(self) -> date:
        return self.moment.date()


@dataclass
class CountedIds:
    """UUIDv7-shaped ids in order; `lane` keeps two benches' ids apart."""

    lane: int = 0
    count: int = field(default=0)

    def new(self) -> UUID:
        self.count += 1
        return UUID(int=(0x0199 << 112) | (7 << 76) | (2 << 62) | (self.lane << 48) | self.count)


@dataclass(frozen=True)
class OneId:
    """The id that a new bench gets."""

    bench: UUID

    def new(self) -> UUID:
        return self.bench


@cache
def new_database(bench: UUID, moment: datetime) -> bytes:
    """The database of a new bench, as the program makes it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        create_store(path, STORE_KEY, SteppingClock(moment), OneId(bench)).close()
        return path.read_bytes()


def new_store(path: Path, clock: SteppingClock, ids: CountedIds) -> LocalStore:
    """Make the store of a new bench, and open it: what `create_store` does, but quickly."""
    path.write_bytes(new_database(ids.new(), clock.now()))
    return open_store(path, STORE_KEY, clock, ids)


@pytest.fixture
def store_clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def store_ids() -> CountedIds:
    return CountedIds()


@pytest.fixture
def make_store(tmp_path: Path, store_clock: SteppingClock) -> Iterator[Callable[..., LocalStore]]:
    """Make, or open again, the store of a bench by name; all are closed at the end."""
    made: list[LocalStore] = []
    lanes: dict[str, CountedIds] = {}

    def make(name: str = "bench") -> LocalStore:
        path = tmp_path / f"{name}.db"
        ids = lanes.setdefault(name, CountedIds(lane=len(lanes)))
        if path.exists():
            made.append(open_store(path, STORE_KEY, store_clock, ids))
        else:
            made.append(new_store(path, store_clock, ids))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(make_store: Callable[..., LocalStore]) -> LocalStore:
    """A new bench's store."""
    return make_store()
