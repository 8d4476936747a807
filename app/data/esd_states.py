"""Technicians' ESD standing as rows."""

from typing import Any

from app.data.compiled import esd_states as sql
from app.data.driver import Connection
from app.data.values import as_stored, instant, micros
from app.domain.esd import EsdState, EsdVerdict


def load(connection: Connection, person_id: str) -> EsdState | None:
    """A person's ESD standing."""
    row = sql.BY_PERSON.first(connection, of=person_id)
    return None if row is None else _state_of(row)


def save(connection: Connection, old: EsdState | None, new: EsdState | None) -> None:
    """Write a person's new standing over the stored one."""
    if new is None:
        if old is not None:
            sql.DELETE.run(connection, of=old.person_id)
    else:
        sql.INSERT.run(
            connection,
            person_id=new.person_id,
            reading_id=new.reading_id,
            verdict=new.verdict.value,
            ohm=new.ohm,
            over_range=int(new.over_range),
            measured_at=micros(new.measured_at),
            valid_until=micros(new.valid_until),
            tester_id=new.tester_id,
        )


@as_stored
def _state_of(row: tuple[Any, ...]) -> EsdState:
    person_id, reading_id, verdict, ohm, over_range, measured_at, valid_until, tester_id = row
    return EsdState(
        person_id=person_id,
        reading_id=reading_id,
        verdict=EsdVerdict(verdict),
        ohm=ohm,
        over_range=bool(over_range),
        measured_at=instant(measured_at),
        valid_until=instant(valid_until),
        tester_id=tester_id,
    )
