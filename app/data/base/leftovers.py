"""What imports that were cut off left behind, and the lock that lets one import run at a time."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.data.base.attaching import files
from app.data.faults import fault_of_file
from app.services.ports import StoreFaultError

log = logging.getLogger("repair_bench.data.base")

LOCK: Final = "import.lock"


@contextmanager
def alone(folder: Path) -> Generator[None]:
    """Hold the place of the one import of a home; the system gives it up with the process.

    Raises:
        StoreFaultError: ``import_running``, or the folder cannot be written.
    """
    from filelock import FileLock, Timeout  # few starts need it

    lock = FileLock(folder / LOCK, mode=0o600)
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise StoreFaultError("import_running") from error
    except OSError as error:
        raise fault_of_file(error) from error
    try:
        yield
    finally:
        lock.release()


def remove_leftovers(folder: Path, used: str) -> None:
    """Remove every file of a base but the one in use; nobody makes one now (`alone`)."""
    for path in files(folder):
        if path.name != used:
            try:
                path.unlink(missing_ok=True)
            except OSError as error:  # somebody still reads it, on Windows
                log.info("%s stays: %s", path.name, error)


def set_aside(path: Path, *, is_damaged: bool) -> None:
    """Keep a damaged base that is no longer pointed to: somebody may yet mend it."""
    if is_damaged and path.is_file():
        path.rename(path.with_name(f"damaged-{path.name}"))


def tidy(folder: Path, used: str) -> None:
    """Remove what is left behind, unless an import is at work."""
    if all(path.name == used for path in files(folder)):
        return
    try:
        with alone(folder):
            remove_leftovers(folder, used)
    except StoreFaultError as fault:
        log.info("nothing is tidied: %s", fault)
