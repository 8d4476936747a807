"""From one base to the next: ends an epoch, points to the new file, takes out what is in it."""

from threading import Event
from typing import Final

from app.data.base.leftovers import remove_leftovers, used_by
from app.data.compiled import base as base_sql
from app.data.compiled import overlay as sql
from app.data.driver import Connection
from app.data.engine import Database
from app.data.values import micros
from app.services.importing import Stopped
from app.services.ports import Clock

_AT_ONCE: Final = 20
"""Rows that are taken out in one transaction."""
_PAUSE_SECONDS: Final = 0.02
"""Between two of them, so that scans come in."""


def next_epoch(database: Database) -> int:
    """End the epoch: what is written from now on lies over the base that is being made.

    Returns:
        The epoch that has ended, and goes into the base.
    """
    with database.writing() as connection:
        row = sql.EPOCH.first(connection)
        base_sql.NEXT_EPOCH.run(connection)
    return 0 if row is None else row[0]


def point_to(connection: Connection, made: tuple[str, int, int], upto: int, clock: Clock) -> None:
    """Point to a new base, within `Database.adopting`.

    Args:
        connection: The transaction.
        made: The file's name, its bytes and its products.
        upto: The last epoch that is in it.
        clock: Tells when.
    """
    name, size, rows = made
    at = micros(clock.now())
    base_sql.POINT.run(connection, file=name, size=size, rows=rows, made_at=at, upto=upto)
    sql.KEEP_TOMBSTONES.run(connection)
    sql.NO_COUNTS.run(connection)
    sql.COUNT_ANEW.run(connection)


def clean_up(database: Database, stopped: Stopped = lambda: False) -> None:
    """Take out what lay over the old base and is in the new one, a little at a time.

    Nobody sees it any more; what is cut off here, or stopped, goes with the next import or tidying.
    """
    after, pause = "", Event()
    while True:
        with database.writing() as connection:
            rows = sql.DEAD.all(connection, after=after, most=_AT_ONCE)
            for (serial,) in rows:
                for statement in sql.TAKE_OUT.values():
                    statement.run(connection, of=serial)
        if len(rows) < _AT_ONCE or stopped():
            break
        after = rows[-1][0]
        pause.wait(_PAUSE_SECONDS)
    remove_leftovers(database.path.parent, used_by(database))
