"""Reports are made apart from the work: gathered beside the store, drawn in a thread of their own.

The journal names each report by its hash and the place that it covers, so that a paper can be
traced to what was recorded when it was made.
"""

import hashlib
import logging
import string
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.journal import Draft
from app.services.bench import Bench
from app.services.placing import placed
from app.services.ports import Store
from app.texts import Language, Texts, texts

if TYPE_CHECKING:
    from app.services.repair_report import RepairReport

log = logging.getLogger("repair_bench.reports")

_SAFE = frozenset(string.ascii_letters + string.digits)

Renderer = Callable[["RepairReport", Texts], bytes]


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A report that lies on the disk.

    Attributes:
        repair_id: Whose.
        path: The PDF.
        sha256: Of its bytes, as the journal names it.
    """

    repair_id: str
    path: Path
    sha256: str


def write_report(folder: Path, report: "RepairReport", raw: bytes, language: Language) -> Path:
    """Write a report whole or not at all; a later one of the same repair replaces it.

    Raises:
        OSError: The folder cannot be written.
    """
    # the number may have come by sync from another bench: it must not name another folder
    safe = "".join(one for one in report.number if one in _SAFE) or report.repair_id
    path = folder / f"{safe}-{language.value}.pdf"
    with placed(path) as half:
        half.write_bytes(raw)
    return path


def record_report(store: Store, repair_id: str, actor: str, sha256: str, language: str) -> None:
    """Name a report in the journal."""
    payload = {"sha256": sha256, "language": language}
    with store.writing() as tx:
        tx.append(Draft("report.made", f"repair:{repair_id}", actor, {**payload}))


class ReportDesk:
    """The ``reports`` thread: makes one report after the other.

    Args:
        bench: Runs what needs the store.
        render: Draws a report.
        folder: Where reports go.
        language: The language of reports, asked anew for each.
    """

    def __init__(
        self,
        bench: Bench,
        render: Renderer,
        folder: Path,
        language: Callable[[], Language],
    ) -> None:
        self._bench = bench
        self._render = render
        self._folder = folder
        self._language = language
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reports")

    def make(self, repair_id: str, actor: str) -> "Future[ReportMade]":
        """Queue a repair's report.

        Returns:
            The report, or the error that kept it from being made.
        """
        return self._pool.submit(self._make, repair_id, actor, self._language())

    def stop(self) -> None:
        """Finish what is queued and join the thread."""
        self._pool.shutdown(wait=True)

    def _make(self, repair_id: str, actor: str, language: Language) -> ReportMade:
        from app.services.repair_report import repair_report  # nobody waits for it here

        def gather(store: Store) -> "RepairReport":
            with store.reading() as reader:
                policy = self._bench.programmes.of(reader.organisation())
                return repair_report(reader, repair_id, policy)

        report = self._bench.call(gather).result()
        raw = self._render(report, texts(language))
        path = write_report(self._folder, report, raw, language)
        sha256 = hashlib.sha256(raw).hexdigest()
        self._bench.call(
            lambda store: record_report(store, repair_id, actor, sha256, language.value)
        ).result()
        log.info("report of %s made, %s bytes", repair_id, len(raw))
        return ReportMade(repair_id, path, sha256)
