"""What a recall asks of the store (`app.services.recalling.RecallReader`)."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from app.data.compiled import recall as sql
from app.data.driver import Connection
from app.data.transactions import StoreReader
from app.data.values import as_stored, instant, micros
from app.domain.esd import WRIST, EsdVerdict
from app.domain.esd_readings import MEASURED, PERSON, EsdReading
from app.domain.parts import FittedPart
from app.domain.products import Family
from app.domain.recall import ByLot, Doubt, Guard, Neighbour, Period, Position, Work, WorkKind
from app.domain.repairs import Step
from app.services.recalling import ProductLine, RepairLine

_FIRST: Final = -(2**62)
_END: Final = 2**62
_REPAIR: Final = "repair:"
_PART: Final = ("part_number", "kgb", "kbb", "order", "delivery")


class RecallReader(StoreReader):
    """One view of the store, with what recalls ask."""

    def guards(self, tester_id: str, period: Period) -> tuple[Guard, ...]:
        """The readings of a tester, and those of no tester, that let somebody work."""
        asked = {"tester": tester_id, **_bounds(period)}
        rejected = self._rejected_readings()
        neighbours: dict[str, list[Neighbour]] = {}
        for entry_id, other, at in sql.NEIGHBOURS.each(self._connection, **asked):
            if other not in rejected:
                neighbours.setdefault(entry_id, []).append(Neighbour(other, instant(at)))
        return tuple(
            Guard(
                reading := _reading_of(row),
                tuple(neighbours.get(reading.entry_id, ())),
                reading.entry_id in rejected,
            )
            for row in sql.GUARDS.each(self._connection, **asked)
        )

    def guarded(self, tester_id: str, period: Period) -> Iterator[tuple[str, Work]]:
        """Internal work done while a reading of `guards` held, with the reading's entry id."""
        asked = {"tester": tester_id, **_bounds(period)}
        for reading, *row in sql.GUARDED_STEPS.each(self._connection, **asked):
            yield reading, _step_of(*row)
        for reading, *row in sql.GUARDED_PARTS.each(self._connection, **asked):
            yield reading, _part_of(*row)

    def work_by(self, person_id: str, period: Period) -> Iterator[Work]:
        """Every step that a person took, and every part that they fitted."""
        asked = {"actor": f"{PERSON}{person_id}", **_bounds(period)}
        for row in sql.STEPS_BY.each(self._connection, **asked):
            yield _step_of(*row)
        for row in sql.PARTS_BY.each(self._connection, **asked):
            yield _part_of(*row)

    def fitted(self, lot: ByLot) -> Iterator[Work]:
        """The parts of a lot that were fitted, by their own entries and by the register now."""
        asked = {
            "order": lot.order,
            "delivery": lot.delivery,
            "part_number": lot.part_number,
            "serial": lot.serial,
        }
        for row in sql.PARTS_OF.each(self._connection, **asked):
            yield _part_of(*row)
        if lot.order or lot.delivery or lot.part_number:  # a serial alone is of no purchase
            for row in sql.PARTS_BY_REGISTER.each(self._connection, **asked):
                yield replace(_part_of(*row), doubt=Doubt.REGISTER)

    def set_aside(self) -> tuple[Work, ...]:
        """Steps and parts that no state holds: in conflict, taken back, refused by the service."""
        return self._once(_set_aside)

    def positions(self, entry_ids: Collection[str]) -> Mapping[str, Position]:
        """Where entries stand in the order of the journal."""
        asked = json.dumps(list(entry_ids))
        return {row[0]: row[1:] for row in sql.POSITIONS.each(self._connection, ids=asked)}

    def lines(self, repair_ids: Collection[str]) -> Iterator[RepairLine]:
        """Repairs by their ids, oldest first; those that have no state are left out."""
        rows = sql.REPAIRS.all(self._connection, ids=json.dumps(list(repair_ids)))
        yield from map(_line_of, rows)

    def products(self, serials: Collection[str]) -> Mapping[str, ProductLine]:
        """Products by the serials that repairs name, former ones too."""
        asked = json.dumps(list(serials))
        rows = [
            row for query in sql.PRODUCTS.values() for row in query.all(self._connection, ids=asked)
        ]
        found = {row[0]: _product_of(row) for row in rows}
        for serial in serials:
            other = self.asset(serial) if serial and serial not in found else None
            if other is not None:
                found[serial] = ProductLine(
                    other.serial, other.model, other.family, other.holder, other.department
                )
        return found

    def _rejected_readings(self) -> frozenset[str]:
        rows = sql.REJECTED_ENTRIES.all(self._connection)
        return frozenset(str(UUID(bytes=row[0])) for row in rows if row[1] == MEASURED)


