"""Saving the forms of people, by the use cases of `app.services.people_desk`."""

from app.domain.people import Certification, Exam, Person, Role
from app.domain.qualifications import families_of
from app.services.form_opening import held_of
from app.services.form_sight import YES
from app.services.form_typed import Typed
from app.services.people_desk import (
    PersonFields,
    add_person,
    certify,
    change_person,
    record_exam,
    remove_person,
    uncertify,
)
from app.services.registering import Changed


def person_add(typed: Typed) -> Changed:
    """Somebody who is new."""
    values = typed.values
    person = Person(
        values["person_id"],
        values["name"],
        values["badge"],
        Role(values["role"]),
        values["tech_id"],
    )
    return add_person(typed.tx, person, badge=typed.lead.badge)


def person_change(typed: Typed) -> Changed:
    """Another name, badge, role or technician id."""
    role = typed.changed("role")
    fields = PersonFields(
        typed.changed("name"),
        typed.changed("badge"),
        None if role is None else Role(role),
        typed.changed("tech_id"),
    )
    return change_person(typed.tx, typed.key, fields, badge=typed.lead.badge)


def person_remove(typed: Typed) -> Changed:
    """Somebody leaves."""
    return remove_person(typed.tx, typed.key, badge=typed.lead.badge)


def certificate(typed: Typed) -> Changed:
    """A certificate, for all that it is for."""
    values, name = typed.values, typed.values["qualification"]
    held = Certification(
        name,
        families_of(name),
        typed.sure_day("passed_on"),
        typed.day("valid_until"),
        values["proof"],
    )
    return certify(typed.tx, typed.key, held, badge=typed.lead.badge)


def certificate_revoke(typed: Typed) -> Changed:
    """A certificate that was recorded by mistake."""
    name, valid_from = held_of(typed.values["held"])
    return uncertify(typed.tx, typed.key, name, valid_from, badge=typed.lead.badge)


def exam(typed: Typed) -> Changed:
    """An exam that somebody sat, and what paid it."""
    values = typed.values
    sat = Exam(
        values["exam"],
        typed.sure_day("taken_on"),
        values["exam_result"] == YES,
        values["voucher"],
        typed.amount("cost"),
        values["currency"].upper(),
    )
    return record_exam(typed.tx, typed.key, sat, badge=typed.lead.badge, rules=typed.rules)
