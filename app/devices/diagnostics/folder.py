"""The folder that results come to: each file that has come to rest is handed on once.

A file counts as complete when two looks in a row find it unchanged, so one that is still being
written, or copied over a network, is left alone; a file moved in at once is complete at its second
look. Files are only ever read: what was processed is known from the journal. What waits for
something else, such as its product being received, is handed on again now and then.
"""

import logging
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from app.domain.diagnostics.bounds import MAX_BYTES
from app.domain.frames import DeviceStatus
from app.services.diagnosing import file_time

log = logging.getLogger("repair_bench.devices.diagnostics")

LOOK_SECONDS: Final = 2.0
AGAIN_SECONDS: Final = 30.0
"""After how long a file that waits is handed on again; each time it waits twice as long."""
LONGEST_SECONDS: Final = 600.0
"""The longest such wait: what nobody ever wants must not keep the bench busy."""
MOST_FILES: Final = 5000
_TEMPORARY: Final = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp")
_HIDDEN: Final = (".", "~")

_Mark = tuple[int, int, int]
"""What tells a file that changed from one that did not: inode, size, time of the last change."""


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file that has come to rest.

    Attributes:
        name: Its name in the folder, for the person who looks for it; it may hold anybody's name
            and belongs in no journal and no log.
        raw: Its bytes, one more than any results have where it is longer.
        modified: When it was last written, UTC.
    """

    name: str
    raw: bytes
    modified: datetime


@dataclass(slots=True)
class _Known:
    """A file that was there at the last look."""

    mark: _Mark
    settled: bool = False
    again_at: float | None = None
    pause: float = AGAIN_SECONDS


class ResultsFolder:
    """The watched folder.

    Args:
        path: The folder.
        take: Takes a file and says whether it is done with: False has it handed on again. It is
            called in the thread that looks.
        monotonic: Seconds that never run backwards.
    """

    def __init__(
        self,
        path: Path,
        take: Callable[[FolderFile], bool],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._take = take
        self._monotonic = monotonic
        self._known: dict[str, _Known] = {}
        self._stopping = False
        self._anew = False

    def anew(self) -> None:
        """Hand on at the next look everything that waits: what it waited for may have come."""
        self._anew = True

    def cancel(self) -> None:
        """Hand on nothing more: what is there now is there at the next start."""
        self._stopping = True

    def files(self) -> Iterator[FolderFile]:
        """Every file that is there now and can be read, by name, without waiting for any to rest.

        Raises:
            OSError: The folder cannot be listed.
        """
        for name, mark in sorted(islice(self._files(), MOST_FILES)):
            with suppress(OSError):  # taken away, or another person's: the watch tries it again
                file = self._read(name, mark)
                if file is not None:
                    yield file

    def look(self) -> DeviceStatus:
        """Hand on what has come to rest, and say how the folder stands."""
        try:
            found = dict(islice(self._files(), MOST_FILES + 1))
        except (FileNotFoundError, NotADirectoryError):
            return self._gone(DeviceStatus.ABSENT)
        except PermissionError:
            return self._gone(DeviceStatus.DENIED)
        except OSError as error:
            log.debug("results folder: %s", error.strerror)
            return self._gone(DeviceStatus.ABSENT)
        too_many = len(found) > MOST_FILES
        anew, self._anew = self._anew, False
        resting = [name for name, mark in found.items() if self._rests(name, mark, anew=anew)]
        self._known = {name: one for name, one in self._known.items() if name in found}
        for name in sorted(resting):
            if not self._stopping:
                self._hand_on(name)
        return DeviceStatus.WRONG_MODE if too_many else DeviceStatus.READY

    def _gone(self, status: DeviceStatus) -> DeviceStatus:
        """The folder is away: when it is back, every file is looked at anew."""
        self._known.clear()
        return status

    def _files(self) -> Iterator[tuple[str, _Mark]]:
        """The plain files that are no one's temporary ones; links are not followed."""
        with os.scandir(self._path) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith(_HIDDEN) or name.lower().endswith(_TEMPORARY):
                    continue
                try:
                    told = entry.stat(follow_symlinks=False)
                except FileNotFoundError:
                    continue  # it was taken away just now
                if stat.S_ISREG(told.st_mode):
                    yield name, _mark(told)

    def _rests(self, name: str, mark: _Mark, *, anew: bool) -> bool:
        """Whether a file is as it was at the last look, and is to be handed on now."""
        known = self._known.get(name)
        if known is None or known.mark != mark:
            self._known[name] = _Known(mark)
            return False
        due = anew or known.again_at is None or self._monotonic() >= known.again_at
        return not known.settled and due

    def _hand_on(self, name: str) -> None:
        known = self._known[name]
        try:
            file = self._read(name, known.mark)
        except OSError as error:
            log.debug("a file of the results folder cannot be read: %s", error.strerror)
            self._wait(known)
            return
        if file is None:
            return  # it changed while it was read: the next look sees it
        known.settled = self._take(file)
        self._wait(known)

    def _wait(self, known: _Known) -> None:
        known.again_at = self._monotonic() + known.pause
        known.pause = min(LONGEST_SECONDS, known.pause * 2)

    def _read(self, name: str, mark: _Mark) -> FolderFile | None:
        """A file's bytes; None where it is not the one that came to rest.

        Opened without waiting and without following a link, for in the meantime anything may have
        taken its name.
        """
        flags = os.O_RDONLY | _flag("O_NOFOLLOW") | _flag("O_NONBLOCK") | _flag("O_BINARY")
        with os.fdopen(os.open(self._path / name, flags), "rb") as stream:
            if _mark(os.fstat(stream.fileno())) != mark:
                return None
            raw = stream.read(MAX_BYTES + 1)
            if _mark(os.fstat(stream.fileno())) != mark:
                return None
        return FolderFile(name, raw, file_time(mark[2]))


def _flag(name: str) -> int:
    """A flag that not every system has."""
    return int(getattr(os, name, 0))


def _mark(told: os.stat_result) -> _Mark:
    # Windows tells no inode where it lists a folder
    return told.st_ino if os.name == "posix" else 0, told.st_size, told.st_mtime_ns
