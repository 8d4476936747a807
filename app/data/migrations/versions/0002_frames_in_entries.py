"""A frame lies in its entry's own row: one page less to encrypt and write for every scan.

The table is made anew, so that a database that was brought up is the same as one that is new.

Revision: 0002
"""

from typing import Any, Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0002"
down_revision: Final = "0001"
branch_labels: Final = None
depends_on: Final = None

_metadata: Final = sa.MetaData()
sa.Table("benches", _metadata, sa.Column("key", sa.Integer, primary_key=True))
_KEPT: Final[tuple[sa.Column[Any], ...]] = (
    sa.Column("bench", sa.Integer, sa.ForeignKey("benches.key"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("id", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.Integer, nullable=False),
    sa.Column("schema", sa.Integer, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.Column("arrival_digest", sa.LargeBinary),
    sa.Column("revision", sa.Integer),
    sa.Column("former_revision", sa.Integer),
    sa.Column("outcome", sa.Text),
    sa.Column("outcome_code", sa.Text),
    sa.Column("answer_seal", sa.LargeBinary),
)
_FRAME: Final[tuple[sa.Column[Any], ...]] = (
    sa.Column("frame_device", sa.Text),
    sa.Column("frame_role", sa.Text),
    sa.Column("frame_raw", sa.LargeBinary),
    sa.Column("frame_aim", sa.Text),
    sa.Column("frame_fault", sa.Text),
    sa.Column("frame_received_at", sa.Integer),
    sa.Column("frame_seq", sa.Integer),
)
_entries: Final = sa.Table(
    "entries",
    _metadata,
    *_KEPT,
    *_FRAME,
    sa.Index("entries_subject", "subject", "revision"),
    sa.Index("entries_rejected", "bench", sqlite_where=sa.text("outcome = 'rejected'")),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
_OLD: Final = "entries_0001"


def upgrade() -> None:
    op.drop_index("entries_subject")
    op.drop_index("entries_rejected")
    op.rename_table("entries", _OLD)
    _entries.create(op.get_bind())
    names = [column.name for column in _KEPT]
    framed = [column.name.removeprefix("frame_") for column in _FRAME]
    old = sa.table(_OLD, *(sa.column(name, sa.Text) for name in names))
    frames = sa.table("frames", *(sa.column(name, sa.Text) for name in ("entry_id", *framed)))
    rows = sa.select(
        *(old.c[name] for name in names), *(frames.c[name] for name in framed)
    ).join_from(old, frames, frames.c.entry_id == old.c.id, isouter=True)
    op.execute(sa.insert(_entries).from_select([*names, *(one.name for one in _FRAME)], rows))
    op.drop_table("frames")
    op.drop_table(_OLD)
