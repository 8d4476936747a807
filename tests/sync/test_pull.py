"""A page of the log is proved before anything of it reaches the store."""

import socket
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from app.domain.journal import GENESIS, Entry
from app.services.ports import RegisterRow
from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.pull import APPLIED_AT_ONCE, PAGE_ITEMS, pull_all
from app.sync.tally import Tally
from tests.sync.fakes import (
    OTHER_BENCH,
    FakeService,
    FakeStore,
    Request,
    Server,
    journal,
    log_items,
    log_page,
    says,
    wire_entry,
    wire_row,
)

Serve = Callable[..., Server]
ClientOf = Callable[..., ServiceClient]

ENTRIES = [wire_entry(entry) for entry in journal(4, OTHER_BENCH)]
ROW = wire_row("assets", "C02XK1", {"model": "MacBook Air", "years": 3, "tags": ["a", None]})
TOMBSTONE = wire_row("people", "anna", None)


def test_entries_and_rows_arrive_as_they_were(
    client: ServiceClient, fake_service: FakeService
) -> None:
    fake_service.contents = [ENTRIES[0], ROW, ENTRIES[1], TOMBSTONE]
    store, tally = FakeStore(), Tally()
    pull_all(client, store, tally)
    entry = store.items[0].content
    assert isinstance(entry, Entry)
    assert (entry.revision, entry.hash, entry.payload) == (
        1,
        ENTRIES[0]["hash"],
        {"text": "å 1"},
    )
    assert store.items[1].content == RegisterRow("assets", "C02XK1", ROW["value"])
    assert store.items[3].content == RegisterRow("people", "anna", None)
    assert [item.revision for item in store.items] == [1, 2, 3, 4]
    assert store.items[3].chain == log_items(fake_service.contents)[3]["chain"]
    assert tally.report(store.sync_state()).pulled == 4


def test_a_long_log_comes_in_pages_from_where_the_bench_stands(
    client: ServiceClient, fake_service: FakeService
) -> None:
    fake_service.contents, fake_service.page = [ENTRIES[0], ROW], 2
    store = FakeStore()
    pull_all(client, store, Tally())
    fake_service.contents += [*ENTRIES[1:], TOMBSTONE]
    pull_all(client, store, Tally())
    assert [len(page) for page in store.pages] == [2, 2, 2]
    assert store.sync_state().revision == 6


def test_a_long_page_is_applied_in_pieces_that_are_pages_too(
    client: ServiceClient, fake_service: FakeService
) -> None:
    entries = journal(2 * APPLIED_AT_ONCE + 1, OTHER_BENCH)
    fake_service.contents = [wire_entry(entry) for entry in entries]
    store, tally = FakeStore(), Tally()
    pull_all(client, store, tally)
    assert [len(page) for page in store.pages] == [APPLIED_AT_ONCE, APPLIED_AT_ONCE, 1]
    assert [item.revision for item in store.items] == list(range(1, len(entries) + 1))
    assert tally.report(store.sync_state()).pulled == len(entries)


def test_nothing_new_applies_nothing(client: ServiceClient) -> None:
    store = FakeStore()
    pull_all(client, store, Tally())
    assert store.pages == []


def test_a_bench_that_never_pulled_asks_from_the_beginning(
    serve: Serve, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    server, store = serve(says(200, log_page([]))), FakeStore()
    state = replace(store.sync_state(), chain="")
    monkeypatch.setattr(store, "sync_state", lambda: state)
    pull_all(client_of(server.url), store, Tally())
    assert server.requests[0].query == {
        "after": ["0"],
        "chain": [GENESIS],
        "limit": [str(PAGE_ITEMS)],
    }


def item(**fields: object) -> Callable[[list[dict[str, Any]]], None]:
    """Change the second item of the page."""
    return lambda items: items[1].update(fields)


def inside(**fields: object) -> Callable[[list[dict[str, Any]]], None]:
    """Change the entry of the second item."""
    return lambda items: items[1]["entry"].update(fields)


def without(name: str) -> Callable[[list[dict[str, Any]]], None]:
    return lambda items: items[1]["entry"].pop(name)


def nested(levels: int) -> dict[str, Any]:
    payload: dict[str, Any] = {}
    for _ in range(levels):
        payload = {"a": payload}
    return payload


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (item(chain="f" * 64), "chain"),
        (item(chain=None), "unreadable"),
        (item(revision=3), "revision"),
        (item(revision=1), "revision"),
        (item(revision=-2), "unreadable"),
        (item(revision=0), "unreadable"),
        (item(revision=2**60), "unreadable"),
        (item(revision="2"), "unreadable"),
        (item(revision=2.0), "unreadable"),
        (item(entry=None), "item"),
        (item(row=ROW), "item"),
        (inside(hash="f" * 64), "chain"),
        (inside(hash="F" * 64), "unreadable"),
        (inside(hash="f" * 63), "unreadable"),
        (inside(payload={"text": "another"}), "hash"),
        (inside(payload={"text": 1.5}), "not_canonical"),
        (inside(payload={"text": 2**53}), "not_canonical"),
        (inside(payload={"text": "x" * 70_000}), "not_canonical"),
        (inside(payload=nested(9)), "not_canonical"),
        (inside(payload=nested(900)), "not_canonical"),
        (inside(payload=[]), "unreadable"),
        (inside(seq=3), "seq"),
        (inside(seq=0), "unreadable"),
        (inside(seq=1), "seq"),
        (inside(actor="person:eve"), "hash"),
        (inside(kind=None), "unreadable"),
        (inside(schema=0), "unreadable"),
        (inside(id="01910000-0000-7000-8000-00000000000G"), "uuid"),
        (inside(id="{01910000-0000-7000-8000-000000000002}"), "uuid"),
        (inside(bench_id=str(OTHER_BENCH).upper().replace("0", "A")), "uuid"),
        (inside(recorded_at="2026-11-23T12:00:00.000000+00:00"), "instant"),
        (inside(recorded_at="2026-11-23T12:00:00.0Z"), "instant"),
        (inside(recorded_at="2026-02-30T12:00:00.000000Z"), "instant"),
        (without("subject"), "unreadable"),
        (without("hash"), "unreadable"),
    ],
)
def test_a_page_with_one_bad_item_is_refused_whole(
    serve: Serve,
    client_of: ClientOf,
    change: Callable[[list[dict[str, Any]]], None],
    reason: str,
) -> None:
    items = log_items([dict(entry) for entry in ENTRIES[:3]])
    change(items)
    store = FakeStore()
    with pytest.raises(SyncFaultError) as caught:
        pull_all(client_of(serve(says(200, log_page(items))).url), store, Tally())
    assert (caught.value.code, caught.value.fields["reason"]) == ("service_nonsense", reason)
    assert store.pages == []


