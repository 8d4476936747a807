"""The watched folder's files onto the repairs that they belong to, without anybody asking.

A file is filed where there is no doubt: its product has one open repair, and it was written no
earlier than a day before that was opened. Everything else waits in the folder with its reason,
until a repair is opened or a person imports it. What was filed is known by its SHA-256 from the
journal, so files are never moved, renamed or deleted.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from app.domain.journal import Entry
from app.domain.repairs import Repair
from app.services.answering import accepted, refused, repeated
from app.services.diagnosing import (
    ResultsFile,
    file_subject,
    import_results,
    serial_of,
)
from app.services.ports import Reader, Transaction
from app.services.views import Feedback, Tone

FOLDER: Final = "results-1"
"""The bench's own name of the watched folder, as a device."""
EARLIER: Final = timedelta(days=1)
"""How long before a repair was opened its product may have been examined for it."""


class FilingState(StrEnum):
    """What became of a file of the watched folder."""

    FILED = "filed"
    KNOWN = "known"
    """It was processed before."""
    WAITING = "waiting"
    """It can be read, and no open repair can take it now."""
    REFUSED = "refused"
    READY = "ready"
    """It would be filed now; told where a folder is only looked at."""


@dataclass(frozen=True, slots=True)
class Filing:
    """What became of a file of the watched folder, and why.

    Attributes:
        state: In one word.
        feedback: In a sentence.
        repair: The repair that it belongs to; None where there is none, or more than one.
        entry: The entry that recorded it.
    """

    state: FilingState
    feedback: Feedback
    repair: Repair | None = None
    entry: Entry | None = None


def look_at(reader: Reader, results: ResultsFile) -> Filing:
    """What would become of a file now. Nothing is recorded."""
    place = _place(reader, results)
    if isinstance(place, Filing):
        return place
    return Filing(FilingState.READY, accepted("diagnostics_ready", repair=place.number), place)


def file_results(tx: Transaction, results: ResultsFile) -> Filing:
    """Record a file of the watched folder on the one open repair that it belongs to."""
    place = _place(tx, results)
    if isinstance(place, Filing):
        return place
    imported = import_results(tx, place, results, "bench")
    state = FilingState.FILED if imported.feedback.tone is Tone.ACCEPTED else FilingState.KNOWN
    return Filing(state, imported.feedback, place, imported.entry)


def _place(reader: Reader, results: ResultsFile) -> Repair | Filing:
    """The repair that takes a file, or why there is none."""
    if reader.timeline(file_subject(results)):
        return Filing(FilingState.KNOWN, repeated("diagnostics_filed_already"))
    serial = serial_of(reader, results.run)
    if serial is None:
        nobody = refused("diagnostics_anonymous", way_on="results_with_serial")
        return Filing(FilingState.REFUSED, nobody)
    match reader.open_repairs(serial):
        case ():
            none = refused("diagnostics_no_repair", serial=serial, way_on="scan_product")
            return Filing(FilingState.WAITING, none)
        case (repair,) if results.written < repair.opened_at - EARLIER:
            old = refused("diagnostics_too_old", repair=repair.number, way_on="import_by_hand")
            return Filing(FilingState.WAITING, old, repair)
        case (repair,):
            return repair
        case _:
            more = refused("diagnostics_several_repairs", serial=serial, way_on="import_by_hand")
            return Filing(FilingState.WAITING, more)
