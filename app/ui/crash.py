"""Defects: kept in a file, told in the window, never silent and never the end of the work.

An exception in a slot reaches only `sys.excepthook`; one in a thread only `threading.excepthook`.
"""

import logging
import sys
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

log = logging.getLogger("repair_bench.crash")

Tell = Callable[[str, dict[str, str]], None]


class Crashes:
    """Keeps what went wrong, and tells of it.

    Attributes:
        folder: Where the reports are written.
    """

    def __init__(self, folder: Path, tell: Tell, now: "Callable[[], datetime]") -> None:
        self.folder = folder
        self._tell = tell
        self._now = now

    def keep(self, error: BaseException) -> None:
        """Write a report and tell of it; where it cannot be written, tell that."""
        told = "".join(traceback.format_exception(error))
        log.error("a defect:\n%s", told)
        at = self._now()
        path = self.folder / f"crash-{at:%Y%m%dT%H%M%S%f}.txt"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{at.isoformat()}\n{told}", encoding="utf-8")
        except OSError:
            log.exception("the crash report could not be written")
            self._tell("crash_unwritten", {"error": type(error).__name__})
            return
        self._tell("crash", {"path": str(path)})

    @contextmanager
    def watching(self) -> Generator[None]:
        """Keep every exception that nobody catches, in any thread, while the block runs."""
        before, before_threads = sys.excepthook, threading.excepthook

        def caught(
            kind: type[BaseException], error: BaseException, trace: TracebackType | None
        ) -> None:
            if issubclass(kind, KeyboardInterrupt):
                before(kind, error, trace)
                return
            self.keep(error)

        def caught_in_thread(told: threading.ExceptHookArgs) -> None:
            if told.exc_value is not None:
                self.keep(told.exc_value)

        sys.excepthook, threading.excepthook = caught, caught_in_thread
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before, before_threads
