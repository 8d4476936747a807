"""The benches' entries as they were stored, and the statuses that they moved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from account_service.contract import StoredOutcome
from account_service.store.tables import ENTRY, SUBJECT_STATUS

_ORGANISATION: Final[BindParameter[str]] = bindparam("organisation")
_STORED: Final = (
    select(ENTRY.c.seq, ENTRY.c.hash, ENTRY.c.outcome, ENTRY.c.code, ENTRY.c.revision)
    .where(
        ENTRY.c.organisation_id == _ORGANISATION,
        ENTRY.c.bench_id == bindparam("bench"),
        ENTRY.c.seq.between(bindparam("first"), bindparam("last")),
    )
    .order_by(ENTRY.c.seq)
)
_TAKEN: Final = select(ENTRY.c.entry_id).where(
    ENTRY.c.organisation_id == _ORGANISATION, ENTRY.c.entry_id.in_(bindparam("ids", expanding=True))
)
_INSERT: Final = insert(ENTRY)
_STATUSES: Final = select(SUBJECT_STATUS.c.subject, SUBJECT_STATUS.c.status).where(
    SUBJECT_STATUS.c.organisation_id == _ORGANISATION,
    SUBJECT_STATUS.c.subject.in_(bindparam("subjects", expanding=True)),
)
_ALL_STATUSES: Final = (
    select(SUBJECT_STATUS.c.subject, SUBJECT_STATUS.c.status)
    .where(SUBJECT_STATUS.c.organisation_id == _ORGANISATION)
    .order_by(SUBJECT_STATUS.c.subject)
)
_INSERT_STATUS: Final = insert(SUBJECT_STATUS)
_UPDATE_STATUS: Final = (
    update(SUBJECT_STATUS)
    .where(
        SUBJECT_STATUS.c.organisation_id == _ORGANISATION,
        SUBJECT_STATUS.c.subject == bindparam("moved"),
    )
    .values(status=bindparam("new_status"))
)
_REPORT: Final = (
    select(
        ENTRY.c.bench_id,
        ENTRY.c.seq,
        ENTRY.c.outcome,
        ENTRY.c.code,
        ENTRY.c.revision,
        ENTRY.c.hash,
        ENTRY.c.canonical,
        ENTRY.c.received_at,
    )
    .where(ENTRY.c.organisation_id == _ORGANISATION)
    .order_by(ENTRY.c.received_at, ENTRY.c.bench_id, ENTRY.c.seq)
)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """What was answered to an entry when it was stored."""

    seq: int
    hash: str
    outcome: StoredOutcome
    code: str | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that is about to be stored.

    Attributes:
        seq: Its place in the bench's journal.
        entry_id: Its id, None where it is rejected.
        outcome: ``accepted``, ``parked`` or ``rejected``.
        code: Why it is not accepted.
        revision: Its place in the log, None where it is rejected.
        chain: The log's chain at that place.
        hash: Its own hash.
        canonical: The bytes that the hash covers.
    """

    seq: int
    entry_id: str | None
    outcome: StoredOutcome
    code: str | None
    revision: int | None
    chain: str | None
    hash: str
    canonical: bytes


@dataclass(frozen=True, slots=True)
class ReportedEntry:
    """A stored entry with everything that is known of it, for the operator."""

    bench_id: str
    seq: int
    outcome: StoredOutcome
    code: str | None
    revision: int | None
    hash: str
    canonical: bytes
    received_at: str


def stored(
    connection: Connection, organisation_id: str, bench_id: str, first: int, last: int
) -> list[StoredEntry]:
    """A bench's entries from one place to another, both included."""
    rows = connection.execute(
        _STORED, {"organisation": organisation_id, "bench": bench_id, "first": first, "last": last}
    )
    return [StoredEntry(*row) for row in rows]


def taken(connection: Connection, organisation_id: str, ids: Collection[str]) -> set[str]:
    """Those of these entry ids that the organisation has already."""
    if not ids:
        return set()
    return set(
        connection.execute(_TAKEN, {"organisation": organisation_id, "ids": list(ids)}).scalars()
    )


def add_all(
    connection: Connection,
    organisation_id: str,
    bench_id: str,
    new: Iterable[NewEntry],
    received_at: str,
) -> None:
    """Store a bench's new entries, at least one."""
    rows = [
        {
            "organisation_id": organisation_id,
            "bench_id": bench_id,
            "seq": entry.seq,
            "entry_id": entry.entry_id,
            "outcome": entry.outcome,
            "code": entry.code,
            "revision": entry.revision,
            "chain": entry.chain,
            "hash": entry.hash,
            "canonical": entry.canonical,
            "received_at": received_at,
        }
        for entry in new
    ]
    connection.execute(_INSERT, rows)


def statuses(
    connection: Connection, organisation_id: str, subjects: Collection[str]
) -> dict[str, str]:
    """The statuses of those of these subjects that have one."""
    if not subjects:
        return {}
    rows = connection.execute(
        _STATUSES, {"organisation": organisation_id, "subjects": list(subjects)}
    )
    return dict(rows.all())


def set_statuses(
    connection: Connection,
    organisation_id: str,
    *,
    new: Mapping[str, str],
    moved: Mapping[str, str],
) -> None:
    """Give subjects their first status, and move others on."""
    if new:
        connection.execute(
            _INSERT_STATUS,
            [
                {"organisation_id": organisation_id, "subject": subject, "status": new[subject]}
                for subject in new
            ],
        )
    if moved:
        connection.execute(
            _UPDATE_STATUS,
            [
                {"organisation": organisation_id, "moved": subject, "new_status": moved[subject]}
                for subject in moved
            ],
        )


def report(connection: Connection, organisation_id: str) -> Iterable[ReportedEntry]:
    """Every entry of an organisation in the order in which they came, read as asked for."""
    rows = connection.execution_options(yield_per=200).execute(
        _REPORT, {"organisation": organisation_id}
    )
    return (ReportedEntry(*row) for row in rows)


def all_statuses(connection: Connection, organisation_id: str) -> dict[str, str]:
    """The status of every subject that has one."""
    rows = connection.execute(_ALL_STATUSES, {"organisation": organisation_id})
    return dict(rows.all())
