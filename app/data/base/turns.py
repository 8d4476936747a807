"""Whose turn it is with the files of the register: one import's, or one tidying's, at a time.

Tidying is nobody's errand, so it gives way: an import that finds it at work says that it waits,
tidying leaves off where it is, and the import begins. Each place is a lock on a file, which the
system gives up with its process, however that ends.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from app.data.faults import fault_of_file
from app.services.importing import ImportCancelledError, Stopped
from app.services.ports import StoreFaultError

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK: Final = "import.lock"
"""Who has it writes the register's files."""
TIDYING: Final = "tidy.lock"
"""Held beside `LOCK` by whoever gives way."""
WAITING: Final = "import-waits.lock"
"""Held by an import that waits for tidying."""
_LOOK_SECONDS: Final = 0.05
"""Between two looks of who waits."""


@contextmanager
def alone(
    folder: Path, waits: Callable[[], None] = lambda: None, stopped: Stopped = lambda: False
) -> Generator[None]:
    """Hold the place of the one import of a home; tidying is waited for.

    Args:
        folder: Where the files lie.
        waits: Is told again and again while it waits.
        stopped: Says when to give up waiting.

    Raises:
        ImportCancelledError: ``stopped`` said so.
        StoreFaultError: ``import_running``, or the folder cannot be written.
    """
    with _held(folder, LOCK) as has:
        if has:
            yield
            return
    with _held(folder, WAITING, _LOOK_SECONDS) as has:
        if not has:
            raise StoreFaultError("import_running", "another one waits")
        try:
            lock = _waited_for(folder, waits, stopped)
        finally:
            with suppress(OSError):  # tidying looks for it often, and soonest where there is none
                (folder / WAITING).unlink()
    try:
        yield
    finally:
        lock.release()


def _waited_for(folder: Path, waits: Callable[[], None], stopped: Stopped) -> "BaseFileLock":
    """Wait until tidying has left off; the place is held then."""
    lock, pause = _lock(folder, LOCK), Event()
    while not _took(lock):
        if not _is_held(folder, TIDYING):
            if _took(lock):  # it was let go of in between
                break
            raise StoreFaultError("import_running")
        if stopped():
            raise ImportCancelledError
        waits()
        pause.wait(_LOOK_SECONDS)
    return lock


@contextmanager
def tidying(folder: Path, stopped: Stopped = lambda: False) -> Generator[Stopped]:
    """Hold the place for work that gives way to an import.

    Args:
        folder: Where the files lie.
        stopped: Says when to give up.

    Yields:
        What says when to give up: ``stopped`` says so, or an import waits.

    Raises:
        StoreFaultError: ``import_running``, ``tidying_running``, or the folder cannot be written.
    """
    with _held(folder, TIDYING) as has:
        if not has:
            raise StoreFaultError("tidying_running")
        with _held(folder, LOCK) as has_both:
            if not has_both:
                raise StoreFaultError("import_running")
            yield lambda: stopped() or _is_held(folder, WAITING)


def _is_held(folder: Path, name: str) -> bool:
    """Whether somebody has a place; nobody ever had one of which there is no file."""
    if not (folder / name).exists():
        return False
    with _held(folder, name) as has:
        return not has


@contextmanager
def _held(folder: Path, name: str, patience_seconds: float = 0) -> Generator[bool]:
    """Hold a place, where it is free."""
    lock = _lock(folder, name)
    has = _took(lock, patience_seconds)
    try:
        yield has
    finally:
        if has:
            lock.release()


def _lock(folder: Path, name: str) -> "BaseFileLock":
    from filelock import FileLock  # few starts need it

    return FileLock(folder / name, mode=0o600)


def _took(lock: "BaseFileLock", patience_seconds: float = 0) -> bool:
    from filelock import Timeout

    try:
        lock.acquire(timeout=patience_seconds, poll_interval=_LOOK_SECONDS / 10)
    except Timeout:
        return False
    except OSError as error:
        raise fault_of_file(error) from error
    return True
