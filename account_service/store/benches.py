"""Benches, their tokens and their enrolment codes; only hashes of the last two are kept."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from account_service.contract import GENESIS
from account_service.store.tables import BENCH, BENCH_TOKEN, ENROLMENT_CODE

_ORGANISATION: Final[BindParameter[str]] = bindparam("organisation")
_BENCH: Final[BindParameter[str]] = bindparam("bench")
_THIS_BENCH: Final = (BENCH.c.organisation_id == _ORGANISATION) & (BENCH.c.bench_id == _BENCH)
_BENCH_COLUMNS: Final = select(
    BENCH.c.bench_id,
    BENCH.c.name,
    BENCH.c.enrolled_at,
    BENCH.c.revoked_at,
    BENCH.c.last_seq,
    BENCH.c.last_hash,
)
_ONE: Final = _BENCH_COLUMNS.where(_THIS_BENCH)
_ALL: Final = _BENCH_COLUMNS.where(BENCH.c.organisation_id == _ORGANISATION).order_by(
    BENCH.c.name, BENCH.c.bench_id
)
_ENROL_AGAIN: Final = (
    update(BENCH)
    .where(_THIS_BENCH)
    .values(name=bindparam("new_name"), enrolled_at=bindparam("at"), revoked_at=None)
)
_REVOKE: Final = update(BENCH).where(_THIS_BENCH).values(revoked_at=bindparam("at"))
_ADVANCE: Final = (
    update(BENCH)
    .where(_THIS_BENCH)
    .values(last_seq=bindparam("new_seq"), last_hash=bindparam("new_hash"))
)
_TOKEN: Final = (
    select(BENCH_TOKEN.c.revoked_at.label("token_revoked_at"), *_BENCH_COLUMNS.selected_columns)
    .join_from(BENCH_TOKEN, BENCH)
    .where(
        BENCH_TOKEN.c.organisation_id == _ORGANISATION,
        BENCH_TOKEN.c.token_hash == bindparam("hashed"),
    )
)
_REVOKE_TOKENS: Final = (
    update(BENCH_TOKEN)
    .where(
        BENCH_TOKEN.c.organisation_id == _ORGANISATION,
        BENCH_TOKEN.c.bench_id == _BENCH,
        BENCH_TOKEN.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)
_THIS_CODE: Final = (ENROLMENT_CODE.c.organisation_id == _ORGANISATION) & (
    ENROLMENT_CODE.c.code_hash == bindparam("hashed")
)
_CODE: Final = select(ENROLMENT_CODE.c.expires_at, ENROLMENT_CODE.c.used_at).where(_THIS_CODE)
_USE_CODE: Final = (
    update(ENROLMENT_CODE)
    .where(_THIS_CODE)
    .values(used_at=bindparam("at"), used_by=bindparam("bench"))
)


@dataclass(frozen=True, slots=True)
class BenchRow:
    """A bench and the end of its pushed journal; ``last_seq`` is 0 before its first entry."""

    bench_id: str
    name: str
    enrolled_at: str
    revoked_at: str | None
    last_seq: int
    last_hash: str


@dataclass(frozen=True, slots=True)
class TokenRow:
    """Whose token it is, and since when it is revoked."""

    bench: BenchRow
    revoked_at: str | None


@dataclass(frozen=True, slots=True)
class CodeRow:
    """When a code ends, and when it was used."""

    expires_at: str
    used_at: str | None


def one(connection: Connection, organisation_id: str, bench_id: str) -> BenchRow | None:
    """Read a bench."""
    row = connection.execute(
        _ONE, {"organisation": organisation_id, "bench": bench_id}
    ).one_or_none()
    return None if row is None else BenchRow(*row)


def everyone(connection: Connection, organisation_id: str) -> list[BenchRow]:
    """An organisation's benches by name."""
    return [BenchRow(*row) for row in connection.execute(_ALL, {"organisation": organisation_id})]


def enrol(connection: Connection, organisation_id: str, bench_id: str, name: str, at: str) -> None:
    """Add a bench, or let a known one in again: its journal goes on, its older tokens end."""
    if one(connection, organisation_id, bench_id) is None:
        connection.execute(
            insert(BENCH),
            {
                "organisation_id": organisation_id,
                "bench_id": bench_id,
                "name": name,
                "enrolled_at": at,
                "last_seq": 0,
                "last_hash": GENESIS,
            },
        )
        return
    here = {"organisation": organisation_id, "bench": bench_id, "at": at}
    connection.execute(_ENROL_AGAIN, {**here, "new_name": name})
    connection.execute(_REVOKE_TOKENS, here)


def revoke(connection: Connection, organisation_id: str, bench_id: str, at: str) -> None:
    """Shut a bench out: every token of it is revoked."""
    here = {"organisation": organisation_id, "bench": bench_id, "at": at}
    connection.execute(_REVOKE, here)
    connection.execute(_REVOKE_TOKENS, here)


def advance(
    connection: Connection, organisation_id: str, bench_id: str, seq: int, entry_hash: str
) -> None:
    """Set the end of a bench's pushed journal."""
    connection.execute(
        _ADVANCE,
        {
            "organisation": organisation_id,
            "bench": bench_id,
            "new_seq": seq,
            "new_hash": entry_hash,
        },
    )


def add_token(
    connection: Connection, organisation_id: str, bench_id: str, token_hash: str, at: str
) -> None:
    """Keep the hash of a token that is being given out."""
    connection.execute(
        insert(BENCH_TOKEN),
        {
            "organisation_id": organisation_id,
            "token_hash": token_hash,
            "bench_id": bench_id,
            "issued_at": at,
        },
    )


def token(connection: Connection, organisation_id: str, token_hash: str) -> TokenRow | None:
    """Find a token by its hash; the comparison tells a guesser nothing about the token itself."""
    row = connection.execute(
        _TOKEN, {"organisation": organisation_id, "hashed": token_hash}
    ).one_or_none()
    if row is None:
        return None
    revoked_at, *bench = row
    return TokenRow(BenchRow(*bench), revoked_at)


def add_code(
    connection: Connection, organisation_id: str, code_hash: str, at: str, expires_at: str
) -> None:
    """Keep the hash of an enrolment code that is being given out."""
    connection.execute(
        insert(ENROLMENT_CODE),
        {
            "organisation_id": organisation_id,
            "code_hash": code_hash,
            "created_at": at,
            "expires_at": expires_at,
        },
    )


def code(connection: Connection, organisation_id: str, code_hash: str) -> CodeRow | None:
    """Find an enrolment code by its hash."""
    row = connection.execute(
        _CODE, {"organisation": organisation_id, "hashed": code_hash}
    ).one_or_none()
    return None if row is None else CodeRow(*row)


def use_code(
    connection: Connection, organisation_id: str, code_hash: str, bench_id: str, at: str
) -> None:
    """Spend an enrolment code."""
    connection.execute(
        _USE_CODE,
        {"organisation": organisation_id, "hashed": code_hash, "bench": bench_id, "at": at},
    )
