"""Recall, backwards: every repair that something which turned out bad has touched.

Given a tester, a calibration, a certification, a lot of parts or a technician; the store is asked
for what may be touched, and `app.domain.recall` decides.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Protocol

from app.domain.equipment import Equipment
from app.domain.people import Person
from app.domain.products import Family
from app.domain.recall import (
    ALWAYS,
    ByCalibration,
    ByCertificate,
    ByLot,
    ByTechnician,
    ByTester,
    Guard,
    Period,
    Position,
    Recall,
    Suspicion,
    Touch,
    Work,
    best_of,
    certified,
    is_of,
    later_than,
    plainly,
    rests,
    suspected,
    whole_of,
)
from app.domain.repairs import Step
from app.domain.site_days import site_day
from app.services.calendar import zone_of
from app.services.calibrations import calibration_period
from app.services.out_of_order import suspicions_of
from app.services.ports import Organisation, Reader
from app.services.recall_gone import EQUIPMENT, PEOPLE, last_told
from app.services.report_model import JournalMark


class RecallRefusedError(LookupError):
    """There is nothing to ask for.

    Attributes:
        code: ``tester_unknown``, ``person_unknown``, ``certificate_unknown``,
            ``calibration_unknown``, ``lot_empty``; ``no_day`` or ``backwards`` of a period.
        named: What was named.
    """

    def __init__(self, code: str, named: str = "") -> None:
        super().__init__(f"{code}: {named}")
        self.code = code
        self.named = named


@dataclass(frozen=True, slots=True)
class RepairLine:
    """A repair as a list shows it.

    Attributes:
        id: Its id.
        number: Its short number; empty where its opening is not on record.
        serial: The product's serial, likewise.
        step: Where it stands; None likewise.
        opened_at: When it was received; None likewise.
        technician_id: Who opened it.
    """

    id: str
    number: str = ""
    serial: str = ""
    step: Step | None = None
    opened_at: datetime | None = None
    technician_id: str = ""

    @property
    def is_unfinished(self) -> bool:
        """Whether anything is still to be done; what is not known is not finished."""
        return self.step not in {Step.COMPLETED, Step.CANCELLED}


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product as a list shows it.

    Attributes:
        serial: The serial that it has now.
        model: Marketing name.
        family: Product family, None where it is of none.
        holder: The person that uses it.
        department: Where in the organisation it belongs.
    """

    serial: str
    model: str
    family: Family | None
    holder: str
    department: str


class RecallReader(Reader, Protocol):
    """What a recall asks of the store, in one view of it."""

    def guards(self, tester_id: str, period: Period) -> tuple[Guard, ...]:
        """The readings of a tester, and those of no tester, that let somebody work."""
        ...

    def guarded(self, tester_id: str, period: Period) -> Iterator[tuple[str, Work]]:
        """Internal work done while a reading of `guards` held, with the reading's entry id."""
        ...

    def work_by(self, person_id: str, period: Period) -> Iterator[Work]:
        """Every step that a person took, and every part that they fitted."""
        ...

    def fitted(self, lot: ByLot) -> Iterator[Work]:
        """The parts of a lot that were fitted, by their own entries and by the register now."""
        ...

    def set_aside(self) -> tuple[Work, ...]:
        """Steps and parts that no state holds: in conflict, taken back, refused by the service."""
        ...

    def positions(self, entry_ids: Collection[str]) -> Mapping[str, Position]:
        """Where entries stand in the order of the journal."""
        ...

    def lines(self, repair_ids: Collection[str]) -> Iterator[RepairLine]:
        """Repairs by their ids, oldest first; those that have no state are left out."""
        ...

    def products(self, serials: Collection[str]) -> Mapping[str, ProductLine]:
        """Products by the serials that repairs name; those that nobody knows are left out."""
        ...


