"""Makes and opens stores: by path and key, and by home."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.data.backing_up import back_up, key_json_beside, quick_check
from app.data.base.leftovers import tidy
from app.data.engine import Database
from app.data.faults import fault_of_file
from app.data.in_use import InUse
from app.data.keys import KeyKind, KeyPlace
from app.data.migrating import HEAD, bring_up
from app.data.restoring import Restored, restore
from app.data.store import LocalStore
from app.data.values import micros
from app.data.vault import DatabaseVault, vault_of
from app.domain.journal import GENESIS
from app.services.ports import Clock, Ids, StoreFaultError

if TYPE_CHECKING:
    import sqlalchemy as sa

DATABASE: Final = "bench.db"
"""The database of a home (`app.settings.Settings.database`)."""


def create_store(path: Path, key: bytes, clock: Clock, ids: Ids) -> LocalStore:
    """Make the database of a new bench, and open it.

    Raises:
        StoreFaultError: There is one already (``exists``), or the environment failed.
    """
    if path.exists():
        raise StoreFaultError("exists", str(path))
    making = path.with_name(f"{path.name}.making")
    try:
        making.unlink(missing_ok=True)
        database = Database(making, key, create=True)
        try:
            alchemy = database.alchemy
            with database.writing():
                _fill(alchemy, clock, ids)
        finally:
            database.close()
        making.rename(path)  # nobody ever sees a database that is half made
    except OSError as error:
        raise fault_of_file(error) from error
    return open_store(path, key, clock, ids)


def _fill(connection: "sa.Connection", clock: Clock, ids: Ids) -> None:
    import sqlalchemy as sa

    from app.data import tables

    tables.metadata.create_all(connection)
    tables.schema_version.create(connection)
    connection.execute(sa.insert(tables.schema_version), {"version_num": HEAD})
    connection.execute(
        sa.insert(tables.benches),
        {"key": 1, "bench_id": ids.new().bytes, "head_hash": bytes.fromhex(GENESIS)},
    )
    connection.execute(
        sa.insert(tables.own_bench), {"one": 1, "bench": 1, "created_at": micros(clock.now())}
    )


def open_store(path: Path, key: bytes, clock: Clock, ids: Ids) -> LocalStore:
    """Open the database of a bench; checked after an unclean end, migrated where it is older.

    Raises:
        StoreFaultError: There is none (``missing``), a newer program wrote it
            (``newer_database``), or the environment failed.
    """
    if not path.exists():
        raise StoreFaultError("missing", str(path))
    in_use = InUse(path)
    try:
        database = Database(path, key)
        try:
            unclean = in_use.ended_unclean
            if unclean:
                quick_check(database.bare)
                in_use.settle()
            bring_up(database, lambda: back_up(path, key, _before_migration(path, clock)))
            base = database.follow_base()
            if unclean:
                base.check()
            tidy(database)
        except BaseException:
            database.close()
            raise
    except BaseException:
        in_use.leave()
        raise
    return LocalStore(database, key, in_use, DatabaseVault(database), clock, ids)


def _before_migration(path: Path, clock: Clock) -> Path:
    return path.parent / "backups" / f"before-migration-{clock.now():%Y-%m-%dT%H%M%S}.db"


def create_home(
    place: KeyPlace,
    kind: KeyKind,
    clock: Clock,
    ids: Ids,
    passphrase: str | None = None,
) -> LocalStore:
    """Make a new bench's home: its key, where the technician said, and its database.

    A home whose making was cut off between the two is finished with the key that it has.

    Raises:
        StoreFaultError: There is one already (``exists``), `KeyPlace.make`'s codes, or the
            environment failed.
    """
    path = place.home / DATABASE
    if path.exists():
        raise StoreFaultError("exists", str(path))
    try:
        place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "nt":
            place.home.chmod(0o700)
    except OSError as error:
        raise fault_of_file(error) from error
    if place.is_made() and place.kind() is kind:
        key = place.load(passphrase)
    else:
        key = place.make(kind, passphrase)
    create_store(path, key, clock, ids).close()
    return open_home(place, clock, ids, key=key)


def restore_home(
    place: KeyPlace,
    backup: Path,
    clock: Clock,
    ids: Ids,
    passphrase: str | None = None,
) -> Restored:
    """Put a backup in the place of a home's database, or make the home from it.

    A home that has no ``key.json`` takes the one that lies beside the backup; the key itself must
    still be where it was put, or be known.

    Raises:
        StoreFaultError: `KeyPlace.load`'s codes, or those of `restore`; the database is as it was.
    """
    beside = key_json_beside(backup)
    try:
        if not place.is_made() and beside.exists():
            place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            place.adopt(beside.read_text(encoding="utf-8"))
        key = place.load(passphrase)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreFaultError("key_unreadable", str(error)) from error
    return restore(backup, place.home / DATABASE, key, clock, ids)


def open_home(
    place: KeyPlace,
    clock: Clock,
    ids: Ids,
    passphrase: str | None = None,
    *,
    key: bytes | None = None,
) -> LocalStore:
    """Open a home's store.

    Args:
        place: The home's key.
        clock: Tells when entries are recorded.
        ids: Gives entries their ids.
        passphrase: Where the key is made from one.
        key: The key, where the caller has it already: a passphrase takes half a second.

    Raises:
        StoreFaultError: The home has no key or no database (``missing``), `KeyPlace.load`'s codes,
            or those of `open_store`.
    """
    loaded = place.load(passphrase) if key is None else key
    store = open_store(place.home / DATABASE, loaded, clock, ids)
    return store.with_vault(vault_of(place, store.database))
