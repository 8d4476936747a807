"""Which time a calibration certificate stood for, by the register and by its changes."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from app.domain.equipment import Equipment
from app.domain.journal import Entry
from app.domain.recall import Period
from app.services.ports import Reader
from app.services.registering import CHANGED
from app.services.report_sources import day_of, text_of

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Calibration:
    certificate: str
    calibrated_on: date | None
    due: date | None


def calibration_period(
    reader: Reader, equipment_id: str, certificate: str, zone: tzinfo
) -> Period | None:
    """The time in which a piece of equipment worked by a certificate; None where it never did.

    Both days belong to it whole: on the day of a new calibration the old one may still have been
    worked by. What the register never said has no end.

    Args:
        reader: The store.
        equipment_id: Which piece.
        certificate: The certificate's number.
        zone: The site's time zone.
    """
    known = _calibrations(reader, equipment_id)
    told = next((one for one in known if one.certificate == certificate), None)
    if told is None:
        return None
    start = told.calibrated_on
    later = [one.calibrated_on for one in known if one.calibrated_on is not None]
    ends = [one for one in later if start is not None and one > start]
    ends += [] if told.due is None else [told.due]
    return Period(
        None if start is None else _midnight(start, zone),
        _midnight(min(ends) + _DAY, zone) if ends else None,
    )


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _calibrations(reader: Reader, equipment_id: str) -> list[_Calibration]:
    """Every calibration that the register tells, or told before it was changed."""
    piece = reader.piece(equipment_id)
    found = [] if piece is None else [_standing(piece)]
    for entry in reader.timeline(f"equipment:{equipment_id}"):
        found += _changed(entry)
    return [one for one in found if one.certificate]


def _standing(piece: Equipment) -> _Calibration:
    return _Calibration(piece.certificate, piece.calibrated_on, piece.calibration_due)


def _changed(entry: Entry) -> list[_Calibration]:
    """What a change of the register set, and what had been there."""
    if entry.kind != CHANGED:
        return []
    sides = [side for key in ("set", "was") if isinstance(side := entry.payload.get(key), dict)]
    return [
        _Calibration(
            text_of(side, "certificate"),
            day_of(side, "calibrated_on"),
            day_of(side, "calibration_due"),
        )
        for side in sides
    ]
