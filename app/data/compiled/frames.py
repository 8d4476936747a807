"""Compiled from `app.data.queries.frames`; ``python -m app.data.queries`` writes it."""

from app.data.statements import Statement

OF_ENTRY = Statement(
    """
    SELECT entries.frame_device, entries.frame_role, entries.frame_raw, entries.frame_aim,
    entries.frame_fault, entries.frame_received_at, entries.frame_seq
    FROM entries
    WHERE entries.id = :of AND entries.frame_device IS NOT NULL
    """,
)
