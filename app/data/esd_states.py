"""Technicians' ESD standing as rows."""

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from app.data import tables
from app.data.values import instant, micros
from app.domain.esd import EsdState, EsdVerdict

_s: Final = tables.esd_states
_ALL: Final = sa.select(*_s.c).order_by(_s.c.person_id)
_BY_PERSON: Final = sa.select(*_s.c).where(_s.c.person_id == sa.bindparam("of"))
_INSERT: Final = sa.insert(_s)
_UPDATE: Final = sa.update(_s).where(_s.c.person_id == sa.bindparam("of"))
_DELETE: Final = sa.delete(_s).where(_s.c.person_id == sa.bindparam("of"))


def load(connection: sa.Connection, person_id: str) -> EsdState | None:
    """A person's ESD standing."""
    row = connection.execute(_BY_PERSON, {"of": person_id}).first()
    return None if row is None else _state_of(row)


def every(connection: sa.Connection) -> Sequence[EsdState]:
    """Everyone's ESD standing, by person."""
    return [_state_of(row) for row in connection.execute(_ALL)]


def save(connection: sa.Connection, old: EsdState | None, new: EsdState | None) -> None:
    """Write a person's new standing over the stored one."""
    if new is None:
        if old is not None:
            connection.execute(_DELETE, {"of": old.person_id})
    elif old is None:
        connection.execute(_INSERT, _row_of(new))
    elif new != old:
        connection.execute(_UPDATE, _row_of(new) | {"of": new.person_id})


def _row_of(state: EsdState) -> dict[str, Any]:
    return {
        "person_id": state.person_id,
        "reading_id": state.reading_id,
        "verdict": state.verdict.value,
        "ohm": state.ohm,
        "over_range": int(state.over_range),
        "measured_at": micros(state.measured_at),
        "valid_until": micros(state.valid_until),
        "tester_id": state.tester_id,
    }


def _state_of(row: Any) -> EsdState:  # noqa: ANN401 - a row of the table
    return EsdState(
        person_id=row.person_id,
        reading_id=row.reading_id,
        verdict=EsdVerdict(row.verdict),
        ohm=row.ohm,
        over_range=bool(row.over_range),
        measured_at=instant(row.measured_at),
        valid_until=instant(row.valid_until),
        tester_id=row.tester_id,
    )
