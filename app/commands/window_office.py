"""The registers and the programme as the window's boards reach them.

A thread of its own reads them, beside the one that owns the store: no scan waits for a board. A
question that was followed by another before its turn came is not asked at all.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.commands.window_files import FileOrder, WindowFiles, file_name
from app.commands.window_recall import WindowRecall
from app.settings import Settings

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from app.data.onlooking import Onlooker
    from app.services.office_sight import (
        Ask,
        FileKind,
        FileSight,
        SavedSearch,
        SearchesSight,
        Sight,
    )
    from app.station import Station
    from app.texts import Language

log = logging.getLogger("repair_bench.office")


class WindowOffice:
    """What the boards ask of the bench; every call returns at once.

    Args:
        station: The bench, once there is one.
        home: Where saved searches are kept, and the folder for reports lies.
    """

    def __init__(self, station: "Callable[[], Station | None]", home: "Path") -> None:
        self._station = station
        self._home = home
        self._recall = WindowRecall()
        self._files = WindowFiles(Settings(home).reports)
        self._newest: Ask | None = None
        self._today: date | None = None
        self._onlooker: Onlooker | None = None
        self._work: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def look(self, ask: "Ask", told: "Callable[[Sight], None]") -> None:
        """Find out; tells from the thread that reads."""
        station = self._station()
        if station is None:
            return
        self._newest = replace(ask, first=0)
        self._do(lambda: self._look(station, ask, told))

    def saved_searches(self, told: "Callable[[SearchesSight], None]") -> None:
        """Find out which searches of the register were saved; tells from the thread that reads."""
        from app.commands.saved_searches import read_searches
        from app.services.office_sight import SearchesSight

        self._do(lambda: told(SearchesSight(read_searches(self._home))))

    def keep_searches(self, saved: "tuple[SavedSearch, ...]") -> None:
        """Keep these searches."""
        from app.commands.saved_searches import write_searches

        self._do(lambda: write_searches(self._home, saved))

    def save(
        self,
        ask: "Ask",
        kind: "FileKind",
        language: "Language",
        told: "Callable[[FileSight], None]",
        target: "Path | None" = None,
    ) -> None:
        """Write a board that is shown as a file; tells from the thread that writes.

        Args:
            ask: The board.
            kind: As what.
            language: In whose words.
            told: Is told what came of it, unless the window is closed before.
            target: Where somebody wants it; None for a name of its own in the folder for reports.
        """
        station = self._station()
        if station is not None:
            held = None if ask.recall is None else self._recall.held(ask.recall)
            self._files.save(station, FileOrder(ask, kind, language, held, target), told)

    def place_of(self, ask: "Ask", kind: "FileKind") -> "Path":
        """Where a board that is shown would be written if nobody says otherwise."""
        held = None if ask.recall is None else self._recall.held(ask.recall)
        today = self._today if held is None else held.today
        name = f"{ask.board}.{kind}" if today is None else file_name(ask, kind, today)
        return self._files.place_of(name)

    def leave(self) -> None:
        """No board is shown any more: a long list is not held for nobody."""
        if self._thread is not None:
            self._do(self._recall.forget)

    def close(self) -> None:
        """End and join the threads; before the bench is closed."""
        self._files.close()
        if self._thread is not None:
            self._newest = None  # what still waits is not asked
            self._work.put(None)
            self._thread.join()
            self._thread = None

    def _do(self, work: Callable[[], None]) -> None:
        self._work.put(work)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="office")
            self._thread.start()

    def _run(self) -> None:
        try:
            while (work := self._work.get()) is not None:
                work()
        finally:
            if self._onlooker is not None:
                self._onlooker.close()
                self._onlooker = None

    def _look(self, station: "Station", ask: "Ask", told: "Callable[[Sight], None]") -> None:
        if replace(ask, first=0) != self._newest:
            return  # somebody types on, or is gone
        try:
            sight = self._seen(station, ask)
        except Exception as error:
            log.exception("the board %s could not be shown", ask.board)
            sight = _failed(ask, error)
        told(sight)

    def _seen(self, station: "Station", ask: "Ask") -> "Sight":
        from app.services.office import look
        from app.services.office_sight import ProgrammeSight

        if self._onlooker is None:
            self._onlooker = station.onlook()
        if ask.recall is not None:
            return self._recall.seen(station, self._onlooker, ask, ask.recall)
        self._recall.forget()
        with self._onlooker.reading() as reader:
            sight = look(reader, ask, station.bench.rules(reader))
        if isinstance(sight, ProgrammeSight):
            self._today = sight.standing.situation.today
        return sight


def _failed(ask: "Ask", error: Exception) -> "Sight":
    from app.services.office_sight import BUG, FailedSight
    from app.services.ports import StoreFaultError
    from app.services.recalling import RecallRefusedError

    if isinstance(error, RecallRefusedError):
        return FailedSight(ask, error.code, error.named)
    return FailedSight(ask, error.code if isinstance(error, StoreFaultError) else BUG)
