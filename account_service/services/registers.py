"""Registers: rows that come down to every bench, each change with a revision of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final, get_args

from account_service.contract import Register, RegisterRow
from account_service.errors import MalformedError, NotFoundError, TooLargeError
from account_service.services.canonical import canonical_json, next_chain, row_digest
from account_service.store import organisations, registers
from account_service.store.database import Database
from account_service.store.registers import RowVersion

REGISTERS: Final[frozenset[str]] = frozenset(get_args(Register))
MAX_ROWS: Final = 500
"""Rows in one transaction: few enough that a bench's push need not wait long for an import."""
MAX_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class RowsPut:
    """What putting rows did."""

    accepted: int
    updated: int
    unchanged: int


def fault_of(register: str, key: str, value: Mapping[str, Any] | None) -> str | None:
    """The code of what is wrong with a row, None where nothing is."""
    if register not in REGISTERS:
        return "register_unknown"
    if not 0 < len(key) <= MAX_KEY or not key.isprintable():
        return "key_invalid"
    try:
        row_digest(register, key, value)
    except MalformedError as error:
        return error.code
    return None


def put_rows(database: Database, organisation_id: str, rows: Sequence[RegisterRow]) -> RowsPut:
    """Put up to 500 rows into the log, in their order, in one transaction.

    The caller has asked `fault_of` about each of them.

    A row that is as it was gets no new revision. A null value takes the row away (a tombstone); a
    tombstone for a row that never was is unchanged.

    Raises:
        TooLargeError: ``too_many_rows``.
        NotFoundError: ``organisation_unknown``.
        StoreError: The database could not do it; nothing is stored.
    """
    if len(rows) > MAX_ROWS:
        raise TooLargeError("too_many_rows")
    with database.writing() as connection:
        end = organisations.locked(connection, organisation_id)
        if end is None:
            raise NotFoundError("organisation_unknown")
        before = {
            (register, key): digest
            for register, keys in _by_register(rows)
            for key, digest in registers.digests(
                connection, organisation_id, register, keys
            ).items()
        }
        versions = _versions(rows, before, end.revision, end.chain)
        latest = {(version.register, version.key): version for version in versions}
        new = {place: latest[place] for place in latest if place not in before}
        changed = {place: latest[place] for place in latest if place in before}
        registers.add_versions(connection, organisation_id, versions)
        registers.set_rows(connection, organisation_id, new=new, changed=changed)
        if versions:
            organisations.advance(
                connection, organisation_id, versions[-1].revision, versions[-1].chain
            )
    accepted = len(new)
    return RowsPut(accepted, len(versions) - accepted, len(rows) - len(versions))


def _by_register(rows: Iterable[RegisterRow]) -> Iterable[tuple[str, list[str]]]:
    places = sorted({(row.register, row.key) for row in rows})
    for register, group in groupby(places, key=lambda place: place[0]):
        yield register, [key for _, key in group]


def _versions(
    rows: Iterable[RegisterRow], before: Mapping[tuple[str, str], str], revision: int, chain: str
) -> list[RowVersion]:
    digests: dict[tuple[str, str], str] = dict(before)
    versions: list[RowVersion] = []
    for row in rows:
        place, digest = (row.register, row.key), row_digest(row.register, row.key, row.value)
        if digests.get(place) == digest or (row.value is None and place not in digests):
            continue
        digests[place] = digest
        revision, chain = revision + 1, next_chain(chain, digest)
        value = None if row.value is None else canonical_json(row.value)
        versions.append(RowVersion(revision, chain, row.register, row.key, value, digest))
    return versions
