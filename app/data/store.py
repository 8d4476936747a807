"""The local store: what the use cases and the sync client hold in their hands."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import UUID

from app.data.answering import pending, record_outcomes, rejected, start_over
from app.data.backing_up import Progress, back_up, back_up_if_due, key_json_beside
from app.data.carrying import CARRIED, carry_over, new_identity
from app.data.engine import Database
from app.data.entries import every
from app.data.faults import fault_of_file
from app.data.frames import frame_of
from app.data.in_use import InUse
from app.data.keyrings import Ring
from app.data.keys import KEY_JSON
from app.data.pulling import Page
from app.data.register_writing import Misfit, misfits, put
from app.data.repairs import in_conflict
from app.data.sync_states import cursor, set_cursor, sync_state_of
from app.data.transactions import StoreReader, StoreTransaction
from app.data.verifying import Code, Verified, look_up, verify
from app.domain.frames import Frame
from app.domain.journal import Entry
from app.domain.repairs import Repair
from app.services.ports import (
    Clock,
    Ids,
    LogItem,
    PushOutcome,
    Reader,
    RegisterRow,
    StoreFaultError,
    SyncState,
    Transaction,
)

if TYPE_CHECKING:
    from app.data.importing import Importing
    from app.data.onlooking import Onlooker
    from app.data.rebuilding import Rebuilt
    from app.data.recall import RecallReader
    from app.services.importing import Stopped, Tell


class LocalStore:
    """The encrypted store of one bench (`app.services.ports.Store`); one thread owns it.

    Args:
        database: The open database, at the newest schema.
        key: Its key, for backups.
        in_use: This opener's mark, taken away on closing.
        vault: Where small secrets are kept.
        clock: Tells when entries are recorded.
        ids: Gives entries their ids.

    Attributes:
        database: The open database.
        vault: Where small secrets are kept.
    """

    def __init__(
        self,
        database: Database,
        key: bytes,
        in_use: InUse,
        vault: Ring,
        clock: Clock,
        ids: Ids,
    ) -> None:
        self.database = database
        self.vault = vault
        self._key = key
        self._in_use = in_use
        self._clock = clock
        self._ids = ids
        self._closed = False

    def with_vault(self, vault: Ring) -> Self:
        """This store with its secrets kept elsewhere."""
        self.vault = vault
        return self

    @property
    def bench_id(self) -> UUID:
        """This bench."""
        with self.reading() as reader:
            return reader.bench_id

    @contextmanager
    def writing(self) -> Generator[Transaction]:
        """A transaction that commits, durably, when the block ends without an error.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            yield StoreTransaction(connection, self._clock, self._ids)

    @contextmanager
    def reading(self) -> Generator[Reader]:
        """A consistent view that writes nothing.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self.database.reading() as connection:
            yield StoreReader(connection)

    @contextmanager
    def recalling(self) -> Generator["RecallReader"]:
        """A consistent view for a recall (`app.services.recalling`).

        Raises:
            StoreFaultError: The environment failed.
        """
        from app.data.recall import RecallReader  # few commands ask for it

        with self.database.reading() as connection:
            yield RecallReader(connection)

    def onlooker(self) -> "Onlooker":
        """A second way to read, for another thread than the one that owns the store.

        Raises:
            StoreFaultError: The environment failed.
        """
        from app.data.onlooking import Onlooker  # the first scan needs none

        return Onlooker(self.path, self._key)

    @property
    def path(self) -> Path:
        """The database's file."""
        return self.database.path

    def frame(self, entry_id: UUID) -> Frame | None:
        """The raw bytes that an entry tells the meaning of, None where it has none."""
        with self.database.reading() as connection:
            return frame_of(connection, entry_id)

    def load_registers(self, rows: Iterable[RegisterRow]) -> tuple[Misfit, ...]:
        """Put rows into the registers that no service sent, in one transaction.

        Returns:
            Those that could not be read; they are kept as they came.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            told = [put(connection, row, None) for row in rows]
        return tuple(misfit for misfit in told if misfit is not None)

    def importing(
        self, tell: "Tell" = lambda _: None, stopped: "Stopped" = lambda: False
    ) -> "Importing":
        """An import into the product register; run it in a process of its own.

        Args:
            tell: Is told how far it is.
            stopped: Says when to give up.
        """
        from app.data.importing import Importing

        return Importing(
            self.database, self._key, self._clock, self._ids, tell=tell, stopped=stopped
        )

    def is_to_compact(self) -> bool:
        """Whether `compact` has something to do."""
        from app.data.compacting import is_due  # after a round of sync alone

        return is_due(self.database)

    def compact(self, stopped: "Stopped" = lambda: False, *, least: int | None = None) -> int:
        """Put what lies over the base of the register into a new one; in a process of its own.

        Args:
            stopped: Says when to give up.
            least: From how many products on; None for as many as are worth their while.

        Returns:
            How many products the new base has; 0 where none was made.

        Raises:
            ImportCancelledError: ``stopped`` said so, or an import waits; nothing is changed.
            StoreFaultError: ``import_running``, ``tidying_running``, or the environment failed; the
                register is as it was.
        """
        from app.data.compacting import MANY, compact

        many = MANY if least is None else least
        return compact(self.database, self._key, self._clock, self._ids, stopped=stopped, many=many)

    @property
    def register_fault(self) -> StoreFaultError | None:
        """Why the products of the last big import are missing; None where all is well."""
        base = self.database.base
        return None if base is None else base.fault

    def misfits(self) -> tuple[Misfit, ...]:
        """Everything that came down and could not be read."""
        with self.database.reading() as connection:
            told = misfits(connection)
        return tuple(misfit for misfit in told if misfit.register != CARRIED)

    def in_conflict(self) -> tuple[Repair, ...]:
        """The repairs with something for a lead to settle, oldest first, finished ones too."""
        with self.database.reading() as connection:
            return in_conflict(connection)

    # ------------------------------------------------------------------
    # Sync (`app.services.ports.SyncStore`)
    # ------------------------------------------------------------------

    def sync_state(self) -> SyncState:
        """Where this bench stands with the service."""
        with self.database.reading() as connection:
            return sync_state_of(connection)

    def set_service(self, service: str | None) -> None:
        """Note at which service the bench is enrolled; None where it is at none."""
        with self.database.writing() as connection:
            _, revision, chain = cursor(connection)
            set_cursor(connection, service, revision, chain)

    def pending(self, limit: int) -> tuple[Entry, ...]:
        """This bench's entries that the service has not answered, in seq order."""
        with self.database.reading() as connection:
            return pending(connection, limit)

    def rejected(self) -> tuple[tuple[Entry, str], ...]:
        """This bench's entries that the service refused, each with the reason's code."""
        with self.database.reading() as connection:
            return rejected(connection)

    def record_outcomes(self, outcomes: Sequence[PushOutcome]) -> None:
        """Store the service's answers, and refold what they touch; nothing is dropped.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            record_outcomes(connection, outcomes)

    def apply_page(self, items: Sequence[LogItem]) -> None:
        """Apply a page of the service's log and move the cursor, in one transaction.

        What is at or before the cursor was applied already and is passed over; what cannot be taken
        in is kept as it came (`misfits`) and stops nothing.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            service, revision, _ = cursor(connection)
            fresh = [item for item in items if item.revision > revision]
            if fresh:
                page = Page(connection)
                for item in fresh:
                    page.apply(item)
                page.finish()
                set_cursor(connection, service, fresh[-1].revision, fresh[-1].chain)

    def start_over(self) -> None:
        """The service was restored: forget its revisions, keep every entry, push and pull again.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            start_over(connection)

    def carry_over(self) -> int:
        """After a restore and a whole pull: write once more what the service never had.

        Returns:
            How many entries of the benches that this one was are now its own, to be pushed.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            return carry_over(connection, self._ids)

    def new_identity(self) -> UUID:
        """Go on under a new bench id: the service has another journal under the old one.

        What it has not answered is carried over at once. The bench must be enrolled again.

        Raises:
            StoreFaultError: The environment failed; nothing was written.
        """
        with self.database.writing() as connection:
            return new_identity(connection, self._ids, self._clock.now())

    # ------------------------------------------------------------------
    # Care
    # ------------------------------------------------------------------

    def entries(self) -> Iterator[Entry]:
        """The whole journal, bench by bench in the order of each, in one view of the store."""
        with self.database.reading() as connection:
            yield from every(connection)

    def verify(self) -> Verified:
        """Prove every chain in the journal.

        Raises:
            StoreFaultError: The environment failed.
        """
        with self.database.reading() as connection:
            return verify(connection)

    def look_up(self, code: str) -> Code | None:
        """The entry that a report's QR code names; None where the text is no such code."""
        with self.database.reading() as connection:
            return look_up(connection, code)

    def rebuild(self) -> "Rebuilt":
        """Make the read models again from the journal; a backup first where they differed.

        Raises:
            StoreFaultError: The environment failed; nothing was changed.
        """
        from app.data.rebuilding import rebuild  # with SQLAlchemy, a third of a second

        return rebuild(self.database, lambda: self.back_up(self._kept("before-rebuild")))

    def back_up(self, target: Path, progress: Progress | None = None) -> None:
        """Copy the database into a new file, encrypted with the same key, and verify it.

        ``key.json`` goes beside it: it holds no key, but a passphrase is nothing without it.

        Args:
            target: The file, which must not exist.
            progress: Called between steps with the pages done and to do; what it raises ends it.

        Raises:
            StoreFaultError: ``exists``, ``backup_differs``, or the environment failed.
        """
        back_up(self.path, self._key, target, progress)
        self._copy_key_json(target)

    def back_up_if_due(self, progress: Progress | None = None) -> Path | None:
        """Make the day's nightly backup, unless it is there.

        Raises:
            StoreFaultError: As for `back_up`.
        """
        now = self._clock.now()
        target = back_up_if_due(self.path, self._key, self._backups, now, progress)
        if target is not None:
            self._copy_key_json(target)
        return target

    def _copy_key_json(self, target: Path) -> None:
        told = self.path.with_name(KEY_JSON)
        try:
            if told.exists():
                key_json_beside(target).write_bytes(told.read_bytes())
        except OSError as error:
            raise fault_of_file(error) from error

    @property
    def _backups(self) -> Path:
        return self.path.parent / "backups"

    def _kept(self, reason: str) -> Path:
        return self._backups / f"{reason}-{self._clock.now():%Y-%m-%dT%H%M%S}.db"

    def close(self) -> None:
        """Close the database; a second time does nothing."""
        if not self._closed:
            self._closed = True
            self.database.close()
            self._in_use.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
