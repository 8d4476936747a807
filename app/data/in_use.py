"""Who has a database open, and whether somebody ended without closing it.

Everyone who opens it keeps a file locked beside it and takes the file away on closing. The
operating system drops a lock with its process, however that ended: a file that is there and not
locked is somebody's unclean end.
"""

import os
import secrets
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app.data.faults import fault_of_file

_GATE: Final = "gate"
_MARK: Final = ".open"

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True


class InUse:
    """One opener's mark beside a database.

    Args:
        database: The database's file.

    Attributes:
        ended_unclean: Whether somebody had it open and never closed it.
        others: How many others have it open.

    Raises:
        StoreFaultError: The folder cannot be written.
    """

    def __init__(self, database: Path) -> None:
        self._folder = database.with_name(database.name + ".users")
        self._left: list[Path] = []
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with self._gate():
                self.others = self._look()
                self._path = self._folder / f"{os.getpid()}-{secrets.token_hex(4)}{_MARK}"
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
                _lock(self._descriptor, wait=False)
        except OSError as error:
            raise fault_of_file(error) from error
        self.ended_unclean = bool(self._left)

    def settle(self) -> None:
        """The database was checked: the unclean ends found on opening need no other look."""
        for path in self._left:
            path.unlink(missing_ok=True)
        self._left.clear()

    def leave(self) -> None:
        """Close cleanly."""
        with self._gate():
            os.close(self._descriptor)
            self._path.unlink(missing_ok=True)

    def _look(self) -> int:
        """Count who is there, and note who ended without leaving."""
        others = 0
        for path in sorted(self._folder.glob(f"*{_MARK}")):
            descriptor = os.open(path, os.O_RDWR)
            try:
                if _lock(descriptor, wait=False):
                    self._left.append(path)
                else:
                    others += 1
            finally:
                os.close(descriptor)
        return others

    @contextmanager
    def _gate(self) -> Generator[None]:
        """One at a time: between making a mark and locking it nobody may look."""
        descriptor = os.open(self._folder / _GATE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(descriptor, wait=True)
            yield
        finally:
            os.close(descriptor)
