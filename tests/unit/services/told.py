"""What a bench tells, written down so that a test can wait for it."""

import threading
from collections.abc import Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TypeVar

from app.domain.frames import Frame
from app.services.bench import Bench, Listeners
from app.services.ports import Reader, Store, StoreFaultError, Transaction
from app.services.views import BenchView, Outcome

T = TypeVar("T")


class Told:
    """The listeners of a bench."""

    def __init__(self) -> None:
        self.opened = list[BenchView]()
        self.outcomes = list[tuple[Outcome, Frame]]()
        self.faults = list[str]()
        self.bugs = list[tuple[Frame, Exception]]()
        self.rescued = list[Frame]()
        self._changed = threading.Condition()

    def listeners(self) -> Listeners:
        return Listeners(
            lambda view: self._note(self.opened, view),
            lambda outcome, frame: self._note(self.outcomes, (outcome, frame)),
            lambda fault: self._note(self.faults, fault.code),
            lambda frame, error: self._note(self.bugs, (frame, error)),
            lambda frames: self._note(self.rescued, *frames),
        )

    def until(self, done: Callable[[], bool]) -> None:
        """Wait until something that was told makes it true."""
        with self._changed:
            self._changed.wait_for(done)

    def codes(self) -> list[str]:
        return [outcome.feedback.code for outcome, _ in self.outcomes]

    def _note(self, notes: list[T], *what: T) -> None:
        with self._changed:
            notes.extend(what)
            self._changed.notify_all()


class FailingStore:
    """A real store whose next transactions fail in the way that a test asks for.

    Attributes:
        errors: At the start of the next writing transactions.
        at_commit: At the end of the next writing transactions.
        unreadable: At the next readings after something was written.
        always: At the start of every writing transaction that has no error of its own.
        written: How many transactions were committed.
    """

    def __init__(self, store: Store, *errors: Exception | None) -> None:
        self._store = store
        self.errors = list(errors)
        self.at_commit = list[Exception]()
        self.unreadable = list[Exception]()
        self.always: Exception | None = None
        self.written = 0

    @contextmanager
    def writing(self) -> Generator[Transaction]:
        error = self.errors.pop(0) if self.errors else self.always
        if error is not None:
            raise error
        with self._store.writing() as tx:
            yield tx
            if self.at_commit:
                raise self.at_commit.pop(0)
        self.written += 1

    def reading(self) -> AbstractContextManager[Reader]:
        if self.unreadable and self.written:
            raise self.unreadable.pop(0)
        return self._store.reading()


DISK_FULL = StoreFaultError("disk_full")


def raws(frames: Sequence[Frame]) -> list[bytes]:
    return [frame.raw for frame in frames]


class MakeBench(Protocol):
    """Makes a bench over the desk's store, or over what opens one."""

    def __call__(
        self,
        store: Store | None = None,
        *,
        opener: Callable[[], Store] | None = None,
        listeners: Listeners | None = None,
    ) -> Bench: ...
