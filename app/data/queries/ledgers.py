"""What recalls go back over: a row for each entry of a kind."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.entries import FROM_ENTRIES
from app.data.queries.query import Query
from app.domain.esd_readings import MEASURED
from app.domain.taken_back import CITES

_e: Final = tables.entries
_r: Final = tables.esd_readings
_t: Final = tables.taken_back
_KINDS: Final = sa.func.json_each(sa.bindparam("kinds")).table_valued("value")

ADD_READING: Final = Query(sa.insert(_r), *(column.name for column in _r.c))
ADD_TAKEN_BACK: Final = Query(sa.insert(_t), *(column.name for column in _t.c))
FORGET_READING: Final = Query(
    sa.delete(_r).where(
        _r.c.person_id == sa.bindparam("of_person"),
        _r.c.measured_at == sa.bindparam("of_moment"),
        _r.c.entry_id == sa.bindparam("of"),
    )
)
FORGET_TAKEN_BACK: Final = Query(sa.delete(_t).where(_t.c.entry_id == sa.bindparam("of")))
TOLD: Final = Query(
    FROM_ENTRIES.where(
        _e.c.kind.in_([sa.literal_column(f"'{kind}'") for kind in (MEASURED, *CITES)])
    )
)
