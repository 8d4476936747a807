"""Recall, backwards: what turned out bad, and which work rests on it. Pure.

A recall lists too much rather than too little. What is listed though it may not be touched says why
it is in doubt (`Doubt`); what carries no doubt is touched.

An ESD reading guards a piece of internal work where the person passed it before, it was still
valid, and no later reading of that person came between. Which came first is told twice, by the
clocks and by the order of the journal (`app.domain.folds.canonical_order`); either is enough.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from app.domain.esd_readings import EsdReading
from app.domain.parts import FittedPart
from app.domain.people import Certification
from app.domain.products import Family
from app.domain.repairs import Step


@dataclass(frozen=True, slots=True)
class Period:
    """A time from an instant up to, and without, another one; None where it has no such end."""

    start: datetime | None = None
    end: datetime | None = None

    def holds(self, at: datetime) -> bool:
        """Whether an instant lies in it."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A tester was found out of order: what it measured then is bad, and before it may be.

    Attributes:
        bad: When it was out of order for certain.
        since: When it was calibrated last before that; None where nobody knows when it was in order
            last, so that any time before may be bad.
    """

    bad: Period
    since: datetime | None = None

    @property
    def period(self) -> Period:
        """From when it was in order last until it was again."""
        return Period(self.since, self.bad.end)


def whole_of(suspicions: Sequence[Suspicion]) -> Period:
    """The shortest period in which all of them lie; there is at least one."""
    starts = [one.since for one in suspicions if one.since is not None]
    ends = [one.bad.end for one in suspicions if one.bad.end is not None]
    every = len(suspicions)
    return Period(
        min(starts) if len(starts) == every else None,
        max(ends) if len(ends) == every else None,
    )


@dataclass(frozen=True, slots=True)
class ByTester:
    """An ESD tester measured wrong in a period: its readings of that time are worth nothing."""

    tester_id: str
    period: Period = ALWAYS


@dataclass(frozen=True, slots=True)
class ByCalibration:
    """A tester's calibration turned out void: what was measured while it was the latest one."""

    tester_id: str
    certificate: str


@dataclass(frozen=True, slots=True)
class ByCertificate:
    """A person's certification turned out void, by its name."""

    person_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ByLot:
    """Parts of a purchase turned out bad; what is empty is not asked for, all else must fit.

    Attributes:
        order: Purchase order.
        delivery: Delivery note.
        part_number: Part number.
        serial: A component's serial, put in (KGB) or taken out (KBB).
    """

    order: str = ""
    delivery: str = ""
    part_number: str = ""
    serial: str = ""


@dataclass(frozen=True, slots=True)
class ByTechnician:
    """A technician's work turned out bad: whatever they did in a period."""

    person_id: str
    period: Period = ALWAYS


Recall: TypeAlias = ByTester | ByCalibration | ByCertificate | ByLot | ByTechnician


class WorkKind(StrEnum):
    """What was done."""

    STEP = "step"
    PART = "part"


class Doubt(StrEnum):
    """Why something is listed though it may not be touched."""

    ORDER = "order"
    """By the clocks a later reading came between, by the order of the journal it did not."""
    SINCE_CALIBRATION = "since_calibration"
    """The tester was found out of order only later; when it began to be nobody knows."""
    NO_TESTER = "no_tester"
    """The reading does not say which tester it is from."""
    READING_REJECTED = "reading_rejected"
    """The service refused the reading; the bench had let the work begin by it."""
    CONFLICT = "conflict"
    """The work is in conflict, and not settled: it may have been done."""
    TAKEN_BACK = "taken_back"
    """The work was undone, or settled by a lead: it may have been done all the same."""
    REJECTED = "rejected"
    """The service refused the work's entry; the work was done."""
    OTHER_CERTIFICATE = "other_certificate"
    """Another certification of the person covered the work, too."""
    REGISTER = "register"
    """The register counts the part to this purchase now; its entry named another."""
    NO_FAMILY = "no_family"
    """The register does not say of which family the product is."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work on a repair.

    Attributes:
        repair_id: On which repair.
        kind: A step, or a part.
        what: The step that was taken, or the part's number.
        at: When, UTC.
        person_id: Who did it, empty for nobody that is known.
        entry_id: The entry that tells of it.
        doubt: Why it may not count; None where it counts.
        part: The part, None for a step.
    """

    repair_id: str
    kind: WorkKind
    what: str
    at: datetime
    person_id: str
    entry_id: str
    doubt: Doubt | None = None
    part: FittedPart | None = None

    @property
    def is_internal(self) -> bool:
        """Whether the ESD gate guards it: the taking into repair, and each part."""
        return self.kind is WorkKind.PART or self.what == Step.IN_REPAIR


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another reading of the same person that was made while a reading was valid."""

    entry_id: str
    measured_at: datetime


@dataclass(frozen=True, slots=True)
class Guard:
    """A reading that turned out to be worth nothing.

    Attributes:
        reading: The reading; it passed.
        neighbours: The person's other readings from then on, as long as it was valid.
        is_rejected: Whether the service refused it.
    """

    reading: EsdReading
    neighbours: tuple[Neighbour, ...] = ()
    is_rejected: bool = False


Position: TypeAlias = tuple[int, ...]
"""An entry's place in the order of the journal."""


