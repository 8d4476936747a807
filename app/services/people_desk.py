"""What a lead changes in the people register: who works here, what they are certified for, exams.

Every change is an entry (`app.services.registering`). Nobody but a lead changes anything; only
where the register holds no lead yet may anybody add the first one, for somebody has to begin.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.domain.people import Certification, Exam, Person, Role
from app.services.answering import accepted, refused, repeated
from app.services.leads import lead_with
from app.services.people_rows import (
    by_day,
    certificate_gap,
    exam_gap,
    field_gap,
    same_certificate,
    same_exam,
    tidy,
)
from app.services.ports import Reader, Transaction
from app.services.register_values import person_value
from app.services.registering import Changed, change
from app.services.session import Rules
from app.services.views import Feedback

REGISTER: Final = "people"
_LEAD_ONLY: Final = "people_lead_only"


@dataclass(frozen=True, slots=True)
class PersonFields:
    """What is to be changed of a person; None leaves it as it is."""

    name: str | None = None
    badge: str | None = None
    role: Role | None = None
    tech_id: str | None = None


def person_named(reader: Reader, named: str) -> Person | None:
    """A person by id, else by badge number."""
    return reader.person(named) or reader.person_by_badge(named)


def add_person(tx: Transaction, person: Person, *, badge: str) -> Changed:
    """Put somebody into the register.

    Args:
        tx: The transaction.
        person: Who, with everything that is known of them.
        badge: The lead's; empty where the register holds no lead yet, and this is to be the first.
    """
    actor = _actor_of_addition(tx, person, badge)
    if isinstance(actor, Feedback):
        return Changed(actor)
    if tx.person(person.id) is not None:
        return Changed(refused("person_known", which=person.id))
    return _put(tx, tidy(person), actor, accepted("person_added", person=person.name.strip()))


def change_person(tx: Transaction, named: str, fields: PersonFields, *, badge: str) -> Changed:
    """Change somebody's name, badge, role or technician id."""

    def changed(person: Person) -> Person | Feedback:
        after = replace(
            person,
            name=person.name if fields.name is None else fields.name,
            badge=person.badge if fields.badge is None else fields.badge,
            role=person.role if fields.role is None else fields.role,
            tech_id=person.tech_id if fields.tech_id is None else fields.tech_id,
        )
        stays = after.role is Role.LEAD or not _is_last_lead(tx, person)
        return tidy(after) if stays else refused("last_lead", person=person.name)

    return _change(
        tx, named, badge, changed, lambda after: accepted("person_changed", person=after.name)
    )


def remove_person(tx: Transaction, named: str, *, badge: str) -> Changed:
    """Take somebody out of the register; what they did stays on record under their id."""
    asked = _asked(tx, named, badge)
    if isinstance(asked, Feedback):
        return Changed(asked)
    person, actor = asked
    if _is_last_lead(tx, person):
        return Changed(refused("last_lead", person=person.name))
    entry = change(tx, REGISTER, person.id, None, actor)
    entries = (entry,) if entry is not None else ()
    return Changed(accepted("person_removed", person=person.name), entries)


def certify(tx: Transaction, named: str, certification: Certification, *, badge: str) -> Changed:
    """Record a certificate; one of the same name from the same day is written over."""

    def changed(person: Person) -> Person | Feedback:
        stopped = certificate_gap(certification)
        if stopped is not None:
            return stopped
        kept = [one for one in person.certifications if not same_certificate(one, certification)]
        return replace(person, certifications=by_day([*kept, certification]))

    return _change(
        tx,
        named,
        badge,
        changed,
        lambda after: accepted(
            "person_certified", person=after.name, certificate=certification.name
        ),
    )


def uncertify(tx: Transaction, named: str, name: str, valid_from: date, *, badge: str) -> Changed:
    """Take a certificate away that was recorded by mistake."""

    def changed(person: Person) -> Person | Feedback:
        kept = [
            one
            for one in person.certifications
            if one.name.lower() != name.lower() or one.valid_from != valid_from
        ]
        if len(kept) == len(person.certifications):
            return refused("certificate_unknown", person=person.name, certificate=name)
        return replace(person, certifications=tuple(kept))

    return _change(
        tx,
        named,
        badge,
        changed,
        lambda after: accepted("person_uncertified", person=after.name, certificate=name),
    )


def record_exam(tx: Transaction, named: str, exam: Exam, *, badge: str, rules: Rules) -> Changed:
    """Record an exam that somebody sat, and what paid it; the same one again is written over."""

    def changed(person: Person) -> Person | Feedback:
        kept = tuple(one for one in person.exams if not same_exam(one, exam))
        before = replace(person, exams=kept)
        stopped = exam_gap(tx, before, exam, rules)
        if stopped is not None:
            return stopped
        exams = sorted((*kept, exam), key=lambda one: (one.taken_on, one.name))
        return replace(person, exams=tuple(exams))

    return _change(
        tx,
        named,
        badge,
        changed,
        lambda after: accepted("person_exam", person=after.name, exam=exam.name),
    )


# ----------------------------------------------------------------------
# Who may
# ----------------------------------------------------------------------


def _actor_of_addition(tx: Transaction, person: Person, badge: str) -> str | Feedback:
    if badge:
        lead = lead_with(tx, badge, _LEAD_ONLY)
        return lead if isinstance(lead, Feedback) else f"person:{lead.id}"
    if person.role is not Role.LEAD or any(one.role is Role.LEAD for one in tx.people()):
        return refused("first_lead_only")
    return "bench"


def _is_last_lead(reader: Reader, person: Person) -> bool:
    """Whether without this person nobody could change anything any more."""
    leads = [one.id for one in reader.people() if one.role is Role.LEAD]
    return leads == [person.id]


def _asked(tx: Transaction, named: str, badge: str) -> tuple[Person, str] | Feedback:
    lead = lead_with(tx, badge, _LEAD_ONLY)
    if isinstance(lead, Feedback):
        return lead
    person = person_named(tx, named)
    if person is None:
        return refused("person_unknown", which=named)
    return person, f"person:{lead.id}"


def _change(
    tx: Transaction,
    named: str,
    badge: str,
    changed: Callable[[Person], Person | Feedback],
    told: Callable[[Person], Feedback],
) -> Changed:
    asked = _asked(tx, named, badge)
    if isinstance(asked, Feedback):
        return Changed(asked)
    person, actor = asked
    after = changed(person)
    if isinstance(after, Feedback):
        return Changed(after)
    return _put(tx, after, actor, told(after))


def _put(tx: Transaction, person: Person, actor: str, told: Feedback) -> Changed:
    stopped = field_gap(tx, person)
    if stopped is not None:
        return Changed(stopped)
    entry = change(tx, REGISTER, person.id, person_value(person), actor)
    if entry is None:
        return Changed(repeated("person_unchanged", person=person.name))
    return Changed(told, (entry,))
