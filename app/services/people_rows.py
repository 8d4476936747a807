"""What may stand in a person's row, and what pays an exam: the reasons why a row is not written."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from app.domain.exams import exam_ledger, voucher_gap
from app.domain.identifiers import normalise
from app.domain.people import Certification, Exam, Person
from app.services.answering import refused
from app.services.ports import Reader
from app.services.session import Rules
from app.services.views import Feedback

MOST_ITEMS: Final = 100
"""Certificates, or exams, of one person: what a register's row may hold."""
MOST_COST: Final = 10**12
"""In a currency's smallest unit; nothing costs as much."""
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_BADGE: Final = re.compile(r"[A-Z0-9]{1,20}")
"""What a badge's label can carry (`app.domain.labels`)."""
_TECH_ID: Final = re.compile(r"[A-Z0-9]{0,20}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
MOST_TEXT: Final = 100
"""Characters of a name, a proof or a voucher."""


def tidy(person: Person) -> Person:
    """A person's row as it is written: no blanks around, badge and technician id in capitals."""
    return replace(
        person,
        name=person.name.strip(),
        badge=normalise(person.badge),
        tech_id=normalise(person.tech_id),
    )


def _is_name(text: str) -> bool:
    return 0 < len(text) <= MOST_TEXT and text.isprintable()


def field_gap(reader: Reader, person: Person) -> Feedback | None:
    """The field that keeps a row from being written."""
    fits = {
        "id": _ID.fullmatch(person.id) is not None,
        "name": _is_name(person.name),
        "badge": _BADGE.fullmatch(person.badge) is not None,
        "tech_id": _TECH_ID.fullmatch(person.tech_id) is not None,
        "certificate": len(person.certifications) <= MOST_ITEMS,
        "exam": len(person.exams) <= MOST_ITEMS,
    }
    wrong = next((field for field, good in fits.items() if not good), None)
    if wrong is not None:
        return refused("person_field", people_field=wrong)
    holder = reader.person_by_badge(person.badge)
    if holder is not None and holder.id != person.id:
        return refused("badge_taken", badge=person.badge, person=holder.name)
    return None


def certificate_gap(certification: Certification) -> Feedback | None:
    """Why a certificate cannot be recorded."""
    until = certification.valid_until
    if until is not None and until < certification.valid_from:
        return refused("certificate_days", until=until.isoformat())
    named = _is_name(certification.name) and len(certification.proof) <= MOST_TEXT
    if not (named and certification.families):
        return refused("person_field", people_field="certificate")
    return None


def exam_gap(reader: Reader, person: Person, exam: Exam, rules: Rules) -> Feedback | None:
    """Why an exam cannot be recorded; the person is given without it."""
    if not _is_name(exam.name) or len(exam.voucher) > MOST_TEXT:
        return refused("person_field", people_field="exam")
    if exam.taken_on > rules.today:
        return refused("exam_day", on=exam.taken_on.isoformat())
    if (exam.voucher and exam.cost) or not 0 <= exam.cost <= MOST_COST:
        return refused("exam_paid")
    if bool(exam.cost) is not bool(_CURRENCY.fullmatch(exam.currency)):
        return refused("exam_paid")
    if not exam.voucher:
        return None
    others = [person if one.id == person.id else one for one in reader.people()]
    gap = voucher_gap(exam_ledger(others, rules.policy), person, exam.name, exam.voucher)
    return None if gap is None else refused(f"voucher_{gap.value}", voucher=exam.voucher)


def same_certificate(one: Certification, other: Certification) -> bool:
    """Whether two rows are of one certificate: its name, from the same day."""
    return one.name.lower() == other.name.lower() and one.valid_from == other.valid_from


def same_exam(one: Exam, other: Exam) -> bool:
    """Whether two rows are of one exam: its name, on the same day."""
    return one.name.lower() == other.name.lower() and one.taken_on == other.taken_on


def by_day(certifications: Iterable[Certification]) -> tuple[Certification, ...]:
    """Certificates in the order of their first days."""
    return tuple(sorted(certifications, key=lambda one: (one.valid_from, one.name)))
