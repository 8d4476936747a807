"""Stores what the account service answered on this bench's entries; nothing is ever dropped."""

from collections.abc import Sequence
from typing import NamedTuple

from app.data import entries
from app.data.answers import REJECTED, Answer, seal
from app.data.compiled import answering as sql
from app.data.driver import Connection
from app.data.entries import entry_of
from app.data.folding import refold
from app.data.own import own_bench
from app.data.register_changes import apply, follow, take_back
from app.data.sync_states import cursor, set_cursor
from app.domain.claims import FITTED
from app.domain.journal import GENESIS, Entry
from app.services.ports import PushOutcome
from app.services.registering import CHANGED


class Stored(NamedTuple):
    """What is known of an entry besides itself."""

    subject: str
    digest: bytes
    answer: Answer
    kind: str


def pending(connection: Connection, limit: int) -> tuple[Entry, ...]:
    """This bench's entries that the service has not answered, in seq order."""
    return tuple(map(entry_of, sql.PENDING.all(connection, most=limit)))


def rejected(connection: Connection) -> tuple[tuple[Entry, str], ...]:
    """This bench's entries that the service refused, each with the reason's code."""
    return tuple((entry_of(row), row[-1] or "") for row in sql.REFUSED.all(connection))


def record_outcomes(connection: Connection, outcomes: Sequence[PushOutcome]) -> None:
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
            if stored.kind == CHANGED:
                _rule_on_change(connection, bench, outcome.seq, stored.answer, now)
        if outcome.seq == answered + 1:
            answered += 1
    set_answered(connection, bench, answered)
    refold(connection, *touched)


def _rule_on_change(
    connection: Connection, bench: int, seq: int, before: Answer, now: Answer
) -> None:
    """A change of a register that the service rejects is taken back.

    One that it takes holds already, unless it had been rejected before.
    """
    was, is_now = (answer.outcome == REJECTED for answer in (before, now))
    entry = entries.at(connection, bench, seq) if was is not is_now else None
    if entry is None:
        return
    if is_now:
        take_back(connection, entry)
    else:
        apply(connection, entry)
        follow(connection, entry.subject, now.revision or 0)


def set_answered(connection: Connection, bench: int, seq: int) -> None:
    """Everything up to a seq has the service's answer."""
    sql.ANSWERED.run(connection, of=bench, answered_seq=seq)


def stored_at(connection: Connection, bench: int, seq: int) -> Stored | None:
    """What is known of the entry at a place, None where there is none."""
    row = sql.STORED.first(connection, in_bench=bench, place=seq)
    return None if row is None else Stored(row[0], row[1], Answer(*row[2:6]), row[6])


def give(connection: Connection, bench: int, seq: int, digest: bytes, answer: Answer) -> None:
    """Write an answer beside its entry, sealed."""
    sql.ANSWER.run(
        connection,
        in_bench=bench,
        place=seq,
        revision=answer.revision,
        former_revision=answer.former_revision,
        outcome=answer.outcome,
        outcome_code=answer.code,
        answer_seal=seal(digest, answer),
    )


def start_over(connection: Connection) -> None:
    """Forget every revision of a service that was restored, and push and pull from the start.

    Nothing is refolded: until the new revision comes, the former one keeps each entry's place. What
    the service once rejected stays rejected until it answers again.
    """
    while numbered := sql.NUMBERED.all(connection):
        for bench, seq, _, digest, revision, _, outcome, code, _ in numbered:
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


def _moves(connection: Connection, bench: int, stored: Stored, now: Answer) -> bool:
    """Whether an answer changes the order or the entries that the subject is folded from.

    A subject that only this bench wrote about keeps its order: the service numbers by seq. A part's
    claim has its place among those of other repairs.
    """
    if (now.outcome == REJECTED) != (stored.answer.outcome == REJECTED) or stored.kind == FITTED:
        return True
    return sql.SHARED.first(connection, about=stored.subject, own=bench) is not None
