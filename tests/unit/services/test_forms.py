"""The forms of the registers: opened for leads, read field by field, saved as the commands do."""

from dataclasses import replace

import pytest

from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.domain.people import Person, Role
from app.services.equipping import add_piece
from app.services.form_fields import FIELDS
from app.services.form_opening import open_form
from app.services.form_saving import save_form
from app.services.form_sight import (
    FieldKind,
    FormAsk,
    FormKind,
    FormOrder,
    OpenedForm,
    RefusedForm,
    SavedForm,
)
from app.services.registering import change
from app.services.saying import say_feedback, say_way_on
from app.services.views import Tone
from app.texts import Language, texts
from tests.unit.services.desk import CLEO, TESTER, Desk, field_of

MAT = Equipment("mat-1", EquipmentKind.ESD_MAT, "", "Mat", "", None, place="Bench 2")
TOOL = Equipment("tool-1", EquipmentKind.TOOL, "", "", "", None)
NEW = {"person_id": "eve", "name": "Eve", "badge": "1009"}
PASSED = {"qualification": "iOS", "passed_on": "2026-11-01", "proof": "A-1.pdf"}
CALIBRATED = {
    "calibrated_on": "2026-11-20",
    "calibration_due": "2027-11-20",
    "certificate": "C-2",
    "calibrated_by": "RISE",
}


def ask_for(desk: Desk, ask: FormAsk, who: str | None = "cleo") -> OpenedForm | RefusedForm:
    rules = desk.rules
    with desk.store.reading() as reader:
        return open_form(reader, ask, who, rules)


def opened(desk: Desk, kind: FormKind, key: str = "") -> OpenedForm:
    form = ask_for(desk, FormAsk(kind, key))
    assert isinstance(form, OpenedForm)
    return form


def order_of(form: OpenedForm, /, *, who: str = "cleo", **typed: str) -> FormOrder:
    values = dict(form.values) | typed
    return FormOrder(form.ask, who, tuple(values.items()), form.values)


def save_order(desk: Desk, order: FormOrder) -> SavedForm:
    rules = desk.rules
    with desk.store.writing() as tx:
        done = save_form(tx, order, rules)
    for language in Language:
        for feedback in (done.feedback, *(one.feedback for one in done.problems)):
            assert "{" not in say_feedback(texts(language), feedback)
            assert "way_on." not in say_way_on(texts(language), feedback)
    return done


def save(desk: Desk, kind: FormKind, key: str = "", /, **typed: str) -> SavedForm:
    return save_order(desk, order_of(opened(desk, kind, key), **typed))


def wrong(done: SavedForm) -> list[tuple[str, str]]:
    return [(one.field, one.feedback.code) for one in done.problems]


def person(desk: Desk, key: str) -> Person | None:
    with desk.store.reading() as reader:
        return reader.person(key)


def piece(desk: Desk, key: str) -> Equipment:
    with desk.store.reading() as reader:
        found = reader.piece(key)
    assert found is not None
    return found


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    """A bench with a mat and a tool."""
    with desk.store.writing() as tx:
        for one in (MAT, TOOL):
            assert add_piece(tx, one, badge=CLEO).entries
    return desk


# ----------------------------------------------------------------------
# Opened
# ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "kind", "code"),
    [
        (None, FormKind.PERSON_ADD, "sign_in_first"),
        ("gone", FormKind.PERSON_ADD, "sign_in_first"),
        ("anna", FormKind.PERSON_ADD, "people_lead_only"),
        ("anna", FormKind.PIECE_ADD, "equipment_lead_only"),
    ],
)
def test_only_a_lead_who_is_signed_in_is_given_a_form(
    desk: Desk, who: str | None, kind: FormKind, code: str
) -> None:
    form = ask_for(desk, FormAsk(kind), who)
    assert isinstance(form, RefusedForm)
    assert form.feedback.code == code


def test_a_form_of_whom_the_register_does_not_hold_is_none(desk: Desk) -> None:
    for kind, code in (
        (FormKind.PERSON_CHANGE, "person_unknown"),
        (FormKind.PIECE_CHANGE, "equipment_unknown"),
    ):
        form = ask_for(desk, FormAsk(kind, "gone"))
        assert isinstance(form, RefusedForm)
        assert form.feedback.code == code


