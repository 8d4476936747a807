"""Codes that an operator gives out, and the benches that come with them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from account_service.clock import instant_text
from account_service.contract import Enrolled, EnrolRequest, Organisation
from account_service.errors import ForbiddenError, NotFoundError
from account_service.services.secrecy import RandomBytes, new_code, new_token, read_code, read_token
from account_service.store import benches, organisations
from account_service.store.benches import BenchRow
from account_service.store.database import Database


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A fresh enrolment code; it is shown here and never again.

    Attributes:
        code: As people see it.
        expires_at: UTC, as the service writes instants.
    """

    code: str
    expires_at: str


def issue_code(
    database: Database,
    organisation_id: str,
    *,
    valid: timedelta,
    now: datetime,
    random: RandomBytes,
) -> IssuedCode:
    """Make a one-time enrolment code.

    Raises:
        NotFoundError: ``organisation_unknown``.
        StoreError: The database could not keep it.
    """
    code = new_code(organisation_id, random)
    read = read_code(code)
    if read is None:
        raise NotFoundError("organisation_unknown")
    expires_at = instant_text(now + valid)
    with database.writing() as connection:
        if organisations.locked(connection, organisation_id) is None:
            raise NotFoundError("organisation_unknown")
        benches.add_code(connection, organisation_id, read[1], instant_text(now), expires_at)
    return IssuedCode(code, expires_at)


def enrol(
    database: Database, request: EnrolRequest, *, now: datetime, random: RandomBytes
) -> Enrolled:
    """Spend a code and give the bench a token.

    A bench that comes again keeps its journal and loses its older tokens.

    Raises:
        ForbiddenError: ``code_unknown``, ``code_used`` or ``code_expired``.
        StoreError: The database could not do it; the code is not spent.
    """
    read = read_code(request.code)
    if read is None:
        raise ForbiddenError("code_unknown")
    organisation_id, code_hash = read
    at = instant_text(now)
    token = new_token(organisation_id, random)
    with database.writing() as connection:
        organisation = organisations.locked(connection, organisation_id)
        code = benches.code(connection, organisation_id, code_hash)
        if organisation is None or code is None:
            raise ForbiddenError("code_unknown")
        if code.used_at is not None:
            raise ForbiddenError("code_used")
        if code.expires_at <= at:
            raise ForbiddenError("code_expired")
        benches.use_code(connection, organisation_id, code_hash, request.bench_id, at)
        benches.enrol(connection, organisation_id, request.bench_id, request.name, at)
        benches.add_token(connection, organisation_id, request.bench_id, token_hash(token), at)
    return Enrolled(
        token=token,
        organisation=Organisation(organisation_id, organisation.name),
        bench_id=request.bench_id,
    )


def token_hash(token: str) -> str:
    """What is kept of a token that `new_token` made."""
    read = read_token(token)
    if read is None:
        raise ValueError("not a token")
    return read[1]


def list_benches(database: Database, organisation_id: str) -> list[BenchRow]:
    """An organisation's benches by name."""
    with database.reading() as connection:
        return benches.everyone(connection, organisation_id)


def revoke(database: Database, organisation_id: str, bench_id: str, now: datetime) -> None:
    """Shut a bench out; what it pushed stays, and a new code lets it in again.

    Raises:
        NotFoundError: ``bench_unknown``.
        StoreError: The database could not do it.
    """
    with database.writing() as connection:
        organisations.locked(connection, organisation_id)
        if benches.one(connection, organisation_id, bench_id) is None:
            raise NotFoundError("bench_unknown")
        benches.revoke(connection, organisation_id, bench_id, instant_text(now))
