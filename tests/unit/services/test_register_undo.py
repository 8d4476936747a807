"""UNDO of a lead's own change of a register: as it was, or nothing and why."""

from uuid import UUID, uuid4

import pytest

from app.domain.equipment import Equipment, EquipmentKind
from app.domain.journal import Draft, Json
from app.services.equipping import add_piece
from app.services.form_saving import undo_form
from app.services.form_sight import FormAsk, FormKind, SavedForm, UndoneForm, UndoOrder
from app.services.register_values import person_value
from app.services.registering import CHANGED
from app.services.registering import change as write
from app.services.saying import say_feedback, say_way_on
from app.services.views import Tone
from app.texts import Language, texts
from tests.unit.services.desk import BO, CLEO, MAC, TESTER, Desk, field_of
from tests.unit.services.form_desk import (
    CALIBRATED,
    NEW,
    PASSED,
    person,
    piece,
    save,
)


def made(done: SavedForm) -> UUID:
    """The change of a saved form, which says that UNDO takes it back."""
    assert done.problems == ()
    assert done.change is not None
    assert done.feedback.can_undo
    return done.change


def undo(desk: Desk, change: UUID, kind: FormKind = FormKind.PERSON_CHANGE) -> UndoneForm:
    with desk.store.writing() as tx:
        done = undo_form(tx, UndoOrder(FormAsk(kind), "cleo", change))
    for language in Language:
        assert "{" not in say_feedback(texts(language), done.feedback)
        assert "way_on." not in say_way_on(texts(language), done.feedback)
    return done


def told(done: UndoneForm) -> tuple[str, str]:
    return done.feedback.code, dict(done.feedback.fields).get("named", "")


def count(desk: Desk) -> int:
    with desk.store.reading() as reader:
        head = reader.head()
    return 0 if head is None else head.seq


# ----------------------------------------------------------------------
# Taken back
# ----------------------------------------------------------------------


def test_a_change_is_taken_back_by_an_entry_of_its_own(desk: Desk) -> None:
    change = made(save(desk, FormKind.PERSON_CHANGE, "anna", name="Anna Berg", tech_id="T9"))
    assert told(undo(desk, change)) == ("change_undone", "Anna Berg")
    now = person(desk, "anna")
    assert now is not None
    assert (now.name, now.tech_id) == ("Anna", "")
    with desk.store.reading() as reader:
        entry = reader.timeline("people:anna")[-1]
    assert (entry.kind, entry.actor) == (CHANGED, "person:cleo")
    assert entry.payload["set"] == {"name": "Anna", "tech_id": None}


def test_other_fields_that_were_changed_since_stay(desk: Desk) -> None:
    change = made(save(desk, FormKind.PERSON_CHANGE, "anna", name="Anna Berg"))
    save(desk, FormKind.PERSON_CHANGE, "anna", badge="1010")
    assert told(undo(desk, change))[0] == "change_undone"
    now = person(desk, "anna")
    assert now is not None
    assert (now.name, now.badge) == ("Anna", "1010")


def test_one_who_was_added_is_out_of_the_register_again(desk: Desk) -> None:
    done = undo(desk, made(save(desk, FormKind.PERSON_ADD, **NEW)), FormKind.PERSON_ADD)
    assert told(done) == ("addition_undone", "Eve")
    assert done.gone == "eve"
    assert person(desk, "eve") is None


def test_one_who_was_removed_is_back_with_all_that_was_known(desk: Desk) -> None:
    before = person(desk, "bo")
    done = undo(desk, made(save(desk, FormKind.PERSON_REMOVE, "bo")))
    assert told(done) == ("removal_undone", "Bo")
    assert (done.feedback.way_on, done.gone) == ("set_pin", "")
    assert person(desk, "bo") == before


