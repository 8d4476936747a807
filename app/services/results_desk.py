"""The desk that takes the watched folder's files: reads each, and files it in the store thread.

Reading a file may take a moment, so it is done in the thread that found it; the store thread only
writes. A file that the store cannot take now stays in the folder and is brought again.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from datetime import datetime
from traceback import format_tb
from typing import Final

from app.domain.diagnostics.codes import CodeBook
from app.services.answering import refused
from app.services.bench import Bench
from app.services.diagnosing import ResultsFile, read_file
from app.services.filing import Filing, FilingState, file_results
from app.services.ports import Store, StoreFaultError
from app.services.views import Feedback

MOST_REMEMBERED: Final = 5000
log = logging.getLogger("repair_bench.diagnostics")


class ResultsDesk:
    """Takes files of results and remembers what became of each.

    Args:
        bench: Whose store thread files them.
        book: What reference codes mean.
        on_filing: Is told the name of a file and what became of it, each time that changes; in
            the thread that brings the file.
    """

    def __init__(
        self, bench: Bench, book: CodeBook, on_filing: Callable[[str, Filing], None]
    ) -> None:
        self._bench = bench
        self._book = book
        self._on_filing = on_filing
        self._guard = threading.Lock()
        self._filings: dict[str, Filing] = {}

    def take(self, name: str, raw: bytes, modified: datetime) -> bool:
        """Take a file; False where it is to be brought again later.

        Args:
            name: Its name in the folder. It is told to whoever looks at the folder and written
                nowhere: it may be somebody's.
            raw: Its bytes.
            modified: When it was last written, UTC.
        """
        try:
            filing = self._filed(raw, modified)
        except StoreFaultError as fault:
            log.warning("a file of results could not be recorded: %s", fault.code)
            return False
        except CancelledError:  # the bench ends
            return False
        except Exception as error:  # noqa: BLE001 - a defect takes one file, not the watch
            # what it says may quote the file: only where it happened is written down
            where = "".join(format_tb(error.__traceback__))
            log.error("a file of results: a defect, %s\n%s", type(error).__name__, where)  # noqa: TRY400
            filing = Filing(FilingState.REFUSED, refused("diagnostics_defect"))
        if filing.state is FilingState.FILED:
            self._bench.refresh()
        self._tell(name, filing)
        return filing.state is not FilingState.WAITING

    def _filed(self, raw: bytes, modified: datetime) -> Filing:
        read = read_file(raw, modified, self._book)
        if isinstance(read, Feedback):
            return Filing(FilingState.REFUSED, read)
        return self._bench.call(lambda store: _file(store, read)).result()

    def filings(self) -> tuple[tuple[str, Filing], ...]:
        """What became of each file that was brought, by name."""
        with self._guard:
            return tuple(sorted(self._filings.items(), key=lambda one: one[0]))

    def _tell(self, name: str, filing: Filing) -> None:
        with self._guard:
            before = self._filings.pop(name, None)
            self._filings[name] = filing
            if len(self._filings) > MOST_REMEMBERED:
                del self._filings[next(iter(self._filings))]  # the one that was brought first
        if before is None or before.feedback != filing.feedback:
            self._on_filing(name, filing)


def _file(store: Store, results: ResultsFile) -> Filing:
    with store.writing() as tx:
        return file_results(tx, results)