class RecallStore(Protocol):
    """The store, as far as a recall uses it."""

    def recalling(self) -> AbstractContextManager[RecallReader]:
        """One view of the store."""
        ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A repair that is listed.

    Attributes:
        repair: The repair.
        product: Its product, None where the register does not hold it.
        technician: Name of who opened it, empty for somebody whom the register does not hold.
        touches: Why, in the order of time; never empty.
    """

    repair: RepairLine
    product: ProductLine | None
    technician: str
    touches: tuple[Touch, ...]

    @property
    def is_certain(self) -> bool:
        """Whether any touch is beyond doubt."""
        return any(not touch.doubts for touch in self.touches)


@dataclass(frozen=True, slots=True)
class RecallList:
    """What a recall found.

    Attributes:
        recall: What was asked.
        name: What is recalled, by the name that the register or else the journal told last; empty
            where neither did.
        period: The time that was asked for, or that the calibration held, or in which the tester
            is suspected.
        organisation: Whose bench this is.
        zone: The site's time zone, UTC where it is not known.
        mark: The newest entry of this bench; None in an empty journal.
        hits: The repairs, oldest first.
        people: Names by person id, of everybody who is named in it.
        suspicions: When the tester was found out of order, where that is what narrowed it.
    """

    recall: Recall
    name: str
    period: Period
    organisation: Organisation
    zone: tzinfo
    mark: JournalMark | None
    hits: tuple[Hit, ...]
    people: Mapping[str, str]
    suspicions: tuple[Suspicion, ...] = ()

    @property
    def certain(self) -> int:
        """How many repairs are touched beyond doubt."""
        return sum(hit.is_certain for hit in self.hits)

    @property
    def products(self) -> int:
        """How many products they are."""
        return len({hit.repair.serial for hit in self.hits})


def recall(reader: RecallReader, asked: Recall) -> RecallList:
    """Every repair that is touched by what turned out bad.

    A tester that leads found out of order, and of which no period is asked for, is recalled for
    that time: certain on those days, in doubt since the calibration before them.

    Args:
        reader: One view of the store.
        asked: What turned out bad.

    Raises:
        RecallRefusedError: There is nothing of that name, or nothing was named.
    """
    organisation = reader.organisation()
    zone = zone_of(reader)
    suspicions: tuple[Suspicion, ...] = ()
    if isinstance(asked, ByTester) and asked.period == ALWAYS:
        suspicions = suspicions_of(reader, asked.tester_id, zone)
    name, period, touches = _touches(reader, asked, zone, suspicions)
    by_repair: dict[str, list[Touch]] = {}
    for touch in touches:
        by_repair.setdefault(touch.work.repair_id, []).append(touch)
    names = {person.id: person.name for person in reader.people()}
    if isinstance(asked, ByTechnician):
        names[asked.person_id] = name
    head = reader.head()
    return RecallList(
        recall=asked,
        name=name,
        period=period,
        organisation=organisation,
        zone=zone,
        mark=None
        if head is None
        else JournalMark(head.bench_id, head.seq, head.hash, head.recorded_at.astimezone(zone)),
        hits=tuple(_hits(reader, by_repair, names)),
        people=names,
        suspicions=suspicions,
    )


def _touches(
    reader: RecallReader, asked: Recall, zone: tzinfo, suspicions: Sequence[Suspicion]
) -> tuple[str, Period, Iterable[Touch]]:
    """What is recalled by name, in which time, and what it touched."""
    match asked:
        case ByTester() if suspicions:
            return _by_suspicion(reader, asked.tester_id, suspicions)
        case ByTester():
            return _by_tester(reader, asked)
        case ByCalibration():
            period = calibration_period(reader, asked.tester_id, asked.certificate, zone)
            if period is None:
                raise RecallRefusedError("calibration_unknown", asked.certificate)
            return _by_tester(reader, ByTester(asked.tester_id, period))
        case ByCertificate():
            person = _person(reader, asked.person_id)
            return person.name, Period(), _by_certificate(reader, person, asked.name, zone)
        case ByLot():
            if asked == ByLot():
                raise RecallRefusedError("lot_empty")
            return "", Period(), _by_lot(reader, asked)
        case _:
            return _by_technician(reader, asked)


def _by_technician(
    reader: RecallReader, asked: ByTechnician
) -> tuple[str, Period, Iterable[Touch]]:
    person = reader.person(asked.person_id)
    if person is None and asked.person_id not in reader.people_on_record():
        raise RecallRefusedError("person_unknown", asked.person_id)
    done = _done_by(reader, asked.person_id, asked.period)
    name = last_told(reader, PEOPLE, asked.person_id, "name") if person is None else person.name
    return name, asked.period, best_of(map(plainly, done))


def _by_tester(reader: RecallReader, asked: ByTester) -> tuple[str, Period, Iterable[Touch]]:
    piece = reader.piece(asked.tester_id)
    if piece is None and asked.tester_id not in reader.testers_on_record():
        raise RecallRefusedError("tester_unknown", asked.tester_id)
    guards = reader.guards(asked.tester_id, asked.period)
    touches = best_of(_resting(reader, asked, guards))
    return _tester_name(reader, asked.tester_id, piece), asked.period, touches


def _tester_name(reader: RecallReader, tester_id: str, piece: Equipment | None) -> str:
    """What a tester is called; where the register does not hold it, what it was called last."""
    return last_told(reader, EQUIPMENT, tester_id, "name") if piece is None else piece.name


def _by_suspicion(
    reader: RecallReader, tester_id: str, suspicions: Sequence[Suspicion]
) -> tuple[str, Period, Iterable[Touch]]:
    """What rests on a tester's readings of the time in which it is suspected."""
    asked, piece = ByTester(tester_id, whole_of(suspicions)), reader.piece(tester_id)
    guards = reader.guards(tester_id, asked.period)
    told = (suspected(touch, suspicions) for touch in _resting(reader, asked, guards))
    name = _tester_name(reader, tester_id, piece)
    return name, asked.period, best_of(touch for touch in told if touch is not None)