def test_a_piece_that_was_taken_out_is_back_and_has_no_pin_to_set(stocked: Desk) -> None:
    before = piece(stocked, "mat-1")
    with stocked.store.writing() as tx:
        entry = write(tx, "equipment", "mat-1", None, "person:cleo")
    assert entry is not None
    done = undo(stocked, entry.id)
    assert told(done) == ("removal_undone", "Mat")
    assert (done.feedback.way_on, done.gone) == ("", "")
    assert piece(stocked, "mat-1") == before


def test_a_qualification_and_an_exam_are_taken_back(desk: Desk) -> None:
    before = person(desk, "dan")
    first = made(save(desk, FormKind.CERTIFICATE, "dan", **PASSED))
    sat = {"exam": "iOS", "exam_result": "yes", "voucher": "V-1"}
    second = made(save(desk, FormKind.EXAM, "dan", **sat))
    assert told(undo(desk, second))[0] == "change_undone"
    assert told(undo(desk, first))[0] == "change_undone"
    assert person(desk, "dan") == before


def test_a_product_and_a_piece_are_as_they_were(stocked: Desk) -> None:
    change = made(save(stocked, FormKind.PRODUCT_CHANGE, MAC, holder="Bo", order="PO-9"))
    assert told(undo(stocked, change)) == ("change_undone", f"MacBook Pro {MAC}")
    with stocked.store.reading() as reader:
        found = reader.asset(MAC)
    assert found is not None
    assert (found.holder, found.purchase.order, found.purchase.source) == ("", "", "")
    change = made(save(stocked, FormKind.PIECE_RETIRE, "mat-1"))
    assert told(undo(stocked, change)) == ("change_undone", "Mat")
    assert piece(stocked, "mat-1").state.value == "in_use"
    change = made(save(stocked, FormKind.PIECE_CHANGE, "tool-1", place="Bench 9"))
    assert told(undo(stocked, change)) == ("change_undone", "tool-1")
    added = made(save(stocked, FormKind.PIECE_ADD, piece_id="mat-9", kind="esd_mat"))
    done = undo(stocked, added)
    assert (told(done), done.gone) == (("addition_undone", "mat-9"), "")


# ----------------------------------------------------------------------
# Not taken back
# ----------------------------------------------------------------------


def test_what_anybody_changed_since_is_not_undone(desk: Desk) -> None:
    change = made(save(desk, FormKind.PERSON_CHANGE, "anna", name="Anna Berg"))
    save(desk, FormKind.PERSON_CHANGE, "anna", name="Anna Ek")
    before = count(desk)
    assert told(undo(desk, change)) == ("change_newer", "Anna Ek")
    assert count(desk) == before
    save(desk, FormKind.PERSON_REMOVE, "anna")
    assert told(undo(desk, change)) == ("change_newer", "Anna")


def test_one_who_was_added_and_changed_since_stays(desk: Desk) -> None:
    added = made(save(desk, FormKind.PERSON_ADD, **NEW))
    save(desk, FormKind.CERTIFICATE, "eve", **PASSED)
    assert told(undo(desk, added)) == ("change_newer", "Eve")
    assert person(desk, "eve") is not None


def test_what_was_undone_is_not_undone_twice(desk: Desk) -> None:
    removed = made(save(desk, FormKind.PERSON_REMOVE, "bo"))
    assert told(undo(desk, removed))[0] == "removal_undone"
    assert told(undo(desk, removed)) == ("change_newer", "Bo")
    added = made(save(desk, FormKind.PERSON_ADD, **NEW))
    undo(desk, added)
    assert told(undo(desk, added)) == ("change_newer", "Eve")


def test_somebody_else_s_change_is_not_undone(desk: Desk) -> None:
    save(desk, FormKind.PERSON_CHANGE, "anna", role="lead")
    change = made(save(desk, FormKind.PERSON_CHANGE, "bo", name="Bo Ek"))
    with desk.store.writing() as tx:
        done = undo_form(tx, UndoOrder(FormAsk(FormKind.PERSON_CHANGE), "anna", change))
        nobody = undo_form(tx, UndoOrder(FormAsk(FormKind.PERSON_CHANGE), "bo", change))
    assert told(done)[0] == "nothing_to_undo"
    assert told(nobody)[0] == "people_lead_only"
    assert told(undo(desk, uuid4()))[0] == "nothing_to_undo"


