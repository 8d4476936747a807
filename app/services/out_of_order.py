"""When a tester was out of order, by what leads found: what it measured then says nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TypeAlias

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.equipment_tests import CALIBRATED, FOUND_BAD, PREFIX
from app.domain.journal import Entry
from app.domain.missed_tests import Span
from app.domain.payloads import day_of
from app.domain.recall import Period, Suspicion
from app.domain.site_days import days_later, site_day
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


def suspicions_of(reader: Reader, tester_id: str, zone: tzinfo) -> tuple[Suspicion, ...]:
    """When a tester measured wrong, and since when it may have: since it was calibrated last.

    Days are the site's, whole. A calibration of a day on which it was out of order all the same
    proves nothing. What is not on record is earlier than anything.

    Args:
        reader: The store.
        tester_id: Which tester.
        zone: The site's time zone.
    """
    bad = days_out_of_order(reader, tester_id)
    good = [day for day in _calibrated(reader, tester_id) if not is_within(bad, day)]
    return tuple(_suspicion(span, good, zone) for span in sorted(bad, key=_first))


def _first(span: Span) -> date:
    return span.first


def _calibrated(reader: Reader, tester_id: str) -> list[date]:
    """The days of a tester's calibrations: by the journal, and the one that the register has."""
    piece = reader.piece(tester_id)
    told = [day_of(one.payload, "on") for one in reader.told(f"{PREFIX}{tester_id}", CALIBRATED)]
    told.append(piece.calibrated_on if piece is not None else None)
    return [day for day in told if day is not None]


def _suspicion(span: Span, good: Iterable[date], zone: tzinfo) -> Suspicion:
    last = max((day for day in good if day < span.first), default=None)
    end = None if span.last == date.max else _midnight(days_later(span.last, 1), zone)
    since = None if last is None else _midnight(last, zone)
    return Suspicion(Period(_midnight(span.first, zone), end), since)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
