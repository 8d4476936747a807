"""A bench with a full register, and the store's fixtures."""

from pathlib import Path

import pytest

from app.data.store import LocalStore
from tests.fixtures_store import (
    CountedIds,
    SteppingClock,
    make_store,
    store,
    store_clock,
    store_ids,
)
from tests.unit.services.desk import REGISTERS, Desk

__all__ = ["make_store", "store", "store_clock", "store_ids"]


@pytest.fixture
def desk(store: LocalStore, store_clock: SteppingClock, tmp_path: Path) -> Desk:
    """A bench where nobody is signed in."""
    made = Desk(store, store_clock, CountedIds(lane=9))
    made.put(*REGISTERS)
    return made
