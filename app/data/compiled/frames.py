"""Compiled from `app.data.queries.frames`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

KEEP = Statement(
    """
    INSERT INTO frames (entry_id, device, role, raw, aim, fault, received_at, seq) VALUES
    (:entry_id, :device, :role, :raw, :aim, :fault, :received_at, :seq)
    """,
)

OF_ENTRY = Statement(
    """
    SELECT frames.entry_id, frames.device, frames.role, frames.raw, frames.aim,
    frames.fault, frames.received_at, frames.seq
    FROM frames
    WHERE frames.entry_id = :of
    """,
)
