"""Puts a backup in the database's place; what was there is kept aside, nothing is deleted.

A restored bench goes on under a new bench id: the old one may have written more than the backup
knows, and two journals must never share places. Its old entries stay what they are.
"""

import logging
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from app.data.backing_up import Progress, check, copy_into, sync
from app.data.base.attaching import files
from app.data.carrying import mint_bench
from app.data.compiled import carrying as sql
from app.data.engine import Database
from app.data.faults import fault_of_file
from app.data.in_use import InUse
from app.data.migrating import bring_up
from app.services.ports import Clock, Ids, StoreFaultError

log = logging.getLogger("repair_bench.data.restoring")


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did.

    Attributes:
        bench_id: The bench's new id.
        entries: How many entries the backup holds.
        replaced: Where the database that was there lies now, None where there was none.
    """

    bench_id: UUID
    entries: int
    replaced: Path | None


def restore(
    backup: Path,
    path: Path,
    key: bytes,
    clock: Clock,
    ids: Ids,
    progress: Progress | None = None,
) -> Restored:
    """Put a backup in a database's place.

    Args:
        backup: The backup's file; it is read only.
        path: The database's file; its bench must be closed.
        key: The key of both.
        clock: For the names of what is kept.
        ids: Gives the new bench id.
        progress: Called between steps.

    Raises:
        StoreFaultError: ``missing``, ``in_use``, ``wrong_key``, ``corrupt``, ``newer_database``, or
            the environment failed; the database is as it was.
    """
    if not backup.exists():
        raise StoreFaultError("missing", str(backup))
    in_use = InUse(path)
    coming = path.with_name(f"{path.name}.restoring")
    try:
        if in_use.others:
            raise StoreFaultError("in_use", str(path))
        coming.unlink(missing_ok=True)
        copy_into(backup, key, coming, progress, immutable=True)
        before = tuple(files(path.parent))
        bench_id, entries = _begin_anew(coming, key, clock, ids)
        check(coming, key)
        sync(coming)
        replaced = _keep_aside(path, key, clock.now(), before) if path.exists() else None
        coming.replace(path)
        sync(path.parent)
        in_use.settle()
    except OSError as error:
        raise fault_of_file(error) from error
    finally:
        if coming.is_file():
            coming.unlink()
        in_use.leave()
    return Restored(bench_id, entries, replaced)


def _begin_anew(coming: Path, key: bytes, clock: Clock, ids: Ids) -> tuple[UUID, int]:
    """Bring the copy to the newest schema, and give it a bench id of its own."""
    database = Database(coming, key)
    try:
        from app.data.base.keeping import unfold_base

        bring_up(database, lambda: None)
        unfold_base(database, coming.parent, key, ids)
        with database.writing() as connection:
            bench_id = mint_bench(connection, ids.new(), clock.now())
            row = sql.COUNT.first(connection)
            return bench_id, row[0] if row else 0
    finally:
        database.close()


def _keep_aside(path: Path, key: bytes, now: datetime, bases: Iterable[Path]) -> Path:
    """Move the database that is there out of the way, with all that belongs to it."""
    aside = path.with_name(f"replaced-{now:%Y-%m-%dT%H%M%S}-{os.urandom(2).hex()}.db")
    try:
        Database(path, key).close()  # moves the write-ahead log into it
    except StoreFaultError as fault:  # damaged, or another key's: it is kept as it is
        log.info("the database that is replaced cannot be opened: %s", fault)
    for suffix in ("-wal", "-shm", ""):
        part = path.with_name(path.name + suffix)
        if part.exists():
            part.rename(aside.with_name(aside.name + suffix))
    for base in bases:  # no start takes it for what an import left behind
        base.rename(aside.with_name(f"{aside.stem}.{base.name}"))
    return aside
