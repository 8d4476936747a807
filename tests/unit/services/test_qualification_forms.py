"""The forms of what somebody is qualified for: exams, and certificates recorded by mistake."""

from datetime import date

import pytest

from app.domain.people import Exam
from app.services.form_sight import FormAsk, FormKind, RefusedForm
from app.services.views import Tone
from tests.unit.services.desk import Desk, field_of
from tests.unit.services.form_desk import (
    PASSED,
    ask_for,
    opened,
    order_of,
    person,
    save,
    save_order,
    wrong,
)

SAT = {"exam": "ACMT", "taken_on": "2026-11-02", "exam_result": "yes"}


def exams(desk: Desk, key: str) -> tuple[Exam, ...]:
    found = person(desk, key)
    assert found is not None
    return found.exams


# ----------------------------------------------------------------------
# Exams
# ----------------------------------------------------------------------


def test_an_exam_is_recorded_as_the_command_does(desk: Desk) -> None:
    assert dict(opened(desk, FormKind.EXAM, "dan").values)["taken_on"] == "2026-11-23"
    done = save(desk, FormKind.EXAM, "dan", voucher="V-1", **SAT)
    assert (done.feedback.tone, done.feedback.code) == (Tone.ACCEPTED, "person_exam")
    assert exams(desk, "dan") == (Exam("ACMT", date(2026, 11, 2), passed=True, voucher="V-1"),)
    with desk.store.reading() as reader:
        entry = reader.timeline("people:dan")[-1]
    assert (entry.kind, entry.actor) == ("register.changed", "person:cleo")


@pytest.mark.parametrize(("typed", "cost"), [("1500", 150_000), ("99,5", 9_950), ("0.99", 99)])
def test_an_exam_costs_an_amount_with_its_currency(desk: Desk, typed: str, cost: int) -> None:
    told = SAT | {"exam_result": "no", "cost": typed, "currency": "sek"}
    assert wrong(save(desk, FormKind.EXAM, "dan", **told)) == []
    (sat,) = exams(desk, "dan")
    assert (sat.passed, sat.cost, sat.currency) == (False, cost, "SEK")


@pytest.mark.parametrize(
    ("typed", "field", "code"),
    [
        ({"exam_result": ""}, "exam_result", "form_needed"),
        ({"taken_on": "2026-11-24"}, "taken_on", "exam_day"),
        ({"cost": "gratis"}, "cost", "form_amount"),
        ({"cost": "1.234"}, "cost", "form_amount"),
        ({"cost": "9" * 11}, "cost", "form_amount"),
        ({"cost": "100"}, "currency", "exam_paid"),
        ({"cost": "100", "currency": "KR"}, "currency", "exam_paid"),
        ({"currency": "SEK"}, "cost", "exam_paid"),
        ({"cost": "100", "currency": "SEK", "voucher": "V-1"}, "cost", "exam_paid"),
        ({"currency": "KRON"}, "currency", "form_long"),
        ({"voucher": "v" * 101}, "voucher", "form_long"),
    ],
)
def test_what_keeps_an_exam_from_being_recorded_is_told_at_its_field(
    desk: Desk, typed: dict[str, str], field: str, code: str
) -> None:
    assert wrong(save(desk, FormKind.EXAM, "dan", **(SAT | typed))) == [(field, code)]
    assert exams(desk, "dan") == ()


def test_a_voucher_that_cannot_pay_is_told_at_its_field(desk: Desk) -> None:
    assert wrong(save(desk, FormKind.EXAM, "dan", voucher="V-1", **SAT)) == []
    assert wrong(save(desk, FormKind.EXAM, "bo", voucher="V-1", **SAT)) == [
        ("voucher", "voucher_used")
    ]
    again = SAT | {"taken_on": "2026-11-03", "voucher": "V-2"}
    assert wrong(save(desk, FormKind.EXAM, "dan", **again)) == [("voucher", "voucher_not_first")]


# ----------------------------------------------------------------------
# A certificate recorded by mistake
# ----------------------------------------------------------------------


def test_a_certificate_is_taken_back_by_its_name_and_day(desk: Desk) -> None:
    assert wrong(save(desk, FormKind.CERTIFICATE, "anna", **PASSED)) == []
    form = opened(desk, FormKind.CERTIFICATE_REVOKE, "anna")
    (held,) = form.fields
    assert [one.code for one in held.options] == ["ACMT 2025-01-01", "iOS 2026-11-01"]
    assert dict(form.values) == {"held": ""}
    done = save_order(desk, order_of(form, held="iOS 2026-11-01"))
    assert (done.feedback.code, field_of(done.feedback, "certificate")) == (
        "person_uncertified",
        "iOS",
    )
    now = person(desk, "anna")
    assert now is not None
    assert [one.name for one in now.certifications] == ["ACMT"]


def test_the_only_certificate_is_chosen_already(desk: Desk) -> None:
    form = opened(desk, FormKind.CERTIFICATE_REVOKE, "bo")
    assert dict(form.values) == {"held": "ACMT 2025-01-01"}
    assert wrong(save_order(desk, order_of(form))) == []
    gone = save_order(desk, order_of(form))
    assert wrong(gone) == [("held", "form_choice")]


@pytest.mark.parametrize(("key", "code"), [("eve", "certificate_none"), ("no", "person_unknown")])
def test_where_there_is_none_to_take_back_there_is_no_form(desk: Desk, key: str, code: str) -> None:
    save(desk, FormKind.PERSON_ADD, person_id="eve", name="Eve", badge="1009")
    form = ask_for(desk, FormAsk(FormKind.CERTIFICATE_REVOKE, key))
    assert isinstance(form, RefusedForm)
    assert form.feedback.code == code


def test_whom_the_register_lost_meanwhile_has_no_certificate_to_take_back(desk: Desk) -> None:
    form = opened(desk, FormKind.CERTIFICATE_REVOKE, "bo")
    save(desk, FormKind.PERSON_REMOVE, "bo")
    assert wrong(save_order(desk, order_of(form))) == [("held", "form_choice")]
