"""What a recall says, in the words of a language: the same on screen, in a file and on paper."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from app.domain.recall import (
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Doubt,
    Period,
    Recall,
    Touch,
    WorkKind,
)
from app.services.recalling import RecallList
from app.texts import Texts

_LOT = ("order", "delivery", "part_number", "serial")


def kind_of(asked: Recall) -> str:
    """The one word for what is recalled: ``tester``, ``calibration``, ``certificate`` ..."""
    match asked:
        case ByTester():
            return "tester"
        case ByCalibration():
            return "calibration"
        case ByCertificate():
            return "certificate"
        case ByLot():
            return "lot"
        case ByTechnician():
            return "technician"


def say_asked(texts: Texts, found: RecallList) -> str:
    """What turned out bad."""
    asked = found.recall
    key = f"recall.of.{kind_of(asked)}"
    match asked:
        case ByTester(tester_id):
            return texts.say(key, name=_named(found.name, tester_id))
        case ByCalibration(tester_id, certificate):
            return texts.say(key, name=_named(found.name, tester_id), certificate=certificate)
        case ByCertificate(person_id, certificate):
            return texts.say(key, name=_named(found.name, person_id), certificate=certificate)
        case ByLot():
            told = ((name, getattr(asked, name)) for name in _LOT)
            parts = [texts.say(f"recall.lot.{name}", value=value) for name, value in told if value]
            return texts.say(key, lot=", ".join(parts))
        case ByTechnician(person_id):
            return texts.say(key, name=_named(found.name, person_id))


def _named(name: str, named: str) -> str:
    return f"{name} ({named})" if name else named


def say_period(texts: Texts, period: Period, zone: tzinfo) -> str:
    """The time that is asked for, in the site's time."""
    start = "" if period.start is None else moment(period.start, zone)
    end = "" if period.end is None else moment(period.end, zone)
    which = {(True, True): "both", (True, False): "from", (False, True): "to"}
    return texts.say(
        f"recall.period.{which.get((bool(start), bool(end)), 'all')}", start=start, end=end
    )


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
