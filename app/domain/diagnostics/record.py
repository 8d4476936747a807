"""A run as the journal holds it, and the runs that a repair's entries tell of.

The payload is the run itself, key by key: what the allow list did not let in cannot be in it. Read
back, every value passes the allow list again, because an entry may come from any bench; what has
another form is unknown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypeVar, cast

from app.domain.diagnostics import clean
from app.domain.diagnostics.codes import MAX_CODES, UNKNOWN_COMPONENT, reference_code
from app.domain.diagnostics.run import (
    Answer,
    Battery,
    CodeResult,
    Device,
    DiagnosticsRun,
    Disk,
    Outcome,
    Source,
)
from app.domain.journal import Entry, Json, instant_of, instant_text
from app.domain.repairs import Repair, Step

IMPORTED: Final = "diagnostics.imported"
"""A run on a repair; ``repair.diagnosis_recorded`` carries one too where codes made it."""
CARRIERS: Final = frozenset({IMPORTED, "repair.diagnosis_recorded"})
RUN_UNDONE: Final = "diagnostics.undone"
UNDOINGS: Final = frozenset({"repair.undone", RUN_UNDONE})
"""The kinds of the entries that take another one back."""
_MOST: Final = 64

E = TypeVar("E", bound=StrEnum)


class Stage(StrEnum):
    """When a run was made: a repair is proved by one of each."""

    BEFORE = "before"
    AFTER = "after"


def stage_of(repair: Repair, written: datetime | None = None) -> Stage:
    """The stage of a run that is recorded now: before the work, or after it began.

    Args:
        repair: The repair as it stands.
        written: When its file was written; None for codes, which are told as they are read. A file
            from before the work proves nothing of it, however late it comes.
    """
    begun = repair.step not in {Step.OPENED, Step.DIAGNOSED} or repair.parts
    began = _began(repair)
    older = written is not None and began is not None and written < began
    return Stage.AFTER if begun and not older else Stage.BEFORE


def _began(repair: Repair) -> datetime | None:
    """When the work began, for the last time where that was undone; None where it did not."""
    steps = zip((None, *repair.history), repair.history, strict=False)
    begun = (
        now.at
        for before, now in steps
        if now.step is Step.IN_REPAIR and (before is None or before.step is not Step.READY)
    )
    return max(begun, default=None)


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run on record.

    Attributes:
        run: What was found.
        stage: Before or after the work.
        at: When it was recorded, UTC.
        actor: Who recorded it; ``bench`` where it came by the watched folder.
        sha256: Of the file that it came from, which is not kept; empty for codes.
        written: When that file was written, by its own clock; None for codes.
        entry_id: Its entry.
    """

    run: DiagnosticsRun
    stage: Stage
    at: datetime
    actor: str
    sha256: str
    written: datetime | None
    entry_id: str


def payload_of(
    run: DiagnosticsRun, stage: Stage, sha256: str = "", written: datetime | None = None
) -> dict[str, Json]:
    """What an entry that carries a run says of it."""
    return {
        "run": run_document(run),
        "stage": stage.value,
        "outcome": run.outcome.value,
        "sha256": sha256,
        "written": instant_text(written) if written is not None else None,
    }


def recorded_runs(timeline: Iterable[Entry]) -> tuple[RecordedRun, ...]:
    """The runs on a repair in canonical order, those that were taken back left out.

    A file counts once, however many benches read it.
    """
    entries = list(timeline)
    undone = {str(one.payload.get("entry")) for one in entries if one.kind in UNDOINGS}
    runs: dict[str, RecordedRun] = {}
    for entry in entries:
        if entry.kind in CARRIERS and str(entry.id) not in undone:
            found = _recorded(entry)
            if found is not None:
                runs.setdefault(found.sha256 or found.entry_id, found)
    return tuple(runs.values())


def _recorded(entry: Entry) -> RecordedRun | None:
    run = run_of(entry.payload.get("run"))
    if run is None:
        return None
    sha256 = entry.payload.get("sha256")
    return RecordedRun(
        run=run,
        stage=_one_of(Stage, entry.payload.get("stage"), Stage.BEFORE),
        at=entry.recorded_at,
        actor=entry.actor,
        sha256=sha256 if isinstance(sha256, str) else "",
        written=_instant(entry.payload.get("written")),
        entry_id=str(entry.id),
    )


