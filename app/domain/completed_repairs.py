"""A completed repair, as the year's counts need it: far less than a whole repair."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CompletedRepair:
    """What the programme's standing asks of a completed repair.

    Attributes:
        number: Short number.
        serial: The product's serial.
        opened_at: When it was received, UTC.
        completed_at: When it was completed, UTC.
        is_signed: Whether somebody signed it.
        parts: Number and KGB of each part that was fitted and kept.
    """

    number: str
    serial: str
    opened_at: datetime
    completed_at: datetime
    is_signed: bool
    parts: tuple[tuple[str, str], ...]
