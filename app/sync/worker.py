"""The ``sync`` thread: a round when there is something to send, and at times to see what is new.

A bench without network is a bench like any other: it tries again, ever more rarely and at random
moments, so that a room of benches does not knock on a service that has just come back all at once.
"""

import logging
import random
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from app.services.ports import StoreFaultError, SyncState, SyncStore
from app.sync.bell import Bell
from app.sync.errors import SyncFaultError

if TYPE_CHECKING:
    from app.sync.client import ServiceClient

log = logging.getLogger("repair_bench.sync.worker")

_MAX_DOUBLINGS: Final = 30


class SyncPhase(StrEnum):
    """What the status strip shows."""

    IDLE = "idle"
    WORKING = "working"
    OFFLINE = "offline"
    """It will pass; nobody has to do anything."""
    REFUSED = "refused"
    """Somebody must do something; the code says what."""
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How sync stands.

    Attributes:
        state: In a word.
        code: Why it is offline or refused: the text is ``sync.<code>``; else None.
        sync: Where the bench stands with the service; None where the store cannot tell.
        fields: What the text needs.
    """

    state: SyncPhase
    code: str | None
    sync: SyncState | None
    fields: Mapping[str, str | int] = field(default_factory=dict[str, str | int])


@dataclass(frozen=True, slots=True)
class Pace:
    """How often the service is asked, in seconds.

    Attributes:
        poll: Between rounds while all is well.
        first: The longest wait after a first failure; it doubles with each.
        longest: The longest wait of all.
    """

    poll: float = 30.0
    first: float = 1.0
    longest: float = 300.0


PACE: Final = Pace()


class SyncWorker:
    """Runs rounds in its own thread until it is stopped.

    Args:
        store: The bench's store, or a proxy that works in the thread that owns it.
        connect: A client that is signed in, None where the bench is not enrolled
            (`app.sync.credentials.connected`).
        told: Is told, in this thread, each time the status changes.
        pace: How often.
        uniform: Draws a number between two others: the jitter.
        bell: What the thread waits on.
    """

    def __init__(
        self,
        store: SyncStore,
        connect: Callable[[], "ServiceClient | None"],
        told: Callable[[SyncStatus], None],
        *,
        pace: Pace = PACE,
        uniform: Callable[[float, float], float] = random.uniform,
        bell: Bell | None = None,
    ) -> None:
        self._store = store
        self._connect = connect
        self._told = told
        self._pace = pace
        self._uniform = uniform
        self._bell = bell or Bell()
        self._thread = threading.Thread(target=self._run, name="sync")
        self._lock = threading.Lock()
        self._client: ServiceClient | None = None
        self._failures = 0
        self._status: SyncStatus | None = None

    def start(self) -> None:
        """Begin; the first round comes at once."""
        self._thread.start()

    def wake(self, *, now: bool = False) -> None:
        """There is an entry to send; from any thread.

        Args:
            now: Try even if the last round failed a moment ago, and sign in anew: a person asked
                for it, the bench was just enrolled, or the network came back.
        """
        self._bell.ring(now=now)

    def stop(self) -> None:
        """End, cutting off a call that runs, and wait for the thread; what is unsent stays."""
        self._bell.close()
        with self._lock:
            if self._client is not None:
                self._client.stop()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        try:
            while not self._bell.closed:
                seconds, patient = self._round()
                if self._bell.wait(seconds, patient=patient):
                    self._failures = 0
                    self._hang_up()
        finally:
            self._hang_up()
            if not self._bell.closed:  # a fault of the program, on its way to the crash report
                self._tell(SyncPhase.REFUSED, SyncFaultError("crashed"))

    def _round(self) -> tuple[float, bool]:
        """One round; how long to wait after it, and how patiently."""
        from app.sync.once import sync_once  # here, so that no other thread waits for HTTP's import

        try:
            client = self._signed_in()
            if client is None:
                self._tell(SyncPhase.NOT_ENROLLED)
                return self._pace.longest, True
            if self._store.sync_state().waiting:
                self._tell(SyncPhase.WORKING)
            sync_once(client, self._store)
        except SyncFaultError as fault:
            return self._failed(fault)
        except StoreFaultError as error:
            log.exception("the store failed")
            return self._failed(SyncFaultError("store_fault", {"store_code": error.code}))
        self._failures = 0
        self._tell(SyncPhase.IDLE)
        return self._uniform(self._pace.poll / 2, self._pace.poll), False

    def _failed(self, fault: SyncFaultError) -> tuple[float, bool]:
        log.info("sync: %s", fault)
        if fault.code == "stopped":
            return 0.0, False
        if not fault.away:
            self._tell(SyncPhase.REFUSED, fault)
            return self._uniform(self._pace.longest / 2, self._pace.longest), True
        self._tell(SyncPhase.OFFLINE, fault)
        doubled = self._pace.first * 2 ** min(self._failures, _MAX_DOUBLINGS)
        self._failures += 1
        wait = self._uniform(0.0, min(doubled, self._pace.longest))
        return max(wait, fault.retry_after or 0.0), True

    def _signed_in(self) -> "ServiceClient | None":
        if self._client is None:
            client = self._connect()
            with self._lock:
                self._client = client
                if client is not None and self._bell.closed:
                    client.stop()  # `stop` came before there was a client to stop
        return self._client

    def _hang_up(self) -> None:
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _tell(self, state: SyncPhase, fault: SyncFaultError | None = None) -> None:
        status = SyncStatus(
            state,
            None if fault is None else fault.code,
            self._sync_state(),
            {} if fault is None else dict(fault.fields),
        )
        if status != self._status:
            self._status = status
            self._told(status)

    def _sync_state(self) -> SyncState | None:
        try:
            return self._store.sync_state()
        except StoreFaultError:
            return None  # the round that follows tells of it
