"""Bench and service share no code: the same vectors hold both to one canonical form."""

import hashlib
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from account_service.contract import SealedEntry
from account_service.errors import MalformedError
from account_service.services import canonical as service
from app.domain import journal as bench

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "journal.json").read_text(encoding="utf-8")
)


def entry_of(wire: dict[str, Any]) -> bench.Entry:
    return bench.Entry(
        id=UUID(wire["id"]),
        bench_id=UUID(wire["bench_id"]),
        seq=wire["seq"],
        kind=wire["kind"],
        subject=wire["subject"],
        actor=wire["actor"],
        recorded_at=bench.instant_of(wire["recorded_at"]),
        schema=wire["schema"],
        payload=wire["payload"],
        hash="",
    )


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_both_write_an_object_as_its_vector_shows(vector: dict[str, Any]) -> None:
    expected = vector["canonical"].encode()
    assert hashlib.sha256(expected).hexdigest() == vector["sha256"]
    assert bench.canonical_json(vector["value"]) == expected
    assert service.canonical_json(vector["value"]) == expected


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_both_refuse_an_object_with_the_code_of_its_vector(vector: dict[str, Any]) -> None:
    value = json.loads(vector["json"])
    with pytest.raises(bench.EntryInvalidError) as by_bench:
        bench.canonical_json(value)
    with pytest.raises(MalformedError) as by_service:
        service.canonical_json(value)
    assert by_bench.value.code == by_service.value.code == vector["code"]


def test_both_chain_a_journal_as_its_vector_shows() -> None:
    previous = bench.GENESIS
    for vector in VECTORS["journal"]:
        entry = entry_of(vector["entry"])
        sealed = msgspec.convert({**vector["entry"], "hash": vector["hash"]}, SealedEntry)
        expected = vector["canonical"].encode()
        assert bench.canonical_form(entry) == service.canonical_entry(sealed) == expected
        assert bench.chained_hash(previous, expected) == vector["hash"]
        assert service.chained_hash(previous, expected) == vector["hash"]
        previous = vector["hash"]


def test_both_have_the_same_limits() -> None:
    assert bench.MAX_CANONICAL_BYTES == service.MAX_CANONICAL_BYTES
    assert bench.MAX_DEPTH == service.MAX_DEPTH
    assert bench.MAX_INTEGER == service.MAX_INTEGER
    for program in (bench, service):
        frame = len(program.canonical_json({"a": ""}))
        assert program.canonical_json({"a": "x" * (64 * 1024 - frame)})
        with pytest.raises((bench.EntryInvalidError, MalformedError), match="too_large"):
            program.canonical_json({"a": "x" * (64 * 1024 - frame + 1)})
