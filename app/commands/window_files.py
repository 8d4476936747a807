"""Files that are written from the window's boards.

A thread of its own writes each: a long list as PDF takes a minute, and no board waits for it.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.office_sight import Ask, FileKind, FileSight
    from app.services.recall_board import FoundList
    from app.services.recall_sight import RecallAsk
    from app.station import Station
    from app.texts import Language

log = logging.getLogger("repair_bench.office")


@dataclass(frozen=True, slots=True)
class FileOrder:
    """A file that somebody wants.

    Attributes:
        ask: The board.
        kind: As what.
        language: In whose words.
        held: The recall's list as it is shown; None where it is to be read.
    """

    ask: "Ask"
    kind: "FileKind"
    language: "Language"
    held: "FoundList | None" = None


@dataclass(frozen=True, slots=True)
class _Content:
    """What a file is called, and how it is filled."""

    name: str
    fill: Callable[[Path], object]


class WindowFiles:
    """Writes the files.

    Args:
        folder: Where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing: list[threading.Thread] = []

    def save(
        self, station: "Station", order: FileOrder, told: "Callable[[FileSight], None]"
    ) -> None:
        """Write what is wanted; returns at once, and tells from the thread that writes."""

        def write() -> None:
            told(self._written(station, order))

        self._writing = [one for one in self._writing if one.is_alive()]
        thread = threading.Thread(target=write, name="office file")
        self._writing.append(thread)
        thread.start()

    def close(self) -> None:
        """Wait for the files that are being written."""
        for one in self._writing:
            one.join()

    def _written(self, station: "Station", order: FileOrder) -> "FileSight":
        from app.services.office_sight import BUG, FileSight
        from app.services.placing import placed

        path, fault = self._folder, ""
        try:
            content = _content(station, order)
            path = self._folder / content.name
            with placed(path) as half:
                content.fill(half)
        except OSError as error:
            log.warning("%s could not be written: %s", path, error)
            fault = error.strerror or str(error)
        except Exception:
            log.exception("no file of the board %s could be written", order.ask.board)
            fault = BUG
        return FileSight(order.ask, order.kind, path, fault)


def _content(station: "Station", order: FileOrder) -> _Content:
    """What the file holds, of the board that it is of."""
    recall = order.ask.recall
    return _readiness(station, order) if recall is None else _recall(station, order, recall)


def _recall(station: "Station", order: FileOrder, asked: "RecallAsk") -> _Content:
    from app.commands.recall_files import fill_list
    from app.commands.window_recall import read_list
    from app.services.recall_board import list_name
    from app.texts import texts

    listed = order.held
    if listed is None:
        with closing(station.onlook()) as onlooker:
            listed = read_list(station, onlooker, asked)
    found, words = listed.found, texts(order.language)
    return _Content(
        list_name(asked, order.kind, listed.today),
        lambda half: fill_list(order.kind, half, found, words),
    )


def _readiness(station: "Station", order: FileOrder) -> _Content:
    from app import bootstrap
    from app.services.readiness import readiness_report
    from app.texts import texts

    with closing(station.onlook()) as onlooker, onlooker.reading() as reader:
        report = readiness_report(reader, station.bench.rules(reader))
    raw = bootstrap.render_readiness(report, texts(order.language))
    return _Content(f"readiness-{report.today.isoformat()}.pdf", lambda half: half.write_bytes(raw))
