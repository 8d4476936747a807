"""What a diagnostic tool said, onto the repair of the product that it was said of.

Codes come by scan, by typing or by the result's link; files come by a command or by the watched
folder. A file is read, its few allowed values are recorded with the file's SHA-256, and the file
itself is not kept: it is full of names, numbers and addresses that are nobody's business here. What
cannot be read, or is another product's, is refused with the reason and stays where it is.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from app.domain.diagnostics.bounds import UnreadableError
from app.domain.diagnostics.codes import CodeBook, ToldCodes
from app.domain.diagnostics.reading import read_results
from app.domain.diagnostics.record import (
    CARRIERS,
    IMPORTED,
    UNDOINGS,
    RecordedRun,
    Stage,
    payload_of,
    recorded_runs,
    stage_of,
)
from app.domain.diagnostics.run import CodeResult, DiagnosticsRun, Outcome
from app.domain.journal import Draft, Entry
from app.domain.repairs import Repair
from app.services.answering import accepted, refused, repeated
from app.services.ports import Reader, Transaction
from app.services.session import Answer, Session
from app.services.stepping import Fact, closed, record_fact
from app.services.views import Feedback

_DONE: Final = CARRIERS | UNDOINGS | {"part.fitted", "repair.status_changed"}
"""The kinds of entries after which a product is another than it was, or a result is a new one."""
_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)
FILED: Final = "diagnostics.filed"
"""Marks a file as processed, on the subject ``diagnostics:<SHA-256>``."""


def runs_of(reader: Reader, repair: Repair) -> tuple[RecordedRun, ...]:
    """The runs on a repair, in the order of its journal."""
    return recorded_runs(reader.timeline(f"repair:{repair.id}"))


def record_codes(
    tx: Transaction, session: Session, repair: Repair, told: ToldCodes, book: CodeBook
) -> Answer:
    """What Apple Diagnostics found, by its reference codes: scanned, typed, or from its link.

    Before the work begins they are the diagnosis; after that they are what the work is proved by,
    and the diagnosis stays.
    """
    if not repair.is_open:
        return closed(session, repair)
    run = told.run(book)
    worst = run.worst_code
    if worst is None:
        return Answer(session, refused("diagnostics_no_code", way_on="scan_again"))
    if told.serial is not None and serial_today(tx, told.serial) != repair.serial:
        found, ours = told.serial, repair.serial
        text = refused("diagnostics_other_serial", found=found, serial=ours, way_on="other_results")
        return Answer(session, text)
    if stage_of(repair) is Stage.BEFORE:
        return _diagnosed(tx, session, repair, run, worst)
    return _proved(tx, session, repair, run, worst)


def _diagnosed(
    tx: Transaction, session: Session, repair: Repair, run: DiagnosticsRun, worst: CodeResult
) -> Answer:
    codes = _codes(run)
    fact = Fact(
        "diagnosis",
        {"diagnosis": codes, "from": repair.diagnosis, **payload_of(run, Stage.BEFORE)},
        accepted(
            "diagnosis_recorded",
            undo=True,
            diagnosis=codes,
            component=worst.component,
            outcome=run.outcome.value,
            way_on=_way_on(run, repair),
        ),
        repeated("diagnosis_already", diagnosis=codes, way_on=repair.step.value),
    )
    return record_fact(tx, session, repair, fact)


def _proved(
    tx: Transaction, session: Session, repair: Repair, run: DiagnosticsRun, worst: CodeResult
) -> Answer:
    codes = _codes(run)
    last = _last_run(tx, repair)
    if last is not None and (last.stage, last.run.codes) == (Stage.AFTER, run.codes):
        again = repeated("diagnostics_codes_already", codes=codes, way_on=repair.step.value)
        return Answer(session, again)
    actor = f"person:{session.person_id}"
    payload = payload_of(run, Stage.AFTER)
    entry = tx.append(Draft(IMPORTED, f"repair:{repair.id}", actor, payload))
    feedback = accepted(
        "diagnostics_codes_recorded",
        undo=True,
        codes=codes,
        component=worst.component,
        outcome=run.outcome.value,
        way_on=_way_on(run, repair),
    )
    return Answer(session, feedback, (entry,))


def _last_run(reader: Reader, repair: Repair) -> RecordedRun | None:
    """The run that nothing was done after; None where the newest thing done is no run."""
    timeline = reader.timeline(f"repair:{repair.id}")
    done = [str(one.id) for one in timeline if one.kind in _DONE]
    runs = recorded_runs(timeline)
    return runs[-1] if runs and runs[-1].entry_id == done[-1] else None


def _codes(run: DiagnosticsRun) -> str:
    return ", ".join(one.code for one in run.codes)


def _way_on(run: DiagnosticsRun, repair: Repair) -> str:
    """A product that is dangerous comes before the next step."""
    return "stop_using" if run.outcome is Outcome.SAFETY else repair.step.value


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """A file of results, read.

    Attributes:
        run: What it tells, without anything private.
        sha256: Of its bytes, hex.
        written: When it was last written, UTC, by the clock of whoever wrote it.
    """

    run: DiagnosticsRun
    sha256: str
    written: datetime


def file_time(nanoseconds: int) -> datetime:
    """A file's time as the system tells it; one outside of any calendar is long ago."""
    try:
        return datetime.fromtimestamp(nanoseconds / 10**9, UTC)
    except (OverflowError, ValueError, OSError):
        return _LONG_AGO


