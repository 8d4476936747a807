"""Files of diagnostic results at the command line: reading one, and what was found in words."""

import os
from collections.abc import Iterator
from pathlib import Path

from app.commands.console import CommandFailedError
from app.domain.diagnostics.bounds import MAX_BYTES
from app.domain.diagnostics.record import RecordedRun, run_document
from app.domain.diagnostics.run import Answer, Battery, DiagnosticsRun, Outcome, Source
from app.domain.journal import Json, instant_text
from app.services.diagnosing import ResultsFile, file_time, read_file
from app.services.filing import FOLDER, Filing
from app.services.reference_codes import shipped_codes
from app.services.saying import say_feedback, say_way_on
from app.services.views import Feedback
from app.texts import Texts


def results_of(path: Path, texts: Texts) -> ResultsFile:
    """Read a file of results; it stays where it is, whatever comes of it.

    Raises:
        CommandFailedError: It cannot be opened, or holds no results, and why.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
            written = file_time(os.fstat(file.fileno()).st_mtime_ns)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CommandFailedError("cli.not_read", path=path, reason=reason) from error
    read = read_file(raw, written, shipped_codes())
    if isinstance(read, Feedback):
        raise refusal_of(read, texts)
    return read


def refusal_of(feedback: Feedback, texts: Texts) -> CommandFailedError:
    """A refusal as a command tells it: what is wrong, and the way on."""
    said = f"{say_feedback(texts, feedback)} {say_way_on(texts, feedback)}".strip()
    return CommandFailedError("cli.said", text=said)


def run_told(run: DiagnosticsRun, sha256: str = "") -> dict[str, Json]:
    """The JSON of a run."""
    return {"outcome": run.outcome.value, "sha256": sha256 or None, "run": run_document(run)}


def recorded_told(recorded: RecordedRun) -> dict[str, Json]:
    """The JSON of a run on record."""
    return {
        "stage": recorded.stage.value,
        "at": instant_text(recorded.at),
        "actor": recorded.actor,
        "written": instant_text(recorded.written) if recorded.written is not None else None,
        "entry": recorded.entry_id,
        **run_told(recorded.run, recorded.sha256),
    }


def filing_event(name: str, filing: Filing) -> dict[str, Json]:
    """The line of a file of the watched folder."""
    return {
        "event": "diagnostics",
        "device": FOLDER,
        "file": name.encode(errors="replace").decode(),
        "state": filing.state.value,
        "code": filing.feedback.code,
        "repair": filing.repair.number if filing.repair is not None else None,
        "entry": str(filing.entry.id) if filing.entry is not None else None,
    }


def run_lines(run: DiagnosticsRun, texts: Texts) -> list[str]:
    """A run in words: the tool and the product, then what was found."""
    head = texts.say(f"diagnostics.source.{run.source.value}")
    serial = f"  {run.device.serial}" if run.device.serial is not None else ""
    return [f"{head}{serial}", *(f"  {line}" for line in _found(run, texts))]


def _found(run: DiagnosticsRun, texts: Texts) -> Iterator[str]:
    if run.source is Source.APPLE_DIAGNOSTICS:
        for code in run.codes:
            component = texts.say(f"diagnostics.component.{code.component}")
            yield f"{code.code}  {component}: {_outcome(texts, code.outcome)}"
        if run.unread:
            yield texts.count("report.diagnostics.unread", run.unread)
        return
    battery = texts.say("diagnostics.component.battery")
    if run.battery.present is Answer.NO:
        yield f"{battery}: {texts.say('report.diagnostics.battery.none')}"
    else:
        yield f"{battery}: {_outcome(texts, run.battery.health)}"
        yield from _numbers(run.battery, texts)
    for disk in run.disks:
        storage = texts.say("diagnostics.component.storage")
        yield f"{storage}: {_outcome(texts, disk.health)}"


def _numbers(battery: Battery, texts: Texts) -> Iterator[str]:
    """How large and how old the battery is, as far as the tool told."""
    if battery.capacity_percent is not None:
        yield f"{texts.say('report.diagnostics.capacity')}: {battery.capacity_percent} %"
    if battery.cycles is not None:
        yield f"{texts.say('report.diagnostics.cycles')}: {battery.cycles}"


def _outcome(texts: Texts, outcome: Outcome) -> str:
    return texts.say(f"diagnostics.outcome.{outcome.value}")
