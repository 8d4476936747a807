"""The tables beside the products that lie over the base (docs/adr/0018)."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy import event

from app.data.table_kinds import metadata, table

asset_numbers: Final = table(
    "asset_numbers",  # by which the index over the texts knows a product
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("serial", sa.Text, nullable=False, unique=True),
)
asset_counts: Final = table(
    "asset_counts",  # what the rows of `assets` add to the base's counts, and what they hide
    sa.Column("family", sa.Text, primary_key=True),
    sa.Column("maker", sa.Text, primary_key=True),  # Apple's, not told, or others
    sa.Column("ownership", sa.Text, primary_key=True),
    sa.Column("proven", sa.Integer, primary_key=True),
    sa.Column("leased_until", sa.Text, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("hidden", sa.Integer, nullable=False),  # the base's own, under a row or a tombstone
    rowid=False,
)
register_base: Final = table(
    # The file that most products lie in, where there is one (docs/adr/0018). The rows of `assets`
    # lie over it, but for those up to its epoch, which it holds.
    "register_base",
    sa.Column("one", sa.Integer, primary_key=True, server_default="1"),
    sa.CheckConstraint("one = 1"),
    sa.Column("file", sa.Text, nullable=False, server_default=""),
    sa.Column("size", sa.Integer, nullable=False, server_default="0"),
    sa.Column("rows", sa.Integer, nullable=False, server_default="0"),
    sa.Column("made_at", sa.Integer, nullable=False, server_default="0"),
    sa.Column("upto", sa.Integer, nullable=False, server_default="0"),
    sa.Column("epoch", sa.Integer, nullable=False, server_default="1"),
)
FIRST_BASE: Final = "INSERT INTO register_base DEFAULT VALUES"
"""No file yet, and the first epoch."""
ASSET_WORDS: Final = """
CREATE VIRTUAL TABLE asset_words USING fts5(
serial, model, holder, tag, department,
content='', contentless_delete=1, detail=none, tokenize='trigram')
"""
"""The index over the texts of `assets`: which have three characters in a row."""
for _statement in (FIRST_BASE, ASSET_WORDS):
    event.listen(metadata, "after_create", sa.DDL(_statement))
