"""Gives the disk back what a database no longer needs, a few pages at a time (docs/adr/0018).

SQLite keeps the pages that it lets go of in the file, and uses them again. Where a register of
some hundred thousand products has left the file for a base, that would be for years. A file that
was made so (`app.data.engine`) can hand in its last pages in transactions of milliseconds.
"""

import logging
from threading import Event
from typing import Final

from app.data.driver import Connection
from app.data.engine import PAGE, Database, translated
from app.services.importing import Stopped

log = logging.getLogger("repair_bench.data.shrinking")

WORTH: Final = 1_000
"""Free pages from which they are given back, 4 MB: fewer are soon used again."""
LARGEST: Final = 64 * 1024 * 1024
"""Bytes of an older database that is made anew: a second, and as much memory."""
_AT_ONCE: Final = 20
"""Pages that are given back in one transaction."""
_PAUSE_SECONDS: Final = 0.02
"""Between two of them, so that scans come in."""
_INCREMENTAL: Final = 2


def can_shrink(connection: Connection) -> bool:
    """Whether a database was made so that it can give pages back."""
    return _asked(connection, "auto_vacuum") == _INCREMENTAL


def is_worth_it(connection: Connection, worth: int = WORTH) -> bool:
    """Whether so many pages are free that they are given back."""
    return _asked(connection, "freelist_count") >= worth and can_shrink(connection)


def make_shrinkable(database: Database, largest: int = LARGEST) -> None:
    """Make an older database anew, once, so that it can give pages back.

    Nobody else has it open while it is brought to the newest schema. One that is larger than
    ``largest`` bytes stays as it is: it uses its pages again.

    Raises:
        StoreFaultError: The environment failed; the database is as it was.
    """
    with database.reading() as connection:
        size = _asked(connection, "page_count") * PAGE
        done = can_shrink(connection)
    if done or size > largest:
        log.info("the database of %s bytes is not made anew", size)
        return
    with translated():
        database.bare.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.bare.execute("VACUUM")


def give_back(database: Database, stopped: Stopped, worth: int = WORTH) -> int:
    """Give back the free pages, where there are enough of them.

    Whatever ends it leaves the database whole: each step is a transaction of its own, and what is
    left is given back another time.

    Args:
        database: The open database.
        stopped: Says when to leave off.
        worth: From how many pages on.

    Returns:
        How many pages were given back.

    Raises:
        StoreFaultError: The environment failed.
    """
    with database.reading() as connection:
        if not is_worth_it(connection, worth):
            return 0
    given, step, pause = 0, 1, Event()
    while step and not stopped():
        step = _step(database)
        given += step
        pause.wait(_PAUSE_SECONDS)
    with translated():  # the file itself is cut here, or by whoever moves the log next
        database.bare.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    log.info("%s pages are given back", given)
    return given


def _step(database: Database) -> int:
    """Give back a few pages; how many."""
    with database.writing() as connection:
        before = _asked(connection, "page_count")
        # a page is given back with each row that is fetched, though the rows are empty
        connection.execute(f"PRAGMA incremental_vacuum({_AT_ONCE})").fetchall()
        return before - _asked(connection, "page_count")


def _asked(connection: Connection, name: str) -> int:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return 0 if row is None else int(row[0])
