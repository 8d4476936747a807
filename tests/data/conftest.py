"""The store's fixtures."""

from tests.fixtures_store import make_store, store, store_clock, store_ids

__all__ = ["make_store", "store", "store_clock", "store_ids"]
