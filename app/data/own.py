"""Whose journal this home writes, and where it ends."""

from typing import Final, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from app.data import tables
from app.data.statements import Statement
from app.data.values import as_stored
from app.services.ports import StoreFaultError

_b: Final = tables.benches

OWN: Final = sa.select(tables.own_bench.c.bench).scalar_subquery()
"""This bench's key, within a statement."""

_OWN: Final = Statement(
    sa.select(_b.c.key, _b.c.bench_id, _b.c.head_seq, _b.c.head_hash, _b.c.answered_seq).join_from(
        tables.own_bench, _b, tables.own_bench.c.bench == _b.c.key
    )
)
_SET_HEAD: Final = Statement(
    sa.update(_b).where(_b.c.key == sa.bindparam("of")), "head_seq", "head_hash"
)


class OwnBench(NamedTuple):
    """This bench.

    Attributes:
        key: By which the tables name it.
        bench_id: Its id.
        seq: The place of its newest entry, 0 before the first.
        hash: That entry's hash.
        answered: Up to which place the service has answered.
    """

    key: int
    bench_id: UUID
    seq: int
    hash: str
    answered: int


@as_stored
def own_bench(connection: sa.Connection) -> OwnBench:
    """This bench.

    Raises:
        StoreFaultError: ``corrupt``: the store does not say.
    """
    row = _OWN.first(connection)
    if row is None:
        raise StoreFaultError("corrupt", "the store does not say whose bench it is")
    key, bench_id, seq, digest, answered = row
    return OwnBench(key, UUID(bytes=bench_id), seq, digest.hex(), answered)


def set_head(connection: sa.Connection, bench: int, seq: int, digest: bytes) -> None:
    """Write the newest entry of a bench, in the transaction that writes the entry."""
    _SET_HEAD.run(connection, of=bench, head_seq=seq, head_hash=digest)