def test_a_new_form_begins_with_what_is_usual(desk: Desk) -> None:
    assert dict(opened(desk, FormKind.PERSON_ADD).values) == {
        "person_id": "",
        "name": "",
        "badge": "",
        "role": "technician",
        "tech_id": "",
    }
    assert dict(opened(desk, FormKind.PIECE_ADD).values)["state"] == "in_use"


def test_a_form_begins_with_what_the_register_says(stocked: Desk) -> None:
    form = opened(stocked, FormKind.PERSON_CHANGE, "anna")
    assert form.subject == "Anna"
    assert dict(form.values) == {
        "name": "Anna",
        "badge": "1001",
        "role": "technician",
        "tech_id": "",
    }
    mat = opened(stocked, FormKind.PIECE_CHANGE, "mat-1")
    assert (mat.subject, mat.label) == ("Mat", "EQMAT1")
    assert dict(mat.values)["place"] == "Bench 2"
    tool = opened(stocked, FormKind.PIECE_CHANGE, "tool-1")
    assert (tool.subject, tool.label) == ("tool-1", "")


def test_what_happened_is_offered_as_of_today(desk: Desk) -> None:
    assert dict(opened(desk, FormKind.CERTIFICATE, "anna").values)["passed_on"] == "2026-11-23"
    assert dict(opened(desk, FormKind.CALIBRATION, TESTER).values)["calibrated_on"] == "2026-11-23"


def test_a_kind_that_only_a_newer_program_knows_can_stay(stocked: Desk) -> None:
    row = {"id": "mat-1", "kind": "laser", "device": "", "name": "Mat", "serial": ""}
    with stocked.store.writing() as tx:
        assert change(tx, "equipment", "mat-1", row, "person:cleo") is not None
    form = opened(stocked, FormKind.PIECE_CHANGE, "mat-1")
    kinds = next(one for one in form.fields if one.name == "kind")
    assert kinds.options[-1].code == "laser"
    assert wrong(save(stocked, FormKind.PIECE_CHANGE, "mat-1", place="Bench 9")) == []
    assert piece(stocked, "mat-1").kind == "laser"


def test_every_field_and_choice_has_its_words_in_both_languages() -> None:
    for language in Language:
        known = texts(language)
        for kind, fields in FIELDS.items():
            assert known.has(f"form.{kind.value}.prompt")
            assert known.has(f"form.{kind.value}.detail")
            for one in fields:
                assert known.has(f"form.field.{one.name}")
                assert known.has(f"form.hint.{one.name}")
                assert all(known.has(option.key) for option in one.options)


# ----------------------------------------------------------------------
# Read, field by field
# ----------------------------------------------------------------------


def test_every_field_that_cannot_be_read_is_told_at_once(desk: Desk) -> None:
    done = save(
        desk,
        FormKind.PIECE_ADD,
        piece_id="x" * 65,
        kind="spaceship",
        piece_name="a\x07b",
        every_days="soon",
    )
    assert wrong(done) == [
        ("piece_id", "form_long"),
        ("kind", "form_choice"),
        ("piece_name", "form_odd"),
        ("every_days", "form_number"),
    ]
    assert done.feedback.code == "form_not_saved"
    assert done.order.values  # what was typed is handed back whole


@pytest.mark.parametrize("day", ["23/11", "2026-02-30", "1969-12-31", "9999-12-31"])
def test_a_day_that_is_none_is_told_at_its_field(desk: Desk, day: str) -> None:
    done = save(desk, FormKind.CALIBRATION, TESTER, **(CALIBRATED | {"calibrated_on": day}))
    assert wrong(done) == [("calibrated_on", "form_day")]


def test_what_is_needed_is_told_and_blanks_are_nothing(desk: Desk) -> None:
    done = save(desk, FormKind.PERSON_ADD, person_id="  ", name="Eve")
    assert wrong(done) == [("person_id", "form_needed"), ("badge", "form_needed")]


@pytest.mark.parametrize(("days", "read"), [("", 0), ("0030", 30), ("3660", 3660)])
def test_days_between_tests_are_a_whole_number(stocked: Desk, days: str, read: int) -> None:
    save(stocked, FormKind.PIECE_CHANGE, "mat-1", every_days="7")
    assert wrong(save(stocked, FormKind.PIECE_CHANGE, "mat-1", every_days=days)) == []
    assert piece(stocked, "mat-1").test_every_days == read


