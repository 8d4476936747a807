"""A product's history as a table: its repairs, and what was changed of its row."""

from datetime import datetime
from typing import Final

from app.domain.journal import Entry
from app.domain.labels import LabelBodyError, LabelKind, label_text
from app.domain.repairs import Repair
from app.services.office_sight import ProductSight
from app.ui.table_rows import Cell, TableRows
from app.ui.wording import Wording, or_dash, shown

_COLUMNS: Final = ("when", "what", "detail")
_Line = tuple[datetime, str, tuple[Cell, ...]]


def history_table(sight: ProductSight, wording: Wording) -> TableRows:
    """Newest first; pressing a repair is scanning its tag."""
    names = dict(sight.names)
    lines = [_repair(one, names, wording) for one in sight.repairs]
    lines += [_change(one, names, wording) for one in sight.changes]
    lines.sort(key=lambda line: line[0], reverse=True)
    return TableRows(
        title=wording.say("office.history.title"),
        headers=tuple(wording.say(f"office.history.{name}") for name in _COLUMNS),
        rows=tuple(cells for _, _, cells in lines),
        keys=tuple(key for _, key, _ in lines),
        empty=wording.say("office.history.empty"),
        widths=(24, 40, 36),
    )


def repair_tag(number: str) -> str:
    """A repair's tag as it is scanned; empty for a number that no tag can hold."""
    try:
        return label_text(LabelKind.REPAIR_TAG, number)
    except LabelBodyError:
        return ""


def _repair(repair: Repair, names: dict[str, str], wording: Wording) -> _Line:
    step = wording.say(f"step.{repair.step.value}")
    parts = ", ".join(part.part_number for part in repair.parts)
    return (
        repair.opened_at,
        repair_tag(repair.number),
        (
            _when(repair.opened_at, wording),
            Cell(
                wording.say("office.history.repair", number=repair.number),
                note=shown(names.get(repair.technician_id, repair.technician_id)),
            ),
            Cell(
                wording.word("symptom", repair.symptom),
                note=" \N{MIDDLE DOT} ".join(filter(None, (step, shown(parts)))),
            ),
        ),
    )


def _change(entry: Entry, names: dict[str, str], wording: Wording) -> _Line:
    said = entry.payload.get("set")
    fields = ", ".join(sorted(said)) if isinstance(said, dict) else ""
    actor = entry.actor.partition(":")[2]
    return (
        entry.recorded_at,
        "",
        (
            _when(entry.recorded_at, wording),
            Cell(wording.say("office.history.changed"), note=shown(names.get(actor, actor))),
            Cell(or_dash(fields)),
        ),
    )


def _when(at: datetime, wording: Wording) -> Cell:
    return Cell(wording.day(wording.local_day(at)), note=wording.clock(at))
