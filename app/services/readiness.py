"""Gathers the readiness report: where the organisation stands, and the data of its application."""

from datetime import UTC, date

from app.domain.equipment import EquipmentKind
from app.domain.installed_base import InstalledBase
from app.domain.people import Person, Role
from app.domain.products import Family
from app.domain.programme import Qualifies, Situation
from app.services.calendar import site_zone
from app.services.channels import shipped_channels
from app.services.ports import Reader
from app.services.programme_standing import standing_of
from app.services.readiness_model import (
    Application,
    FamilyLine,
    ReadinessReport,
    TechnicianLine,
)
from app.services.session import Rules


def readiness_report(reader: Reader, rules: Rules, contact: str = "") -> ReadinessReport:
    """Everything that the readiness report says.

    Args:
        reader: The local store.
        rules: The policy, this moment and the site's day.
        contact: Whom Apple may ask; empty for the leads.
    """
    organisation = reader.organisation()
    zone = site_zone(organisation.time_zone)
    standing = standing_of(reader, rules)
    cited = dict.fromkeys(rule.source for rule in standing.rules)
    qualified = standing.qualifies is Qualifies.YES
    return ReadinessReport(
        organisation=organisation,
        zone=organisation.time_zone if zone else "UTC",
        zone_known=zone is not None,
        made_at=rules.now.astimezone(zone or UTC),
        standing=standing,
        application=application_of(standing.situation, contact),
        channels=() if qualified else shipped_channels(),
        sources=tuple(standing.sources[key] for key in cited if key in standing.sources),
    )


def application_of(situation: Situation, contact: str = "") -> Application:
    """The data of the application."""
    today, equipment = situation.today, situation.in_service
    server = EquipmentKind.DIAGNOSTICS_SERVER
    people = sorted(situation.people, key=lambda one: (one.name, one.id))
    technicians = (_technician(one, today) for one in people)
    return Application(
        contacts=tuple(one.name for one in people if one.role is Role.LEAD),
        contact=contact,
        base=(
            *(_family(situation.base, today, family) for family in Family),
            _family(situation.base, today, None),
        ),
        technicians=tuple(one for one in technicians if one.certifications),
        equipment=equipment,
        servers=tuple(one for one in equipment if one.kind == server),
    )


def _family(base: InstalledBase, day: date, family: Family | None) -> FamilyLine:
    leased = base.leased(day, family)
    return FamilyLine(family, base.held(day, family) - leased, leased, base.proven(day, family))


def _technician(person: Person, day: date) -> TechnicianLine:
    held = tuple(one for one in person.certifications if one.holds_on(day))
    return TechnicianLine(person.name, person.tech_id, held)
