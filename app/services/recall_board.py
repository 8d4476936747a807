"""The recall board: what can be chosen, the list of what was, a page of it, its file's name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import Final

from app.domain.barcodes import Kind
from app.domain.equipment import EquipmentKind
from app.domain.identifiers import normalise
from app.domain.journal import Entry
from app.domain.payloads import text_of
from app.domain.recall import (
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Period,
    Recall,
)
from app.services.calendar import zone_of
from app.services.calibrations import calibrations_of
from app.services.office_sight import Ask, FileKind, RecallSight, Shown
from app.services.ports import Reader
from app.services.recall_gone import gone_person, gone_tester
from app.services.recall_sight import (
    NO_LOT,
    TIMED,
    GonePerson,
    GoneTester,
    KnownTester,
    RecallAsk,
    RecallChoices,
    Suspect,
)
from app.services.recalling import Hit, RecallList, RecallReader, RecallRefusedError, recall

ROWS: Final = 64
"""Rows of a page, as many as of the register's (`app.services.register_queries`)."""
FROM: Final = "from"
TO: Final = "to"
LOT: Final = ("part_number", "serial", "delivery", "order")
"""What a person may type, by the names of the fields."""
_SCANNED: Final = MappingProxyType(
    {Kind.PART_NUMBER.value: "part_number", Kind.COMPONENT_SERIAL.value: "serial"}
)
"""Which field takes what a label is read as."""
YEARS: Final = range(1970, 3000)
"""Any other is a slip of the finger, and near the ends of the calendar time zones have no words."""
_DAY: Final = timedelta(days=1)
_LONGEST: Final = 80
"""Bytes of what was asked for in a file's name: no system takes one without an end."""


def choices(reader: Reader) -> RecallChoices:
    """What a recall can begin with: what the registers hold, and what only the work names."""
    measured, pieces, people = reader.testers_on_record(), reader.equipment(), reader.people()
    testers = [one for one in pieces if one.kind == EquipmentKind.ESD_TESTER or one.id in measured]
    gone = measured - {one.id for one in pieces}
    left = reader.people_on_record() - {one.id for one in people}
    return RecallChoices(
        tuple(
            KnownTester(one, calibrations_of(reader, one.id))
            for one in sorted(testers, key=lambda one: (one.name, one.id))
        ),
        tuple(sorted(people, key=lambda one: (one.name, one.id))),
        tuple(sorted((gone_tester(reader, one) for one in gone), key=_by_name)),
        tuple(sorted((gone_person(reader, one) for one in left), key=_by_name)),
    )


def _by_name(one: GoneTester | GonePerson) -> tuple[str, str]:
    return one.name, one.id


def asked_of(chosen: RecallAsk, typed: Mapping[str, str]) -> RecallAsk:
    """What was chosen, with what was typed beside it.

    Args:
        chosen: What turned out bad.
        typed: By the names of the fields: `FROM` and `TO`, or those of `LOT`.

    Raises:
        RecallRefusedError: ``no_day``, ``backwards`` or ``lot_empty``.
    """
    if chosen.suspect in TIMED:
        start, end = (_day(typed.get(name, "")) for name in (FROM, TO))
        if start is not None and end is not None and start > end:
            raise RecallRefusedError("backwards")
        return replace(chosen, start=start, end=end)
    if chosen.suspect is not Suspect.LOT:
        return chosen
    told = {name: typed.get(name, "").strip() for name in LOT}
    lot = ByLot(
        told["order"],
        told["delivery"],
        normalise(told["part_number"]),
        normalise(told["serial"]),
    )
    if lot == NO_LOT:
        raise RecallRefusedError("lot_empty")
    return replace(chosen, lot=lot)


def parts_of(scan: Entry) -> dict[str, str]:
    """What a scan says of parts, by the names of the fields that it can stand in.

    Args:
        scan: The entry that tells of it; what is read as something else first is no part.
    """
    candidates = scan.payload.get("candidates")
    told: dict[str, str] = {}
    for one in candidates if isinstance(candidates, list) else []:
        kind = text_of(one, "kind") if isinstance(one, dict) else ""
        if isinstance(one, dict) and kind in _SCANNED:
            told.setdefault(_SCANNED[kind], text_of(one, "value"))
        elif not told:
            return {}
    return told


