"""Technicians and leads, and what they are certified for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.products import Family


class Role(StrEnum):
    """What a person may do at a bench."""

    TECHNICIAN = "technician"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Certification:
    """A qualification for product families (P6), such as ACMT for Mac.

    Attributes:
        name: ``ACMT``, ``iOS`` ...
        families: What it covers.
        valid_from: First day.
        valid_until: Last day, None where it does not end.
        proof: The certificate's number, or the name of its file.
    """

    name: str
    families: tuple[Family, ...]
    valid_from: date
    valid_until: date | None
    proof: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether it is valid on a day, both ends included."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def covers(self, family: Family, day: date) -> bool:
        """Whether it qualifies for a family on a day, both ends included."""
        return family in self.families and self.holds_on(day)


@dataclass(frozen=True, slots=True)
class Exam:
    """An exam that somebody sat, and what it cost (P13).

    Attributes:
        name: ``ACMT``, ``iOS`` ...
        taken_on: When.
        passed: Whether it was passed.
        voucher: The voucher that paid it, empty where the organisation paid.
        cost: What it cost, in the currency's smallest unit.
        currency: ISO 4217, empty where nothing was paid.
    """

    name: str
    taken_on: date
    passed: bool
    voucher: str = ""
    cost: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at the benches.

    Attributes:
        id: Stable id, used as ``person:<id>`` in the journal.
        name: As printed on reports.
        badge: The badge number, the body of the badge label.
        role: Technician or lead.
        tech_id: GSX technician id.
        certifications: Every certification held, past ones too.
        exams: Every exam sat.
    """

    id: str
    name: str
    badge: str
    role: Role
    tech_id: str = ""
    certifications: tuple[Certification, ...] = ()
    exams: tuple[Exam, ...] = ()
