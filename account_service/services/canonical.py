"""The canonical form of an entry, its hash, and the chain of the log (docs/adr/0002).

Written from the contract alone, apart from the bench's own implementation;
``tests/vectors/journal.json`` holds both to it.
"""

import hashlib
from collections.abc import Mapping
from typing import Any, Final, cast

from msgspec.json import Encoder

from account_service.contract import MAX_INTEGER, SealedEntry
from account_service.errors import MalformedError

MAX_CANONICAL_BYTES: Final = 64 * 1024
MAX_DEPTH: Final = 8
"""The object itself is level 0; no value, not even a plain one, lies deeper than this level."""

_ENCODER: Final = Encoder(order="sorted")


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """The one byte form of a JSON object.

    Keys sorted by code point, no white space, UTF-8, whole numbers only.

    Raises:
        MalformedError: ``not_canonical``, ``too_deep`` or ``too_large``.
    """
    _check(value, 0)
    try:
        raw = _ENCODER.encode(value)
    except UnicodeEncodeError as error:  # a lone surrogate has no UTF-8 form
        raise MalformedError("not_canonical") from error
    if len(raw) > MAX_CANONICAL_BYTES:
        raise MalformedError("too_large")
    return raw


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise MalformedError("too_deep")
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if not -MAX_INTEGER <= value <= MAX_INTEGER:
            raise MalformedError("not_canonical")
    elif isinstance(value, dict):
        for key, item in cast("dict[object, object]", value).items():
            if not isinstance(key, str):
                raise MalformedError("not_canonical")
            _check(item, depth + 1)
    elif isinstance(value, list):
        for item in cast("list[object]", value):
            _check(item, depth + 1)
    else:
        raise MalformedError("not_canonical")


def canonical_entry(entry: SealedEntry) -> bytes:
    """The bytes that the entry's hash covers: every field but the hash.

    Raises:
        MalformedError: As for `canonical_json`, with the entry's ``seq``.
    """
    try:
        return canonical_json(
            {
                "actor": entry.actor,
                "bench_id": entry.bench_id,
                "id": entry.id,
                "kind": entry.kind,
                "payload": entry.payload,
                "recorded_at": entry.recorded_at,
                "schema": entry.schema,
                "seq": entry.seq,
                "subject": entry.subject,
            }
        )
    except MalformedError as error:
        raise MalformedError(error.code, {"seq": entry.seq}) from error


def chained_hash(previous: str, canonical: bytes) -> str:
    """An entry's hash: SHA-256 of the previous hash's 32 bytes and the canonical bytes, as hex."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical).hexdigest()


def next_chain(chain: str, digest: str) -> str:
    """The log's chain after one more item: SHA-256 of the chain's and the item's 32 bytes."""
    return hashlib.sha256(bytes.fromhex(chain) + bytes.fromhex(digest)).hexdigest()


def row_digest(register: str, key: str, value: Mapping[str, Any] | None) -> str:
    """What a register's row adds to the chain: SHA-256 of the canonical form of its parts.

    Raises:
        MalformedError: As for `canonical_json`.
    """
    return hashlib.sha256(
        canonical_json({"key": key, "register": register, "value": value})
    ).hexdigest()
