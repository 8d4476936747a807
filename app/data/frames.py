"""Raw frames as rows: the bytes of a device beside the entry that tells their meaning."""

from typing import Any
from uuid import UUID

from app.data.compiled import frames as sql
from app.data.driver import Connection
from app.data.values import as_stored, instant, micros
from app.domain.frames import DeviceRole, Frame, FrameFault


def keep(connection: Connection, frame: Frame, entry_id: UUID) -> None:
    """Write a frame beside its entry."""
    sql.KEEP.run(
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


def frame_of(connection: Connection, entry_id: UUID) -> Frame | None:
    """The frame of an entry, None where it has none."""
    row = sql.OF_ENTRY.first(connection, of=entry_id.bytes)
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
