"""What imports that were cut off left behind, and the lock that lets one import run at a time."""

import logging
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.data.base.attaching import base_of, files
from app.data.engine import Database
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
        try:
            path.rename(path.with_name(f"damaged-{path.name}"))
        except OSError as error:  # the register is whole again, whatever becomes of this
            log.info("%s is not set aside: %s", path.name, error)


def used_by(database: Database) -> str:
    """Which file a database points to at this moment."""
    with database.reading() as connection:
        return base_of(connection)


def tidy(database: Database) -> None:
    """Remove what is left behind, unless an import is at work.

    Which file is in use is asked again once no import can change it any more: one that ended in
    between would lose the base that it made.
    """
    folder, used = database.path.parent, used_by(database)
    if all(path.name == used for path in files(folder)):
        return
    try:
        with alone(folder):
            remove_leftovers(folder, used_by(database))
    except StoreFaultError as fault:
        log.info("nothing is tidied: %s", fault)
