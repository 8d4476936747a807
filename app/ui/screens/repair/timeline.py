"""The timeline of a repair: each entry as a sentence, newest first. No Qt.

An entry may come from another bench, or from a newer version: what its sentence does not know is
left out, and a kind without a sentence is told by its name.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from app.domain.journal import Entry, Json
from app.services.views import BenchView
from app.ui.table_rows import Cell, TableRows
from app.ui.wording import Wording, or_dash, shown

_WORDS: Final = {
    "from": "step",
    "to": "step",
    "symptom": "symptom",
    "kind": "undone",
    "stage": "diagnostics.stage",
    "outcome": "diagnostics.outcome",
}
"""Fields whose value is itself a key: the prefix of its word."""
_FIELDS: Final = (
    *("number", "serial", "from", "to", "symptom", "diagnosis", "text", "part_number"),
    *("part_name", "kgb", "kbb", "kind", "numbers", "person_name", "stage", "outcome"),
)
"""Every field that a sentence may name."""


def timeline_table(view: BenchView, wording: Wording, now: datetime) -> TableRows:
    """The repair's entries, newest first."""
    return TableRows(
        title=wording.say("timeline.title"),
        headers=(wording.say("timeline.time"), wording.say("timeline.what")),
        rows=tuple(
            (
                Cell(wording.clock(entry.recorded_at), note=_day(entry, wording, now)),
                Cell(_sentence(entry, wording), note=_who(entry, view, wording)),
            )
            for entry in reversed(view.timeline)
        ),
        empty="",
        widths=(26, 74),
    )


def _day(entry: Entry, wording: Wording, now: datetime) -> str:
    """The date where it is not today's, else an empty second line."""
    day = wording.local_day(entry.recorded_at)
    return wording.day(day) if day != wording.local_day(now) else " "


def _sentence(entry: Entry, wording: Wording) -> str:
    key = f"timeline.{entry.kind}"
    if not wording.texts.has(key):
        return wording.say("timeline.other", kind=entry.kind)
    return wording.say(key, **_fields(entry.payload, wording))


def _fields(payload: Mapping[str, Json], wording: Wording) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name in _FIELDS:
        value = payload.get(name)
        text = value if isinstance(value, str) else ""
        fields[name] = wording.word(_WORDS[name], text) if name in _WORDS else or_dash(text)
    return fields


def _who(entry: Entry, view: BenchView, wording: Wording) -> str:
    """The name that the entry was signed with, else the register's, else the id."""
    person_id = entry.actor.partition(":")[2]
    named = entry.payload.get("person_name")
    if isinstance(named, str) and entry.payload.get("person") == person_id:
        return shown(named)
    known = dict(view.names).get(person_id)
    if known is not None:
        return shown(known)
    return shown(person_id) if person_id else wording.say("timeline.bench")
