"""Which time a calibration certificate stood for: by the register, its changes and the journal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from app.domain.equipment import Equipment
from app.domain.equipment_tests import CALIBRATED
from app.domain.journal import Entry, Json
from app.domain.payloads import day_of, text_of
from app.domain.recall import Period
from app.domain.site_days import days_later
from app.services.ports import Reader
from app.services.registering import CHANGED


@dataclass(frozen=True, slots=True)
class Calibration:
    """A calibration on record.

    Attributes:
        certificate: Its certificate's number.
        calibrated_on: When it was done, None where nobody said.
        due: The last day on which it holds, likewise.
    """

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
        _midnight(days_later(min(ends), 1), zone) if ends else None,
    )


def calibrations_of(reader: Reader, equipment_id: str) -> tuple[Calibration, ...]:
    """Every calibration of a piece of equipment that `calibration_period` knows, newest first.

    Args:
        reader: The store.
        equipment_id: Which piece.
    """
    told: dict[str, Calibration] = {}
    for one in _calibrations(reader, equipment_id):
        told.setdefault(one.certificate, one)
    return tuple(sorted(told.values(), key=_by_day, reverse=True))


def _by_day(one: Calibration) -> tuple[date, str]:
    return one.calibrated_on or date.min, one.certificate


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _calibrations(reader: Reader, equipment_id: str) -> list[Calibration]:
    """Every calibration on record: the one that holds first, then in the order of the journal."""
    piece = reader.piece(equipment_id)
    found = [] if piece is None else [_standing(piece)]
    for entry in reader.timeline(f"equipment:{equipment_id}"):
        found += _told(entry)
    return [one for one in found if one.certificate]


def _standing(piece: Equipment) -> Calibration:
    return Calibration(piece.certificate, piece.calibrated_on, piece.calibration_due)


def _told(entry: Entry) -> list[Calibration]:
    """What an entry tells of calibrations: one that was done, or what a change set and replaced."""
    if entry.kind == CALIBRATED:
        return [_of(entry.payload, "on", "due")]
    sides = (entry.payload.get(key) for key in ("set", "was"))
    changed = [side for side in sides if entry.kind == CHANGED and isinstance(side, dict)]
    return [_of(side, "calibrated_on", "calibration_due") for side in changed]


def _of(told: Mapping[str, Json], on: str, due: str) -> Calibration:
    return Calibration(text_of(told, "certificate"), day_of(told, on), day_of(told, due))
