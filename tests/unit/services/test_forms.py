"""The forms of the registers: opened for leads, read field by field, saved as the commands do."""

import pytest

from app.domain.people import Person, Role
from app.services.form_fields import FIELDS
from app.services.form_sight import (
    FieldKind,
    FormAsk,
    FormKind,
    RefusedForm,
)
from app.services.registering import change
from app.services.views import Tone
from app.texts import Language, texts
from tests.unit.services.desk import TESTER, Desk, field_of
from tests.unit.services.form_desk import (
    CALIBRATED,
    NEW,
    PASSED,
    ask_for,
    opened,
    order_of,
    person,
    piece,
    save,
    save_order,
    wrong,
)

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
        assert known.has("command.form_override")


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
