"""A round as a whole: two benches meet, and a service that forgot is told again."""

from collections.abc import Callable

import pytest

from app.sync.client import ServiceClient
from app.sync.errors import SyncFaultError
from app.sync.once import sync_once
from app.sync.tally import SyncReport
from tests.sync.fakes import OTHER_BENCH, FakeService, FakeStore, Server, journal, says

Serve = Callable[..., Server]
ClientOf = Callable[..., ServiceClient]


def test_a_round_reports_what_it_did(client: ServiceClient, fake_service: FakeService) -> None:
    sync_once(client, FakeStore(journal(3, OTHER_BENCH), OTHER_BENCH))
    fake_service.judge = lambda entry: "rejected" if entry["seq"] == 2 else "accepted"
    report = sync_once(client, FakeStore(journal(2)))
    assert report == SyncReport(
        pushed=2, accepted=1, known=0, parked=0, rejected=1, pulled=4, waiting=0, revision=4
    )


def test_two_benches_see_the_same_log(client: ServiceClient) -> None:
    one, other = FakeStore(journal(3)), FakeStore(journal(5, OTHER_BENCH), OTHER_BENCH)
    for store in (one, other, one):
        sync_once(client, store)
    assert one.items == other.items
    assert one.sync_state().revision == 8


@pytest.mark.parametrize("waiting", [0, 2])
@pytest.mark.parametrize("kept", [0, 1, 3])
def test_a_restored_service_gets_back_what_it_lost(
    client: ServiceClient, fake_service: FakeService, kept: int, waiting: int
) -> None:
    """With something waiting the gap tells it, without it the chain does."""
    store = FakeStore(journal(5))
    sync_once(client, store)
    before = list(fake_service.contents)
    fake_service.restore(kept)
    store.own = journal(5 + waiting)
    report = sync_once(client, store)
    assert store.started_over == 1
    assert (report.known, report.accepted) == (kept, 5 - kept + waiting)
    assert fake_service.contents[:5] == before
    assert (report.waiting, report.revision) == (0, 5 + waiting)


def test_a_service_that_forgets_each_time_is_told_to_the_user(
    serve: Serve, client_of: ClientOf
) -> None:
    store = FakeStore(journal(2))
    server = serve(says(410, {"code": "restored"}))
    with pytest.raises(SyncFaultError) as caught:
        sync_once(client_of(server.url), store)
    assert caught.value.code == "restored"
    assert (store.started_over, len(server.requests)) == (1, 2)
    assert len(store.pending(10)) == 2


def test_a_service_that_expects_the_impossible_is_told_to_the_user(
    serve: Serve, client_of: ClientOf
) -> None:
    """It asks for what came before the first entry, over and over."""
    store = FakeStore(journal(3)[1:])
    server = serve(says(409, {"code": "gap", "expected_seq": 1}))
    with pytest.raises(SyncFaultError) as caught:
        sync_once(client_of(server.url), store)
    assert (caught.value.code, caught.value.fields["expected_seq"]) == ("gap", 1)
    assert store.started_over == 1


def test_another_fault_does_not_start_over(serve: Serve, client_of: ClientOf) -> None:
    store = FakeStore(journal(2))
    with pytest.raises(SyncFaultError):
        sync_once(client_of(serve(says(401, {"code": "token_revoked"})).url), store)
    assert store.started_over == 0


def test_what_a_restored_bench_carries_over_goes_up_in_the_same_round(
    client: ServiceClient, fake_service: FakeService
) -> None:
    store = FakeStore(journal(2))
    store.to_carry = 3
    report = sync_once(client, store)
    assert (report.pushed, report.waiting, report.revision) == (5, 0, 5)
    assert len(fake_service.contents) == 5