# ----------------------------------------------------------------------
# People
# ----------------------------------------------------------------------


def test_a_person_is_added_as_the_command_does(desk: Desk) -> None:
    done = save(desk, FormKind.PERSON_ADD, **NEW)
    assert (done.feedback.tone, done.feedback.code) == (Tone.ACCEPTED, "person_added")
    assert person(desk, "eve") == Person("eve", "Eve", "1009", Role.TECHNICIAN)
    with desk.store.reading() as reader:
        (entry,) = reader.timeline("people:eve")
    assert (entry.kind, entry.actor) == ("register.changed", "person:cleo")


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"person_id": "å"}, "person_id", "person_field"),
        ({"person_id": "anna"}, "person_id", "person_known"),
        ({"name": "x" * 101}, "name", "person_field"),
        ({"badge": "10-09"}, "badge", "person_field"),
        ({"badge": "1001"}, "badge", "badge_taken"),
        ({"tech_id": "x" * 21}, "tech_id", "person_field"),
    ],
)
def test_a_refusal_comes_back_to_the_field_that_it_is_about(
    desk: Desk, typed: dict[str, str], field: str, code: str
) -> None:
    done = save(desk, FormKind.PERSON_ADD, **(NEW | typed))
    assert wrong(done) == [(field, code)]
    assert person(desk, "eve") is None


def test_only_the_fields_that_were_changed_are_written(desk: Desk) -> None:
    form = opened(desk, FormKind.PERSON_CHANGE, "anna")
    save(desk, FormKind.PERSON_CHANGE, "anna", name="Anna Berg")  # somebody else, meanwhile
    done = save_order(desk, order_of(form, badge="1010", role="lead"))
    assert done.feedback.code == "person_changed"
    now = person(desk, "anna")
    assert now is not None
    assert (now.name, now.badge, now.role) == ("Anna Berg", "1010", Role.LEAD)


def test_a_form_in_which_nothing_differs_says_so(desk: Desk) -> None:
    done = save(desk, FormKind.PERSON_CHANGE, "anna")
    assert (done.feedback.tone, wrong(done)) == (Tone.REPEATED, [])


def test_the_only_lead_stays_one(desk: Desk) -> None:
    done = save(desk, FormKind.PERSON_CHANGE, "cleo", role="technician")
    assert wrong(done) == [("role", "last_lead")]
    assert wrong(save(desk, FormKind.PERSON_REMOVE, "cleo")) == [("", "last_lead")]


def test_a_person_is_removed(desk: Desk) -> None:
    assert save(desk, FormKind.PERSON_REMOVE, "bo").feedback.code == "person_removed"
    assert person(desk, "bo") is None


def test_a_qualification_covers_what_its_line_does(desk: Desk) -> None:
    done = save(desk, FormKind.CERTIFICATE, "dan", valid_until="2028-11-01", **PASSED)
    assert field_of(done.feedback, "certificate") == "iOS"
    now = person(desk, "dan")
    assert now is not None
    held = now.certifications[-1]
    assert [one.value for one in held.families] == ["iphone", "ipad", "ipod"]
    assert (held.valid_from.isoformat(), held.proof) == ("2026-11-01", "A-1.pdf")
    assert held.valid_until is not None


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"valid_until": "2026-10-31"}, ("valid_until", "certificate_days")),
        ({"proof": "x" * 101}, ("proof", "person_field")),
    ],
)
def test_a_certificate_that_cannot_be_is_told_at_its_field(
    desk: Desk, typed: dict[str, str], told: tuple[str, str]
) -> None:
    assert wrong(save(desk, FormKind.CERTIFICATE, "dan", **(PASSED | typed))) == [told]


# ----------------------------------------------------------------------
# Equipment
# ----------------------------------------------------------------------