def read_file(raw: bytes, written: datetime, book: CodeBook) -> ResultsFile | Feedback:
    """Read a file of results; a refusal where no run can be made of it."""
    try:
        run = read_results(raw, book)
    except UnreadableError as error:
        return refused(f"diagnostics_unreadable.{error.code}", way_on="other_results")
    return ResultsFile(run, hashlib.sha256(raw).hexdigest(), written)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file, and the entry that tells of it where it was recorded."""

    feedback: Feedback
    entry: Entry | None = None


def import_results(tx: Transaction, repair: Repair, results: ResultsFile, actor: str) -> Imported:
    """Record a file of results on a repair; the same file twice changes nothing.

    Args:
        tx: A transaction.
        repair: On which repair; the results have to be its product's.
        results: The file.
        actor: Who brought it: ``person:<id>``, or ``bench`` for the watched folder.
    """
    refusal = _mismatch(tx, repair, results.run)
    if refusal is not None:
        return Imported(refusal)
    if any(one.sha256 == results.sha256 for one in runs_of(tx, repair)):
        return Imported(repeated("diagnostics_already", repair=repair.number))
    stage = stage_of(repair, results.written)
    payload = payload_of(results.run, stage, results.sha256, results.written)
    subject = f"repair:{repair.id}"
    entry = tx.append(Draft(IMPORTED, subject, actor, payload))
    mark = {"repair": repair.id, "entry": str(entry.id)}
    tx.append(Draft(FILED, file_subject(results), actor, {**mark}))
    feedback = accepted(
        "diagnostics_recorded",
        repair=repair.number,
        tool=results.run.source.value,
        stage=stage.value,
        outcome=results.run.outcome.value,
        way_on=_way_on(results.run, repair),
    )
    return Imported(feedback, entry)


def _mismatch(reader: Reader, repair: Repair, run: DiagnosticsRun) -> Feedback | None:
    """Why results may not go onto a repair; None where they are its product's."""
    if not repair.is_open:
        return refused("repair_closed", repair=repair.number, way_on="scan_product")
    found = serial_of(reader, run)
    if found is None:
        return refused("diagnostics_no_serial", serial=repair.serial, way_on="results_with_serial")
    if found != repair.serial:
        serial = repair.serial
        return refused(
            "diagnostics_other_serial", found=found, serial=serial, way_on="other_results"
        )
    return None


def serial_of(reader: Reader, run: DiagnosticsRun) -> str | None:
    """Whose results they are: by the serial, or by an IMEI that the register knows."""
    if run.device.serial is not None:
        return serial_today(reader, run.device.serial)
    known = (reader.asset(imei) for imei in run.device.imeis)
    return next((asset.serial for asset in known if asset is not None), None)


def serial_today(reader: Reader, serial: str) -> str:
    """A product's serial today, where its unit was replaced since; else the serial itself."""
    known = reader.asset(serial)
    return known.serial if known is not None else serial


def file_subject(results: ResultsFile) -> str:
    """What the mark of a processed file is about."""
    return f"diagnostics:{results.sha256}"
