"""What waits goes up once, in order, and every answer is stored."""

import socket
from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from app.domain.journal import Entry, Json, canonical_form
from app.services.ports import PushOutcome
from app.sync.batch import MAX_BYTES, MAX_ENTRIES, batch_of
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.once import sync_once
from app.sync.push import PUSHED_AT_ONCE, push_pending
from app.sync.tally import Tally
from tests.sync.fakes import FakeService, FakeStore, Reply, Request, Server, http, journal, says

Serve = Callable[..., Server]
ClientOf = Callable[..., ServiceClient]


def fault_of(client: ServiceClient, store: FakeStore) -> SyncFaultError:
    with pytest.raises(SyncFaultError) as caught:
        push_pending(client, store, Tally())
    return caught.value


def test_more_than_one_batch_goes_up_in_order(
    client: ServiceClient, fake_service: FakeService
) -> None:
    store = FakeStore(journal(2 * PUSHED_AT_ONCE + 1))
    report = sync_once(client, store)
    assert (report.pushed, report.accepted, report.waiting) == (501, 501, 0)
    assert [entry["seq"] for entry in fake_service.contents] == list(range(1, 502))
    assert store.outcomes[501] == PushOutcome(501, "accepted", 501, None)


def test_a_batch_holds_no_more_entries_than_the_contract() -> None:
    entries = journal(MAX_ENTRIES + 1)
    assert batch_of(entries).entries == tuple(entries[:MAX_ENTRIES])


def test_a_batch_holds_no_more_than_a_mebibyte() -> None:
    large: dict[str, Json] = {"text": "x" * 60_000}
    entries = journal(30, payload=large)
    batch = batch_of(entries)
    assert MAX_BYTES - 61_000 < len(batch.body) <= MAX_BYTES
    assert batch.entries == tuple(entries[: len(batch.entries)])


@pytest.mark.parametrize("over", [0, 1])
def test_the_last_byte_of_a_mebibyte_is_used(over: int) -> None:
    entries = journal(18, payload={"text": "x" * 60_000})
    others, last = entries[:-1], entries[-1]
    without = replace(last, payload={"text": ""})
    free = MAX_BYTES - len(batch_of([*others, without]).body)
    filled = replace(last, payload={"text": "x" * (free + over)})
    batch = batch_of([*others, filled])
    assert len(batch.entries) == 18 - over
    assert (len(batch.body) == MAX_BYTES) == (not over)


def test_large_entries_go_up_in_several_batches(
    client: ServiceClient, fake_service: FakeService
) -> None:
    store = FakeStore(journal(40, payload={"text": "x" * 60_000}))
    assert sync_once(client, store).accepted == 40
    assert len(fake_service.contents) == 40


def test_parked_and_rejected_entries_move_the_queue_and_keep_their_reason(
    client: ServiceClient, fake_service: FakeService
) -> None:
    verdicts = {1: "accepted", 2: "parked", 3: "rejected", 4: "accepted"}
    fake_service.judge = lambda entry: verdicts[entry["seq"]]
    store = FakeStore(journal(4))
    report = sync_once(client, store)
    assert (report.accepted, report.parked, report.rejected) == (2, 1, 1)
    assert (report.pushed, report.waiting) == (4, 0)
    assert store.outcomes[2] == PushOutcome(2, "parked", 2, "because")
    assert store.outcomes[3] == PushOutcome(3, "rejected", None, "because")
    assert store.outcomes[4] == PushOutcome(4, "accepted", 3, None)


def test_an_answer_that_was_lost_comes_again_as_known(
    client: ServiceClient, fake_service: FakeService
) -> None:
    fake_service.judge = lambda entry: "rejected" if entry["seq"] == 2 else "accepted"
    store = FakeStore(journal(3))
    sync_once(client, store)
    store.outcomes.clear()  # as if the power had gone before the answer was stored
    report = sync_once(client, store)
    assert (report.known, report.accepted, report.waiting) == (3, 0, 0)
    assert store.outcomes[1] == PushOutcome(1, "known", 1, None)
    assert store.outcomes[2] == PushOutcome(2, "known", None, "because")


def test_a_way_that_takes_less_gets_smaller_batches(
    serve: Serve, client_of: ClientOf, fake_service: FakeService
) -> None:
    def narrow(request: Request, line: socket.socket, over: Event) -> None:
        count = len(request.json["entries"])
        (fake_service if count <= 3 else http(413, b"", "text/html"))(request, line, over)

    store = FakeStore(journal(10))
    push_pending(client_of(serve(narrow).url), store, Tally())
    assert sorted(store.outcomes) == list(range(1, 11))


def test_a_way_so_slow_that_a_full_batch_never_arrives_gets_smaller_ones(
    serve: Serve, client_of: ClientOf, fake_service: FakeService
) -> None:
    def slow(request: Request, line: socket.socket, over: Event) -> None:
        count = len(request.json["entries"])
        (fake_service if count <= 20 else says(408, {"code": "too_slow"}))(request, line, over)

    server, store = serve(slow), FakeStore(journal(100))
    push_pending(client_of(server.url), store, Tally())
    sizes = [len(request.json["entries"]) for request in server.requests]
    assert sizes == [100, 25, 6, *[6] * 15, 4]
    assert len(store.outcomes) == 100


def test_a_service_too_slow_for_a_single_entry_is_told_as_such(
    serve: Serve, client_of: ClientOf
) -> None:
    store = FakeStore(journal(5))
    server = serve(says(408, {"code": "too_slow"}))
    fault = fault_of(client_of(server.url), store)
    assert (fault.code, fault.away) == ("timed_out", True)
    assert len(server.requests) == 2
    assert store.outcomes == {}


