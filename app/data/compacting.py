"""Makes a base of a register that came by sync, and of the base before (docs/adr/0018).

What comes down lies over the base row by row, and a register that only ever came down has no base
at all: searches and pages are dearer there, the more the larger it is. So from some number of rows
they go into a new base, as by an import without a file: in a process of its own, beside the
register in use, and one short transaction points to it. What they leave in the database is taken
out, and given back to the disk.
"""

import logging
from typing import Final

from app.data.base.building import Build
from app.data.base.leftovers import remove_leftovers, used_by
from app.data.base.rows import Filled
from app.data.base.swapping import clean_up, next_epoch, point_to
from app.data.base.turns import tidying
from app.data.compiled import overlay as sql
from app.data.driver import Connection
from app.data.engine import Database
from app.data.shrinking import give_back, is_worth_it
from app.services.importing import Stopped
from app.services.ports import Clock, Ids

log = logging.getLogger("repair_bench.data.compacting")

MANY: Final = 20_000
"""Rows over the base from which a new one is worth its while."""
_NOTHING: Final = Filled(frozenset())


def is_due(database: Database, many: int = MANY) -> bool:
    """Whether so much lies over the base, or something is left of a run before.

    That is rows that the base has already, or pages that can be given back.
    """
    with database.reading() as connection:
        left = bool(sql.DEAD.all(connection, after="", most=1)) or is_worth_it(connection)
        return left or _over(connection) >= many


def _over(connection: Connection) -> int:
    row = sql.OVER.first(connection)  # counted when each was written
    return 0 if row is None else row[0]


def compact(
    database: Database,
    key: bytes,
    clock: Clock,
    ids: Ids,
    *,
    stopped: Stopped = lambda: False,
    many: int = MANY,
) -> int:
    """Make a base of what lies over the one in use, and of that; nobody waits.

    What an import or another run left over the base that is in it already is taken out, and the
    pages that are free then are given back.

    A base that is damaged is left as it is: it may be mended yet, and an import does without it.

    Args:
        database: The open database, which follows its base.
        key: Its key.
        clock: Tells when the base is made.
        ids: Gives it its name.
        stopped: Says when to give up; where the new base holds already, what it left over is left
            for another run.
        many: From how many rows over the base a new one is made.

    Returns:
        How many products the new base has; 0 where none was made.

    Raises:
        ImportCancelledError: ``stopped`` said so, or an import waits; the register is as it was.
        StoreFaultError: ``import_running``, ``tidying_running``, or the environment failed; the
            register is as it was.
    """
    if database.base is None or database.base.fault is not None:
        return 0
    with tidying(database.path.parent, stopped) as gives_way:
        with database.reading() as connection:
            wanted = _over(connection) >= many
        rows = _made(database, key, clock, ids, gives_way) if wanted else 0
        clean_up(database, gives_way)
        give_back(database, gives_way)
    return rows


def _made(database: Database, key: bytes, clock: Clock, ids: Ids, stopped: Stopped) -> int:
    """Make the base and point to it; its products."""
    folder, before = database.path.parent, used_by(database)
    remove_leftovers(folder, before)
    build = Build(folder, key, ids.new().hex, is_first=False, stopped=stopped)
    try:
        build.attach_old(before)
        upto = next_epoch(database)
        build.copy_overlay(database.path, upto)
        build.merge(_NOTHING)
        build.index(lambda _: None)
        made = build.finish()
        with database.adopting(*made[:2]) as connection:
            point_to(connection, made, upto, clock)
    finally:
        build.close()
    log.info("%s products are in a new base", made[2])
    return made[2]
