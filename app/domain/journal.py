"""The journal's entry: its canonical form, its hash, and the check of a chain.

The form is a contract with the account service, which implements it on its own (docs/adr/0002):
the JSON object of every field but the hash, keys sorted by code point, no white space, UTF-8,
whole numbers only. The hash is SHA-256 over the 32 bytes of the bench's previous hash (zeros for
the first entry) followed by the canonical bytes.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeAlias, cast
from uuid import UUID

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

GENESIS: Final = "0" * 64
"""The previous hash of a bench's first entry."""
SCHEMA: Final = 1
"""The version of the payload shapes that this program writes."""
MAX_CANONICAL_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 8
MAX_INTEGER: Final = 2**53 - 1


class EntryInvalidError(ValueError):
    """A payload that has no canonical form.

    Attributes:
        code: ``not_canonical``, ``too_deep`` or ``too_large``.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody did, before the journal gives it its place.

    Attributes:
        kind: What happened, such as ``repair.opened``.
        subject: What it is about, such as ``repair:0191...``.
        actor: Who did it: ``person:<id>``, or ``bench`` for the program itself.
        payload: The details; its shape belongs to the kind and the schema.
    """

    kind: str
    subject: str
    actor: str
    payload: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal, never changed once written (design, section 3).

    Attributes:
        id: UUIDv7.
        bench_id: The bench that wrote it.
        seq: Its place on that bench, from 1 without a gap.
        kind: What happened.
        subject: What it is about.
        actor: Who did it.
        recorded_at: UTC, by the bench's clock; shown, never used for order.
        schema: Version of the payload's shape.
        payload: The details.
        hash: 64 hex digits.
        revision: The account service's place for it, None while it is pending; not part of the
            hash.
    """

    id: UUID
    bench_id: UUID
    seq: int
    kind: str
    subject: str
    actor: str
    recorded_at: datetime
    schema: int
    payload: Mapping[str, Json]
    hash: str
    revision: int | None = None


def instant_text(instant: datetime) -> str:
    """Write an aware instant as the journal does: UTC, microseconds, ``Z``."""
    # not strftime: on Linux it writes the year 1 as "1"
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def instant_of(text: str) -> datetime:
    """Read what `instant_text` wrote.

    Raises:
        ValueError: The text is not of that form.
    """
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


_text_of: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
"""Made once: making one takes as long as using it."""


def canonical_json(value: Mapping[str, Json]) -> bytes:
    """The one byte form of a JSON object.

    Raises:
        EntryInvalidError: The object holds a float, a number beyond 2^53 - 1, a key that is no
            text, a lone surrogate, is nested deeper than 8 levels or longer than 64 KiB.
    """
    _check(value, 0)
    text = _text_of(value)
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise EntryInvalidError("not_canonical", "lone surrogate") from error
    if len(raw) > MAX_CANONICAL_BYTES:
        raise EntryInvalidError("too_large", f"{len(raw)} bytes")
    return raw


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise EntryInvalidError("too_deep", f"more than {MAX_DEPTH} levels")
    match value:
        case None | bool() | str():
            return
        case int():
            if abs(value) > MAX_INTEGER:
                raise EntryInvalidError("not_canonical", "a number beyond 2^53 - 1")
        case list():
            for item in cast("list[object]", value):
                _check(item, depth + 1)
        case Mapping():
            for key, item in cast("Mapping[object, object]", value).items():
                if not isinstance(key, str):
                    raise EntryInvalidError("not_canonical", "a key that is no text")
                _check(item, depth + 1)
        case _:
            raise EntryInvalidError("not_canonical", type(value).__name__)


def canonical_form(entry: Entry) -> bytes:
    """The bytes that an entry's hash covers.

    Raises:
        EntryInvalidError: As for `canonical_json`.
    """
    return canonical_json(
        {
            "actor": entry.actor,
            "bench_id": str(entry.bench_id),
            "id": str(entry.id),
            "kind": entry.kind,
            "payload": dict(entry.payload),
            "recorded_at": instant_text(entry.recorded_at),
            "schema": entry.schema,
            "seq": entry.seq,
            "subject": entry.subject,
        }
    )


def chained_hash(previous: str, canonical: bytes) -> str:
    """SHA-256 of the previous hash's 32 bytes and the canonical bytes, as hex."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical).hexdigest()


def sealed(
    draft: Draft, *, entry_id: UUID, bench_id: UUID, seq: int, at: datetime, previous: str
) -> Entry:
    """Give a draft its place in a bench's chain.

    Raises:
        EntryInvalidError: As for `canonical_json`.
    """
    unsealed = Entry(
        id=entry_id,
        bench_id=bench_id,
        seq=seq,
        kind=draft.kind,
        subject=draft.subject,
        actor=draft.actor,
        recorded_at=at,
        schema=SCHEMA,
        payload=draft.payload,
        hash="",
    )
    return Entry(
        id=entry_id,
        bench_id=bench_id,
        seq=seq,
        kind=draft.kind,
        subject=draft.subject,
        actor=draft.actor,
        recorded_at=at,
        schema=SCHEMA,
        payload=draft.payload,
        hash=chained_hash(previous, canonical_form(unsealed)),
    )


@dataclass(frozen=True, slots=True)
class ChainFault:
    """The first entry of a bench that does not fit its chain.

    Attributes:
        bench_id: Whose chain.
        seq: The place of the fault.
        code: ``missing`` (a gap before this place), ``changed`` (the hash does not match) or
            ``unreadable``.
    """

    bench_id: UUID
    seq: int
    code: str


def first_fault(entries: Iterable[Entry]) -> ChainFault | None:
    """Check one bench's entries, given in seq order from 1."""
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.seq != expected:
            return ChainFault(entry.bench_id, expected, "missing")
        try:
            actual = chained_hash(previous, canonical_form(entry))
        except EntryInvalidError:
            return ChainFault(entry.bench_id, entry.seq, "unreadable")
        if actual != entry.hash:
            return ChainFault(entry.bench_id, entry.seq, "changed")
        previous, expected = entry.hash, expected + 1
    return None
