"""A bench with a full register, with and without a thread, and the store's fixtures."""

from collections.abc import Callable, Iterator

import pytest

from app.data.store import LocalStore
from app.domain.esd import Measurement
from app.domain.frames import Frame
from app.services import bench as benches
from app.services.bench import Bench, Listeners
from app.services.ports import Store
from tests.fixtures_store import (
    CountedIds,
    SteppingClock,
    make_store,
    store,
    store_clock,
    store_ids,
)
from tests.unit.services.desk import PASSING, REGISTERS, TESTER, Desk
from tests.unit.services.form_desk import stocked
from tests.unit.services.guarded import guarded
from tests.unit.services.paper_trail import Journal
from tests.unit.services.told import MakeBench, Told

__all__ = ["guarded", "make_store", "stocked", "store", "store_clock", "store_ids"]


@pytest.fixture
def desk(store: LocalStore, store_clock: SteppingClock) -> Desk:
    """A bench where nobody is signed in."""
    made = Desk(store, store_clock, CountedIds(lane=9))
    made.put(*REGISTERS)
    return made


@pytest.fixture
def journal() -> Journal:
    """An empty journal in memory, for reports to be made of."""
    return Journal()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def make(desk: Desk, told: Told, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeBench]:
    """Make benches that try again at once; each is stopped at the end."""
    monkeypatch.setattr(benches, "RETRY_SECONDS", 0.001)
    made: list[Bench] = []

    def passing(frame: Frame) -> tuple[Measurement, ...]:
        del frame
        return (PASSING,)

    def bench(
        store: Store | None = None,
        *,
        opener: Callable[[], Store] | None = None,
        listeners: Listeners | None = None,
    ) -> Bench:
        one = Bench(
            opener or (lambda: store or desk.store),
            desk.programmes,
            desk.clock,
            desk.ids,
            listeners or told.listeners(),
            {TESTER: passing},
        )
        made.append(one)
        return one

    yield bench
    for one in made:
        one.stop()
