"""What all tables of the local store are made with."""

from typing import Final

import sqlalchemy as sa
from sqlalchemy.schema import SchemaItem

metadata: Final = sa.MetaData()


def table(name: str, *columns: SchemaItem, rowid: bool = True) -> sa.Table:
    """A strict table."""
    return sa.Table(name, metadata, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


def text(name: str) -> sa.Column[str]:
    """A column of text that is never null."""
    return sa.Column(name, sa.Text, nullable=False, server_default="")