def test_an_entry_that_no_way_takes_stops_the_queue_and_is_named(
    serve: Serve, client_of: ClientOf
) -> None:
    store = FakeStore(journal(5))
    fault = fault_of(client_of(serve(http(413, b"", "text/html")).url), store)
    assert (fault.code, dict(fault.fields)) == ("entry_too_large", {"seq": 1})
    assert store.outcomes == {}


def test_a_damaged_entry_stops_the_queue_and_is_named(client: ServiceClient) -> None:
    good, bad = journal(2)
    store = FakeStore([good, replace(bad, payload={"weight": 1.5})])  # pyright: ignore[reportArgumentType] # the damage
    fault = fault_of(client, store)
    assert (fault.code, dict(fault.fields)) == ("entry_unreadable", {"seq": 2})
    assert store.outcomes == {}


def test_the_wire_form_is_the_canonical_form_with_its_hash() -> None:
    (entry,) = journal(1)
    body = batch_of([entry]).body
    assert body == (
        b'{"entries":[' + canonical_form(entry)[:-1] + b',"hash":"' + entry.hash.encode() + b'"}]}'
    )


@pytest.mark.parametrize(
    "reply",
    [
        says(409, {"code": "device_forked", "seq": 1}),
        says(409, {"code": "hash_mismatch", "seq": 1}),
        says(401, {"code": "token_revoked"}),
        says(500, {}),
    ],
)
def test_what_stops_a_push_drops_nothing(serve: Serve, client_of: ClientOf, reply: Reply) -> None:
    store = FakeStore(journal(3))
    fault_of(client_of(serve(reply).url), store)
    assert store.outcomes == {}
    assert store.started_over == 0
    assert len(store.pending(10)) == 3


def test_a_gap_that_cannot_be_is_nonsense(serve: Serve, client_of: ClientOf) -> None:
    """The service was just sent what it says that it expects."""
    store = FakeStore(journal(3))
    server = serve(says(409, {"code": "gap", "expected_seq": 1}))
    assert fault_of(client_of(server.url), store).code == "service_nonsense"


def outcome(entry: Entry, **fields: object) -> dict[str, object]:
    return {
        "id": str(entry.id),
        "seq": entry.seq,
        "outcome": "accepted",
        "revision": entry.seq,
        "code": None,
        "stored": None,
    } | fields


FIRST, SECOND = journal(2)


@pytest.mark.parametrize(
    "outcomes",
    [
        [],
        [outcome(FIRST)],
        [outcome(SECOND), outcome(FIRST)],
        [outcome(FIRST), outcome(SECOND), outcome(SECOND)],
        [outcome(FIRST), outcome(SECOND, id=str(FIRST.id))],
        [outcome(FIRST), outcome(SECOND, seq=3)],
        [outcome(FIRST), outcome(SECOND, seq=-2)],
        [outcome(FIRST), outcome(SECOND, seq="2")],
        [outcome(FIRST), outcome(SECOND, outcome="perhaps")],
        [outcome(FIRST), outcome(SECOND, revision=-1)],
        [outcome(FIRST), outcome(SECOND, revision=0)],
        [outcome(FIRST), outcome(SECOND, revision=2.5)],
        [outcome(FIRST), outcome(SECOND, revision=2**53)],
        [outcome(FIRST), outcome(SECOND, revision=None)],
        [outcome(FIRST), outcome(SECOND, code="why")],
        [outcome(FIRST), outcome(SECOND, outcome="rejected", code="why")],
        [outcome(FIRST), outcome(SECOND, outcome="rejected", revision=None)],
        [outcome(FIRST), outcome(SECOND, outcome="parked")],
        [outcome(FIRST), outcome(SECOND, outcome="parked", code="<script>")],
        [outcome(FIRST), outcome(SECOND, outcome="known")],
        [outcome(FIRST), outcome(SECOND, outcome="known", stored="known")],
        [outcome(FIRST), outcome(SECOND, outcome="known", stored="rejected")],
        [outcome(FIRST), None],
        {"1": outcome(FIRST)},
        [outcome(FIRST)] * 100_000,
    ],
)
def test_outcomes_that_do_not_fit_the_batch_are_refused_whole(
    serve: Serve, client_of: ClientOf, outcomes: object
) -> None:
    answer = {"outcomes": outcomes, "revision": 2, "chain": "0" * 64, "durable_revision": 0}
    store = FakeStore([FIRST, SECOND])
    fault = fault_of(client_of(serve(says(200, answer)).url), store)
    assert fault.code == "service_nonsense"
    assert store.outcomes == {}


@pytest.mark.parametrize(
    "end",
    [
        {"revision": -1},
        {"revision": None},
        {"chain": "0" * 63},
        {"chain": "G" * 64},
        {"chain": "0" * 64 + "\n"},
        {"durable_revision": "0"},
    ],
)
def test_an_end_of_the_log_that_cannot_be_is_refused(
    serve: Serve, client_of: ClientOf, end: dict[str, object]
) -> None:
    answer = {
        "outcomes": [outcome(FIRST)],
        "revision": 1,
        "chain": "0" * 64,
        "durable_revision": 0,
    } | end
    store = FakeStore([FIRST])
    assert fault_of(client_of(serve(says(200, answer)).url), store).code == "service_nonsense"
    assert store.outcomes == {}


def test_what_a_newer_service_adds_is_ignored(serve: Serve, client_of: ClientOf) -> None:
    answer = {
        "outcomes": [outcome(FIRST, hint="new")],
        "revision": 1,
        "chain": "0" * 64,
        "durable_revision": 0,
        "weather": "rain",
    }
    store = FakeStore([FIRST])
    push_pending(client_of(serve(says(200, answer)).url), store, Tally())
    assert store.outcomes[1].outcome == "accepted"
