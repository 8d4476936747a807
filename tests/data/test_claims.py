"""A part that two repairs claim: one answer on every bench, whatever reached it first."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.store import LocalStore
from app.domain.folds import repairs_of
from app.domain.journal import Draft, Entry, Json
from app.domain.repairs import Repair
from tests.data.pairs import Service, append, is_sound, note, opened, pull, push, repair

Make = Callable[..., LocalStore]
REPAIRS = ("r1", "r2", "r3")


def fit(repair_id: str, kgb: str = "K") -> Draft:
    payload: dict[str, Json] = {"part_number": "1", "kgb": kgb, "kbb": "", "order": ""}
    return Draft("part.fitted", f"repair:{repair_id}", "person:a", payload | {"delivery": ""})


def undo(fitted: Entry) -> Draft:
    payload: dict[str, Json] = {"entry": str(fitted.id), "kind": "part.fitted"}
    return Draft("repair.undone", fitted.subject, "person:a", payload)


def settle(lost: Entry, against: Entry, verdict: str) -> Draft:
    payload: dict[str, Json] = {"conflict": str(lost.id), "against": str(against.id)}
    return Draft("conflict.settled", lost.subject, "person:lead", payload | {"verdict": verdict})


def held(store: LocalStore, repair_id: str) -> list[str]:
    found = repair(store, repair_id)
    return [part.kgb for part in found.parts] if found is not None else []


def parked(store: LocalStore, repair_id: str) -> list[str]:
    found = repair(store, repair_id)
    return [conflict.code for conflict in found.conflicts] if found is not None else []


@pytest.fixture
def pair(make_store: Make) -> tuple[LocalStore, LocalStore, Service]:
    """Two benches that know the same two repairs."""
    one, two, service = make_store("one"), make_store("two"), Service()
    append(one, opened("r1", "1"), opened("r2", "2"))
    push(one, service)
    pull(two, service)
    return one, two, service


Pair = tuple[LocalStore, LocalStore, Service]


def test_the_second_claim_is_parked_on_its_own_repair_on_both_benches(pair: Pair) -> None:
    one, two, service = pair
    append(one, fit("r1"))
    append(two, fit("r2"))
    push(two, service)
    push(one, service)
    for store in (one, two):
        pull(store, service)
        assert (held(store, "r1"), held(store, "r2")) == ([], ["K"])
        assert (parked(store, "r1"), parked(store, "r2")) == (["part_claimed_twice"], [])
        assert is_sound(store)


def test_a_claim_that_waits_comes_after_one_that_the_service_has(pair: Pair) -> None:
    one, two, service = pair
    append(one, fit("r1"))
    append(two, fit("r2"))
    push(two, service)
    pull(one, service)
    assert (held(one, "r1"), parked(one, "r1"), held(one, "r2")) == (
        [],
        ["part_claimed_twice"],
        ["K"],
    )
    assert is_sound(one)


def test_a_claim_numbered_before_one_that_is_here_already_takes_the_part(pair: Pair) -> None:
    one, two, service = pair
    append(two, fit("r2"))
    push(two, service)
    append(one, fit("r1"))
    push(one, service)  # numbered second, and known here first
    assert (held(one, "r1"), held(one, "r2")) == (["K"], [])
    pull(one, service)
    assert (held(one, "r1"), held(one, "r2")) == ([], ["K"])
    assert is_sound(one)


def test_two_claims_in_one_page_are_ruled_too(pair: Pair, make_store: Make) -> None:
    one, two, service = pair
    append(one, fit("r1"))
    append(two, fit("r2"))
    push(one, service)
    push(two, service)
    third = make_store("third")
    pull(third, service)
    assert (held(third, "r1"), parked(third, "r2")) == (["K"], ["part_claimed_twice"])
    assert is_sound(third)


def test_an_undone_claim_frees_the_part_for_the_next_one(pair: Pair) -> None:
    one, two, service = pair
    (first,) = append(one, fit("r1"))
    push(one, service)
    append(two, fit("r2"))
    pull(two, service)
    assert parked(two, "r2") == ["part_claimed_twice"]
    append(one, undo(first))
    push(one, service)
    push(two, service)
    for store in (one, two):
        pull(store, service)
        assert (held(store, "r1"), held(store, "r2")) == ([], ["K"])
        assert (parked(store, "r1"), parked(store, "r2")) == ([], [])
        assert is_sound(store)


def test_a_claim_that_lost_can_be_undone_and_leaves_no_conflict(pair: Pair) -> None:
    one, two, service = pair
    append(one, fit("r1"))
    (second,) = append(two, fit("r2"))
    append(two, undo(second))
    push(one, service)
    push(two, service)
    for store in (one, two):
        pull(store, service)
        assert (held(store, "r1"), parked(store, "r1"), parked(store, "r2")) == (["K"], [], [])
        assert is_sound(store)


def test_a_rejected_claim_frees_the_part(pair: Pair) -> None:
    one, two, service = pair
    append(one, fit("r1"), fit("r2"))
    assert parked(one, "r2") == ["part_claimed_twice"]
    service.rejects = "part."
    one.record_outcomes(service.take(one.pending(1)))
    assert (held(one, "r1"), held(one, "r2"), parked(one, "r2")) == ([], ["K"], [])
    assert is_sound(one)
    assert is_sound(two)


def test_a_dropped_claim_is_gone_and_the_part_stays_where_it_is(pair: Pair) -> None:
    one, _, _ = pair
    first, second = append(one, fit("r1"), fit("r2"))
    append(one, settle(second, first, "drop"))
    assert (held(one, "r1"), held(one, "r2"), parked(one, "r2")) == (["K"], [], [])
    append(one, undo(first))
    assert (held(one, "r1"), held(one, "r2")) == ([], [])
    assert is_sound(one)


def test_a_kept_claim_holds_the_part_against_an_earlier_one(pair: Pair) -> None:
    one, two, service = pair
    first, second = append(one, fit("r1"), fit("r2"))
    append(one, settle(second, first, "keep"))
    assert (held(one, "r1"), held(one, "r2")) == ([], ["K"])
    assert (parked(one, "r1"), parked(one, "r2")) == (["part_claimed_twice"], [])
    push(one, service)
    pull(two, service)
    assert held(two, "r2") == ["K"]
    assert is_sound(one)
    assert is_sound(two)


def test_a_restored_service_that_numbers_in_another_order_is_followed(pair: Pair) -> None:
    one, two, service = pair
    append(one, fit("r1"), opened("r3", "3"))
    push(one, service)
    pull(two, service)
    append(two, opened("r4", "4"), fit("r4"))
    push(two, service)
    pull(one, service)
    assert (held(two, "r1"), held(two, "r4")) == (["K"], [])
    fresh = Service()
    for store in (two, one):
        store.start_over()
        push(store, fresh)
        assert is_sound(store)
    for store in (one, two):
        pull(store, fresh)
        assert (held(store, "r1"), held(store, "r4")) == ([], ["K"])
        assert is_sound(store)


def test_a_part_that_very_many_claim_has_one_holder(pair: Pair) -> None:
    one, two, service = pair
    many = [f"m{number}" for number in range(100)]
    append(one, *(opened(each, each) for each in many), *(fit(each) for each in many))
    push(one, service)
    pull(two, service, 250)
    for store in (one, two):
        assert [each for each in many if held(store, each)] == ["m0"]
        assert len(store.in_conflict()) == 99
        assert is_sound(store)


# ----------------------------------------------------------------------
# Whatever happens in whatever order
# ----------------------------------------------------------------------

WHO = st.sampled_from(["one", "two"])
SUBJECTS = st.sampled_from(REPAIRS)
ACTIONS = st.one_of(
    st.tuples(WHO, st.builds(fit, SUBJECTS, st.sampled_from(["K", "L"]))),
    st.tuples(WHO, st.builds(fit, SUBJECTS, st.just("K"))),
    st.tuples(WHO, st.builds(opened, SUBJECTS)),
    st.tuples(WHO, st.builds(note, st.just("n"), SUBJECTS)),
    st.tuples(WHO, st.sampled_from(["undo", "keep", "drop"]), st.integers(0, 5)),
    st.tuples(WHO, st.sampled_from(["push", "pull", "lose", "refuse", "take", "restore"])),
)


def everything(store: LocalStore) -> list[Entry]:
    with store.reading() as reader:
        return [entry for one in REPAIRS for entry in reader.timeline(f"repair:{one}")]


def states(store: LocalStore) -> dict[str, Repair]:
    found = {f"repair:{one}": repair(store, one) for one in REPAIRS}
    return {subject: state for subject, state in found.items() if state is not None}


def told(store: LocalStore, action: str, number: int) -> Draft | None:
    """What somebody at a bench says of a claim that is known there."""
    fits = [entry for entry in everything(store) if entry.kind == "part.fitted"]
    if not fits:
        return None
    chosen, other = fits[number % len(fits)], fits[(number + 1) % len(fits)]
    return undo(chosen) if action == "undo" else settle(chosen, other, action)


@dataclass
class World:
    """Two benches and their service, which may be restored to nothing."""

    stores: dict[str, LocalStore]
    size: int
    service: Service = field(default_factory=Service)
    renumbered: bool = False

    def act(self, name: str, what: object, number: int) -> None:
        store = self.stores[name]
        match what:
            case Draft():
                append(store, what)
            case "push":
                push(store, self.service, self.size)
            case "pull":
                pull(store, self.service, self.size)
            case "lose":
                self.service.take(store.pending(self.size))
            case "refuse" | "take":
                self.service.rejects = "part." if what == "refuse" else "refused."
            case "restore":
                self.service, self.renumbered = Service(rejects=self.service.rejects), True
                for each in self.stores.values():
                    each.start_over()
            case _:
                draft = told(store, str(what), number)
                append(store, *([] if draft is None else [draft]))
        self.check(store)

    def check(self, store: LocalStore) -> None:
        refused = {entry.id for entry, _ in store.rejected()}
        if not self.renumbered:  # the domain's order knows no former revisions
            folded = [entry for entry in everything(store) if entry.id not in refused]
            assert states(store) == repairs_of(folded)
        assert is_sound(store)


@given(actions=st.lists(ACTIONS, max_size=25), size=st.integers(1, 4))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_two_benches_come_to_the_same_states_as_a_rebuild(
    make_store: Make,
    tmp_path_factory: pytest.TempPathFactory,
    actions: list[tuple[str, object] | tuple[str, object, int]],
    size: int,
) -> None:
    names = tmp_path_factory.mktemp("claims").name
    stores = {name: make_store(f"{names}-{name}") for name in ("one", "two")}
    world = World(stores, size)
    for name, what, *more in actions:
        world.act(name, what, more[0] if more else 0)
    for _ in range(2):
        for store in stores.values():
            push(store, world.service)
            pull(store, world.service)
    one, two = stores.values()
    assert states(one) == states(two)
    assert is_sound(one)
    assert is_sound(two)
    one.close()
    two.close()
