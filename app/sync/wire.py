"""The service's answers: decoded strictly, bounded, and turned into what the bench speaks.

Keys that a newer service adds are ignored; what this version needs must be there, of its type and
within its bounds, or the whole answer is nonsense.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final, Literal, TypeAlias, TypeVar
from uuid import UUID

import msgspec

from app.domain.journal import (
    MAX_INTEGER,
    Entry,
    EntryInvalidError,
    canonical_form,
    canonical_json,
    instant_of,
    instant_text,
)
from app.services.ports import PushOutcome, RegisterRow
from app.sync.errors import SyncFaultError

MAX_NAME: Final = 1000
Digest: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}\\Z")]
Seq: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]
Revision: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MAX_INTEGER)]
Place: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]
Code: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[a-z0-9_]{1,64}\\Z")]
Name: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]
Token: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[!-~]{16,1024}\\Z")]


class _Outcome(msgspec.Struct, frozen=True):
    id: str
    seq: Seq
    outcome: Literal["accepted", "known", "parked", "rejected"]
    revision: Place | None
    code: Code | None
    stored: Literal["accepted", "parked", "rejected"] | None


class _Pushed(msgspec.Struct, frozen=True):
    outcomes: Annotated[list[_Outcome], msgspec.Meta(max_length=1000)]
    revision: Revision
    chain: Digest
    durable_revision: Revision


class _Entry(msgspec.Struct, frozen=True):
    actor: str
    bench_id: str
    id: str
    kind: str
    payload: dict[str, Any]
    recorded_at: str
    schema: Annotated[int, msgspec.Meta(ge=1, le=MAX_INTEGER)]
    seq: Seq
    subject: str
    hash: Digest


class _Row(msgspec.Struct, frozen=True):
    register: str
    key: str
    value: dict[str, Any] | None


class _Item(msgspec.Struct, frozen=True):
    revision: Place
    chain: Digest
    entry: _Entry | None = None
    row: _Row | None = None


class _Page(msgspec.Struct, frozen=True):
    items: Annotated[list[_Item], msgspec.Meta(max_length=1000)]
    revision: Revision
    chain: Digest
    more: bool
    durable_revision: Revision


class _Organisation(msgspec.Struct, frozen=True):
    id: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    name: Name


class _Enrolled(msgspec.Struct, frozen=True):
    token: Token
    organisation: _Organisation
    bench_id: str


class _Problem(msgspec.Struct, frozen=True):
    code: Code
    seq: Seq | None = None
    expected_seq: Seq | None = None


@dataclass(frozen=True, slots=True)
class Pushed:
    """The service's answer to a batch.

    Attributes:
        outcomes: One for each entry of the batch, in its order.
        durable_revision: Up to here the service has a copy elsewhere.
    """

    outcomes: tuple[PushOutcome, ...]
    durable_revision: int


@dataclass(frozen=True, slots=True)
class WireItem:
    """One revision of the service's log, and the bytes that its digest comes from.

    Attributes:
        revision: Its place.
        chain: The log's chain after it, as the service claims.
        content: An entry, which carries its revision, or a register's row.
        canonical: The entry's or the row's canonical form.
    """

    revision: int
    chain: str
    content: Entry | RegisterRow
    canonical: bytes


@dataclass(frozen=True, slots=True)
class WirePage:
    """A page of the log as the service claims it: decoded, not yet proved.

    Attributes:
        items: In the order they came.
        revision: The cursor to ask with next.
        chain: The chain there.
        more: Whether the log goes on.
    """

    items: tuple[WireItem, ...]
    revision: int
    chain: str
    more: bool


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a bench gets for an enrolment code; the token is shown only this once."""

    token: str
    organisation_id: str
    organisation_name: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the service did not do what it was asked."""

    code: str
    seq: int | None
    expected_seq: int | None


_T = TypeVar("_T")
_PUSHED: Final = msgspec.json.Decoder(_Pushed)
_PAGE: Final = msgspec.json.Decoder(_Page)
_ENROLLED: Final = msgspec.json.Decoder(_Enrolled)
_PROBLEM: Final = msgspec.json.Decoder(_Problem)
_LOWER_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def nonsense(reason: str) -> SyncFaultError:
    """The fault of an answer that cannot be true; nothing of it is used."""
    return SyncFaultError("service_nonsense", {"reason": reason})


def pushed(body: bytes, batch: tuple[Entry, ...]) -> Pushed:
    """Read the answer to a batch.

    Raises:
        SyncFaultError: ``service_nonsense``: unreadable, or not an answer to this batch.
    """
    answer = _decoded(_PUSHED, body)
    asked = [(str(entry.id), entry.seq) for entry in batch]
    if [(outcome.id, outcome.seq) for outcome in answer.outcomes] != asked:
        raise nonsense("other_entries")
    return Pushed(tuple(map(_push_outcome, answer.outcomes)), answer.durable_revision)


def page(body: bytes) -> WirePage:
    """Read a page of the log.

    Raises:
        SyncFaultError: ``service_nonsense``.
    """
    answer = _decoded(_PAGE, body)
    items = tuple(map(_item, answer.items))
    return WirePage(items, answer.revision, answer.chain, answer.more)


def enrolled(body: bytes, bench_id: UUID) -> Enrolled:
    """Read the answer to an enrolment.

    Raises:
        SyncFaultError: ``service_nonsense``: unreadable, or for another bench.
    """
    answer = _decoded(_ENROLLED, body)
    if answer.bench_id != str(bench_id):
        raise nonsense("other_bench")
    return Enrolled(answer.token, answer.organisation.id, answer.organisation.name)


def problem(body: bytes) -> Problem | None:
    """Read why the service refused; None where it does not say so in its own form."""
    try:
        answer = _decoded(_PROBLEM, body)
    except SyncFaultError:
        return None
    return Problem(answer.code, answer.seq, answer.expected_seq)


def _decoded(decoder: msgspec.json.Decoder[_T], body: bytes) -> _T:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise nonsense("unreadable") from error


def _push_outcome(answer: _Outcome) -> PushOutcome:
    """An answer on one entry; a place in the log and a refusal exclude each other."""
    stored = answer.stored if answer.outcome == "known" else answer.outcome
    if stored is None:
        raise nonsense("outcome")
    if (answer.revision is None) != (stored == "rejected"):
        raise nonsense("outcome")
    if (answer.code is None) != (stored == "accepted"):
        raise nonsense("outcome")
    return PushOutcome(answer.seq, answer.outcome, answer.revision, answer.code)


def _item(item: _Item) -> WireItem:
    try:
        if item.entry is not None and item.row is None:
            entry = _entry(item.entry, item.revision)
            return WireItem(item.revision, item.chain, entry, canonical_form(entry))
        if item.row is not None and item.entry is None:
            row = RegisterRow(item.row.register, item.row.key, item.row.value)
            canonical = canonical_json(
                {"key": row.key, "register": row.register, "value": item.row.value}
            )
            return WireItem(item.revision, item.chain, row, canonical)
    except EntryInvalidError as error:
        raise nonsense("not_canonical") from error
    raise nonsense("item")


def _entry(wire: _Entry, revision: int) -> Entry:
    return Entry(
        id=_uuid(wire.id),
        bench_id=_uuid(wire.bench_id),
        seq=wire.seq,
        kind=wire.kind,
        subject=wire.subject,
        actor=wire.actor,
        recorded_at=_instant(wire.recorded_at),
        schema=wire.schema,
        payload=wire.payload,
        hash=wire.hash,
        revision=revision,
    )


def _uuid(text: str) -> UUID:
    if _LOWER_UUID.fullmatch(text) is None:
        raise nonsense("uuid")
    return UUID(text)


def _instant(text: str) -> datetime:
    try:
        instant = instant_of(text)
    except ValueError as error:
        raise nonsense("instant") from error
    if instant_text(instant) != text:  # another spelling would have another hash
        raise nonsense("instant")
    return instant
