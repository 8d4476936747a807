"""What becomes of entries that a bench pushes."""

from collections.abc import Callable

import pytest

from account_service.errors import ConflictError, ForbiddenError, MalformedError, NotSignedInError
from account_service.services import enrolling
from account_service.services.pushing import push
from account_service.services.signing_in import Caller
from account_service.store.database import Database
from tests.account_service.conftest import NOON, Bench, outcomes
from tests.account_service.journals import REPAIR, Journal

OTHER = "repair:0193aa00-0000-7000-8000-0000000000bb"
Enrol = Callable[..., Bench]


def test_entries_get_the_next_revisions(bench: Bench) -> None:
    pushed = bench.push(*bench.journal.entries(3))
    assert outcomes(pushed) == [("accepted", 1, None), ("accepted", 2, None), ("accepted", 3, None)]
    assert pushed.revision == pushed.durable_revision == 3
    assert pushed.chain == bench.pull()["chain"]


def test_nothing_pushed_tells_where_the_log_ends(bench: Bench) -> None:
    before = bench.push(*bench.journal.entries(2))
    pushed = bench.push()
    assert pushed.outcomes == []
    assert (pushed.revision, pushed.chain) == (before.revision, before.chain)


def test_what_was_stored_is_known_with_its_outcome(bench: Bench) -> None:
    entries = [bench.journal.opened(), bench.journal.opened(), bench.journal.entry(actor="")]
    first = bench.push(*entries)
    assert outcomes(first) == [
        ("accepted", 1, None),
        ("parked", 2, "already_open"),
        ("rejected", None, "actor_invalid"),
    ]
    again = bench.push(*entries)
    assert outcomes(again) == [
        ("known", 1, None),
        ("known", 2, "already_open"),
        ("known", None, "actor_invalid"),
    ]
    assert [each.stored for each in again.outcomes] == ["accepted", "parked", "rejected"]
    assert [each.stored for each in first.outcomes] == [None, None, None]
    assert again.revision == 2


def test_a_batch_may_begin_with_known_entries_and_go_on_with_new_ones(bench: Bench) -> None:
    entries = bench.journal.entries(4)
    bench.push(*entries[:3])
    pushed = bench.push(*entries[1:])
    assert [each.outcome for each in pushed.outcomes] == ["known", "known", "accepted"]
    assert [each.revision for each in pushed.outcomes] == [2, 3, 4]


def test_a_gap_is_answered_with_the_seq_expected(bench: Bench) -> None:
    entries = bench.journal.entries(4)
    bench.push(entries[0])
    with pytest.raises(ConflictError) as gap:
        bench.push(*entries[2:])
    assert (gap.value.code, gap.value.fields) == ("gap", {"expected_seq": 2})
    assert bench.push(*entries[1:]).revision == 4


def test_the_same_seq_with_another_hash_is_a_fork(bench: Bench) -> None:
    entries = bench.journal.entries(2)
    bench.push(*entries)
    clone = Journal(bench.journal.bench_id)
    with pytest.raises(ConflictError) as fork:
        bench.push(entries[0], *[clone.entries(2)[1]], clone.entry())
    assert (fork.value.code, fork.value.fields) == ("device_forked", {"seq": 2})
    assert bench.push().revision == 2


def test_a_hash_that_does_not_continue_the_chain_refuses_the_batch(bench: Bench) -> None:
    entries = bench.journal.entries(3)
    entries[1]["payload"] = {"text": "changed"}
    with pytest.raises(ConflictError) as mismatch:
        bench.push(*entries)
    assert (mismatch.value.code, mismatch.value.fields) == ("hash_mismatch", {"seq": 2})
    assert bench.push(entries[0]).revision == 1


def test_entries_must_come_in_seq_order(bench: Bench) -> None:
    first, second = bench.journal.entries(2)
    for batch in ([second, first], [first, first]):
        with pytest.raises(MalformedError, match="not_in_order"):
            bench.push(*batch)
    assert bench.push().revision == 0


def test_another_benchs_entry_is_forbidden(bench: Bench) -> None:
    with pytest.raises(ForbiddenError, match="bench_mismatch"):
        bench.push(Journal().entry())


def test_a_rejected_entry_advances_the_queue_but_not_the_log(bench: Bench) -> None:
    pushed = bench.push(bench.journal.entry("nonsense"), bench.journal.entry())
    assert outcomes(pushed) == [("rejected", None, "kind_invalid"), ("accepted", 1, None)]
    assert [item["entry"]["seq"] for item in bench.pull_all()] == [2]


def test_an_id_that_the_organisation_has_already_is_rejected(enrol: Enrol) -> None:
    one, two = enrol(), enrol()
    first = one.journal.entry()
    one.push(first)
    pushed = two.push(two.journal.entry(id=first["id"]))
    assert outcomes(pushed) == [("rejected", None, "id_taken")]
    twice = two.journal.entry()
    pushed = two.push(twice, two.journal.entry(id=twice["id"]))
    assert outcomes(pushed) == [("accepted", 2, None), ("rejected", None, "id_taken")]


