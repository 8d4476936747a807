"""The store's side of sync: answers, pages, and two benches that come to the same state."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.store import LocalStore
from app.domain.folds import repair_of
from app.domain.journal import GENESIS, Draft, Entry, Json, sealed
from app.domain.repairs import Step
from app.services.ports import PushOutcome, RegisterRow
from tests.data.pairs import (
    Service,
    append,
    fitted,
    is_sound,
    moved,
    note,
    opened,
    pull,
    push,
    repair,
    timeline,
)
from tests.fixtures_store import NOON

Make = Callable[..., LocalStore]


# ----------------------------------------------------------------------
# Answers
# ----------------------------------------------------------------------


def test_pending_entries_come_in_seq_order_until_they_are_answered(store: LocalStore) -> None:
    written = append(store, opened(), *(note(str(n)) for n in range(4)))
    assert store.pending(3) == tuple(written[:3])
    store.record_outcomes(Service().take(written[:3]))
    assert store.pending(9) == tuple(written[3:])
    assert store.sync_state().waiting == 2
    assert [entry.revision for entry in timeline(store)] == [1, 2, 3, None, None]
    assert is_sound(store)


def test_a_rejected_entry_leaves_the_fold_and_stays_visible(store: LocalStore) -> None:
    service = Service()
    append(store, opened(), note("bad", kind="repair.noted"), note("good"))
    service.rejects = "repair.noted"
    store.record_outcomes(service.take(store.pending(2)))
    found = repair(store)
    assert found is not None
    assert found.notes == ("good",)
    assert [entry.payload.get("text") for entry in timeline(store)] == [None, "bad", "good"]
    state = store.sync_state()
    assert (state.waiting, state.rejected) == (1, 1)
    assert store.rejected()[0][1] == "kind_unknown"
    assert is_sound(store)


def test_a_repair_whose_opening_was_rejected_is_gone(store: LocalStore) -> None:
    append(store, opened(), note("1"))
    service = Service(rejects="repair.")
    push(store, service)
    assert repair(store) is None
    assert len(timeline(store)) == 2
    assert is_sound(store)


def test_a_reading_that_was_rejected_opens_nothing(store: LocalStore) -> None:
    payload: dict[str, Json] = {"channel": "wrist", "verdict": "pass"}
    append(store, Draft("esd.measured", "person:anna", "bench", payload))
    push(store, Service(rejects="esd."))
    with store.reading() as reader:
        assert reader.esd_state("anna") is None
    assert is_sound(store)


def test_a_rejected_entry_that_the_log_has_after_all_counts_again(store: LocalStore) -> None:
    (first,) = append(store, opened())
    store.record_outcomes([PushOutcome(1, "rejected", None, "kind_unknown")])
    assert repair(store) is None
    service = Service()
    service.put(first)
    pull(store, service)
    assert repair(store) is not None
    assert store.sync_state().rejected == 0
    assert is_sound(store)


def test_a_known_answer_is_the_one_that_was_given_first(store: LocalStore) -> None:
    append(store, opened(), note("1"), note("2"))
    known = [
        PushOutcome(1, "known", 10, None),
        PushOutcome(2, "known", 11, "wrong_from"),
        PushOutcome(3, "known", None, "too_large"),
    ]
    store.record_outcomes(known)
    state = store.sync_state()
    assert (state.waiting, state.rejected) == (0, 1)
    assert is_sound(store)


def test_an_answer_that_comes_twice_changes_nothing(store: LocalStore) -> None:
    append(store, opened(), note("1"))
    outcomes = Service().take(store.pending(9))
    store.record_outcomes(outcomes)
    before = timeline(store)
    store.record_outcomes(outcomes)
    assert timeline(store) == before
    assert store.sync_state().waiting == 0


def test_an_answer_out_of_order_or_never_asked_for_does_not_skip_an_entry(
    store: LocalStore,
) -> None:
    written = append(store, opened(), note("1"), note("2"))
    store.record_outcomes(
        [PushOutcome(3, "accepted", 3, None), PushOutcome(9, "accepted", 9, None)]
    )
    assert store.pending(9) == (written[0], written[1], replace(written[2], revision=3))
    assert is_sound(store)


# ----------------------------------------------------------------------
# Pages
# ----------------------------------------------------------------------


def test_another_benches_entries_fold_into_the_same_repair(make_store: Make) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    append(one, opened(), note("from one"))
    push(one, service)
    pull(two, service)
    append(two, note("from two"))
    push(two, service)
    pull(one, service)
    assert repair(one) == repair(two)
    found = repair(one)
    assert found is not None
    assert found.notes == ("from one", "from two")
    assert is_sound(one)
    assert is_sound(two)
    assert one.verify().benches == 2


def test_what_is_pending_comes_after_what_the_service_has_numbered(make_store: Make) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    append(one, opened())
    push(one, service)
    pull(two, service)
    append(one, moved(Step.OPENED, Step.DIAGNOSED))
    append(two, moved(Step.OPENED, Step.CANCELLED))
    push(two, service)
    pull(one, service)
    found = repair(one)
    assert found is not None
    assert found.step is Step.CANCELLED
    assert [conflict.code for conflict in found.conflicts] == ["wrong_from"]
    assert [entry.revision for entry in timeline(one)] == [1, 2, None]
    assert is_sound(one)


def test_an_own_entry_in_the_log_is_its_answer(store: LocalStore) -> None:
    service = Service()
    append(store, opened(), note("1"))
    service.take(store.pending(9))  # the answer is lost on the way
    pull(store, service)
    assert store.sync_state().waiting == 0
    assert [entry.revision for entry in timeline(store)] == [1, 2]
    assert is_sound(store)


def test_a_page_that_comes_twice_changes_nothing(make_store: Make) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    append(one, opened(), note("1"))
    push(one, service)
    page = service.page(two)
    two.apply_page(page)
    before = timeline(two)
    two.apply_page(page)
    assert timeline(two) == before
    state = two.sync_state()
    assert (state.revision, state.chain) == (2, f"{2:064x}")
    two.apply_page([])
    assert two.sync_state() == state


def test_register_rows_come_down_with_the_log(store: LocalStore) -> None:
    service = Service()
    person: dict[str, object] = {"id": "a", "name": "A", "role": "lead", "badge": "1"}
    service.put(RegisterRow("people", "a", person))
    service.put(RegisterRow("people", "b", {"id": "b"}))
    service.put(RegisterRow("people", "a", None))
    pull(store, service, 2)
    with store.reading() as reader:
        assert reader.person("a") is None
    assert [(one.register, one.key, one.code) for one in store.misfits()] == [
        ("people", "b", "missing")
    ]
    assert store.sync_state().revision == 3


def test_an_entry_after_one_that_the_service_rejected_is_proved_too(make_store: Make) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    append(one, opened(), note("x", kind="refused.kind"), note("kept"), note("last"))
    push(one, service)
    pull(two, service)
    found = repair(two)
    assert found is not None
    assert found.notes == ("kept", "last")
    assert is_sound(two)
    two.database.bare.execute("UPDATE entries SET actor = 'eve' WHERE seq = 3")
    told = two.verify().first_fault
    assert told is not None
    assert (told.bench_id, told.seq, told.code) == (one.bench_id, 3, "changed")
    two.database.bare.execute("DELETE FROM entries WHERE seq = 3")
    told = two.verify().first_fault
    assert told is not None
    assert (told.seq, told.code) == (2, "missing")


def forged(entry: Entry, **changes: object) -> Entry:
    return replace(entry, **changes)  # pyright: ignore[reportArgumentType] - a test's own lies


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"actor": "eve"}, "chain_broken"),
        ({"hash": "ab" * 32}, "chain_broken"),
        ({"payload": {"n": 1.5}}, "unreadable"),
        ({"kind": "\ud800"}, "unreadable"),
    ],
)
def test_an_entry_that_does_not_fit_is_kept_apart_and_stops_nothing(
    make_store: Make, changes: dict[str, object], code: str
) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    (first, second) = append(one, opened(), opened("r2", "8"))
    service.put(forged(first, **changes))
    other = sealed(
        opened("r3"), entry_id=UUID(int=9), bench_id=UUID(int=8), seq=1, at=NOON, previous=GENESIS
    )
    service.put(other)
    service.put(second)
    pull(two, service)
    assert [one.code for one in two.misfits()] == [code]
    assert two.verify().verified
    assert repair(two) is None
    assert repair(two, "r3") is not None
    assert two.sync_state().revision == 3


def test_a_place_that_is_taken_and_a_hash_that_changed_are_kept_apart(make_store: Make) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    (first,) = append(one, opened())
    service.put(first)
    service.put(replace(first, id=UUID(int=5)))
    service.put(replace(first, hash="ab" * 32))
    pull(two, service)
    assert sorted(one.code for one in two.misfits()) == ["other_hash", "place_taken"]
    assert two.verify().verified


def test_a_stale_copy_takes_its_own_later_entries_back(make_store: Make, tmp_path: object) -> None:
    one, service = make_store("one"), Service()
    append(one, opened(), note("1"))
    copy = one.path.with_name("stale.db")
    one.back_up(copy)
    append(one, note("2"), note("3"))
    push(one, service)
    stale = make_store("stale")
    pull(stale, service)
    assert timeline(stale) == timeline(one)
    assert stale.sync_state().waiting == 0
    assert is_sound(stale)
    assert append(stale, note("4"))[0].seq == 5


# ----------------------------------------------------------------------
# A service that was restored
# ----------------------------------------------------------------------


def test_starting_over_keeps_every_entry_and_every_state(make_store: Make) -> None:
    one, two, service = make_store("one"), make_store("two"), Service()
    append(one, opened(), note("x", kind="refused.kind"), note("1"))
    push(one, service)
    pull(two, service)
    append(two, note("2"))
    push(two, service)
    pull(one, service)
    append(one, note("3"))
    before = repair(one)
    one.start_over()
    assert repair(one) == before
    assert is_sound(one)
    state = one.sync_state()
    assert (state.waiting, state.rejected, state.revision, state.chain) == (4, 1, 0, GENESIS)
    fresh = Service()
    push(one, fresh)
    pull(one, fresh)
    two.start_over()
    push(two, fresh)
    pull(two, fresh)
    pull(one, fresh)
    assert repair(one) == repair(two)
    assert is_sound(one)
    assert is_sound(two)
    assert [entry.revision for entry in timeline(one)].count(None) == 1  # the rejected one


# ----------------------------------------------------------------------
# Whatever happens in whatever order
# ----------------------------------------------------------------------

STEPS = list(Step)
DRAFTS = st.one_of(
    st.just(opened()),
    st.builds(note, st.sampled_from(["a", "b", "c"])),
    st.builds(note, st.just("refused"), kind=st.just("refused.kind")),
    st.builds(moved, st.sampled_from(STEPS), st.sampled_from(STEPS)),
    st.builds(fitted, st.sampled_from(["K1", "K2"])),
)
ACTIONS = st.one_of(
    st.tuples(st.sampled_from(["one", "two"]), DRAFTS),
    st.tuples(st.sampled_from(["one", "two"]), st.sampled_from(["push", "pull", "lose"])),
)


@given(actions=st.lists(ACTIONS, max_size=25), size=st.integers(1, 4))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_two_benches_come_to_the_same_state(
    make_store: Make, tmp_path_factory: pytest.TempPathFactory, actions: list[object], size: int
) -> None:
    names = tmp_path_factory.mktemp("pair").name
    stores = {name: make_store(f"{names}-{name}") for name in ("one", "two")}
    service = Service()
    for action in actions:
        assert isinstance(action, tuple)
        name, what = action  # pyright: ignore[reportUnknownVariableType]
        store = stores[str(name)]  # pyright: ignore[reportUnknownArgumentType]
        if isinstance(what, Draft):
            append(store, what)
        elif what == "push":
            push(store, service, size)
        elif what == "lose":
            service.take(store.pending(size))
        else:
            pull(store, service, size)
        folded = [e for e in timeline(store) if e.kind != "refused.kind"]
        assert repair(store) == repair_of(folded)
    for _ in range(2):
        for store in stores.values():
            push(store, service)
            pull(store, service)
    one, two = stores.values()
    assert repair(one) == repair(two)
    assert is_sound(one)
    assert is_sound(two)
    one.close()
    two.close()
