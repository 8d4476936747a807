"""Frames that the store could not take before the program ended, for the next start.

They come back without their context (nobody is signed in then), so they are recorded and change
nothing.
"""

import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from app.domain.frames import DeviceRole, Frame, FrameFault
from app.domain.journal import instant_of, instant_text


def keep_frames(path: Path, frames: Sequence[Frame]) -> None:
    """Add frames to the file, durably; only the owner may read it.

    Raises:
        OSError: The file cannot be written.
    """
    owner_only = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(owner_only, "a", encoding="utf-8") as stream:
        stream.write("\n")  # what a power cut left half written ends here
        for frame in frames:
            row = {
                "device": frame.device,
                "role": frame.role.value,
                "raw_hex": frame.raw.hex(),
                "received_at": instant_text(frame.received_at),
                "seq": frame.seq,
                "aim": frame.aim,
                "fault": frame.fault.value if frame.fault is not None else None,
            }
            stream.write(json.dumps(row) + "\n")
        stream.flush()
        os.fsync(stream.fileno())


def kept_frames(path: Path) -> Iterator[Frame]:
    """The frames of the file; a line that a power cut left half written is passed over."""
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            yield _frame(json.loads(line))
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            continue


def take_frames(path: Path) -> tuple[Frame, ...]:
    """The frames to record again; they stay on the disk, aside, until `forget_taken`.

    Raises:
        OSError: The files cannot be read or moved; nothing is lost.
    """
    aside = _aside(path)
    if path.exists():
        with os.fdopen(os.open(aside, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as out:
            out.write(b"\n" + path.read_bytes())
            out.flush()
            os.fsync(out.fileno())
        path.unlink()
    return tuple(kept_frames(aside))


def forget_taken(path: Path) -> None:
    """What was taken is in the journal now."""
    _aside(path).unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.with_suffix(".taken")


def _frame(row: dict[str, Any]) -> Frame:
    return Frame(
        device=str(row["device"]),
        role=DeviceRole(row["role"]),
        raw=bytes.fromhex(row["raw_hex"]),
        received_at=instant_of(row["received_at"]),
        seq=int(row["seq"]),
        aim=str(row["aim"]) if row["aim"] is not None else None,
        fault=FrameFault(row["fault"]) if row["fault"] is not None else None,
    )