def test_a_transition_from_where_the_repair_stands_is_accepted(bench: Bench) -> None:
    journal = bench.journal
    pushed = bench.push(journal.opened(), journal.moved("opened", "diagnosed"))
    assert [each.outcome for each in pushed.outcomes] == ["accepted", "accepted"]
    pushed = bench.push(journal.moved("diagnosed", "in_repair"))
    assert [each.outcome for each in pushed.outcomes] == ["accepted"]


def test_a_transition_from_elsewhere_is_parked_and_moves_nothing(enrol: Enrol) -> None:
    one, two = enrol(), enrol()
    one.push(one.journal.opened(), one.journal.moved("opened", "diagnosed"))
    pushed = two.push(
        two.journal.moved("opened", "cancelled"), two.journal.moved("diagnosed", "in_repair")
    )
    assert outcomes(pushed) == [("parked", 3, "wrong_from"), ("accepted", 4, None)]
    assert [item["revision"] for item in one.pull_all()] == [1, 2, 3, 4]


def test_a_transition_of_a_repair_that_was_never_opened_is_parked(bench: Bench) -> None:
    pushed = bench.push(bench.journal.moved("opened", "diagnosed"))
    assert outcomes(pushed) == [("parked", 1, "wrong_from")]


def test_a_second_opening_is_parked_wherever_the_repair_stands(bench: Bench) -> None:
    journal = bench.journal
    pushed = bench.push(
        journal.opened(),
        journal.moved("opened", "cancelled"),
        journal.opened(),
        journal.opened(OTHER),
    )
    assert [each.code for each in pushed.outcomes] == [None, None, "already_open", None]


def test_taking_a_transition_back_moves_the_repair_back(bench: Bench) -> None:
    journal = bench.journal
    pushed = bench.push(
        journal.opened(),
        journal.moved("opened", "diagnosed"),
        journal.undone("opened", "diagnosed"),
        journal.undone("opened", "diagnosed"),
        journal.moved("opened", "cancelled"),
    )
    assert [each.code for each in pushed.outcomes] == [None, None, None, "nothing_to_undo", None]


def test_taking_something_else_back_leaves_the_status(bench: Bench) -> None:
    journal = bench.journal
    undone = journal.entry("repair.undone", payload={"entry": "x", "kind": "part.fitted"})
    assert outcomes(bench.push(undone)) == [("accepted", 1, None)]


def test_a_status_belongs_to_one_organisation(
    database: Database, enrol: Enrol, bench: Bench, other_organisation: str
) -> None:
    stranger = enrol(other_organisation)
    bench.push(bench.journal.opened())
    pushed = stranger.push(
        stranger.journal.moved("opened", "diagnosed"), stranger.journal.opened(REPAIR)
    )
    assert outcomes(pushed) == [("parked", 1, "wrong_from"), ("accepted", 2, None)]


def test_the_same_entry_id_may_exist_in_two_organisations(
    enrol: Enrol, bench: Bench, other_organisation: str
) -> None:
    stranger = enrol(other_organisation, Journal(bench.journal.bench_id))
    entry = bench.journal.entry()
    assert outcomes(bench.push(entry)) == outcomes(stranger.push(entry)) == [("accepted", 1, None)]


def test_a_token_that_is_revoked_while_its_bench_waits_is_refused(
    database: Database, organisation_id: str, bench: Bench
) -> None:
    caller = bench.caller
    enrolling.revoke(database, organisation_id, bench.journal.bench_id, NOON)
    with pytest.raises(NotSignedInError, match="token_revoked"):
        push(database, caller, [], NOON)


def test_a_caller_of_an_organisation_that_is_gone_is_unknown(database: Database) -> None:
    with pytest.raises(NotSignedInError, match="token_unknown"):
        push(database, Caller("0" * 12, "b", "c"), [], NOON)


def test_a_restored_service_takes_the_entries_again(bench: Bench, enrol: Enrol) -> None:
    entries = bench.journal.entries(3)
    bench.push(*entries[:1])
    with pytest.raises(ConflictError, match="gap expected_seq=2"):
        bench.push(entries[2])
    assert [each.outcome for each in bench.push(*entries).outcomes] == [
        "known",
        "accepted",
        "accepted",
    ]


def test_a_bench_that_enrols_again_goes_on_with_its_journal(bench: Bench, enrol: Enrol) -> None:
    bench.push(*bench.journal.entries(2))
    again = enrol(journal=bench.journal)
    assert outcomes(again.push(bench.journal.entry())) == [("accepted", 3, None)]
    with pytest.raises(NotSignedInError, match="token_revoked"):
        bench.push()
