"""Repairs: each is read in one statement, its lists as JSON arrays."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_r: Final = tables.repairs


def _listed(table: sa.Table) -> sa.ScalarSelect[str]:
    """A child table's rows of the repair as a JSON array, in their order."""
    columns = [column for column in table.c if column.name not in {"repair", "place"}]
    rows = sa.func.json_group_array(sa.func.json_array(*columns))
    return (
        sa.select(rows.aggregate_order_by(table.c.place))
        .where(table.c.repair == _r.c.id)
        .correlate(_r)
        .scalar_subquery()
    )


_CHILDREN: Final = (
    tables.repair_steps,
    tables.repair_parts,
    tables.repair_notes,
    tables.repair_conflicts,
)
_SCALARS: Final = tuple(column for column in _r.c if column.name != "is_open")
_SELECT: Final = sa.select(*_SCALARS, *map(_listed, _CHILDREN))
_OLDEST_FIRST: Final = _SELECT.order_by(_r.c.opened_at, _r.c.id)
BY_ID: Final = Query(_SELECT.where(_r.c.id == sa.bindparam("of")))
BY_NUMBER: Final = Query(_OLDEST_FIRST.where(_r.c.number == sa.bindparam("of")).limit(1))
OPEN: Final = Query(_OLDEST_FIRST.where(_r.c.is_open == sa.literal_column("1")))
OPEN_OF: Final = Query(_OLDEST_FIRST.where(_r.c.serial == sa.bindparam("of"), _r.c.is_open == 1))
OF_PRODUCT: Final = Query(
    _SELECT.where(_r.c.serial == sa.bindparam("of")).order_by(_r.c.opened_at.desc(), _r.c.id)
)
IN_CONFLICT: Final = Query(
    _OLDEST_FIRST.where(_r.c.id.in_(sa.select(tables.repair_conflicts.c.repair)))
)
HOLDING: Final = Query(
    _OLDEST_FIRST.join(tables.repair_parts, tables.repair_parts.c.repair == _r.c.id)
    .where(tables.repair_parts.c.kgb == sa.bindparam("of"))
    .limit(1)
)
_COLUMNS: Final = tuple(column.name for column in _r.c)
INSERT: Final = Query(sa.insert(_r), *_COLUMNS)
UPDATE: Final = Query(sa.update(_r).where(_r.c.id == sa.bindparam("of")), *_COLUMNS)
DELETE: Final = Query(sa.delete(_r).where(_r.c.id == sa.bindparam("of")))
INSERT_CHILD: Final = {
    table.name: Query(sa.insert(table), *(column.name for column in table.c)) for table in _CHILDREN
}
DELETE_CHILD: Final = {
    table.name: Query(sa.delete(table).where(table.c.repair == sa.bindparam("of")))
    for table in _CHILDREN
}
