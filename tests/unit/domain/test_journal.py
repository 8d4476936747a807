"""The canonical form and the chain: what may be written, and how a change shows."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.journal import (
    GENESIS,
    MAX_INTEGER,
    ChainFault,
    Draft,
    Entry,
    EntryInvalidError,
    canonical_form,
    canonical_json,
    first_fault,
    instant_of,
    instant_text,
    sealed,
)

BENCH = UUID("01920000-0000-7000-8000-000000000001")
AT = datetime(2026, 11, 23, 8, 30, 15, 123456, tzinfo=UTC)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_INTEGER, MAX_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        draft = Draft("scan.recorded", f"bench:{BENCH}", "bench", {"raw_hex": f"{seq:02x}"})
        entry = sealed(
            draft, entry_id=UUID(int=seq), bench_id=BENCH, seq=seq, at=AT, previous=previous
        )
        entries.append(entry)
        previous = entry.hash
    return entries


def test_a_whole_chain_has_no_fault() -> None:
    assert first_fault(chain(5)) is None
    assert first_fault([]) is None


@pytest.mark.parametrize(
    "change",
    [
        {"payload": {"raw_hex": "ff"}},
        {"kind": "scan.recordee"},
        {"actor": "person:x"},
        {"subject": "bench:x"},
        {"schema": 2},
        {"recorded_at": AT + timedelta(microseconds=1)},
        {"id": UUID(int=99)},
        {"hash": "0" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_any_changed_field_is_named_by_its_place(change: dict[str, object]) -> None:
    entries = chain(4)
    entries[2] = replace(entries[2], **change)  # pyright: ignore[reportArgumentType] - the change is the test's parameter
    assert first_fault(entries) == ChainFault(BENCH, 3, "changed")


def test_the_revision_is_not_covered_because_it_comes_later() -> None:
    entries = chain(2)
    assert first_fault([replace(entries[0], revision=7), entries[1]]) is None


def test_a_missing_entry_is_named_by_the_place_that_is_empty() -> None:
    entries = chain(4)
    del entries[1]
    assert first_fault(entries) == ChainFault(BENCH, 2, "missing")


def test_a_payload_without_a_canonical_form_is_unreadable() -> None:
    entries = chain(1)
    entries[0] = replace(entries[0], payload={"x": 1.5})  # pyright: ignore[reportArgumentType] - a float is what the test plants
    assert first_fault(entries) == ChainFault(BENCH, 1, "unreadable")


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), json_values))
def test_the_canonical_form_reads_back_and_is_stable(value: dict[str, object]) -> None:
    raw = canonical_json(value)  # pyright: ignore[reportArgumentType] - any JSON object
    assert json.loads(raw) == value
    assert canonical_json(json.loads(raw)) == raw


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"x": 0.5}, "not_canonical"),
        ({"x": MAX_INTEGER + 1}, "not_canonical"),
        ({"x": -MAX_INTEGER - 1}, "not_canonical"),
        ({1: "x"}, "not_canonical"),
        ({"x": "\ud800"}, "not_canonical"),
        ({"x": b"bytes"}, "not_canonical"),
        ({"x": "a" * 70_000}, "too_large"),
        ({"a": [[[[[[[[1]]]]]]]]}, "too_deep"),
    ],
)
def test_what_has_no_canonical_form_is_refused(value: dict[str, object], code: str) -> None:
    with pytest.raises(EntryInvalidError) as refusal:
        canonical_json(value)  # pyright: ignore[reportArgumentType] - what the test plants
    assert refusal.value.code == code
    assert refusal.value.detail


def test_instants_are_written_in_utc_with_microseconds() -> None:
    local = AT.astimezone(timezone(timedelta(hours=1)))
    assert instant_text(local) == "2026-11-23T08:30:15.123456Z"
    assert instant_of(instant_text(local)) == AT


@given(st.datetimes(timezones=st.just(UTC)))
def test_every_instant_reads_back_as_it_was_written(instant: datetime) -> None:
    assert instant_of(instant_text(instant)) == instant
    assert len(instant_text(instant)) == len("2026-11-23T08:30:15.123456Z")


def test_the_canonical_form_sorts_its_keys_and_holds_no_white_space() -> None:
    raw = canonical_form(chain(1)[0]).decode()
    assert raw.startswith('{"actor":"bench","bench_id":"01920000-')
    assert " " not in raw
