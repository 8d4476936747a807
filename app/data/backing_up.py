"""Backups: a copy of one moment, encrypted with the same key, verified before it counts."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeAlias

from app.data import driver
from app.data.engine import open_connection, translated
from app.data.faults import fault_of_file
from app.services.ports import StoreFaultError

NIGHTLY: Final = "nightly-"
"""How the names of nightly backups begin; only these are ever taken away."""
KEPT: Final = 14
"""How many nightly backups are kept."""
_PAGES: Final = 2_000
_TABLE: Final = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'benches'"
_HEADS: Final = "SELECT bench_id, head_seq, head_hash FROM benches ORDER BY bench_id"
Heads: TypeAlias = "list[tuple[Any, ...]]"
Progress: TypeAlias = Callable[[int, int], None]
"""Told how many pages are done, of how many; whatever it raises ends the work."""


def back_up(source: Path, key: bytes, target: Path, progress: Progress | None = None) -> None:
    """Copy a database, as of one moment, while others go on writing to it.

    Args:
        source: The database.
        key: Its key; the copy gets the same.
        target: The copy's file, which must not exist; it appears only when it is whole.
        progress: Called between steps.

    Raises:
        StoreFaultError: ``exists``; ``backup_differs``: what was written is not what was read; or
            the environment failed. No file is left behind.
    """
    if target.exists():
        raise StoreFaultError("exists", str(target))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        heads = _copied(source, key, part, progress)
        if check(part, key) != heads:
            raise StoreFaultError("backup_differs", "the ends of the journals")
        sync(part)
        part.rename(target)
        sync(target.parent)
    except OSError as error:
        raise fault_of_file(error) from error
    finally:
        for name in (part.name, f"{part.name}-wal", f"{part.name}-shm", f"{part.name}-journal"):
            left = part.with_name(name)
            if left.is_file():
                left.unlink()


def _copied(source: Path, key: bytes, part: Path, progress: Progress | None) -> Heads:
    """Copy a database with its register's base, which an import may change meanwhile."""
    from app.data.base.keeping import keep_base  # it is made with what is here

    heads = copy_into(source, key, part, progress)
    if not keep_base(part, source.parent, key):  # it has gone, or it is damaged and left out
        heads = copy_into(source, key, part, progress)
        keep_base(part, source.parent, key)
    return heads


def copy_into(
    source: Path,
    key: bytes,
    part: Path,
    progress: Progress | None = None,
    *,
    immutable: bool = False,
) -> Heads:
    """Copy a database, as of one moment, into a new file with the same key.

    Args:
        source: The database.
        key: The key of both.
        part: The new file.
        progress: Called between steps.
        immutable: Whether the source is a backup: it is only read, also where nothing can be
            written beside it.

    Returns:
        Where the journals end at that moment.

    Raises:
        StoreFaultError: The environment failed.
    """

    def told(_status: int, remaining: int, total: int) -> None:
        if progress is not None:
            progress(total - remaining, total)

    reading = open_connection(source, key, immutable=immutable)
    try:
        writing = open_connection(part, key, create=True, wal=False)
        try:
            with translated():
                reading.execute("BEGIN")  # holds the moment: a writer meanwhile changes nothing
                heads = _heads(reading)
                reading.backup(writing, pages=_PAGES, progress=told)
                reading.execute("COMMIT")
                return heads
        finally:
            writing.close()
    finally:
        reading.close()


def check(path: Path, key: bytes) -> Heads:
    """Read a whole database.

    Returns:
        Where the journals in it end.

    Raises:
        StoreFaultError: ``corrupt`` or what else keeps it from being read.
    """
    connection = open_connection(path, key)
    try:
        with translated():
            told = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if told is None or told[0] != "ok":
                raise StoreFaultError("corrupt", str(told and told[0]))
            return _heads(connection)
    finally:
        connection.close()


def _heads(connection: driver.Connection) -> Heads:
    """Where each journal ends; a schema from before there were any has none."""
    if connection.execute(_TABLE).fetchone() is None:
        return []
    return connection.execute(_HEADS).fetchall()


def key_json_beside(backup: Path) -> Path:
    """Where the ``key.json`` that belongs to a backup lies."""
    return backup.with_name(f"{backup.name}.key.json")


def quick_check(connection: driver.Connection) -> None:
    """Read every page once, after an unclean end.

    Raises:
        StoreFaultError: ``corrupt``, with what was found.
    """
    with translated():
        told = connection.execute("PRAGMA quick_check(1)").fetchone()
    if told is None or told[0] != "ok":
        raise StoreFaultError("corrupt", str(told and told[0]))


def back_up_if_due(
    source: Path, key: bytes, folder: Path, now: datetime, progress: Progress | None = None
) -> Path | None:
    """Make the day's nightly backup, unless it is there; the oldest beyond `KEPT` go.

    Returns:
        The new backup, None where none was due.

    Raises:
        StoreFaultError: As for `back_up`.
    """
    target = folder / f"{NIGHTLY}{now:%Y-%m-%d}.db"
    if target.exists():
        return None
    back_up(source, key, target, progress)
    for old in sorted(folder.glob(f"{NIGHTLY}*.db"))[:-KEPT]:
        old.unlink(missing_ok=True)
        key_json_beside(old).unlink(missing_ok=True)
    return target


def sync(path: Path) -> None:
    """Make a file, or a folder's names, safe from a power cut."""
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folder
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
