"""What goes wrong around a database, in the store's own words.

The driver tells an extended result code; its low byte is what happened. Whoever catches a driver's
error raises what `fault_of` makes of it, ``from`` the error.
"""

import errno
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.services.ports import StoreFaultError

_PRIMARY: Final = 0xFF
_CODES: Final[Mapping[int, str]] = MappingProxyType(
    {
        5: "locked",  # SQLITE_BUSY: another process held the writer's place too long
        6: "locked",  # SQLITE_LOCKED
        7: "io",  # SQLITE_NOMEM
        8: "read_only",  # SQLITE_READONLY
        10: "io",  # SQLITE_IOERR
        11: "corrupt",  # SQLITE_CORRUPT
        13: "disk_full",  # SQLITE_FULL
        14: "io",  # SQLITE_CANTOPEN
        26: "wrong_key",  # SQLITE_NOTADB: the key does not open page 1, or page 1 is damaged
    }
)
"""Result codes of SQLite (sqlite.org/rescode.html) that are the environment's doing."""
_MESSAGES: Final[Mapping[str, int]] = MappingProxyType(
    {
        "database is locked": 5,
        "attempt to write a readonly database": 8,
        "disk I/O error": 10,
        "database disk image is malformed": 11,
        "database or disk is full": 13,
        "unable to open database file": 14,
        "file is not a database": 26,
        "Could not decode to UTF-8": 11,  # nothing of ours writes a text that is none
    }
)
"""What SQLite says, where the driver gives no code with it: a backup's step, a text."""
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def fault_of(error: BaseException) -> StoreFaultError | None:
    """What a driver's error means for the user.

    Returns:
        None for what the environment cannot cause: a statement that the database refuses is a bug
        and goes to the crash report.
    """
    detail = f"{getattr(error, 'sqlite_errorname', type(error).__name__)}: {error}"
    told = getattr(error, "sqlite_errorcode", None)
    if not isinstance(told, int):
        numbers = (number for said, number in _MESSAGES.items() if said in str(error))
        told = next(numbers, 0)
    code = _CODES.get(told & _PRIMARY)
    return StoreFaultError(code, detail) if code else None


def fault_of_file(error: OSError) -> StoreFaultError:
    """What the operating system's error on one of the store's files means for the user."""
    if error.errno in _NO_ROOM:
        return StoreFaultError("disk_full", str(error))
    if error.errno in _NO_WRITING:
        return StoreFaultError("read_only", str(error))
    return StoreFaultError("io", str(error))
