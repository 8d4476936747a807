"""A product's history as a table: its repairs, and what was changed of its row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from app.domain.journal import Entry, Json
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
    lost = _lost(sight)
    lines += [
        _change(one, lost.get(one.id), names, wording)
        for one in sight.changes
        if one.subject == _row(sight) or one.payload.get("set") is not None  # else it goes on
    ]
    lines.sort(key=lambda line: line[0], reverse=True)
    return TableRows(
        title=wording.say("office.history.title"),
        headers=tuple(wording.say(f"office.history.{name}") for name in _COLUMNS),
        rows=tuple(cells for _, _, cells in lines),
        keys=tuple(key for _, key, _ in lines),
        empty=wording.say("office.history.empty"),
        widths=(30, 38, 32),
    )


def _row(sight: ProductSight) -> str:
    """What changes of the product's row of today are about."""
    now = sight.card.asset
    return f"assets:{now.serial if now is not None else sight.ask.serial}"


def _lost(sight: ProductSight) -> Mapping[UUID, Lost]:
    """Which changes do not hold, of the row of today and of each under an earlier serial."""
    now = sight.card.asset
    found: dict[UUID, Lost] = {}
    for subject in dict.fromkeys(one.subject for one in sight.changes):
        held = None if now is None or subject != _row(sight) else asset_value(now)
        found |= lost_changes([one for one in sight.changes if one.subject == subject], held)
    return found


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
    table = said if isinstance(said, dict) else {}
    renamed = "" if entry.payload.get("was") is None and "former" not in table else _renamed(table)
    what = "changed" if not renamed else "renamed"
    return (
        entry.recorded_at,
        "",
        (
            _when(entry.recorded_at, wording),
            Cell(wording.say(f"office.history.{what}"), note=_name(entry, names)),
            Cell(
                or_dash(renamed or _fields(sorted(table), wording)),
                note=_overruled(lost, names, wording),
            ),
        ),
    )


def _renamed(said: Mapping[str, Json]) -> str:
    """What of a product's identity this change says anew; empty for nothing."""
    imeis = said.get("imeis")
    many = imeis if isinstance(imeis, list) else []
    called = (said.get("serial"), *many, said.get("meid"), said.get("eid"))
    return shown(", ".join(str(one) for one in called if one))


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
