"""The bench: the one queue that everything passes, and the one thread that owns the store.

Frames come from reader threads, commands and typed text from the window; all become work in one
FIFO. Nothing is dropped: while the environment keeps the store from writing (a full disk), the work
waits and is tried again; what is still unwritten at the end is handed to ``rescue``.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias, TypeVar

from app.domain import barcodes
from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.labels import Label, LabelKind, label_text, read_label
from app.services.handling import Recorded, record, shown
from app.services.pin_gate import Checked, PinGate
from app.services.ports import Clock, EsdDecoder, Ids, Reader, Store, StoreFaultError
from app.services.programmes import Programmes
from app.services.session import Rules, Session, rules_at
from app.services.typing_in import KEYBOARD
from app.services.viewing import view_of
from app.services.views import BenchView, Outcome

log = logging.getLogger("repair_bench.bench")
T = TypeVar("T")

RETRY_SECONDS: Final = 1.0
"""How long a frame waits before it is tried again when the store could not take it."""
WINDOW: Final = "window"


@dataclass(frozen=True, slots=True)
class Listeners:
    """Whom the bench tells; each is called in the store thread and must be quick.

    Attributes:
        opened: The store is open; the picture to paint first.
        outcome: What a frame did, after it was committed.
        fault: The store could not be opened or could not take a frame; it is tried again.
        bug: A defect of the program while it handled a frame; the bench goes on with the next.
        rescue: Frames that were never written, at the end.
        refreshed: The picture anew, without a frame (`Bench.refresh`).
    """

    opened: Callable[[BenchView], None]
    outcome: Callable[[Outcome, Frame], None]
    fault: Callable[[StoreFaultError], None]
    bug: Callable[[Frame, Exception], None]
    rescue: Callable[[Sequence[Frame]], None]
    refreshed: Callable[[BenchView], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class _Call:
    """A function that somebody wants run beside the store."""

    run: Callable[[Store], None]
    cancel: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Late:
    """A frame that a program before this one could not write."""

    frame: Frame


@dataclass(frozen=True, slots=True)
class _Pin:
    """A PIN that somebody typed; it is nowhere kept, so it is lost where it cannot be checked."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Stop:
    """The last piece of work."""


_Work: TypeAlias = Frame | _Late | _Call | _Pin | Checked | _Stop


