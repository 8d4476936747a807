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
    """

    name: str
    families: tuple[Family, ...]
    valid_from: date
    valid_until: date | None

    def covers(self, family: Family, day: date) -> bool:
        """Whether it qualifies for a family on a day, both ends included."""
        in_time = self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
        return in_time and family in self.families


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
    """

    id: str
    name: str
    badge: str
    role: Role
    tech_id: str = ""
    certifications: tuple[Certification, ...] = ()
