"""Stores what the account service answered on this bench's entries; nothing is ever dropped."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import sqlalchemy as sa

from app.data import entries, tables
from app.data.answers import Answer, seal
from app.data.entries import REJECTED, entry_of
from app.data.folding import refold
from app.data.own import OWN, own_bench
from app.data.statements import Statement
from app.data.sync_states import cursor, set_cursor
from app.domain.journal import GENESIS, Entry
from app.services.ports import PushOutcome

_b: Final = tables.benches
_e: Final = tables.entries
_BATCH: Final = 1_000

_PENDING: Final = Statement(
    entries.FROM_ENTRIES.where(
        _e.c.bench == OWN,
        _e.c.seq > sa.select(_b.c.answered_seq).where(_b.c.key == OWN).scalar_subquery(),
    )
    .order_by(_e.c.seq)
    .limit(sa.bindparam("most"))
)
_REJECTED: Final = Statement(
    sa.select(*entries.COLUMNS, _e.c.outcome_code)
    .join_from(_e, _b, _e.c.bench == _b.c.key)
    .where(_e.c.bench == OWN, _e.c.outcome == sa.literal_column(f"'{REJECTED}'"))
    .order_by(_e.c.seq)
)
_ANSWERED: Final = Statement(sa.update(_b).where(_b.c.key == sa.bindparam("of")), "answered_seq")
_STORED_COLUMNS: Final = (
    _e.c.subject,
    _e.c.hash,
    _e.c.revision,
    _e.c.former_revision,
    _e.c.outcome,
    _e.c.outcome_code,
)
_STORED: Final = Statement(
    sa.select(*_STORED_COLUMNS).where(
        _e.c.bench == sa.bindparam("in_bench"), _e.c.seq == sa.bindparam("place")
    )
)
_NUMBERED: Final = Statement(
    sa.select(_e.c.bench, _e.c.seq, *_STORED_COLUMNS)
    .where(_e.c.revision.is_not(None))
    .limit(_BATCH)
)
_ANSWER: Final = Statement(
    sa.update(_e).where(_e.c.bench == sa.bindparam("in_bench"), _e.c.seq == sa.bindparam("place")),
    "revision",
    "former_revision",
    "outcome",
    "outcome_code",
    "answer_seal",
)
_SHARED: Final = Statement(
    sa.select(_e.c.seq)
    .where(_e.c.subject == sa.bindparam("about"), _e.c.bench != sa.bindparam("own"))
    .limit(1)
)


class Stored(NamedTuple):
    """What is known of an entry besides itself."""

    subject: str
    digest: bytes
    answer: Answer


def pending(connection: sa.Connection, limit: int) -> tuple[Entry, ...]:
    """This bench's entries that the service has not answered, in seq order."""
    return tuple(map(entry_of, _PENDING.all(connection, most=limit)))


def rejected(connection: sa.Connection) -> tuple[tuple[Entry, str], ...]:
    """This bench's entries that the service refused, each with the reason's code."""
    return tuple((entry_of(row), row[-1] or "") for row in _REJECTED.all(connection))


def record_outcomes(connection: sa.Connection, outcomes: Sequence[PushOutcome]) -> None:
    """Store the service's answers, and refold what they touch; said twice is said once."""
    own = own_bench(connection)
    bench, answered = own.key, own.answered
    touched: set[str] = set()
    for outcome in sorted(outcomes, key=lambda each: each.seq):
        stored = stored_at(connection, bench, outcome.seq)
        if stored is None:
            continue  # an answer to what was never asked
        now = _answer_of(outcome)
        if now != stored.answer:
            give(connection, bench, outcome.seq, stored.digest, now)
            if outcome.seq != answered + 1 or _moves(connection, bench, stored, now):
                touched.add(stored.subject)
        if outcome.seq == answered + 1:
            answered += 1
    set_answered(connection, bench, answered)
    for subject in sorted(touched):
        refold(connection, subject)


def set_answered(connection: sa.Connection, bench: int, seq: int) -> None:
    """Everything up to a seq has the service's answer."""
    _ANSWERED.run(connection, of=bench, answered_seq=seq)


def stored_at(connection: sa.Connection, bench: int, seq: int) -> Stored | None:
    """What is known of the entry at a place, None where there is none."""
    row = _STORED.first(connection, in_bench=bench, place=seq)
    return None if row is None else Stored(row[0], row[1], Answer(*row[2:]))


def give(connection: sa.Connection, bench: int, seq: int, digest: bytes, answer: Answer) -> None:
    """Write an answer beside its entry, sealed."""
    _ANSWER.run(
        connection,
        in_bench=bench,
        place=seq,
        revision=answer.revision,
        former_revision=answer.former_revision,
        outcome=answer.outcome,
        outcome_code=answer.code,
        answer_seal=seal(digest, answer),
    )


def start_over(connection: sa.Connection) -> None:
    """Forget every revision of a service that was restored, and push and pull from the start.

    Nothing is refolded: until the new revision comes, the former one keeps each entry's place. What
    the service once rejected stays rejected until it answers again.
    """
    while numbered := _NUMBERED.all(connection):
        for bench, seq, _, digest, revision, _, outcome, code in numbered:
            kept = Answer(None, revision, *((outcome, code) if outcome == REJECTED else ()))
            give(connection, bench, seq, digest, kept)
    set_answered(connection, own_bench(connection).key, 0)
    service, _, _ = cursor(connection)
    set_cursor(connection, service, 0, GENESIS)


def _answer_of(outcome: PushOutcome) -> Answer:
    """An outcome as it is stored; ``known`` is what was answered the first time."""
    said = outcome.outcome
    if said == "known":
        said = "parked" if outcome.code else "accepted"
        if outcome.revision is None:
            said = REJECTED
    return Answer(outcome.revision, None, said, outcome.code)


def _moves(connection: sa.Connection, bench: int, stored: Stored, now: Answer) -> bool:
    """Whether an answer changes the order or the entries that the subject is folded from.

    A subject that only this bench wrote about keeps its order: the service numbers by seq.
    """
    if (now.outcome == REJECTED) != (stored.answer.outcome == REJECTED):
        return True
    return _SHARED.first(connection, about=stored.subject, own=bench) is not None