class Bench:
    """One technician's bench, with or without a window.

    Attributes:
        programmes: The programme's rules that it judges by, by the account's region.
    """

    def __init__(
        self,
        open_store: Callable[[], Store],
        programmes: Programmes,
        clock: Clock,
        ids: Ids,
        listeners: Listeners,
        decoders: Mapping[str, EsdDecoder] | None = None,
        pins: PinGate | None = None,
    ) -> None:
        self.programmes = programmes
        self._open_store = open_store
        self._clock = clock
        self._ids = ids
        self._tell = listeners
        self._decoders = dict(decoders or {})
        self._pins = pins
        self._work: queue.SimpleQueue[_Work] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._gate = threading.Lock()
        self._ended = False
        self._session = Session()
        self._previous: dict[str, Frame] = {}
        self._own_frames = 0
        self._thread = threading.Thread(target=self._run, name="store")

    def start(self) -> None:
        """Start the store thread; the store is opened there, so that nobody waits for it."""
        self._thread.start()

    def submit(self, frame: Frame) -> None:
        """Queue a device's frame; returns at once, from any thread."""
        self._put(frame)

    def recover(self, frames: Iterable[Frame]) -> None:
        """Queue what `Listeners.rescue` was given before: it is recorded and changes nothing."""
        for frame in frames:
            self._put(_Late(frame))

    def command(self, code: str) -> None:
        """Queue a verb of the command table, as if its barcode had been scanned."""
        self._own(WINDOW, label_text(LabelKind.COMMAND, code).encode())

    def typed(self, text: str) -> None:
        """Queue what a person typed, as if it had been scanned."""
        self._own(KEYBOARD, text.encode(errors="surrogatepass"))

    def pin(self, text: str) -> None:
        """Queue a PIN that a person typed: it is checked, and recorded nowhere.

        A label may be typed in its place, such as another person's badge.
        """
        if isinstance(read_label(text), Label):
            self.typed(text)
        else:
            self._put(_Pin(text))

    def _own(self, device: str, raw: bytes) -> None:
        fault = FrameFault.OVERSIZE if len(raw) > barcodes.MAX_BYTES else None
        kept = raw[: barcodes.MAX_BYTES]  # somebody pasted a book
        self._put(replace(self._blank(device), raw=kept, fault=fault))

    def _blank(self, device: str) -> Frame:
        self._own_frames += 1
        return Frame(device, DeviceRole.SCANNER, b"", self._clock.now(), self._own_frames)

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

        self._put(_Call(run, future.cancel))
        return future

    def refresh(self) -> None:
        """Paint anew: the store changed without a frame, as when sync brought something."""
        self.call(self._refresh)

    def _refresh(self, store: Store) -> None:
        with store.reading() as reader:
            view = view_of(reader, self._session, self.rules(reader))
        self._tell.refreshed(view)

    def hurry(self) -> None:
        """The program is about to end: wait no more for what keeps the store from writing.

        What cannot be written from now on is kept for `Listeners.rescue`, so that nobody who waits
        for a `call` waits for ever.
        """
        self._stopping.set()

    def stop(self) -> None:
        """Finish what is queued, then end and join the store thread. Safe to call twice."""
        self.hurry()
        if self._thread.is_alive():
            self._put(_Stop())
            self._thread.join()
        if self._pins is not None:
            self._pins.stop()
        self._end([])  # the thread may never have been started

    def _put(self, work: _Work) -> None:
        with self._gate:
            if not self._ended:
                self._work.put(work)
                return
        self._hand_over([work])

    def _run(self) -> None:
        unwritten: list[_Work] = []
        try:
            store = self._opened()
            while True:
                work = self._work.get()
                if isinstance(work, _Stop):
                    break
                if isinstance(work, _Call):
                    self._run_call(store, work)
                elif store is None or unwritten or not self._done(store, work):
                    # After one that was not written none is: in another order they would mean
                    # something else, such as OPEN without the product scanned before it.
                    unwritten.append(work)
        finally:  # a defect that ends the thread goes to the crash report; the work is kept
            self._end(unwritten)

    @staticmethod
    def _run_call(store: Store | None, work: _Call) -> None:
        if store is None:
            work.cancel()
        else:
            work.run(store)

    def _end(self, unwritten: list[_Work]) -> None:
        """Take no more work, and hand over what is left."""
        with self._gate:
            self._ended = True
        while True:
            try:
                unwritten.append(self._work.get_nowait())
            except queue.Empty:
                break
        self._hand_over(unwritten)

    def _hand_over(self, left: Sequence[_Work]) -> None:
        for work in left:
            if isinstance(work, _Call):
                work.cancel()
        frames = [
            work.frame if isinstance(work, _Late) else work
            for work in left
            if isinstance(work, _Late) or (isinstance(work, Frame) and not self._secret_in(work))
        ]
        if frames:
            self._tell.rescue(frames)

    def _opened(self) -> Store | None:
        """Open the store, however often it takes; None where the bench is stopped before."""
        while True:
            try:
                store = self._open_store()
                with store.reading() as reader:
                    view = view_of(reader, self._session, self.rules(reader))
            except StoreFaultError as fault:
                log.warning("store not open: %s", fault.code)
                self._tell.fault(fault)
            else:
                self._tell.opened(view)
                barcodes.warm_up()
                return store
            if self._stopping.wait(RETRY_SECONDS):
                return None

    def rules(self, reader: Reader) -> Rules:
        """The rules now; the site's day and its programme may change with what sync brings."""
        organisation = reader.organisation()
        policy, zone = self.programmes.of(organisation), organisation.time_zone
        rules = rules_at(policy, self._clock.now(), zone, self._ids)
        return rules if self._pins is None else replace(rules, pin_required=self._pins.required)

    def _done(self, store: Store, work: Frame | _Late | _Pin | Checked) -> bool:
        """Do a piece of work; False where the bench is stopped before."""
        if isinstance(work, Frame):
            secret = self._secret_in(work)
            work = work if secret is None else _Pin(secret)
        if isinstance(work, _Pin | Checked):
            self._about_pin(store, work)
            return True
        return self._written(store, work)

    def _secret_in(self, frame: Frame) -> str | None:
        return self._pins.secret_in(self._session, frame) if self._pins is not None else None

    def _about_pin(self, store: Store, work: _Pin | Checked) -> None:
        """A PIN was typed, or is checked: tell what came of it, and record no more than that."""
        gate, blank = self._pins, self._blank(KEYBOARD)
        if gate is None:
            return

        def answer() -> Recorded | None:
            if isinstance(work, Checked):
                return gate.settle(store, self._session, work, self.rules)
            return gate.take(store, self._session, work.text, self.rules, self._put)

        try:
            recorded = self._insist(blank, answer)
        except Exception as error:
            log.exception("a PIN: a defect")
            self._tell.bug(blank, error)
            return
        if recorded is not None:
            self._session = recorded.answer.session
            self._show(store, recorded, blank, self._session)

    def _written(self, store: Store, work: Frame | _Late) -> bool:
        """Handle a frame until it is committed; False where the bench is stopped before."""
        late = isinstance(work, _Late)
        frame = work.frame if late else work
        try:
            recorded = self._insist(frame, lambda: self._recorded(store, frame, late=late))
        except Exception as error:
            log.exception("frame %s of %s: a defect", frame.seq, frame.device)
            self._tell.rescue([frame])
            self._tell.bug(frame, error)
            return True
        if recorded is None:
            return False
        before, self._session = self._session, recorded.answer.session
        if not late:
            self._previous[frame.device] = frame
        self._show(store, recorded, frame, before)
        return True

    def _admitted(self, store: Store, recorded: Recorded, before: Session) -> Recorded:
        """What a badge led to, once it is known whether its person may type a PIN now."""
        if self._pins is None:
            return recorded
        told = self._pins.admit(store, recorded, before)
        self._session = told.answer.session
        return told

    def _recorded(self, store: Store, frame: Frame, *, late: bool) -> Recorded:
        return record(
            store,
            self._session,
            frame,
            self.rules,
            decoder=self._decoders.get(frame.device),
            previous=self._previous.get(frame.device),
            late=late,
        )

    def _show(self, store: Store, recorded: Recorded, frame: Frame, before: Session) -> None:
        """Tell of a frame that is committed; whatever fails here, it is not done again."""
        try:
            outcome = self._insist(
                frame, lambda: shown(store, self._admitted(store, recorded, before))
            )
            if outcome is not None:
                self._tell.outcome(outcome, frame)
        except Exception as error:
            log.exception("frame %s of %s: a defect where it is told", frame.seq, frame.device)
            self._tell.bug(frame, error)

    def _insist(self, frame: Frame, work: Callable[[], T]) -> T | None:
        """Do something until the environment lets it; None where the bench is stopped before."""
        while True:
            try:
                return work()
            except StoreFaultError as fault:
                log.warning("frame %s of %s waits: %s", frame.seq, frame.device, fault.code)
                self._tell.fault(fault)
            if self._stopping.wait(RETRY_SECONDS):
                return None
