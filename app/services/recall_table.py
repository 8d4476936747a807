"""A recall as a file for a spreadsheet: a row for each piece of work that touched a repair."""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from app.domain.recall import Touch
from app.domain.spreadsheet_cells import guarded
from app.services.recall_words import moment, say_doubts, say_work
from app.services.recalling import Hit, RecallList
from app.texts import Language, Texts

COLUMNS: Final = (
    "repair", "serial", "model", "holder", "department", "status", "received", "opened_by",
    "certain", "what", "kgb", "kbb", "order", "delivery", "at", "by", "reading", "tester",
    "doubts", "entry",
)  # fmt: skip
"""The columns, by the last part of their texts' keys."""
_BOM: Final = "\ufeff"
_DELIMITERS: Final = {Language.SWEDISH: ";", Language.ENGLISH: ","}
"""What a spreadsheet of that language expects between two cells."""


def write_table(
    path: Path, found: RecallList, texts: Texts, go_on: Callable[[], None] = lambda: None
) -> int:
    """Write the list as CSV: UTF-8 with a byte order mark, no cell of it a formula.

    Args:
        path: Where.
        found: The list.
        texts: The language to say it in.
        go_on: Called before each row; what it raises ends the writing.

    Returns:
        How many rows were written, the headings not counted.

    Raises:
        OSError: It cannot be written.
    """
    count = 0
    with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
        file.write(_BOM)
        writer = csv.writer(file, delimiter=_DELIMITERS[texts.language])
        writer.writerow([guarded(texts.say(f"recall.column.{name}")) for name in COLUMNS])
        for row in rows(found, texts):
            go_on()
            writer.writerow(row)
            count += 1
    return count


def rows(found: RecallList, texts: Texts) -> Iterator[list[str]]:
    """The rows in the order of `COLUMNS`, each cell safe for a spreadsheet."""
    for hit in found.hits:
        repair = _repair(hit, found, texts)
        for touch in hit.touches:
            yield [guarded(cell) for cell in (*repair, *_touch(touch, found, texts))]


def _repair(hit: Hit, found: RecallList, texts: Texts) -> tuple[str, ...]:
    line, product = hit.repair, hit.product
    shown = ("", "", "") if product is None else (product.model, product.holder, product.department)
    return (
        line.number or line.id,
        line.serial,
        *shown,
        "" if line.step is None else texts.say(f"step.{line.step.value}"),
        "" if line.opened_at is None else moment(line.opened_at, found.zone),
        hit.technician or line.technician_id,
    )


def _touch(touch: Touch, found: RecallList, texts: Texts) -> tuple[str, ...]:
    work, part, reading = touch.work, touch.work.part, touch.reading
    bought = ("",) * 4 if part is None else (part.kgb, part.kbb, part.order, part.delivery)
    return (
        texts.say("recall.doubtful" if touch.doubts else "recall.certain"),
        say_work(texts, touch),
        *bought,
        moment(work.at, found.zone),
        found.people.get(work.person_id, "") or work.person_id,
        "" if reading is None else moment(reading.measured_at, found.zone),
        "" if reading is None else reading.tester_id,
        say_doubts(texts, touch.doubts),
        work.entry_id,
    )