def _day(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise RecallRefusedError("no_day", text) from error
    if day.year not in YEARS:
        raise RecallRefusedError("no_day", text)
    return day


def period_of(start: date | datetime | None, end: date | datetime | None, zone: tzinfo) -> Period:
    """From the first moment of a day, up to the last of one.

    Args:
        start: A day, or a moment; one without a distance from UTC is the site's own time.
        end: Likewise; a day belongs to it whole.
        zone: The site's time zone.

    Raises:
        RecallRefusedError: ``backwards``; an empty list would read as an all-clear.
    """
    first = None if start is None else _instant(start, zone, days=0)
    last = None if end is None else _instant(end, zone, days=1)
    if first is not None and last is not None and first >= last:
        raise RecallRefusedError("backwards")
    return Period(first, last)


def _instant(told: date | datetime, zone: tzinfo, *, days: int) -> datetime:
    if isinstance(told, datetime):
        return told if told.tzinfo is not None else told.replace(tzinfo=zone)
    return datetime.combine(told + days * _DAY, time(), zone)


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list that was read.

    Attributes:
        asked: What turned out bad.
        found: The list, oldest first.
        shown: Its repairs as the board shows them: what is certain first.
        today: The site's day of it.
    """

    asked: RecallAsk
    found: RecallList
    shown: tuple[Hit, ...]
    today: date


def found_by(reader: RecallReader, asked: RecallAsk, today: date) -> FoundList:
    """The whole list.

    Args:
        reader: One view of the store.
        asked: What turned out bad.
        today: The site's day.

    Raises:
        RecallRefusedError: There is nothing of that name.
    """
    found = recall(reader, _recall_of(asked, zone_of(reader)))
    shown = tuple(sorted(found.hits, key=lambda hit: not hit.is_certain))
    return FoundList(asked, found, shown, today)


def _recall_of(asked: RecallAsk, zone: tzinfo) -> Recall:
    match asked.suspect:
        case Suspect.TESTER:
            return ByTester(asked.id, period_of(asked.start, asked.end, zone))
        case Suspect.CALIBRATION:
            return ByCalibration(asked.id, asked.certificate)
        case Suspect.TECHNICIAN:
            return ByTechnician(asked.id, period_of(asked.start, asked.end, zone))
        case Suspect.CERTIFICATE:
            return ByCertificate(asked.id, asked.certificate)
        case _:
            return asked.lot


def page_of(listed: FoundList, ask: Ask) -> RecallSight:
    """The rows that are wanted, with how many there are of all."""
    certain = listed.found.certain
    sides = {
        Shown.ALL: listed.shown,
        Shown.CERTAIN: listed.shown[:certain],
        Shown.DOUBTFUL: listed.shown[certain:],
    }
    rows = sides[ask.shown]
    page = replace(listed.found, hits=rows[ask.first : ask.first + ROWS])
    return RecallSight(ask, page, len(listed.shown), certain, len(rows))


def list_name(asked: RecallAsk, kind: FileKind, today: date) -> str:
    """A name that every system takes; the same question on the same day has the same.

    >>> list_name(RecallAsk(Suspect.TESTER, "a/b"), FileKind.CSV, date(2026, 11, 23))
    'recall-tester-a_b-2026-11-23.csv'
    """
    lot = asked.lot
    told = (asked.id, asked.certificate, lot.part_number, lot.serial, lot.delivery, lot.order)
    named = "-".join(_plain(one) for one in told if one).encode()[:_LONGEST].decode(errors="ignore")
    period = "".join(
        f"-{name}-{day.isoformat()}"
        for name, day in ((FROM, asked.start), (TO, asked.end))
        if day is not None
    )
    return f"recall-{asked.suspect}-{named}{period}-{today.isoformat()}.{kind}"


def _plain(text: str) -> str:
    return "".join(one if one.isalnum() or one in "-_" else "_" for one in text)
