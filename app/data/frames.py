"""Raw frames as rows: the bytes of a device beside the entry that tells their meaning."""

from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from app.data import tables
from app.data.statements import Statement
from app.data.values import as_stored, instant, micros
from app.domain.frames import DeviceRole, Frame, FrameFault

_f: Final = tables.frames
_KEEP: Final = Statement(sa.insert(_f), *(column.name for column in _f.c))
_OF_ENTRY: Final = Statement(sa.select(*_f.c).where(_f.c.entry_id == sa.bindparam("of")))


def keep(connection: sa.Connection, frame: Frame, entry_id: UUID) -> None:
    """Write a frame beside its entry."""
    _KEEP.run(
        connection,
        entry_id=entry_id.bytes,
        device=frame.device,
        role=frame.role.value,
        raw=frame.raw,
        aim=frame.aim,
        fault=frame.fault and frame.fault.value,
        received_at=micros(frame.received_at),
        seq=frame.seq,
    )


def frame_of(connection: sa.Connection, entry_id: UUID) -> Frame | None:
    """The frame of an entry, None where it has none."""
    row = _OF_ENTRY.first(connection, of=entry_id.bytes)
    return None if row is None else _frame_of(row)


@as_stored
def _frame_of(row: tuple[Any, ...]) -> Frame:
    _, device, role, raw, aim, fault, received_at, seq = row
    return Frame(
        device=device,
        role=DeviceRole(role),
        raw=raw,
        received_at=instant(received_at),
        seq=seq,
        aim=aim,
        fault=fault and FrameFault(fault),
    )
