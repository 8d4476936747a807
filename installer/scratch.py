"""Where the tests write: in memory where there is room, so that none of them waits for a disk.

Thousands of tests make encrypted stores whose every commit is synced. On a busy disk they wait for
it longer than they run. What they prove does not need it: none of them cuts the power.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, not a guessed file
MEMINFO = Path("/proc/meminfo")
ROOM = 4 << 30
"""Bytes that must be free in it and in the memory behind it; a run takes up to one GB."""


@contextmanager
def environ() -> Generator[dict[str, str]]:
    """Make a folder in memory, for as long as it is needed.

    Yields:
        What a program's environment says of it: there are its temporary files, and there it keeps
        what it compiles, for the hundreds of programs that the tests start, also where nothing may
        be written beside the sources. Empty where this machine has no room for such a folder, or
        would start no program from it.
    """
    if not _has_room(MEMORY):
        yield {}
        return
    # a short name: that of a socket in it has at most 107 characters
    with TemporaryDirectory(prefix="rb-", dir=MEMORY, ignore_cleanup_errors=True) as made:
        temporary, compiled = Path(made, "t"), Path(made, "c")
        temporary.mkdir()
        for each in (Path(made), temporary):
            each.chmod(0o711)  # as in the usual place, another user gets to a folder that is theirs
        yield {
            "TMPDIR": str(temporary),
            "PYTHONPYCACHEPREFIX": str(compiled),
            "PYTHONDONTWRITEBYTECODE": "",
        }


def _has_room(memory: Path) -> bool:
    try:
        system = os.statvfs(memory)
        told = MEMINFO.read_text(encoding="ascii")
    except (OSError, AttributeError):  # there is none here
        return False
    available = told.partition("MemAvailable:")[2].split(maxsplit=1)[:1] or ["0"]
    return (
        os.access(memory, os.W_OK | os.X_OK)
        and not system.f_flag & os.ST_NOEXEC
        and min(system.f_bavail * system.f_frsize, int(available[0]) * 1024) >= ROOM
    )
