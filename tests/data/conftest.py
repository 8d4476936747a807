"""The store's fixtures."""

from tests.data.recalled import day
from tests.fixtures_store import make_store, store, store_clock, store_ids

__all__ = ["day", "make_store", "store", "store_clock", "store_ids"]
