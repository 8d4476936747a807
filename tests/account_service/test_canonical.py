"""The canonical form against the shared vectors and against Python's own JSON."""

import json
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from account_service.contract import GENESIS, SealedEntry
from account_service.errors import MalformedError
from account_service.services.canonical import (
    MAX_DEPTH,
    canonical_entry,
    canonical_json,
    chained_hash,
    next_chain,
    row_digest,
)

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "vectors" / "journal.json").read_text(encoding="utf-8")
)
LARGEST = 2**53 - 1
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | TEXT
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: vector["name"])
def test_an_object_has_the_form_of_its_vector(vector: dict[str, Any]) -> None:
    assert canonical_json(vector["value"]) == vector["canonical"].encode()


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=lambda vector: vector["name"])
def test_an_object_without_a_form_is_refused_with_the_code_of_its_vector(
    vector: dict[str, Any],
) -> None:
    with pytest.raises(MalformedError) as refused:
        canonical_json(msgspec.json.decode(vector["json"]))
    assert refused.value.code == vector["code"]


def test_a_journal_has_the_hashes_of_its_vector() -> None:
    previous = GENESIS
    for vector in VECTORS["journal"]:
        entry = msgspec.convert({**vector["entry"], "hash": vector["hash"]}, SealedEntry)
        assert vector["previous"] == previous
        assert canonical_entry(entry) == vector["canonical"].encode()
        previous = chained_hash(previous, canonical_entry(entry))
        assert previous == vector["hash"]


def test_a_log_has_the_chain_of_its_vector() -> None:
    chain = GENESIS
    for vector in VECTORS["log"]:
        row = vector.get("row")
        digest = row_digest(row["register"], row["key"], row["value"]) if row else ""
        assert digest == vector.get("digest", "")
        chain = next_chain(chain, digest or vector["entry_hash"])
        assert chain == vector["chain"]


def depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(depth, cast("dict[str, object]", value).values()), default=-1)
    if isinstance(value, list):
        return 1 + max(map(depth, cast("list[object]", value)), default=-1)
    return 0


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_the_form_is_that_of_pythons_json(value: dict[str, Any]) -> None:
    expected = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if depth(value) > MAX_DEPTH:
        with pytest.raises(MalformedError, match="too_deep"):
            canonical_json(value)
    else:
        assert canonical_json(value) == expected.encode()


@given(st.dictionaries(TEXT, VALUES, max_size=5))
def test_the_form_of_what_was_read_from_the_form_is_the_same(value: dict[str, Any]) -> None:
    try:
        form = canonical_json(value)
    except MalformedError:
        return
    assert canonical_json(msgspec.json.decode(form)) == form


@pytest.mark.parametrize("value", [{"\ud800": 1}, {"a": "\udfff"}])
def test_a_lone_surrogate_is_refused(value: dict[str, Any]) -> None:
    with pytest.raises(MalformedError, match="not_canonical"):
        canonical_json(value)


def test_a_key_that_is_no_text_is_refused() -> None:
    value: Any = {1: "a"}
    with pytest.raises(MalformedError, match="not_canonical"):
        canonical_json(value)


@pytest.mark.parametrize("value", [b"a", (1,), 1.0, float("nan")])
def test_what_json_does_not_know_is_refused(value: object) -> None:
    with pytest.raises(MalformedError, match="not_canonical"):
        canonical_json({"a": value})


def test_64_kib_is_the_most() -> None:
    frame = len(canonical_json({"a": ""}))
    assert len(canonical_json({"a": "x" * (64 * 1024 - frame)})) == 64 * 1024
    with pytest.raises(MalformedError, match="too_large"):
        canonical_json({"a": "x" * (64 * 1024 - frame + 1)})


def test_a_refused_entry_is_named_by_its_seq() -> None:
    vector = VECTORS["journal"][0]
    wrong = {**vector["entry"], "payload": {"a": 0.5}, "hash": vector["hash"], "seq": 41}
    with pytest.raises(MalformedError) as refused:
        canonical_entry(msgspec.convert(wrong, SealedEntry))
    assert refused.value.fields == {"seq": 41}
