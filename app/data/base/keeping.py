"""A base within a backup: its rows alone, in a table that only backups have.

Indexes take as much room again and are made anew; so one file holds everything.
"""

import logging
from pathlib import Path

from app.data import driver
from app.data.base import merging
from app.data.base.attaching import NO_FILE, TABLE, attach_file, base_of, is_damage
from app.data.base.building import Build
from app.data.compiled import base as sql
from app.data.engine import Database, open_connection, translated
from app.services.ports import Ids, StoreFaultError

log = logging.getLogger("repair_bench.data.base")


def keep_base(part: Path, folder: Path, key: bytes) -> bool:
    """Put the rows of the base that a copy points to into the copy.

    Returns:
        Whether the copy is whole; not where the base has gone meanwhile, or cannot be read.

    Raises:
        StoreFaultError: The copy cannot be written.
    """
    connection = open_connection(part, key, wal=False)
    try:
        with translated():
            file = base_of(connection)
            if file == NO_FILE:
                return True
            try:
                attach_file(connection, folder / file, key)
                connection.execute(merging.KEEP)
            except driver.Error as error:
                if not is_damage(error):
                    raise
                log.warning("the register's file %s is not in the backup: %s", file, error)
                return False
            return True
    finally:
        connection.close()


def unfold_base(database: Database, folder: Path, key: bytes, ids: Ids) -> None:
    """Make a base of the rows that a backup kept, and point to it.

    Args:
        database: The backup's copy, at the newest schema.
        folder: Where the base is to lie.
        key: The key of both.
        ids: Gives it its name.

    Raises:
        StoreFaultError: The environment failed.
    """
    with database.reading() as connection:
        if connection.execute(TABLE, (merging.KEPT,)).fetchone() is None:
            return
    build = Build(folder, key, ids.new().hex, is_first=True, stopped=lambda: False)
    try:
        build.add_kept(database.path)
        build.index(lambda _: None)
        name, size, rows = build.finish()
    finally:
        build.close()
    with database.writing() as connection:
        row = sql.POINTER.first(connection)
        if row is None:
            raise StoreFaultError("corrupt", "the backup does not say which base it is over")
        sql.MOVE.run(connection, file=name, size=size, rows=rows)
        connection.execute(merging.DROP_KEPT)
    with translated():
        database.bare.execute("VACUUM")
