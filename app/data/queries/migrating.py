"""Which schema a database has."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_master: Final = sa.table("sqlite_master", sa.column("type", sa.Text), sa.column("name", sa.Text))
IS_OURS: Final = Query(
    sa.select(_master.c.name).where(
        _master.c.type == "table", _master.c.name == tables.schema_version.name
    )
)
VERSION: Final = Query(sa.select(tables.schema_version.c.version_num))