def _resting(reader: RecallReader, asked: ByTester, guards: Sequence[Guard]) -> Iterator[Touch]:
    """The work that rests on one of the readings, by the clocks or by the journal."""
    by_id = {guard.reading.entry_id: guard for guard in guards}
    pairs = [
        (by_id[reading], work) for reading, work in reader.guarded(asked.tester_id, asked.period)
    ]
    by_person: dict[str, list[Guard]] = {}
    for guard in guards:
        by_person.setdefault(guard.reading.person_id, []).append(guard)
    for work in reader.set_aside():
        if work.is_internal:
            pairs += [(guard, work) for guard in by_person.get(work.person_id, ())]
    disputed: set[str] = set()
    for guard, work in pairs:
        later = later_than(guard, work) if guard.neighbours else ()
        if later:
            disputed |= {work.entry_id, guard.reading.entry_id, *(one.entry_id for one in later)}
    order = reader.positions(disputed)
    for guard, work in pairs:
        touch = rests(guard, work, order)
        if touch is not None:
            yield touch


def _by_certificate(
    reader: RecallReader, person: Person, name: str, zone: tzinfo
) -> Iterable[Touch]:
    void = [one for one in person.certifications if one.name == name]
    if not void:
        raise RecallRefusedError("certificate_unknown", name)
    others = [one for one in person.certifications if one.name != name]
    done = [work for work in _done_by(reader, person.id, Period()) if work.is_internal]
    serials = {line.id: line.serial for line in reader.lines({work.repair_id for work in done})}
    products = reader.products(set(serials.values()))
    touches: list[Touch] = []
    for work in done:
        product = products.get(serials.get(work.repair_id, ""))
        family = None if product is None else product.family
        touch = certified(work, void, others, family, site_day(work.at, zone))
        touches += [] if touch is None else [touch]
    return best_of(touches)


def _by_lot(reader: RecallReader, lot: ByLot) -> Iterable[Touch]:
    aside = [one for one in reader.set_aside() if one.part is not None and is_of(lot, one.part)]
    return best_of(map(plainly, (*reader.fitted(lot), *aside)))


def _done_by(reader: RecallReader, person_id: str, period: Period) -> list[Work]:
    """Everything that a person did on repairs in a period, set aside or not."""
    aside = [
        one for one in reader.set_aside() if one.person_id == person_id and period.holds(one.at)
    ]
    return [*reader.work_by(person_id, period), *aside]


def _person(reader: RecallReader, person_id: str) -> Person:
    person = reader.person(person_id)
    if person is None:
        raise RecallRefusedError("person_unknown", person_id)
    return person


def _hits(
    reader: RecallReader, by_repair: Mapping[str, Sequence[Touch]], names: Mapping[str, str]
) -> Iterator[Hit]:
    """The repairs, oldest first; last those of which only work is on record, and no opening."""
    lines = list(reader.lines(by_repair))
    products = reader.products({line.serial for line in lines})
    for line in lines:
        technician = names.get(line.technician_id, "")
        yield Hit(line, products.get(line.serial), technician, tuple(by_repair[line.id]))
    for repair_id in sorted(by_repair.keys() - {line.id for line in lines}):
        yield Hit(RepairLine(repair_id), None, "", tuple(by_repair[repair_id]))
