"""Raw frames: the bytes of a device, in the row of the entry that tells their meaning."""

from typing import Any
from uuid import UUID

from app.data.compiled import frames as sql
from app.data.driver import Connection
from app.data.values import as_stored, instant, micros
from app.domain.frames import DeviceRole, Frame, FrameFault


def frame_columns(frame: Frame) -> dict[str, object]:
    """A frame as its columns in the row of its entry."""
    return {
        "frame_device": frame.device,
        "frame_role": frame.role.value,
        "frame_raw": frame.raw,
        "frame_aim": frame.aim,
        "frame_fault": frame.fault and frame.fault.value,
        "frame_received_at": micros(frame.received_at),
        "frame_seq": frame.seq,
    }


def frame_of(connection: Connection, entry_id: UUID) -> Frame | None:
    """The frame of an entry, None where it has none."""
    row = sql.OF_ENTRY.first(connection, of=entry_id.bytes)
    return None if row is None else _frame_of(row)


@as_stored
def _frame_of(row: tuple[Any, ...]) -> Frame:
    device, role, raw, aim, fault, received_at, seq = row
    return Frame(
        device=device,
        role=DeviceRole(role),
        raw=raw,
        received_at=instant(received_at),
        seq=seq,
        aim=aim,
        fault=fault and FrameFault(fault),
    )