@dataclass(frozen=True, slots=True)
class Touch:
    """Why a repair is listed: one piece of work, and what it rests on.

    Attributes:
        work: The work.
        reading: The reading that it rests on, None in a recall of anything else.
        doubts: Why it may not be touched; empty where it is.
    """

    work: Work
    reading: EsdReading | None = None
    doubts: tuple[Doubt, ...] = ()


def later_than(guard: Guard, work: Work) -> tuple[Neighbour, ...]:
    """The readings that may have come between a reading and a piece of work, by the clocks."""
    return tuple(one for one in guard.neighbours if one.measured_at <= work.at)


def rests(guard: Guard, work: Work, order: Mapping[str, Position]) -> Touch | None:
    """Whether a piece of work rests on a reading.

    Args:
        guard: The reading.
        work: Internal work of the person whom it measured.
        order: The places of the three entries, where `later_than` tells of any.

    Returns:
        The touch, with its doubts; None where it rests on another reading, or on none.
    """
    reading = guard.reading
    if not reading.measured_at <= work.at < reading.valid_until:
        return None
    later = later_than(guard, work)
    if any(_is_between(one.entry_id, reading.entry_id, work.entry_id, order) for one in later):
        return None
    overtaken = any(reading.measured_at < one.measured_at < work.at for one in later)
    told = (
        (Doubt.ORDER, overtaken),
        (Doubt.NO_TESTER, not reading.tester_id),
        (Doubt.READING_REJECTED, guard.is_rejected),
    )
    return Touch(work, reading, (*_own(work), *(doubt for doubt, holds in told if holds)))


def _is_between(one: str, reading: str, work: str, order: Mapping[str, Position]) -> bool:
    """Whether the journal has a reading between another one and the work that came after it."""
    if not {one, reading, work} <= order.keys():
        return False
    return order[reading] < order[one] < order[work]


def _own(work: Work) -> tuple[Doubt, ...]:
    return () if work.doubt is None else (work.doubt,)


def suspected(touch: Touch, suspicions: Sequence[Suspicion]) -> Touch | None:
    """A touch in the light of when its tester was found out of order.

    Returns:
        The touch, in doubt where its reading is from before the tester was found bad and after it
        was calibrated last; None where it was made at no such time, or rests on no reading.
    """
    if touch.reading is None:
        return None
    at = touch.reading.measured_at
    if any(one.bad.holds(at) for one in suspicions):
        return touch
    if any(one.period.holds(at) for one in suspicions):
        return replace(touch, doubts=(*touch.doubts, Doubt.SINCE_CALIBRATION))
    return None


def plainly(work: Work) -> Touch:
    """The touch of a piece of work that needs nothing else to be bad."""
    return Touch(work, None, _own(work))


def certified(
    work: Work,
    void: Sequence[Certification],
    others: Sequence[Certification],
    family: Family | None,
    day: date,
) -> Touch | None:
    """Whether a piece of work rests on a certification that turned out void.

    Args:
        work: The work.
        void: What turned out void.
        others: What else the person holds.
        family: The product's family, None where the register does not say.
        day: The site's local day of the work.
    """
    if family is None:
        in_time = any(one.covers(each, day) for one in void for each in one.families)
        return Touch(work, None, (*_own(work), Doubt.NO_FAMILY)) if in_time else None
    if not any(one.covers(family, day) for one in void):
        return None
    other = any(one.covers(family, day) for one in others)
    return Touch(work, None, (*_own(work), *((Doubt.OTHER_CERTIFICATE,) if other else ())))


def is_of(lot: ByLot, part: FittedPart) -> bool:
    """Whether a part is of a lot: whatever the lot names has to fit."""
    fits = (
        (lot.order, (part.order,)),
        (lot.delivery, (part.delivery,)),
        (lot.part_number, (part.part_number,)),
        (lot.serial, (part.kgb, part.kbb)),
    )
    return all(not wanted or wanted in told for wanted, told in fits)


def best_of(touches: Iterable[Touch]) -> tuple[Touch, ...]:
    """Each piece of work once, by the touch that is least in doubt; in the order of time."""
    best: dict[str, Touch] = {}
    for touch in touches:
        known = best.get(touch.work.entry_id)
        if known is None or _rank(touch) < _rank(known):
            best[touch.work.entry_id] = touch
    return tuple(sorted(best.values(), key=lambda one: (one.work.at, one.work.entry_id)))


def _rank(touch: Touch) -> tuple[int, str]:
    return len(touch.doubts), "" if touch.reading is None else touch.reading.entry_id
