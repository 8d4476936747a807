"""What a recall says, in the words of a language: the same on screen, in a file and on paper."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Final

from app.domain.recall import (
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Doubt,
    Period,
    Recall,
    Suspicion,
    Touch,
    WorkKind,
)
from app.services.recalling import RecallList
from app.texts import Texts

_LOT: Final = ("order", "delivery", "part_number", "serial")
_KINDS: Final[Mapping[type[Recall], str]] = MappingProxyType(
    {
        ByTester: "tester",
        ByCalibration: "calibration",
        ByCertificate: "certificate",
        ByLot: "lot",
        ByTechnician: "technician",
    }
)


def kind_of(asked: Recall) -> str:
    """The one word for what is recalled: ``tester``, ``calibration``, ``certificate`` ..."""
    return _KINDS[type(asked)]


def say_asked(texts: Texts, found: RecallList) -> str:
    """What turned out bad."""
    asked = found.recall
    key = f"recall.of.{kind_of(asked)}"
    if isinstance(asked, ByLot):
        told = ((name, getattr(asked, name)) for name in _LOT)
        parts = [texts.say(f"recall.lot.{name}", value=value) for name, value in told if value]
        return texts.say(key, lot=", ".join(parts))
    named = asked.tester_id if isinstance(asked, ByTester | ByCalibration) else asked.person_id
    name = f"{found.name} ({named})" if found.name else named
    certificate = asked.certificate if isinstance(asked, ByCalibration) else ""
    certificate = asked.name if isinstance(asked, ByCertificate) else certificate
    return texts.say(key, name=name, certificate=certificate)


def say_period(texts: Texts, period: Period, zone: tzinfo) -> str:
    """The time that is asked for, in the site's time."""
    start = "" if period.start is None else moment(period.start, zone)
    end = "" if period.end is None else moment(period.end, zone)
    which = {(True, True): "both", (True, False): "from", (False, True): "to"}
    return texts.say(
        f"recall.period.{which.get((bool(start), bool(end)), 'all')}", start=start, end=end
    )


def say_suspicions(texts: Texts, found: RecallList) -> list[str]:
    """Why a tester is recalled for that time though none was asked for: a sentence for each."""
    return [_say_suspicion(texts, one, found.zone) for one in found.suspicions]


def _say_suspicion(texts: Texts, one: Suspicion, zone: tzinfo) -> str:
    bad = say_period(texts, one.bad, zone)
    if one.since is None:
        return texts.say("recall.suspected.never", bad=bad)
    return texts.say("recall.suspected", bad=bad, since=moment(one.since, zone))


def say_found(texts: Texts, found: RecallList) -> str:
    """How many repairs are touched."""
    total = len(found.hits)
    if not total:
        return texts.say("cli.recall.none")
    return texts.count("recall.found", total, certain=found.certain, doubtful=total - found.certain)


def say_work(texts: Texts, touch: Touch) -> str:
    """What was done: a step's word, or a part's number."""
    work = touch.work
    if work.kind is WorkKind.PART:
        return work.what
    key = f"step.{work.what}"
    return texts.say(key) if texts.has(key) else work.what


def say_doubts(texts: Texts, doubts: tuple[Doubt, ...]) -> str:
    """Why a touch is in doubt; empty where it is not."""
    return "; ".join(texts.say(f"recall.doubt.{doubt.value}") for doubt in doubts)


def doubts_in(found: RecallList) -> Iterator[Doubt]:
    """The doubts that occur, in the order of their meaning."""
    told = {doubt for hit in found.hits for touch in hit.touches for doubt in touch.doubts}
    return (doubt for doubt in Doubt if doubt in told)


def moment(at: datetime, zone: tzinfo) -> str:
    """An instant in the site's time, to the second, with its distance from UTC."""
    try:
        at = at.astimezone(zone)
    except OverflowError:  # the calendar ends before that
        return at.isoformat(sep=" ", timespec="seconds")
    return at.isoformat(sep=" ", timespec="seconds")