def _set_aside(connection: Connection) -> tuple[Work, ...]:
    found: dict[str, Work] = {}
    for doubt, query in (
        (Doubt.REJECTED, sql.REJECTED_ENTRIES),
        (Doubt.CONFLICT, sql.IN_CONFLICT),
        (Doubt.TAKEN_BACK, sql.TAKEN_BACK),
    ):
        for row in query.each(connection):
            work = _claimed(doubt, *row)
            if work is not None:
                found.setdefault(work.entry_id, work)
    return tuple(found.values())


@as_stored
def _claimed(
    doubt: Doubt, raw_id: bytes, kind: str, subject: str, actor: str, at: int, payload: str
) -> Work | None:
    """What an entry says was done; None where it is no work. The payload may say anything."""
    told = json.loads(payload)
    repair, entry_id, moment = subject.removeprefix(_REPAIR), str(UUID(bytes=raw_id)), instant(at)
    person_id = _person(actor)
    match kind:
        case "part.fitted":
            number, kgb, kbb, order, delivery = (_text(told.get(name)) for name in _PART)
            part = FittedPart(number, kgb, kbb, order, delivery, entry_id, moment, actor)
            return Work(repair, WorkKind.PART, number, moment, person_id, entry_id, doubt, part)
        case "repair.status_changed":
            step = _text(told.get("to"))
        case "repair.opened":
            step = Step.OPENED.value
        case _:
            return None
    return Work(repair, WorkKind.STEP, step, moment, person_id, entry_id, doubt)


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


def _bounds(period: Period) -> dict[str, int]:
    start, end = period.start, period.end
    return {
        "first": _FIRST if start is None else micros(start),
        "end": _END if end is None else micros(end),
    }


@as_stored
def _reading_of(row: tuple[Any, ...]) -> EsdReading:
    entry_id, person_id, tester_id, measured_at, valid_until = row
    return EsdReading(
        entry_id=entry_id,
        person_id=person_id,
        tester_id=tester_id,
        channel=WRIST,
        verdict=EsdVerdict.PASS,
        measured_at=instant(measured_at),
        valid_until=instant(valid_until),
    )


@as_stored
def _step_of(repair: str, entry_id: str, at: int, actor: str, step: str) -> Work:
    return Work(repair, WorkKind.STEP, step, instant(at), _person(actor), entry_id)


@as_stored
def _part_of(repair: str, entry_id: str, at: int, actor: str, *told: str) -> Work:
    number, kgb, kbb, order, delivery = told
    moment = instant(at)
    part = FittedPart(number, kgb, kbb, order, delivery, entry_id, moment, actor)
    return Work(repair, WorkKind.PART, number, moment, _person(actor), entry_id, part=part)


@as_stored
def _line_of(row: tuple[Any, ...]) -> RepairLine:
    repair_id, number, serial, step, opened_at, technician_id = row
    return RepairLine(repair_id, number, serial, Step(step), instant(opened_at), technician_id)


@as_stored
def _product_of(row: tuple[Any, ...]) -> ProductLine:
    serial, model, family, holder, department = row
    return ProductLine(serial, model, Family(family) if family else None, holder, department)


def _person(actor: str) -> str:
    kind, _, person_id = actor.partition(":")
    return person_id if kind == "person" else ""
