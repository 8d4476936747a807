"""Files that are written from the window's boards.

A thread of its own writes each: a long list as PDF takes a minute, and no board waits for it. Nor
does the window's end: a file that is not whole by then is not there.
"""

import errno
import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from app.services.office_sight import Ask, FileKind, FileSight
    from app.services.recall_board import FoundList
    from app.services.recall_sight import RecallAsk
    from app.station import Station
    from app.texts import Language

log = logging.getLogger("repair_bench.office")

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_WRITING: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


@dataclass(frozen=True, slots=True)
class FileOrder:
    """A file that somebody wants.

    Attributes:
        ask: The board.
        kind: As what.
        language: In whose words.
        held: The recall's list as it is shown; None where it is to be read.
        target: Where somebody wants it, who agreed to replace what is there; None for a name of its
            own in the folder for reports, where nothing is replaced.
    """

    ask: "Ask"
    kind: "FileKind"
    language: "Language"
    held: "FoundList | None" = None
    target: Path | None = None


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file is called, and how it is filled."""

    name: str
    fill: Callable[[Path], object]


class WindowFiles:
    """Writes the files.

    Args:
        folder: Where those lie of which nobody says otherwise.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing: list[threading.Thread] = []
        self._claimed: set[Path] = set()
        self._turn = threading.Lock()
        self._closing = threading.Event()

    def save(
        self, station: "Station", order: FileOrder, told: "Callable[[FileSight], None]"
    ) -> None:
        """Write what is wanted; returns at once, and tells from the thread that writes."""

        def write() -> None:
            try:
                told(self._written(station, order))
            except CancelledError:
                log.info("a file of the board %s was given up", order.ask.board)

        self._writing = [one for one in self._writing if one.is_alive()]
        thread = threading.Thread(target=write, name="office file")
        self._writing.append(thread)
        thread.start()

    def place_of(self, name: str) -> Path:
        """Where a file of that name would be put if nobody says otherwise; its folder is made."""
        from app.services.placing import free_place

        with suppress(OSError):  # told when something is written there
            self._folder.mkdir(parents=True, exist_ok=True)
        with self._turn:
            return free_place(self._folder / name, self._claimed)

    def close(self) -> None:
        """Give up the files that are being written, and join their threads; nobody is told."""
        self._closing.set()
        for one in self._writing:
            one.join()

    def _go_on(self) -> None:
        if self._closing.is_set():
            raise CancelledError

    def _written(self, station: "Station", order: FileOrder) -> "FileSight":
        from app.services.office_sight import BUG, FileSight

        path, fault = order.target or self._folder, ""
        try:
            content = _content(station, order, self._go_on)
            path = self._claim(order.target, content.name)
            self._put(path, content)
        except OSError as error:
            log.warning("%s could not be written: %s", path, error)
            fault = _reason(error)
        except CancelledError:
            raise
        except Exception:
            log.exception("no file of the board %s could be written", order.ask.board)
            fault = BUG
        return FileSight(order.ask, order.kind, path, fault)

    def _claim(self, target: Path | None, name: str) -> Path:
        """Where it is put; no other file is written there meanwhile."""
        from app.services.placing import free_place

        with self._turn:
            path = target
            if path is None or path in self._claimed:
                path = free_place(path or self._folder / name, self._claimed)
            self._claimed.add(path)
        return path

    def _put(self, path: Path, content: _Content) -> None:
        from app.services.placing import placed

        try:
            with placed(path) as half:
                content.fill(half)
                self._go_on()
        finally:
            with self._turn:
                self._claimed.discard(path)


def _reason(error: OSError) -> str:
    from app.services.office_sight import FULL, NOT_ALLOWED

    if error.errno in _NO_ROOM:
        return FULL
    return NOT_ALLOWED if error.errno in _NO_WRITING else error.strerror or str(error)


def file_name(ask: "Ask", kind: "FileKind", today: "date") -> str:
    """What the file of a board is called; the same question on the same day has the same name."""
    from app.services.recall_board import list_name

    if ask.recall is None:
        return f"readiness-{today.isoformat()}.{kind}"
    return list_name(ask.recall, kind, today)


def _content(station: "Station", order: FileOrder, go_on: Callable[[], None]) -> _Content:
    """What the file holds, of the board that it is of."""
    go_on()
    recall = order.ask.recall
    if recall is None:
        return _readiness(station, order)
    return _recall(station, order, recall, go_on)


def _recall(
    station: "Station", order: FileOrder, asked: "RecallAsk", go_on: Callable[[], None]
) -> _Content:
    from app.commands.recall_files import fill_list
    from app.commands.window_recall import read_list
    from app.texts import texts

    listed = order.held
    if listed is None:
        with closing(station.onlook()) as onlooker:
            listed = read_list(station, onlooker, asked)
    found, words = listed.found, texts(order.language)
    return _Content(
        file_name(order.ask, order.kind, listed.today),
        lambda half: fill_list(order.kind, half, found, words, go_on),
    )


def _readiness(station: "Station", order: FileOrder) -> _Content:
    from app import bootstrap
    from app.services.readiness import readiness_report
    from app.texts import texts

    with closing(station.onlook()) as onlooker, onlooker.reading() as reader:
        report = readiness_report(reader, station.bench.rules(reader))
    raw = bootstrap.render_readiness(report, texts(order.language))
    return _Content(
        file_name(order.ask, order.kind, report.today), lambda half: half.write_bytes(raw)
    )
