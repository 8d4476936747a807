"""Who is calling: a bench, known by its token."""

from dataclasses import dataclass

from account_service.errors import NotSignedInError
from account_service.services.secrecy import read_token
from account_service.store import benches
from account_service.store.benches import BenchRow
from account_service.store.database import Connection, Database


@dataclass(frozen=True, slots=True)
class Caller:
    """A bench that showed a valid token.

    Attributes:
        organisation_id: Whose data it may reach; nobody else's.
        bench_id: Which bench.
        token_hash: What it showed, to ask again once the organisation is locked.
    """

    organisation_id: str
    bench_id: str
    token_hash: str


def caller_of(database: Database, token: str) -> Caller:
    """Recognise a token.

    Raises:
        NotSignedInError: ``token_unknown`` or ``token_revoked``.
        StoreError: The database could not answer.
    """
    read = read_token(token)
    if read is None:
        raise NotSignedInError("token_unknown")
    organisation_id, token_hash = read
    with database.reading() as connection:
        bench = bench_of(connection, organisation_id, token_hash)
    return Caller(organisation_id, bench.bench_id, token_hash)


def bench_of(connection: Connection, organisation_id: str, token_hash: str) -> BenchRow:
    """The bench that holds a token, which a transaction asks again once it has its turn.

    Raises:
        NotSignedInError: ``token_unknown`` or ``token_revoked``.
    """
    row = benches.token(connection, organisation_id, token_hash)
    if row is None:
        raise NotSignedInError("token_unknown")
    if row.revoked_at is not None:
        raise NotSignedInError("token_revoked")
    return row.bench
