"""Whose journal this home writes, and where it ends."""

from typing import Final

import sqlalchemy as sa

from app.data import tables
from app.data.queries.query import Query

_b: Final = tables.benches
OWN: Final = sa.select(tables.own_bench.c.bench).scalar_subquery()
"""This bench's key, within a statement."""
BENCH: Final = Query(
    sa.select(_b.c.key, _b.c.bench_id, _b.c.head_seq, _b.c.head_hash, _b.c.answered_seq).join_from(
        tables.own_bench, _b, tables.own_bench.c.bench == _b.c.key
    )
)
SET_HEAD: Final = Query(
    sa.update(_b).where(_b.c.key == sa.bindparam("of")), "head_seq", "head_hash"
)
