"""A product's history as a table: its repairs, and what was changed of its row."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from app.domain.journal import Entry
from app.domain.labels import LabelBodyError, LabelKind, label_text
from app.domain.repairs import Repair
from app.services.office_sight import ProductSight
from app.services.register_clashes import Lost, lost_changes
from app.services.register_values import asset_value
from app.ui.table_rows import Cell, TableRows
from app.ui.wording import Wording, or_dash, shown

_COLUMNS: Final = ("when", "what", "detail")
_Line = tuple[datetime, str, tuple[Cell, ...]]


def history_table(sight: ProductSight, wording: Wording) -> TableRows:
    """Newest first; pressing a repair is scanning its tag."""
    names = dict(sight.names)
    lines = [_repair(one, names, wording) for one in sight.repairs]
    now = sight.card.asset
    lost = lost_changes(sight.changes, None if now is None else asset_value(now))
    lines += [_change(one, lost.get(one.id), names, wording) for one in sight.changes]
    lines.sort(key=lambda line: line[0], reverse=True)
    return TableRows(
        title=wording.say("office.history.title"),
        headers=tuple(wording.say(f"office.history.{name}") for name in _COLUMNS),
        rows=tuple(cells for _, _, cells in lines),
        keys=tuple(key for _, key, _ in lines),
        empty=wording.say("office.history.empty"),
        widths=(30, 38, 32),
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


def _change(entry: Entry, lost: Lost | None, names: dict[str, str], wording: Wording) -> _Line:
    said = entry.payload.get("set")
    fields = _fields(sorted(said), wording) if isinstance(said, dict) else ""
    return (
        entry.recorded_at,
        "",
        (
            _when(entry.recorded_at, wording),
            Cell(wording.say("office.history.changed"), note=_name(entry, names)),
            Cell(or_dash(fields), note=_overruled(lost, names, wording)),
        ),
    )


def _overruled(lost: Lost | None, names: dict[str, str], wording: Wording) -> str:
    """What of a change another bench's took the place of; the fields first: the rest may be cut."""
    if lost is None:
        return ""
    fields = _fields(lost.fields, wording)
    return wording.say("office.history.overruled", name=_name(lost.by, names), fields=fields)


def _fields(names: Iterable[str], wording: Wording) -> str:
    return ", ".join(wording.word("import_screen.field", name) for name in names)


def _name(entry: Entry, names: dict[str, str]) -> str:
    actor = entry.actor.partition(":")[2]
    return shown(names.get(actor, actor))


def _when(at: datetime, wording: Wording) -> Cell:
    return Cell(wording.day(wording.local_day(at)), note=wording.clock(at))