@pytest.mark.parametrize("subject", ["parts:661-17578", "people:bo"])
def test_what_is_no_row_that_a_form_changes_is_not_undone(desk: Desk, subject: str) -> None:
    payload: dict[str, Json] = {"set": {"name": "X"}, "was": {"name": "Y"}}
    with desk.store.writing() as tx:
        kind = CHANGED if subject.startswith("parts") else "note"
        entry = tx.append(Draft(kind, subject, "person:cleo", payload))
    assert told(undo(desk, entry.id))[0] == "nothing_to_undo"


def test_a_change_that_changed_nothing_writes_nothing(desk: Desk) -> None:
    payload: dict[str, Json] = {"set": {"name": "Bo"}, "was": {"name": "Bo"}}
    with desk.store.writing() as tx:
        entry = tx.append(Draft(CHANGED, "people:bo", "person:cleo", payload))
    before = count(desk)
    assert told(undo(desk, entry.id)) == ("change_undone", "Bo")
    assert count(desk) == before


@pytest.mark.parametrize("added", [True, False])
def test_the_only_lead_stays_one_also_by_undo(desk: Desk, *, added: bool) -> None:
    cleo = person(desk, "cleo")
    assert cleo is not None
    became: dict[str, Json] = {"set": {"role": "lead"}, "was": {"role": "technician"}}
    came: dict[str, Json] = {"set": person_value(cleo), "was": None}
    with desk.store.writing() as tx:
        entry = tx.append(Draft(CHANGED, "people:cleo", "person:cleo", came if added else became))
    assert told(undo(desk, entry.id))[0] == "last_lead"
    assert person(desk, "cleo") == cleo
    save(desk, FormKind.PERSON_CHANGE, "anna", role="lead")
    code = "addition_undone" if added else "change_undone"
    assert told(undo(desk, entry.id))[0] == code


def test_a_badge_that_somebody_else_has_by_now_does_not_come_back(desk: Desk) -> None:
    removed = made(save(desk, FormKind.PERSON_REMOVE, "bo"))
    save(desk, FormKind.PERSON_ADD, **(NEW | {"badge": BO}))
    done = undo(desk, removed)
    assert told(done)[0] == "badge_taken"
    assert field_of(done.feedback, "person") == "Eve"
    assert person(desk, "bo") is None


def test_a_tester_that_another_stands_in_for_by_now_does_not_come_back(desk: Desk) -> None:
    retired = made(save(desk, FormKind.PIECE_RETIRE, TESTER))
    new = Equipment("new", EquipmentKind.ESD_TESTER, TESTER, "", "", None)
    rules = desk.rules
    with desk.store.writing() as tx:
        assert add_piece(tx, new, badge=CLEO, rules=rules).entries
    done = undo(desk, retired)
    assert told(done)[0] == "equipment_device_taken"
    assert field_of(done.feedback, "piece") == "new"
    save(desk, FormKind.PIECE_RETIRE, "new")
    assert told(undo(desk, retired))[0] == "change_undone"


# ----------------------------------------------------------------------
# What is offered
# ----------------------------------------------------------------------


def test_what_happened_is_not_offered_to_be_undone(stocked: Desk) -> None:
    happened = (
        save(stocked, FormKind.CALIBRATION, TESTER, **CALIBRATED),
        save(stocked, FormKind.CHECK, "tool-1", in_order="yes"),
        save(stocked, FormKind.PERSON_CHANGE, "anna"),
        save(stocked, FormKind.PERSON_ADD, **(NEW | {"badge": "1001"})),
    )
    assert [one.change for one in happened] == [None] * 4
    assert not any(one.feedback.can_undo for one in happened)
    assert happened[0].feedback.tone is Tone.ACCEPTED
