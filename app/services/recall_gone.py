"""What a register does not hold any more, as the journal tells of it last."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.domain.journal import Json
from app.domain.payloads import text_of
from app.services.calibrations import calibrations_of
from app.services.ports import Reader
from app.services.recall_sight import GonePerson, GoneTester
from app.services.registering import CHANGED

EQUIPMENT: Final = "equipment"
PEOPLE: Final = "people"


def gone_tester(reader: Reader, tester_id: str) -> GoneTester:
    """A tester that readings name and the register does not."""
    return GoneTester(
        tester_id,
        last_told(reader, EQUIPMENT, tester_id, "name"),
        last_told(reader, EQUIPMENT, tester_id, "serial"),
        calibrations_of(reader, tester_id),
    )


def gone_person(reader: Reader, person_id: str) -> GonePerson:
    """Somebody who worked on repairs and whom the register does not hold."""
    return GonePerson(
        person_id,
        last_told(reader, PEOPLE, person_id, "name"),
        last_told(reader, PEOPLE, person_id, "badge"),
    )


def last_told(reader: Reader, register: str, key: str, field: str) -> str:
    """What a field of a row said last; empty where no entry of this journal tells of it.

    Args:
        reader: The store.
        register: ``equipment`` or ``people``.
        key: The row's key.
        field: The field, which holds a text.
    """
    return next((text for row in _rows(reader, register, key) if (text := text_of(row, field))), "")


def _rows(reader: Reader, register: str, key: str) -> Iterator[Mapping[str, Json]]:
    """What the changes of a row set, and what it was before, the newest first."""
    for entry in reversed(reader.told(f"{register}:{key}", CHANGED)):
        for side in ("set", "was"):
            row = entry.payload.get(side)
            if isinstance(row, dict):
                yield row
