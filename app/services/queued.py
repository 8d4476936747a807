"""The sync client's store and vault: every call is run in the thread that owns the store."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from uuid import UUID

from app.domain.journal import Entry
from app.services.bench import Bench
from app.services.ports import LogItem, PushOutcome, Store, SyncState, SyncStore, Vault

T = TypeVar("T")


class QueuedSyncStore:
    """A `SyncStore` for the ``sync`` thread.

    Args:
        bench: The bench whose thread owns the store.
        sync_side: Gives the part of the store that syncs.
    """

    def __init__(self, bench: Bench, sync_side: Callable[[Store], SyncStore]) -> None:
        self._bench = bench
        self._side = sync_side

    def _ask(self, question: Callable[[SyncStore], T]) -> T:
        return self._bench.call(lambda store: question(self._side(store))).result()

    @property
    def bench_id(self) -> UUID:
        """This bench."""
        return self._ask(lambda side: side.bench_id)

    def sync_state(self) -> SyncState:
        """Where this bench stands with the service."""
        return self._ask(lambda side: side.sync_state())

    def pending(self, limit: int) -> tuple[Entry, ...]:
        """What the service has not answered."""
        return self._ask(lambda side: side.pending(limit))

    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        """Store the service's answers."""
        self._ask(lambda side: side.record_outcomes(outcomes))

    def apply_page(self, items: Sequence[LogItem]) -> None:
        """Apply a page of the service's log."""
        self._ask(lambda side: side.apply_page(items))

    def start_over(self) -> None:
        """The service was restored."""
        self._ask(lambda side: side.start_over())

    def carry_over(self) -> int:
        """This bench was restored."""
        return self._ask(lambda side: side.carry_over())


class QueuedVault:
    """A `Vault` for the ``sync`` thread: its secrets may lie in the store.

    Args:
        bench: The bench whose thread owns the store.
        vault_of: Gives the vault that goes with the store.
    """

    def __init__(self, bench: Bench, vault_of: Callable[[Store], Vault]) -> None:
        self._bench = bench
        self._vault_of = vault_of

    def get(self, name: str) -> str | None:
        """The secret, None where there is none."""
        return self._bench.call(lambda store: self._vault_of(store).get(name)).result()

    def set(self, name: str, value: str) -> None:
        """Keep a secret, in place of the one before."""
        self._bench.call(lambda store: self._vault_of(store).set(name, value)).result()
