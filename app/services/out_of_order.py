"""When a tester was out of order, by what leads found: what it measured then says nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import TypeAlias

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.equipment_tests import CALIBRATED, FOUND_BAD, PREFIX
from app.domain.journal import Entry
from app.domain.missed_tests import Span
from app.domain.payloads import day_of
from app.domain.site_days import site_day
from app.services.ports import Reader

Troubles: TypeAlias = "Mapping[str, Sequence[Span]]"
"""The days on which each tester was out of order, by its id."""


def troubles_of(reader: Reader, equipment: Iterable[Equipment]) -> Troubles:
    """When testers were out of order; those of which nothing was found are not named."""
    found = {
        piece.id: days_out_of_order(reader, piece.id)
        for piece in equipment
        if piece.kind == EquipmentKind.ESD_TESTER
    }
    return {tester: days for tester, days in found.items() if days}


def was_bad(troubles: Troubles, tester_id: str, at: datetime, zone: tzinfo) -> bool:
    """Whether a tester was out of order on the day of a moment."""
    return is_within(troubles.get(tester_id, ()), site_day(at, zone))


def is_within(days: Sequence[Span], day: date) -> bool:
    """Whether a day is one of those."""
    return any(span.first <= day <= span.last for span in days)


def days_out_of_order(reader: Reader, tester_id: str) -> Sequence[Span]:
    """The days on which a tester was out of order, the site's; without an end to a calibration."""
    told = reader.told(f"{PREFIX}{tester_id}", CALIBRATED, FOUND_BAD)
    calibrated = [day_of(one.payload, "on") for one in told if one.kind == CALIBRATED]
    days: list[Span] = []
    for entry in told:
        first = day_of(entry.payload, "from")
        if entry.kind == FOUND_BAD and first is not None:
            days.append(Span(first, _last(entry, first, calibrated)))
    return days


def _last(entry: Entry, first: date, calibrated: Iterable[date | None]) -> date:
    """The last day of those: as it is told, else the day before the next calibration."""
    mended = [day - timedelta(days=1) for day in calibrated if day is not None and day > first]
    return day_of(entry.payload, "to") or min(mended, default=date.max)
