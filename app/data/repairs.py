"""Repairs as rows: a repair is read in one statement, and only what changed is written."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.values import instant, micros
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
_BY_ID: Final = _SELECT.where(_r.c.id == sa.bindparam("of"))
_BY_NUMBER: Final = (
    _SELECT.where(_r.c.number == sa.bindparam("of")).order_by(_r.c.opened_at, _r.c.id).limit(1)
)
_OPEN: Final = _SELECT.where(_r.c.is_open == sa.literal_column("1")).order_by(
    _r.c.opened_at, _r.c.id
)
_OPEN_OF: Final = _SELECT.where(_r.c.serial == sa.bindparam("of"), _r.c.is_open == 1).order_by(
    _r.c.opened_at, _r.c.id
)
_ALL: Final = _SELECT.order_by(_r.c.id)
_HOLDING: Final = (
    _SELECT.join(tables.repair_parts, tables.repair_parts.c.repair == _r.c.id)
    .where(tables.repair_parts.c.kgb == sa.bindparam("of"))
    .order_by(_r.c.opened_at, _r.c.id)
    .limit(1)
)

_INSERT: Final = sa.insert(_r)
_UPDATE: Final = sa.update(_r).where(_r.c.id == sa.bindparam("of"))
_DELETE: Final = sa.delete(_r).where(_r.c.id == sa.bindparam("of"))
_INSERT_CHILD: Final = {table.name: sa.insert(table) for table in _CHILDREN}
_DELETE_CHILD: Final = {
    table.name: sa.delete(table).where(table.c.repair == sa.bindparam("of")) for table in _CHILDREN
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
        return tuple(_repair_of(row) for row in connection.execute(_OPEN))
    return tuple(_repair_of(row) for row in connection.execute(_OPEN_OF, {"of": serial}))


def every(connection: sa.Connection) -> Sequence[Repair]:
    """All repairs, by id."""
    return [_repair_of(row) for row in connection.execute(_ALL)]


def save(connection: sa.Connection, old: Repair | None, new: Repair | None) -> None:
    """Write what differs between the stored state of a repair and the new one."""
    if new is None:
        if old is not None:
            _delete(connection, old.id)
        return
    row = _row_of(new)
    if old is None:
        connection.execute(_INSERT, row)
    elif row != _row_of(old):
        connection.execute(_UPDATE, row | {"of": new.id})
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
        connection.execute(_DELETE_CHILD[table], {"of": repair_id})
        kept = 0
    fresh = [
        {"repair": repair_id, "place": place, **row}
        for place, row in enumerate(after[kept:], start=kept)
    ]
    if fresh:
        connection.execute(_INSERT_CHILD[table], fresh)


def _delete(connection: sa.Connection, repair_id: str) -> None:
    for table in _CHILDREN:
        connection.execute(_DELETE_CHILD[table.name], {"of": repair_id})
    connection.execute(_DELETE, {"of": repair_id})


def _one(connection: sa.Connection, statement: sa.Select[Any], of: str) -> Repair | None:
    row = connection.execute(statement, {"of": of}).first()
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


def _repair_of(row: Any) -> Repair:  # noqa: ANN401 - a row of _SELECT
    steps, parts, notes, conflicts = (json.loads(text) for text in row[-4:])
    signature = None
    if row.signed_by is not None:
        signature = Signature(
            row.signed_by, row.signed_hash, instant(row.signed_at), row.signed_entry
        )
    return Repair(
        id=row.id,
        number=row.number,
        serial=row.serial,
        technician_id=row.technician_id,
        step=Step(row.step),
        opened_at=instant(row.opened_at),
        symptom=row.symptom,
        diagnosis=row.diagnosis,
        history=tuple(
            StepChange(Step(step), instant(at), actor, entry) for step, at, actor, entry in steps
        ),
        parts=tuple(FittedPart(*part) for part in parts),
        notes=tuple(text for (text,) in notes),
        conflicts=tuple(Conflict(entry, code) for entry, code in conflicts),
        signature=signature,
        report_hash=row.report_hash,
    )
