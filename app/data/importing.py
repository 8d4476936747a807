"""Puts the rows of a file into the product register (docs/adr/0018).

A few go over the base, in one transaction. Many make a new base beside the one in use, and one
short transaction points to it: nobody waits, and nothing is ever half in the register.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.data import products
from app.data.base.attaching import NO_FILE, is_damage
from app.data.base.building import Build
from app.data.base.leftovers import remove_leftovers, set_aside, used_by
from app.data.base.rows import Filled, columns_of
from app.data.base.swapping import clean_up, next_epoch, point_to
from app.data.base.turns import alone
from app.data.compiled import base as base_sql
from app.data.compiled import overlay as sql
from app.data.engine import Database
from app.data.import_rows import FileRows
from app.data.imports import Batch
from app.data.left_out import Sieve, gone
from app.data.transactions import StoreTransaction
from app.domain.journal import Draft
from app.services.importing import (
    IMPORTED,
    SUBJECT,
    Counts,
    ImportFile,
    LeftOut,
    Phase,
    Progress,
    Stopped,
    Tell,
    imported,
)
from app.services.ports import Clock, Ids, StoreFaultError

FEW: Final = 2_000
"""Changes that are written over the base: more make a new one."""
_SHARE: Final = {
    Phase.WAITING: (0.0, 0.0),
    Phase.READING: (0.0, 0.4),
    Phase.COMPARING: (0.4, 0.45),
    Phase.MERGING: (0.45, 0.55),
    Phase.INDEXING: (0.55, 0.95),
    Phase.CHECKING: (0.95, 0.99),
    Phase.CHANGING: (0.99, 1.0),
}
"""From where to where of the whole a phase goes."""


class Importing:
    """One import into the register of a database.

    Args:
        database: The open database, which follows its base.
        key: Its key.
        clock: Tells when the entry is recorded.
        ids: Gives it its id, and the base its name.
        tell: Is told how far it is.
        stopped: Says when to give up.
        few: How many changes are written over the base.

    Attributes:
        left_out: The rows that are right and are not brought in, once it has run.
    """

    def __init__(
        self,
        database: Database,
        key: bytes,
        clock: Clock,
        ids: Ids,
        *,
        tell: Tell = lambda _: None,
        stopped: Stopped = lambda: False,
        few: int = FEW,
    ) -> None:
        self._database = database
        self._key = key
        self._clock, self._ids = clock, ids
        self._tell, self._stopped = tell, stopped
        self._few = few
        self._counts = Counts()
        self.left_out = LeftOut()

    def run(
        self,
        file: ImportFile,
        batches: Iterable[Batch],
        fields: frozenset[str],
        *,
        clears: frozenset[str] = frozenset(),
        dry: bool = False,
        brings_back: bool = False,
    ) -> Counts:
        """Import what a file says.

        Args:
            file: What the journal says of it.
            batches: Its rows.
            fields: The attributes of `app.data.imports.ProductRow` that the file fills.
            clears: Those of them in which an empty cell takes away what is known.
            dry: Whether only to count.
            brings_back: Whether products come back that somebody took out of the register by hand.

        Raises:
            ImportCancelledError: ``stopped`` said so; the register is as it was.
            StoreFaultError: ``import_running``, ``register_damaged`` where damage of the base only
                showed now, or the environment failed; the register is as it was.
        """
        filled = Filled(columns_of(fields), columns_of(clears))
        folder = self._database.path.parent
        with alone(folder, self._waits, self._stopped):
            before, damaged = used_by(self._database), self._damaged()
            remove_leftovers(folder, before)
            build = Build(
                folder,
                self._key,
                self._ids.new().hex,
                is_first=self._is_empty(),
                stopped=self._stopped,
            )
            try:
                sieve = Sieve(self._database, brings_back=brings_back)
                self._read(build, batches, sieve)
                self._compare(build, filled)
                if not dry and self._counts.changes:
                    self._write(build, file, filled, sieve.back)
            except StoreFaultError as fault:
                self._look_for_damage(fault, folder / before)
                raise
            finally:
                build.close()
            if self._counts.changes > self._few and not dry:
                set_aside(folder / before, is_damaged=damaged)
                clean_up(self._database)
        return self._counts

    def _is_empty(self) -> bool:
        with self._database.reading() as connection:
            return sql.ANY.first(connection) is None and base_sql.ROWS.first(connection) == (0,)

    def _waits(self) -> None:
        self._say(Phase.WAITING, 0)

    def _say(self, phase: Phase, done: float) -> None:
        first, last = _SHARE[phase]
        whole = first + (last - first) * done
        self._tell(Progress(phase, whole, self._counts.read, self._counts.refused))

    # ------------------------------------------------------------------
    # What the file brings
    # ------------------------------------------------------------------

    def _read(self, build: Build, batches: Iterable[Batch], sieve: Sieve) -> None:
        for batch in batches:
            left = sieve.removed + sieve.former
            build.add(sieve.taken(batch.rows))
            self._counts = replace(
                self._counts,
                read=self._counts.read + batch.read,
                accepted=self._counts.accepted
                + len(batch.rows)
                - (sieve.removed + sieve.former - left),
                duplicates=self._counts.duplicates + len(batch.duplicates),
                refused=self._counts.refused + len(batch.refused),
                removed=sieve.removed,
                former=sieve.former,
            )
            self._say(Phase.READING, batch.done)
        self.left_out = sieve.left_out

    def _compare(self, build: Build, filled: Filled) -> None:
        self._say(Phase.COMPARING, 0)
        if build.is_first:
            return
        build.attach_old(NO_FILE if self._damaged() else used_by(self._database))
        build.copy_overlay(self._database.path, self._epoch())
        known, same = build.compare(filled)
        self._counts = replace(
            self._counts,
            accepted=self._counts.accepted - known,
            updated=known - same,
            unchanged=same,
        )

    def _look_for_damage(self, fault: StoreFaultError, path: Path) -> None:
        """Leave the base out from now on where it is what failed: the next import does without it.

        Raises:
            StoreFaultError: ``register_damaged``: so it is.
        """
        base = self._database.base
        if base is not None and is_damage(fault):
            base.check()
            if base.fault is not None:
                set_aside(path, is_damaged=True)
                raise base.fault from fault

    def _damaged(self) -> bool:
        """Whether the base cannot be read: what is known is what lies over it."""
        base = self._database.base
        return base is not None and base.fault is not None

    def _epoch(self) -> int:
        with self._database.reading() as connection:
            return _number(sql.EPOCH.first(connection))

    # ------------------------------------------------------------------
    # Into the register
    # ------------------------------------------------------------------

    def _write(self, build: Build, file: ImportFile, filled: Filled, back: Collection[str]) -> None:
        if self._counts.changes <= self._few:
            self._say(Phase.CHANGING, 0)
            rows = build.changes(filled)
            with self._database.writing() as connection:
                tx = StoreTransaction(connection, self._clock, self._ids)
                into = FileRows(connection, tx, filled, file.actor, back)
                for row in rows:
                    into.put(row)
                self._record(tx, file)
            return
        upto = 0  # what came while the first file was read is not in it
        if not build.is_first:
            self._say(Phase.MERGING, 0)
            upto = next_epoch(self._database)
            build.copy_overlay(self._database.path, upto)
            self._leave_out(build, back)
            build.merge(filled)
        build.index(lambda done: self._say(Phase.INDEXING, done))
        self._say(Phase.CHECKING, 0)
        made = build.finish()
        self._say(Phase.CHANGING, 0)
        with self._database.adopting(*made[:2]) as connection:
            point_to(connection, made, upto, self._clock)
            tx = StoreTransaction(connection, self._clock, self._ids)
            into = FileRows(connection, tx, filled, file.actor, back)
            self._enter(build, into, [row[0] for row in sql.YOUNG.all(connection)])
            self._record(tx, file)

    def _leave_out(self, build: Build, back: Collection[str]) -> None:
        """What was taken away while the file was read stays away; the counts are from before."""
        with self._database.reading() as connection:
            for serial in gone(connection).difference(back):
                is_there = products.asset_by_serial(connection, serial) is not None
                if not is_there and build.row_of(serial) is not None:
                    build.leave_out(serial)

    def _enter(self, build: Build, into: FileRows, young: Sequence[str]) -> None:
        """Look after what the new base does not say alone, in the transaction that points to it.

        What was written over the old base meanwhile stays over the new one, with what the file says
        of it: as if the file had come after.
        """
        for serial in young:
            row = build.row_of(serial)
            if row is not None:
                into.put(row)
        for serial in sorted(into.concerned.difference(young)):
            if build.row_of(serial) is not None:
                into.taken(serial, build.row_before(serial))

    def _record(self, tx: StoreTransaction, file: ImportFile) -> None:
        tx.append(Draft(IMPORTED, SUBJECT, file.actor, imported(file, self._counts)))


def _number(row: tuple[Any, ...] | None) -> int:
    return 0 if row is None else row[0]
