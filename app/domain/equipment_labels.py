"""The label of a piece of equipment: scanned before a measurement, it says what is measured. Pure.

It is a command's label (`app.domain.labels`) whose body is ``EQ`` and the letters and digits of the
equipment id: a label carries nothing else. Two pieces whose ids differ in nothing else have the
same label, and neither is meant by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.equipment import Equipment
from app.domain.labels import MAX_BODY

PREFIX: Final = "EQ"
_OTHER: Final = re.compile(r"[^A-Z0-9]")


@dataclass(frozen=True, slots=True)
class PieceAtHand:
    """A piece whose test waits for a measurement.

    Attributes:
        equipment_id: Which piece.
        item: What is tested of it.
        channels: What may be measured of it; any other reading is none of its.
        until: When it is given up, so that nobody's test is taken for it, UTC.
    """

    equipment_id: str
    item: str
    channels: tuple[str, ...]
    until: datetime


def equipment_code(equipment_id: str) -> str | None:
    """The body of a piece's label; None where no label can carry its id.

    >>> equipment_code("esd-mat 7"), equipment_code("åäö"), equipment_code("x" * 19)
    ('EQESDMAT7', None, None)
    """
    body = _OTHER.sub("", equipment_id.upper())
    return PREFIX + body if body and len(PREFIX + body) <= MAX_BODY else None


def pieces_named(body: str, equipment: Iterable[Equipment]) -> tuple[Equipment, ...]:
    """Every piece that a command's body is the label of."""
    return tuple(piece for piece in equipment if equipment_code(piece.id) == body)