def test_a_piece_is_added_changed_and_retired(desk: Desk) -> None:
    typed = {"piece_id": "mat-9", "kind": "esd_mat", "every_days": "30", "place": "Bench 1"}
    assert save(desk, FormKind.PIECE_ADD, **typed).feedback.code == "equipment_added"
    assert wrong(save(desk, FormKind.PIECE_ADD, **typed)) == [("piece_id", "equipment_known")]
    typed = {"place": "Bench 2", "state": "spare", "serial": "S-1"}
    assert save(desk, FormKind.PIECE_CHANGE, "mat-9", **typed).feedback.code == "equipment_changed"
    held = piece(desk, "mat-9")
    assert (held.place, held.serial, held.test_every_days) == ("Bench 2", "S-1", 30)
    assert held.state is EquipmentState.SPARE
    assert save(desk, FormKind.PIECE_RETIRE, "mat-9").feedback.code == "equipment_retired"
    assert piece(desk, "mat-9") == replace(held, state=EquipmentState.RETIRED)


def test_a_retired_piece_can_be_opened_as_it_is(stocked: Desk) -> None:
    save(stocked, FormKind.PIECE_RETIRE, "mat-1")
    states = next(
        one for one in opened(stocked, FormKind.PIECE_CHANGE, "mat-1").fields if one.name == "state"
    )
    assert states.options[-1].code == "retired"


def test_a_device_that_another_tester_is_connected_as_is_told_at_its_field(desk: Desk) -> None:
    typed = {"piece_id": "t-9", "kind": "esd_tester", "device": TESTER}
    assert wrong(save(desk, FormKind.PIECE_ADD, **typed)) == [("device", "equipment_device_taken")]


def test_a_calibration_is_recorded(desk: Desk) -> None:
    done = save(desk, FormKind.CALIBRATION, TESTER, **CALIBRATED)
    assert done.feedback.code == "equipment_calibrated"
    assert (piece(desk, TESTER).certificate, wrong(done)) == ("C-2", [])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"calibrated_on": "2026-11-24"}, "calibrated_on"),
        ({"calibration_due": "2026-11-19"}, "calibration_due"),
    ],
)
def test_days_of_a_calibration_that_cannot_be_are_told_where_they_stand(
    desk: Desk, typed: dict[str, str], field: str
) -> None:
    done = save(desk, FormKind.CALIBRATION, TESTER, **(CALIBRATED | typed))
    assert wrong(done) == [(field, "equipment_calibration_days")]


def test_an_instrument_that_was_out_of_order_is_recorded(desk: Desk) -> None:
    typed = {"bad_from": "2026-11-01", "reason": "dropped"}
    wrong_days = save(desk, FormKind.FOUND_BAD, TESTER, **(typed | {"bad_to": "2026-10-01"}))
    assert wrong(wrong_days) == [("bad_from", "equipment_bad_days")]
    done = save(desk, FormKind.FOUND_BAD, TESTER, **typed)
    assert done.feedback.code == "equipment_found_bad"
    assert piece(desk, TESTER).state is EquipmentState.AWAY


@pytest.mark.parametrize(("in_order", "code"), [("yes", "passed"), ("no", "failed")])
def test_a_check_is_recorded_whatever_it_says(stocked: Desk, in_order: str, code: str) -> None:
    done = save(stocked, FormKind.CHECK, "tool-1", in_order=in_order, check_note="worn")
    assert (done.feedback.code, wrong(done)) == (f"equipment_{code}", [])
    with stocked.store.reading() as reader:
        entry = reader.timeline("equipment:tool-1")[-1]
    assert (entry.payload["note"], entry.payload["person"]) == ("worn", "cleo")


def test_a_check_of_what_is_gone_is_refused(stocked: Desk) -> None:
    order = order_of(opened(stocked, FormKind.CHECK, "tool-1"), in_order="yes")
    gone = replace(order, ask=FormAsk(FormKind.CHECK, "gone"))
    assert wrong(save_order(stocked, gone)) == [("", "equipment_unknown")]


# ----------------------------------------------------------------------
# Who may
# ----------------------------------------------------------------------


def test_whoever_is_no_lead_any_more_saves_nothing(desk: Desk) -> None:
    order = order_of(opened(desk, FormKind.PERSON_ADD), who="anna", **NEW)
    done = save_order(desk, order)
    assert wrong(done) == [("", "people_lead_only")]
    assert person(desk, "eve") is None


def test_what_a_field_takes_is_told_by_its_kind() -> None:
    kinds = {one.kind for fields in FIELDS.values() for one in fields}
    assert kinds == set(FieldKind)
