"""What imports that were cut off left behind."""

import logging
from pathlib import Path

from app.data.base.attaching import base_of, files
from app.data.engine import Database
from app.services.ports import StoreFaultError

log = logging.getLogger("repair_bench.data.base")


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
    from app.data.base.turns import tidying

    try:
        with tidying(folder):
            remove_leftovers(folder, used_by(database))
    except StoreFaultError as fault:
        log.info("nothing is tidied: %s", fault)
