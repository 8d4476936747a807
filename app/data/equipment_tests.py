"""What was tested of the equipment as rows, one for each item of a piece."""

from datetime import datetime
from typing import Any

from app.data.compiled import equipment_tests as sql
from app.data.driver import Connection
from app.data.values import as_stored, instant, micros
from app.domain.equipment_tests import PieceState, PieceTests, PieceVerdict


def load(connection: Connection, equipment_id: str) -> PieceTests | None:
    """What was tested of a piece; None where nothing was."""
    items = tuple(_state_of(row) for row in sql.BY_PIECE.all(connection, of=equipment_id))
    return PieceTests(equipment_id, items) if items else None


def every(connection: Connection) -> tuple[PieceTests, ...]:
    """What was tested of every piece, by its id."""
    found: dict[str, tuple[PieceState, ...]] = {}
    for equipment_id, *row in sql.EVERY.all(connection):
        found[equipment_id] = (*found.get(equipment_id, ()), _state_of(tuple(row)))
    return tuple(PieceTests(piece, items) for piece, items in found.items())


def work(
    connection: Connection, since: datetime, until: datetime
) -> tuple[tuple[str, datetime], ...]:
    """Who worked on repairs, and when: the first moment of each quarter of an hour."""
    rows = sql.WORK.all(connection, since=micros(since), until=micros(until))
    return tuple((actor.removeprefix("person:"), instant(at)) for actor, at in rows)


def save(connection: Connection, old: PieceTests | None, new: PieceTests | None) -> None:
    """Write what was tested of a piece over what is stored."""
    if old is not None:
        sql.DELETE.run(connection, of=old.equipment_id)
    if new is None:
        return
    for one in new.items:
        sql.INSERT.run(
            connection,
            equipment_id=new.equipment_id,
            item=one.item,
            entry_id=one.entry_id,
            channel=one.channel,
            verdict=one.verdict.value,
            ohm=one.ohm,
            over_range=int(one.over_range),
            tested_at=micros(one.tested_at),
            tester_id=one.tester_id,
            person_id=one.person_id,
            count=one.count,
        )


@as_stored
def _state_of(row: tuple[Any, ...]) -> PieceState:
    item, entry_id, channel, verdict, ohm, over_range, tested_at, *rest = row
    tester_id, person_id, count = rest
    return PieceState(
        item=item,
        entry_id=entry_id,
        channel=channel,
        verdict=PieceVerdict(verdict),
        ohm=ohm,
        over_range=bool(over_range),
        tested_at=instant(tested_at),
        tester_id=tester_id,
        person_id=person_id,
        count=count,
    )
