"""Repairs as rows: a repair is read in one statement, and only what changed is written."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from app.data.compiled import repairs as sql
from app.data.driver import Connection
from app.data.statements import Statement
from app.data.values import as_stored, instant, micros
from app.domain.parts import FittedPart
from app.domain.repairs import Conflict, Repair, Signature, Step, StepChange


def load(connection: Connection, repair_id: str) -> Repair | None:
    """A repair by id."""
    return _one(connection, sql.BY_ID, repair_id)


def by_number(connection: Connection, number: str) -> Repair | None:
    """The oldest repair with a short number."""
    return _one(connection, sql.BY_NUMBER, number)


def holding(connection: Connection, kgb: str) -> Repair | None:
    """The oldest repair that holds a part's serial as KGB."""
    return _one(connection, sql.HOLDING, kgb)


def unfinished(connection: Connection, serial: str | None) -> tuple[Repair, ...]:
    """The repairs still to be finished, oldest first; of one product if a serial is given."""
    if serial is None:
        return tuple(map(_repair_of, sql.OPEN.all(connection)))
    return tuple(map(_repair_of, sql.OPEN_OF.all(connection, of=serial)))


def of_product(connection: Connection, serial: str) -> tuple[Repair, ...]:
    """Every repair of a product, newest first."""
    return tuple(map(_repair_of, sql.OF_PRODUCT.all(connection, of=serial)))


def in_conflict(connection: Connection) -> tuple[Repair, ...]:
    """The repairs with something for a lead to settle, oldest first, finished ones too."""
    return tuple(map(_repair_of, sql.IN_CONFLICT.all(connection)))


def save(connection: Connection, old: Repair | None, new: Repair | None) -> None:
    """Write what differs between the stored state of a repair and the new one."""
    if new is None:
        if old is not None:
            _delete(connection, old.id)
        return
    row = _row_of(new)
    if old is None:
        sql.INSERT.run(connection, **row)
    elif row != _row_of(old):
        sql.UPDATE.run(connection, of=new.id, **row)
    for table, rows_of in _ROWS_OF.items():
        before = [] if old is None else rows_of(old)
        _save_children(connection, table, new.id, before, rows_of(new))


def _save_children(
    connection: Connection,
    table: str,
    repair_id: str,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
) -> None:
    kept = len(before)
    if after[:kept] != before:
        sql.DELETE_CHILD[table].run(connection, of=repair_id)
        kept = 0
    for place, row in enumerate(after[kept:], start=kept):
        sql.INSERT_CHILD[table].run(connection, repair=repair_id, place=place, **row)


def _delete(connection: Connection, repair_id: str) -> None:
    for statement in sql.DELETE_CHILD.values():
        statement.run(connection, of=repair_id)
    sql.DELETE.run(connection, of=repair_id)


def _one(connection: Connection, statement: Statement, of: str) -> Repair | None:
    row = statement.first(connection, of=of)
    return None if row is None else _repair_of(row)


def _row_of(repair: Repair) -> dict[str, Any]:
    signature = repair.signature
    return {
        "id": repair.id,
        "number": repair.number,
        "serial": repair.serial,
        "technician_id": repair.technician_id,
        "step": repair.step.value,
        "is_open": int(repair.is_open),
        "opened_at": micros(repair.opened_at),
        "symptom": repair.symptom,
        "diagnosis": repair.diagnosis,
        "report_hash": repair.report_hash,
        "signed_by": signature and signature.person_id,
        "signed_hash": signature and signature.content_hash,
        "signed_at": signature and micros(signature.at),
        "signed_entry": signature and signature.entry_id,
    }


def _steps_of(repair: Repair) -> list[dict[str, Any]]:
    return [
        {
            "step": change.step.value,
            "at": micros(change.at),
            "actor": change.actor,
            "entry_id": change.entry_id,
        }
        for change in repair.history
    ]


def _parts_of(repair: Repair) -> list[dict[str, Any]]:
    return [
        {
            "part_number": part.part_number,
            "kgb": part.kgb,
            "kbb": part.kbb,
            "order": part.order,
            "delivery": part.delivery,
            "entry_id": part.entry_id,
            "at": None if part.at is None else micros(part.at),
            "actor": part.actor,
        }
        for part in repair.parts
    ]


def _notes_of(repair: Repair) -> list[dict[str, Any]]:
    return [{"text": note} for note in repair.notes]


def _conflicts_of(repair: Repair) -> list[dict[str, Any]]:
    return [{"entry_id": one.entry_id, "code": one.code} for one in repair.conflicts]


_ROWS_OF: Final[Mapping[str, Callable[[Repair], list[dict[str, Any]]]]] = MappingProxyType(
    {
        "repair_steps": _steps_of,
        "repair_parts": _parts_of,
        "repair_notes": _notes_of,
        "repair_conflicts": _conflicts_of,
    }
)
"""What each table that hangs on a repair holds of it."""


@as_stored
def _repair_of(row: tuple[Any, ...]) -> Repair:
    repair_id, number, serial, technician_id, step, opened_at, *rest = row
    symptom, diagnosis, report_hash, *signed, steps, parts, notes, conflicts = rest
    return Repair(
        id=repair_id,
        number=number,
        serial=serial,
        technician_id=technician_id,
        step=Step(step),
        opened_at=instant(opened_at),
        symptom=symptom,
        diagnosis=diagnosis,
        history=tuple(
            StepChange(Step(taken), instant(at), actor, entry)
            for taken, at, actor, entry in json.loads(steps)
        ),
        parts=tuple(
            FittedPart(number, *told, at=None if at is None else instant(at), actor=actor)
            for number, *told, at, actor in json.loads(parts)
        ),
        notes=tuple(text for (text,) in json.loads(notes)),
        conflicts=tuple(Conflict(entry, code) for entry, code in json.loads(conflicts)),
        signature=_signature(*signed),
        report_hash=report_hash,
    )


def _signature(
    person_id: str | None, content_hash: str, at: int, entry_id: str
) -> Signature | None:
    return None if person_id is None else Signature(person_id, content_hash, instant(at), entry_id)