FRAMES: list[tuple[dict[str, object], str]] = [
    ({"revision": 4}, "cursor"),
    ({"revision": -3}, "unreadable"),
    ({"chain": "f" * 64}, "cursor"),
    ({"items": [], "revision": 0, "chain": GENESIS, "more": True}, "stalled"),
    ({"items": [], "revision": 7, "chain": GENESIS}, "cursor"),
    ({"items": None}, "unreadable"),
    ({"items": {}}, "unreadable"),
    ({"items": [[]]}, "unreadable"),
    ({"items": [{}] * 1001}, "unreadable"),
    ({"more": 1}, "unreadable"),
    ({"durable_revision": None}, "unreadable"),
]


@pytest.mark.parametrize(("changed", "reason"), FRAMES)
def test_a_page_whose_frame_does_not_fit_is_refused_whole(
    serve: Serve, client_of: ClientOf, changed: dict[str, object], reason: str
) -> None:
    page = log_page(log_items(ENTRIES[:3]), **changed)
    store = FakeStore()
    with pytest.raises(SyncFaultError) as caught:
        pull_all(client_of(serve(says(200, page)).url), store, Tally())
    assert caught.value.fields["reason"] == reason
    assert store.pages == []


def test_the_first_entry_of_a_bench_proves_its_content(serve: Serve, client_of: ClientOf) -> None:
    items = log_items([ENTRIES[0] | {"actor": "person:eve"}])
    store = FakeStore()
    with pytest.raises(SyncFaultError) as caught:
        pull_all(client_of(serve(says(200, log_page(items))).url), store, Tally())
    assert caught.value.fields["reason"] == "hash"


def test_an_entry_after_a_rejected_one_is_taken(
    client: ServiceClient, fake_service: FakeService
) -> None:
    """The log lacks the entry before it, so its own hash cannot be recomputed here."""
    fake_service.contents = [ENTRIES[0], ENTRIES[2], ENTRIES[3]]
    store = FakeStore()
    pull_all(client, store, Tally())
    assert len(store.items) == 3


def test_a_page_after_a_good_one_can_still_be_refused(
    serve: Serve, client_of: ClientOf, fake_service: FakeService
) -> None:
    fake_service.contents, fake_service.page = list(ENTRIES), 2

    def turns_bad(request: Request, line: socket.socket, over: Event) -> None:
        if request.query["after"] == ["2"]:
            fake_service.contents = [*ENTRIES[:2], ENTRIES[2] | {"actor": "person:eve"}]
        fake_service(request, line, over)

    store = FakeStore()
    with pytest.raises(SyncFaultError):
        pull_all(client_of(serve(turns_bad).url), store, Tally())
    assert [item.revision for item in store.items] == [1, 2]


@pytest.mark.parametrize(
    "row",
    [
        {"register": "assets", "key": "a", "value": {"n": 1.5}},
        {"register": "assets", "key": "a", "value": []},
        {"register": "assets", "key": 1, "value": {}},
        {"register": "assets", "key": "a" * 70_000, "value": {}},
        {"register": "assets", "value": {}},
    ],
)
def test_a_row_that_cannot_be_is_refused(
    serve: Serve, client_of: ClientOf, row: dict[str, Any]
) -> None:
    items = log_items([ROW])
    items[0]["row"] = row
    store = FakeStore()
    with pytest.raises(SyncFaultError) as caught:
        pull_all(client_of(serve(says(200, log_page(items))).url), store, Tally())
    assert caught.value.code == "service_nonsense"
    assert store.pages == []


def test_a_changed_row_breaks_the_chain(serve: Serve, client_of: ClientOf) -> None:
    items = log_items([ROW])
    items[0]["row"] = ROW | {"key": "C02XK2"}
    with pytest.raises(SyncFaultError) as caught:
        pull_all(client_of(serve(says(200, log_page(items))).url), FakeStore(), Tally())
    assert caught.value.fields["reason"] == "chain"
