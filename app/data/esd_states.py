"""Technicians' ESD standing as rows."""

from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.statements import Statement
from app.data.values import as_stored, instant, micros
from app.domain.esd import EsdState, EsdVerdict

_s: Final = tables.esd_states
_NAMES: Final = tuple(column.name for column in _s.c)
_BY_PERSON: Final = Statement(sa.select(*_s.c).where(_s.c.person_id == sa.bindparam("of")))
_INSERT: Final = Statement(sa.insert(_s).prefix_with("OR REPLACE"), *_NAMES)
_DELETE: Final = Statement(sa.delete(_s).where(_s.c.person_id == sa.bindparam("of")))


def load(connection: sa.Connection, person_id: str) -> EsdState | None:
    """A person's ESD standing."""
    row = _BY_PERSON.first(connection, of=person_id)
    return None if row is None else _state_of(row)


def save(connection: sa.Connection, old: EsdState | None, new: EsdState | None) -> None:
    """Write a person's new standing over the stored one."""
    if new is None:
        if old is not None:
            _DELETE.run(connection, of=old.person_id)
    else:
        _INSERT.run(
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
