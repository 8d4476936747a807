"""No answer, however it was bent, gets past the proof or ends in anything but a code."""

import json
from copy import deepcopy
from functools import partial
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from app.domain.journal import GENESIS, Entry
from app.sync import wire
from app.sync.batch import batch_of
from app.sync.errors import SyncFaultError
from app.sync.proof import Cursor, Heads, proved
from tests.sync.fakes import BENCH, OTHER_BENCH, journal, log_items, log_page, wire_entry, wire_row

START = Cursor(0, GENESIS)
PAGE = log_page(
    log_items(
        [
            *(wire_entry(entry) for entry in journal(2, OTHER_BENCH)),
            wire_row("assets", "C02XK1", {"model": "MacBook Air", "tags": ["a", None]}),
            wire_row("people", "anna", None),
        ]
    )
)
ENTRIES = tuple(journal(2))
PUSHED: dict[str, Any] = {
    "outcomes": [
        {
            "id": str(entry.id),
            "seq": entry.seq,
            "outcome": "accepted",
            "revision": entry.seq,
            "code": None,
            "stored": None,
        }
        for entry in ENTRIES
    ],
    "revision": 2,
    "chain": GENESIS,
    "durable_revision": 0,
}

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from([GENESIS, str(BENCH), "accepted", "2026-11-23T12:00:00.000000Z"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=8,
)


def places(value: object) -> list[tuple[Any, Any]]:
    """Every container of a document with each key or index in it."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            found += [(value, key), *places(inner)]
    elif isinstance(value, list):
        for index, inner in enumerate(cast("list[object]", value)):
            found += [(value, index), *places(inner)]
    return found


def bent(document: dict[str, Any], data: st.DataObject) -> bytes:
    """A document with one value replaced or taken away, or cut off somewhere."""
    copy = deepcopy(document)
    container, key = data.draw(st.sampled_from(places(copy)), "place")
    match data.draw(st.sampled_from(["replace", "remove", "cut"])):
        case "replace":
            container[key] = data.draw(values, "value")
        case "remove":
            del container[key]
        case _:
            raw = json.dumps(copy).encode()
            return raw[: data.draw(st.integers(0, len(raw)), "length")]
    return json.dumps(copy).encode()


@given(st.data())
def test_a_bent_page_is_refused_or_says_the_same(data: st.DataObject) -> None:
    raw = bent(PAGE, data)
    whole = wire.page(json.dumps(PAGE).encode())
    try:
        page = wire.page(raw)
        items, cursor = proved(page, START, Heads())
    except SyncFaultError as fault:
        code = fault.code
    else:
        code = ""
        seqs = [item.content.seq for item in items if isinstance(item.content, Entry)]
        if seqs == [1, 2]:  # past a gap, which a rejected entry leaves, nothing can be recomputed
            assert (items, cursor) == proved(whole, START, Heads())
    assert code in {"", "service_nonsense"}


@given(st.data())
def test_bent_outcomes_are_refused_or_answer_the_batch(data: st.DataObject) -> None:
    raw = bent(PUSHED, data)
    try:
        outcomes = wire.pushed(raw, batch_of(ENTRIES).entries).outcomes
    except SyncFaultError as fault:
        code = fault.code
    else:
        code = ""
        assert [each.seq for each in outcomes] == [1, 2]
        assert all((each.revision is None) == (each.outcome == "rejected") for each in outcomes)
    assert code in {"", "service_nonsense"}


@given(st.binary(max_size=300) | values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_an_answer_or_nonsense(raw: bytes) -> None:
    faults: list[str] = []
    for read in (wire.page, partial(wire.enrolled, bench_id=BENCH), wire.problem):
        try:
            read(raw)
        except SyncFaultError as fault:
            faults.append(fault.code)
    assert set(faults) <= {"service_nonsense"}
