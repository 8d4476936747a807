"""Whose journal this home writes, and where it ends."""

from typing import NamedTuple
from uuid import UUID

from app.data.compiled import own as sql
from app.data.driver import Connection
from app.data.values import as_stored
from app.services.ports import StoreFaultError


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
def own_bench(connection: Connection) -> OwnBench:
    """This bench.

    Raises:
        StoreFaultError: ``corrupt``: the store does not say.
    """
    row = sql.BENCH.first(connection)
    if row is None:
        raise StoreFaultError("corrupt", "the store does not say whose bench it is")
    key, bench_id, seq, digest, answered = row
    return OwnBench(key, UUID(bytes=bench_id), seq, digest.hex(), answered)


def set_head(connection: Connection, bench: int, seq: int, digest: bytes) -> None:
    """Write the newest entry of a bench, in the transaction that writes the entry."""
    sql.SET_HEAD.run(connection, of=bench, head_seq=seq, head_hash=digest)
