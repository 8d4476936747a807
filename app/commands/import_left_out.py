"""What is told of a file's rows that are right, and are not brought into the register."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from app.domain.site_days import site_day
from app.services.calendar import site_zone
from app.services.importing import Counts, LeftOut

if TYPE_CHECKING:
    from app.texts import Texts

_ON_SCREEN: Final = 20
"""Rows of a kind that a person reads without asking for JSON."""


def left_out_document(left: LeftOut, counts: Counts, time_zone: str) -> dict[str, object]:
    """The rows as JSON.

    Args:
        left: The first of them.
        counts: All of them.
        time_zone: The site's, for days.
    """
    return {
        "removed_rows": counts.removed,
        "removed": [
            {"row": one.row, "serial": one.serial, "on": _day(one.at, time_zone), "by": one.by}
            for one in left.removed
        ],
        "former_rows": counts.former,
        "former": [
            {
                "row": one.row,
                "value": one.value,
                "serial": one.serial,
                "until": None if one.until is None else one.until.isoformat(),
            }
            for one in left.former
        ],
    }


def _day(at: datetime, time_zone: str) -> str:
    return site_day(at, site_zone(time_zone) or UTC).isoformat()


@dataclass(frozen=True, slots=True)
class LeftRow:
    """One such row, as another program told of it.

    Attributes:
        row: Its number in the file.
        key: Its sentence, below ``import.left``.
        fields: What the sentence names.
    """

    row: int
    key: str
    fields: tuple[tuple[str, str], ...] = field(default=())


def left_rows(document: dict[str, Any]) -> tuple[LeftRow, ...]:
    """The rows of `left_out_document`, with their sentences, in the order of the file.

    Raises:
        KeyError: It is no such document.
        ValueError: A day in it is none.
    """
    rows = [
        LeftRow(
            one["row"],
            "removed",
            (("serial", one["serial"]), ("on", one["on"]), ("by", one["by"])),
        )
        for one in document["removed"]
    ]
    for one in document["former"]:
        named = (("value", one["value"]), ("serial", one["serial"]))
        if one["until"] is None:
            rows.append(LeftRow(one["row"], "former", named))
        else:
            until = date.fromisoformat(one["until"]).isoformat()
            rows.append(LeftRow(one["row"], "former_until", (*named, ("until", until))))
    return tuple(sorted(rows, key=lambda one: one.row))


def left_out_lines(document: dict[str, Any], counts: Counts, texts: "Texts") -> Iterator[str]:
    """What a person reads of them at the command line."""
    if counts.removed:
        yield texts.say("import.removed", count=counts.removed)
    if counts.former:
        yield texts.say("import.former", count=counts.former)
    rows = left_rows(document)
    for one in rows[:_ON_SCREEN]:
        reason = texts.say(f"import.left.{one.key}", **dict(one.fields))
        yield texts.say("import.row", row=one.row, reason=reason)
    if len(rows) > _ON_SCREEN:
        yield texts.say("import.left.more", count=counts.removed + counts.former)
