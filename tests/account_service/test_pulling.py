"""Pages of the log, their cursors and their chain."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from account_service.contract import MAX_PAGE_BYTES, LogPage
from account_service.errors import NotSignedInError, RestoredError
from account_service.services import pulling
from account_service.services.pulling import Cursor
from account_service.services.signing_in import Caller
from account_service.store.database import Database
from tests.account_service.conftest import ZEROS, Bench

Enrol = Callable[..., Bench]
Put = Callable[..., Any]


def test_an_empty_log_gives_the_cursor_back(bench: Bench) -> None:
    page = bench.pull()
    assert page == {
        "items": [],
        "revision": 0,
        "chain": ZEROS,
        "more": False,
        "durable_revision": 0,
    }


def test_benches_pull_each_others_entries_as_they_were_pushed(enrol: Enrol) -> None:
    one, two = enrol(), enrol()
    entries = [one.journal.opened(), two.journal.entry(), one.journal.moved("opened", "diagnosed")]
    one.push(entries[0])
    two.push(entries[1])
    one.push(entries[2])
    assert [item["entry"] for item in one.pull_all()] == entries
    assert two.pull_all() == one.pull_all()


def test_a_log_of_entries_and_rows_pages_without_a_hole(bench: Bench, put: Put) -> None:
    for number in range(5):
        bench.push(*bench.journal.entries(3))
        put(("assets", f"A{number}", {"model": "MacBook Pro"}), ("people", f"p{number}", None))
        put(("assets", "A0", {"model": number}))
    whole = bench.pull_all()
    assert len(whole) == 5 * 3 + 5 + 5
    for most in (1, 2, 3, 7, 1000):
        assert bench.pull_all(most) == whole


def test_a_page_is_what_the_contract_shows(bench: Bench, put: Put) -> None:
    bench.push(bench.journal.entry(payload={"text": '"Å"\n\U0001f527', "list": [1, None, [2]]}))
    put(("assets", "A1", {"model": "Å"}))
    put(("assets", "A1", None))
    page = msgspec.json.decode(msgspec.json.encode(bench.pull()), type=LogPage)
    assert [item.revision for item in page.items] == [1, 2, 3]


def test_more_tells_that_the_log_goes_on(bench: Bench) -> None:
    bench.push(*bench.journal.entries(3))
    assert [bench.pull(most=most)["more"] for most in (1, 2, 3)] == [True, True, False]


def test_a_page_is_bounded_in_bytes(bench: Bench) -> None:
    large = {"text": "x" * 60_000}
    for _ in range(4):
        bench.push(*bench.journal.entries(10, payload=large))
    page = bench.pull(most=1000)
    assert page["more"]
    assert MAX_PAGE_BYTES - 70_000 < len(msgspec.json.encode(page)) <= MAX_PAGE_BYTES
    assert len(bench.pull_all(1000)) == 40


def test_one_item_is_given_however_large(bench: Bench) -> None:
    bench.push(bench.journal.entry(payload={"text": "x" * 65_000}))
    assert len(bench.pull(most=1)["items"]) == 1


def test_the_cursor_at_the_end_is_on_the_chain(bench: Bench, put: Put) -> None:
    end = bench.push(*bench.journal.entries(2))
    assert bench.pull(end.revision, end.chain)["items"] == []
    put(("assets", "A1", {}))
    page = bench.pull(end.revision, end.chain)
    assert [item["row"]["key"] for item in page["items"]] == ["A1"]
    assert bench.pull(page["revision"], page["chain"])["items"] == []


@pytest.mark.parametrize(("after", "chain"), [(0, "a" * 64), (2, "a" * 64), (2, ZEROS), (3, ZEROS)])
def test_a_cursor_off_the_chain_is_told_that_the_service_was_restored(
    bench: Bench, after: int, chain: str
) -> None:
    bench.push(*bench.journal.entries(2))
    with pytest.raises(RestoredError):
        bench.pull(after, chain)


def test_an_organisation_sees_nothing_of_another(
    enrol: Enrol, bench: Bench, put: Put, other_organisation: str
) -> None:
    stranger = enrol(other_organisation)
    end = bench.push(*bench.journal.entries(2))
    put(("assets", "A1", {"model": "secret"}))
    assert stranger.pull()["items"] == []
    with pytest.raises(RestoredError):
        stranger.pull(end.revision, end.chain)


def test_an_organisation_that_is_gone_has_no_log(database: Database) -> None:
    with pytest.raises(NotSignedInError):
        pulling.pull(database, Caller("0" * 12, "b", "c"), Cursor(0, ZEROS), 1)
