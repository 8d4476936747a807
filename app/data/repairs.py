"""Repairs as rows: a repair is read in one statement, and only what changed is written."""

import json
from collections.abc import Callable
from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.statements import Statement
from app.data.values import as_stored, instant, micros
from app.domain.parts import FittedPart
from app.domain.repairs import Conflict, Repair, Signature, Step, StepChange

_r: Final = tables.repairs


def _listed(table: sa.Table) -> sa.ScalarSelect[str]:
    """A child table's rows of the repair as a JSON array, in their order."""
    columns = [column for column in table.c if column.name not in {"repair", "place"}]
    rows = sa.func.json_group_array(sa.func.json_array(*columns))
    return (
        sa.select(rows.aggregate_order_by(table.c.place))
        .where(table.c.repair == _r.c.id)
        .correlate(_r)
        .scalar_subquery()
    )


_CHILDREN: Final = (
    tables.repair_steps,
    tables.repair_parts,
    tables.repair_notes,
    tables.repair_conflicts,
)
_SCALARS: Final = tuple(column for column in _r.c if column.name != "is_open")
_SELECT: Final = sa.select(*_SCALARS, *map(_listed, _CHILDREN))
_OLDEST_FIRST: Final = _SELECT.order_by(_r.c.opened_at, _r.c.id)
_BY_ID: Final = Statement(_SELECT.where(_r.c.id == sa.bindparam("of")))
_BY_NUMBER: Final = Statement(_OLDEST_FIRST.where(_r.c.number == sa.bindparam("of")).limit(1))
_OPEN: Final = Statement(_OLDEST_FIRST.where(_r.c.is_open == sa.literal_column("1")))
_OPEN_OF: Final = Statement(
    _OLDEST_FIRST.where(_r.c.serial == sa.bindparam("of"), _r.c.is_open == 1)
)
_HOLDING: Final = Statement(
    _OLDEST_FIRST.join(tables.repair_parts, tables.repair_parts.c.repair == _r.c.id)
    .where(tables.repair_parts.c.kgb == sa.bindparam("of"))
    .limit(1)
)
_COLUMNS: Final = tuple(column.name for column in _r.c)
_INSERT: Final = Statement(sa.insert(_r), *_COLUMNS)
_UPDATE: Final = Statement(sa.update(_r).where(_r.c.id == sa.bindparam("of")), *_COLUMNS)
_DELETE: Final = Statement(sa.delete(_r).where(_r.c.id == sa.bindparam("of")))
_INSERT_CHILD: Final = {
    table.name: Statement(sa.insert(table), *(column.name for column in table.c))
    for table in _CHILDREN
}
_DELETE_CHILD: Final = {
    table.name: Statement(sa.delete(table).where(table.c.repair == sa.bindparam("of")))
    for table in _CHILDREN
}


def load(connection: sa.Connection, repair_id: str) -> Repair | None:
    """A repair by id."""
    return _one(connection, _BY_ID, repair_id)


def by_number(connection: sa.Connection, number: str) -> Repair | None:
    """The oldest repair with a short number."""
    return _one(connection, _BY_NUMBER, number)


def holding(connection: sa.Connection, kgb: str) -> Repair | None:
    """The oldest repair that holds a part's serial as KGB."""
    return _one(connection, _HOLDING, kgb)


def unfinished(connection: sa.Connection, serial: str | None) -> tuple[Repair, ...]:
    """The repairs still to be finished, oldest first; of one product if a serial is given."""
    if serial is None:
        return tuple(map(_repair_of, _OPEN.all(connection)))
    return tuple(map(_repair_of, _OPEN_OF.all(connection, of=serial)))


def save(connection: sa.Connection, old: Repair | None, new: Repair | None) -> None:
    """Write what differs between the stored state of a repair and the new one."""
    if new is None:
        if old is not None:
            _delete(connection, old.id)
        return
    row = _row_of(new)
    if old is None:
        _INSERT.run(connection, **row)
    elif row != _row_of(old):
        _UPDATE.run(connection, of=new.id, **row)
    for table, rows_of in zip(_CHILDREN, _ROWS_OF, strict=True):
        before = [] if old is None else rows_of(old)
        _save_children(connection, table.name, new.id, before, rows_of(new))


def _save_children(
    connection: sa.Connection,
    table: str,
    repair_id: str,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
) -> None:
    kept = len(before)
    if after[:kept] != before:
        _DELETE_CHILD[table].run(connection, of=repair_id)
        kept = 0
    for place, row in enumerate(after[kept:], start=kept):
        _INSERT_CHILD[table].run(connection, repair=repair_id, place=place, **row)


def _delete(connection: sa.Connection, repair_id: str) -> None:
    for table in _CHILDREN:
        _DELETE_CHILD[table.name].run(connection, of=repair_id)
    _DELETE.run(connection, of=repair_id)


def _one(connection: sa.Connection, statement: Statement, of: str) -> Repair | None:
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
        }
        for part in repair.parts
    ]


def _notes_of(repair: Repair) -> list[dict[str, Any]]:
    return [{"text": note} for note in repair.notes]


def _conflicts_of(repair: Repair) -> list[dict[str, Any]]:
    return [{"entry_id": one.entry_id, "code": one.code} for one in repair.conflicts]


_ROWS_OF: Final[tuple[Callable[[Repair], list[dict[str, Any]]], ...]] = (
    _steps_of,
    _parts_of,
    _notes_of,
    _conflicts_of,
)
"""What each of `_CHILDREN` holds of a repair."""


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
        parts=tuple(FittedPart(*part) for part in json.loads(parts)),
        notes=tuple(text for (text,) in json.loads(notes)),
        conflicts=tuple(Conflict(entry, code) for entry, code in json.loads(conflicts)),
        signature=_signature(*signed),
        report_hash=report_hash,
    )


def _signature(
    person_id: str | None, content_hash: str, at: int, entry_id: str
) -> Signature | None:
    return None if person_id is None else Signature(person_id, content_hash, instant(at), entry_id)