def run_document(run: DiagnosticsRun) -> dict[str, Json]:
    """A run as JSON; None and ``unknown`` stay what they are."""
    device, battery = run.device, run.battery
    return {
        "source": run.source.value,
        "device": {
            "serial": device.serial,
            "imeis": list(device.imeis),
            "model": device.model,
            "model_number": device.model_number,
            "board_serial": device.board_serial,
            "chip": device.chip,
            "memory_gb": device.memory_gb,
            "system": device.system,
            "locked": device.locked.value,
            "activated": device.activated.value,
        },
        "battery": {
            "present": battery.present.value,
            "health": battery.health.value,
            "capacity_percent": battery.capacity_percent,
            "charge_percent": battery.charge_percent,
            "cycles": battery.cycles,
            "serial": battery.serial,
        },
        "disks": [
            {"model": one.model, "size_bytes": one.size_bytes, "health": one.health.value}
            for one in run.disks
        ],
        "codes": [
            {"code": one.code, "outcome": one.outcome.value, "component": one.component}
            for one in run.codes
        ],
        "unread": run.unread,
    }


def run_of(document: object) -> DiagnosticsRun | None:
    """A run from what `run_document` wrote, or anything else; None where it names no tool."""
    table = _table(document)
    source = table.get("source")
    if not isinstance(source, str) or source not in set(Source):
        return None
    return DiagnosticsRun(
        source=Source(source),
        device=_device(_table(table.get("device"))),
        battery=_battery(_table(table.get("battery"))),
        disks=tuple(_disk(one) for one in _tables(table.get("disks"))),
        codes=tuple(
            CodeResult(code, _outcome(one.get("outcome")), _component(one.get("component")))
            for one in _tables(table.get("codes"))
            if (code := reference_code(str(one.get("code")))) is not None
        ),
        unread=clean.whole(table.get("unread"), MAX_CODES + 1) or 0,
    )


def _device(table: Mapping[str, object]) -> Device:
    imeis = table.get("imeis")
    told = cast("list[object]", imeis)[:_MOST] if isinstance(imeis, list) else []
    return Device(
        serial=clean.serial(table.get("serial")),
        imeis=tuple(one for one in map(clean.imei, told) if one is not None),
        model=clean.model(table.get("model")),
        model_number=clean.model_number(table.get("model_number")),
        board_serial=clean.component_serial(table.get("board_serial")),
        chip=clean.chip(table.get("chip")),
        memory_gb=clean.whole(table.get("memory_gb"), clean.MOST_GIGABYTES),
        system=clean.system(table.get("system")),
        locked=_one_of(Answer, table.get("locked"), Answer.UNKNOWN),
        activated=_one_of(Answer, table.get("activated"), Answer.UNKNOWN),
    )


def _battery(table: Mapping[str, object]) -> Battery:
    return Battery(
        present=_one_of(Answer, table.get("present"), Answer.UNKNOWN),
        health=_outcome(table.get("health")),
        capacity_percent=clean.percent(table.get("capacity_percent")),
        charge_percent=clean.percent(table.get("charge_percent")),
        cycles=clean.whole(table.get("cycles"), clean.MOST_CYCLES),
        serial=clean.component_serial(table.get("serial")),
    )


def _disk(table: Mapping[str, object]) -> Disk:
    return Disk(
        model=clean.disk_model(table.get("model")),
        size_bytes=clean.whole(table.get("size_bytes"), clean.MOST_BYTES),
        health=_outcome(table.get("health")),
    )


def _instant(value: object) -> datetime | None:
    try:
        return instant_of(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _table(value: object) -> Mapping[str, object]:
    return cast("dict[str, object]", value) if isinstance(value, dict) else {}


def _tables(value: object) -> list[Mapping[str, object]]:
    items = cast("list[object]", value)[:_MOST] if isinstance(value, list) else []
    return [_table(one) for one in items]


def _component(value: object) -> str:
    return clean.word(value) or UNKNOWN_COMPONENT


def _outcome(value: object) -> Outcome:
    return _one_of(Outcome, value, Outcome.UNKNOWN)


def _one_of(kind: type[E], value: object, otherwise: E) -> E:
    return kind(value) if isinstance(value, str) and value in set(kind) else otherwise
