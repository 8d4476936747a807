"""The bench: the one queue that everything passes, and the one thread that owns the store.

Frames come from reader threads, commands and typed text from the window; all become work in one
FIFO. Nothing is dropped: while the environment keeps the store from writing (a full disk), the work
waits and is tried again; what is still unwritten at the end is handed to ``rescue``.
"""

import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Final, TypeVar

from app.domain import barcodes
from app.domain.frames import DeviceRole, Frame
from app.domain.labels import LabelKind, label_text
from app.domain.policy import Policy
from app.services.handling import handle
from app.services.ports import Clock, EsdDecoder, Ids, Store, StoreFaultError
from app.services.session import Rules, Session, rules_at
from app.services.viewing import view_of
from app.services.views import BenchView, Outcome

log = logging.getLogger("repair_bench.bench")
T = TypeVar("T")

RETRY_SECONDS: Final = 1.0
"""How long a frame waits before it is tried again when the store could not take it."""
WINDOW: Final = "window"
KEYBOARD: Final = "keyboard"


@dataclass(frozen=True, slots=True)
class Listeners:
    """Whom the bench tells; each is called in the store thread and must be quick.

    Attributes:
        opened: The store is open; the picture to paint first.
        outcome: What a frame did, after it was committed.
        fault: The store could not be opened or could not take a frame; it is tried again.
        bug: A defect of the program while it handled a frame; the bench goes on with the next.
        rescue: Frames that were never written, at the end.
    """

    opened: Callable[[BenchView], None]
    outcome: Callable[[Outcome, Frame], None]
    fault: Callable[[StoreFaultError], None]
    bug: Callable[[Frame, Exception], None]
    rescue: Callable[[Sequence[Frame]], None]


@dataclass(frozen=True, slots=True)
class _Call:
    """A function that somebody wants run beside the store."""

    run: Callable[[Store], None]
    cancel: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Stop:
    """The last piece of work."""


class Bench:
    """One technician's bench, with or without a window.

    Attributes:
        policy: The programme's rules that it judges by.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        policy: Policy,
        clock: Clock,
        ids: Ids,
        listeners: Listeners,
        decoders: Mapping[str, EsdDecoder] | None = None,
    ) -> None:
        self.policy = policy
        self._open_store = open_store
        self._clock = clock
        self._ids = ids
        self._tell = listeners
        self._decoders = dict(decoders or {})
        self._work: queue.SimpleQueue[Frame | _Call | _Stop] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._session = Session()
        self._time_zone = ""
        self._previous: dict[str, Frame] = {}
        self._own_frames = 0
        self._thread = threading.Thread(target=self._run, name="store")

    def start(self) -> None:
        """Start the store thread; the store is opened there, so that nobody waits for it."""
        self._thread.start()

    def submit(self, frame: Frame) -> None:
        """Queue a device's frame; returns at once, from any thread."""
        self._work.put(frame)

    def command(self, code: str) -> None:
        """Queue a verb of the command table, as if its barcode had been scanned."""
        self._own(WINDOW, label_text(LabelKind.COMMAND, code).encode())

    def typed(self, text: str) -> None:
        """Queue what a person typed, as if it had been scanned."""
        self._own(KEYBOARD, text.encode())

    def _own(self, device: str, raw: bytes) -> None:
        self._own_frames += 1
        now = self._clock.now()
        self._work.put(Frame(device, DeviceRole.SCANNER, raw, now, self._own_frames))

    def call(self, function: Callable[[Store], T]) -> "Future[T]":
        """Run a function in the store thread, after the work that is already queued.

        Returns:
            Its result, or its error; cancelled where the bench stops before.
        """
        future: Future[T] = Future()

        def run(store: Store) -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                future.set_result(function(store))
            except Exception as error:  # noqa: BLE001 - the caller gets it from the future
                future.set_exception(error)

        self._work.put(_Call(run, future.cancel))
        return future

    def stop(self) -> None:
        """Finish what is queued, then end and join the store thread. Safe to call twice."""
        self._stopping.set()
        if self._thread.is_alive():
            self._work.put(_Stop())
            self._thread.join()

    def _rules(self) -> Rules:
        return rules_at(self.policy, self._clock.now(), self._time_zone, self._ids)

    def _run(self) -> None:
        store = self._opened()
        unwritten: list[Frame] = []
        while True:
            work = self._work.get()
            if isinstance(work, Frame):
                if store is None or not self._written(store, work):
                    unwritten.append(work)
            elif isinstance(work, _Stop):
                break
            elif store is None:
                work.cancel()
            else:
                work.run(store)
        if unwritten:
            self._tell.rescue(unwritten)

    def _opened(self) -> Store | None:
        """Open the store, however often it takes; None where the bench is stopped before."""
        while True:
            try:
                store = self._open_store()
                with store.reading() as reader:
                    self._time_zone = reader.organisation().time_zone
                    view = view_of(reader, self._session, self._rules())
            except StoreFaultError as fault:
                log.warning("store not open: %s", fault.code)
                self._tell.fault(fault)
            else:
                self._tell.opened(view)
                barcodes.warm_up()
                return store
            if self._stopping.wait(RETRY_SECONDS):
                return None

    def _written(self, store: Store, frame: Frame) -> bool:
        """Handle a frame until it is committed; False where the bench is stopped before."""
        while True:
            try:
                self._handle(store, frame)
            except StoreFaultError as fault:
                log.warning("frame %s of %s not written: %s", frame.seq, frame.device, fault.code)
                self._tell.fault(fault)
            else:
                return True
            if self._stopping.wait(RETRY_SECONDS):
                return False

    def _handle(self, store: Store, frame: Frame) -> None:
        try:
            handled = handle(
                store,
                self._session,
                frame,
                self._rules(),
                decoder=self._decoders.get(frame.device),
                previous=self._previous.get(frame.device),
            )
        except StoreFaultError:
            raise
        except Exception as error:
            log.exception("frame %s of %s: a defect", frame.seq, frame.device)
            self._tell.rescue([frame])
            self._tell.bug(frame, error)
            return
        self._session = handled.session
        self._previous[frame.device] = frame
        self._tell.outcome(handled.outcome, frame)
