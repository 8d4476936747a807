"""A register changed at a bench: the row follows at once, and every bench comes to the same row."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.data.store import LocalStore
from app.domain.account import AccountTerms, Standing
from app.domain.equipment import Equipment
from app.domain.journal import Draft, Entry, Json
from app.domain.people import Certification, Exam, Person, Role
from app.domain.products import (
    Asset,
    Coverage,
    Family,
    FormerIdentity,
    Ownership,
    Purchase,
)
from app.services.ports import Organisation, PushOutcome, RegisterRow
from app.services.register_values import (
    account_value,
    asset_value,
    equipment_value,
    person_value,
)
from app.services.registering import CHANGED, change
from tests.data.pairs import Service, append, is_sound, pull, push, timeline

Make = Callable[..., LocalStore]
ANNA = Person("anna", "Anna", "1001", Role.TECHNICIAN)
DAY = date(2026, 11, 23)
LEAD = "person:maria"


def changed(store: LocalStore, person: Person | None, key: str = "anna") -> Entry | None:
    with store.writing() as tx:
        return change(tx, "people", key, None if person is None else person_value(person), LEAD)


def anna(store: LocalStore) -> Person | None:
    with store.reading() as reader:
        return reader.person("anna")


def came_down(store: LocalStore, service: Service, person: Person | None) -> None:
    row = None if person is None else dict[str, object](person_value(person))
    service.put(RegisterRow("people", "anna", row))
    pull(store, service)


@pytest.mark.parametrize(
    ("register", "key", "row", "value"),
    [
        (
            "assets",
            "C02XK0ABJGH5",
            Asset(
                "C02XK0ABJGH5",
                "MacBook",
                Family.MAC,
                Ownership.LEASED,
                imeis=("354178036859789",),
                leased_until=DAY,
                coverages=(Coverage("apple", "LI", DAY, None, "GSX", DAY),),
                purchase=Purchase("1", DAY, "Apple", "F1", "abm"),
                former=(FormerIdentity("C02XK0ABJGH6", DAY, "R1"),),
            ),
            asset_value,
        ),
        (
            "people",
            "anna",
            replace(
                ANNA,
                certifications=(Certification("ACMT", (Family.MAC,), DAY, None, "C1"),),
                exams=(Exam("ACMT", DAY, passed=True, cost=5, currency="SEK"),),
            ),
            person_value,
        ),
        ("equipment", "t1", Equipment("t1", "esd_tester", "esd-1", "W", "S", DAY), equipment_value),
        (
            "account",
            "account",
            Organisation(
                "Norrviken", "V", "1", "UTC", "iec", AccountTerms(DAY, "se", Standing.GOOD, DAY, 9)
            ),
            account_value,
        ),
    ],
)
def test_a_row_of_every_register_is_set_and_taken_away(
    store: LocalStore,
    register: str,
    key: str,
    row: object,
    value: Callable[[Any], dict[str, Json]],
) -> None:
    def now() -> object:
        with store.reading() as reader:
            match register:
                case "assets":
                    return reader.asset(key)
                case "people":
                    return reader.person(key)
                case "equipment":
                    return reader.piece(key)
                case _:
                    return reader.organisation()

    before = now()
    with store.writing() as tx:
        entry = change(tx, register, key, value(row), LEAD)
        assert entry is not None
        assert (entry.kind, entry.subject, entry.actor) == (CHANGED, f"{register}:{key}", LEAD)
        assert entry.payload["was"] is None
        assert change(tx, register, key, value(row), LEAD) is None
    assert now() == row
    with store.writing() as tx:
        assert change(tx, register, key, None, LEAD) is not None
        assert change(tx, register, key, None, LEAD) is None
    assert now() == before
    assert is_sound(store)


def test_only_what_differs_is_named(store: LocalStore) -> None:
    changed(store, ANNA)
    entry = changed(store, replace(ANNA, name="Anna B", tech_id="T1"))
    assert entry is not None
    assert dict(entry.payload) == {
        "set": {"name": "Anna B", "tech_id": "T1"},
        "was": {"name": "Anna", "tech_id": None},
    }
    emptied = changed(store, replace(ANNA, name="Anna B"))
    assert emptied is not None
    assert emptied.payload["set"] == {"tech_id": None}
    assert anna(store) == replace(ANNA, name="Anna B")


def test_a_former_serial_is_not_the_row_that_is_changed(store: LocalStore) -> None:
    row = Asset("C02XK0ABJGH5", "Mac", None, Ownership.OWNED, maker="")
    row = replace(row, former=(FormerIdentity("C02XK0ABJGH6"),))
    with store.writing() as tx:
        change(tx, "assets", row.serial, asset_value(row), LEAD)
        other = replace(row, serial="C02XK0ABJGH6", former=())
        entry = change(tx, "assets", other.serial, asset_value(other), LEAD)
        assert entry is not None
        assert entry.payload["was"] is None


def test_what_waits_to_be_sent_stays_over_a_row_that_comes_down(store: LocalStore) -> None:
    service = Service()
    came_down(store, service, ANNA)
    changed(store, replace(ANNA, tech_id="T1"))
    came_down(store, service, replace(ANNA, name="Anna B"))
    assert anna(store) == replace(ANNA, name="Anna B", tech_id="T1")
    push(store, service)
    pull(store, service)
    assert anna(store) == replace(ANNA, name="Anna B", tech_id="T1")


def test_a_row_that_comes_down_later_has_the_last_word(store: LocalStore) -> None:
    service = Service()
    changed(store, ANNA)
    push(store, service)
    came_down(store, service, replace(ANNA, name="Anna B"))
    assert anna(store) == replace(ANNA, name="Anna B")
    came_down(store, service, None)
    assert anna(store) is None


def test_another_benches_change_is_followed_with_ours_over_it(make_store: Make) -> None:
    service = Service()
    one, two = make_store("one"), make_store("two")
    came_down(one, service, ANNA)
    pull(two, service)
    changed(one, replace(ANNA, name="One", tech_id="T1"))
    changed(two, replace(ANNA, name="Two", badge="2002"))
    push(one, service)
    pull(two, service)
    assert anna(two) == Person("anna", "Two", "2002", Role.TECHNICIAN, "T1")
    push(two, service)
    pull(one, service)
    assert anna(one) == anna(two)
    assert is_sound(one)
    assert is_sound(two)


def test_a_rejected_change_is_taken_back_and_stays_visible(make_store: Make) -> None:
    service = Service(rejects="register.")
    one = make_store("one")
    came_down(one, service, ANNA)
    changed(one, replace(ANNA, name="Never", tech_id="T1"))
    service.rejects = "nothing."
    other = make_store("two")
    pull(other, service)
    changed(other, replace(ANNA, name="Two"))
    push(other, service)
    pull(one, service)
    assert anna(one) == replace(ANNA, name="Never", tech_id="T1")
    service.rejects = "register."
    push(one, service)
    assert anna(one) == replace(ANNA, name="Two")
    assert [entry.payload["set"] for entry in timeline(one, "people:anna")] == [
        {"name": "Two"},
        {"name": "Never", "tech_id": "T1"},
    ]


def test_what_was_changed_since_is_not_taken_back(make_store: Make) -> None:
    service = Service()
    store = make_store("one")
    changed(store, ANNA)
    push(store, service)
    changed(store, replace(ANNA, name="Never", tech_id="T1"))
    service.rejects = "register."
    # as an import does it: no entry tells of the field
    row: dict[str, object] = {**person_value(ANNA), "name": "New", "tech_id": "T1"}
    assert store.load_registers([RegisterRow("people", "anna", row)]) == ()
    push(store, service)
    assert anna(store) == replace(ANNA, name="New")


def test_what_a_row_that_came_down_overtook_does_not_come_back_with_a_rejection(
    store: LocalStore,
) -> None:
    service = Service()
    changed(store, replace(ANNA, name="Old"))
    push(store, service)
    came_down(store, service, ANNA)
    changed(store, replace(ANNA, name="Never"))
    service.rejects = "register."
    push(store, service)
    assert anna(store) == ANNA


def test_what_another_bench_said_of_a_row_of_ours_holds_after_a_rejection(make_store: Make) -> None:
    service = Service()
    one, two = make_store("one"), make_store("two")
    changed(one, ANNA)
    push(one, service)
    pull(two, service)
    changed(one, replace(ANNA, name="Never", tech_id="T1"))
    changed(two, replace(ANNA, name="Two"))
    push(two, service)
    pull(one, service)
    service.rejects = "register."
    push(one, service)
    assert anna(one) == anna(two) == replace(ANNA, name="Two")


def test_an_answer_and_a_later_change_leave_alone_what_came_between(make_store: Make) -> None:
    """An import writes rows without an entry: entries before it must not come back over it."""
    service = Service()
    store = make_store("one")
    changed(store, replace(ANNA, name="Before"))
    imported = RegisterRow("people", "anna", {**person_value(ANNA), "name": "Imported"})
    assert store.load_registers([imported]) == ()
    push(store, service)
    assert anna(store) == replace(ANNA, name="Imported")
    changed(store, replace(ANNA, name="Imported", tech_id="T1"))
    assert anna(store) == replace(ANNA, name="Imported", tech_id="T1")


def test_a_change_that_the_service_takes_after_all_holds(store: LocalStore) -> None:
    service = Service(rejects="register.")
    entry = changed(store, ANNA)
    push(store, service)
    assert entry is not None
    assert anna(store) is None
    store.record_outcomes([PushOutcome(entry.seq, "accepted", 1, None)])
    assert anna(store) == ANNA
    store.record_outcomes([PushOutcome(entry.seq, "accepted", 1, None)])
    assert anna(store) == ANNA


def test_a_removal_that_was_rejected_brings_the_row_back(make_store: Make) -> None:
    service = Service()
    store = make_store("one")
    came_down(store, service, ANNA)
    changed(store, None)
    assert anna(store) is None
    service.rejects = "register."
    push(store, service)
    assert anna(store) == ANNA


def test_a_row_that_was_changed_after_it_was_made_stays_though_its_making_is_rejected(
    store: LocalStore,
) -> None:
    entry = changed(store, ANNA)
    changed(store, replace(ANNA, tech_id="T1"))
    assert entry is not None
    store.record_outcomes([PushOutcome(entry.seq, "rejected", None, "no")])
    assert anna(store) == replace(ANNA, tech_id="T1")


def test_a_rejected_new_row_is_gone_again(store: LocalStore) -> None:
    changed(store, ANNA)
    push(store, Service(rejects="register."))
    assert anna(store) is None


@pytest.mark.parametrize(
    ("subject", "payload", "code"),
    [
        ("people:anna", {"set": {"role": "king"}}, "unknown_value"),
        ("people:anna", {"set": ["name"]}, "not_a_table"),
        ("people:anna", {}, "not_a_table"),
        ("people:anna", {"set": {"id": "maria"}}, "key_differs"),
        ("planets:mars", {"set": {"id": "mars"}}, "unknown_register"),
        ("nonsense", {"set": {"id": "mars"}}, "unknown_register"),
    ],
)
def test_what_gives_no_row_is_kept_apart(
    make_store: Make, subject: str, payload: dict[str, Json], code: str
) -> None:
    service = Service()
    other, store = make_store("two"), make_store("one")
    changed(store, ANNA)
    push(store, service)
    append(other, Draft(CHANGED, subject, LEAD, payload))
    push(other, service)
    pull(store, service)
    assert [misfit.code for misfit in store.misfits()] == [code]
    assert anna(store) == ANNA


def test_a_removal_of_what_nobody_knows_changes_nothing(make_store: Make) -> None:
    service = Service()
    other, store = make_store("two"), make_store("one")
    append(other, Draft(CHANGED, "planets:mars", LEAD, {"set": None}))
    push(other, service)
    pull(store, service)
    assert store.misfits() == ()


TURNS = count()
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["change", "change", "push", "pull", "row"]),
        st.sampled_from([0, 1]),
        st.sampled_from(["name", "badge", "tech_id"]),
        st.sampled_from(["A1", "B2", "C3"]),
    ),
    max_size=14,
)


@given(steps=STEPS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_benches_come_to_the_same_row_in_whatever_order_they_learn(
    make_store: Make, steps: list[tuple[str, int, str, str]]
) -> None:
    service, turn = Service(), next(TURNS)
    stores = [make_store(f"one{turn}"), make_store(f"two{turn}")]
    for what, which, field, value in steps:
        store = stores[which]
        now = anna(store) or ANNA
        if what == "change":
            changed(store, replace(now, **{field: value}))
        elif what == "row":
            service.put(RegisterRow("people", "anna", {**person_value(ANNA), field: value}))
        elif what == "push":
            push(store, service)
        else:
            pull(store, service)
    for store in (*stores, *stores):
        push(store, service)
        pull(store, service)
    assert anna(stores[0]) == anna(stores[1])
    for store in stores:
        store.close()
