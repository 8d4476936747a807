"""What a readiness report says, before any language, page or typeface: frozen rows for a renderer.

What is missing is an empty text, a None or an empty tuple here; a renderer says it in words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.equipment import Equipment
from app.domain.people import Certification
from app.domain.policy import PolicySource
from app.domain.products import Family
from app.domain.programme import ProgrammeStanding
from app.domain.programme.channels import Channel
from app.services.ports import Organisation


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """The installed base of one product family, or of all.

    Attributes:
        family: Which; None for the sum of all.
        owned: Products that the organisation owns.
        leased: Products that it leases.
        proven: How many of both have a proof.
    """

    family: Family | None
    owned: int
    leased: int
    proven: int

    @property
    def held(self) -> int:
        """Owned and leased."""
        return self.owned + self.leased

    @property
    def coverage(self) -> int | None:
        """The share with a proof in whole percent, never rounded up; None of nothing."""
        return self.proven * 100 // self.held if self.held else None


@dataclass(frozen=True, slots=True)
class TechnicianLine:
    """Somebody who holds a certification today.

    Attributes:
        name: As printed.
        tech_id: GSX technician id, empty when not on record.
        certifications: Those that hold today.
    """

    name: str
    tech_id: str
    certifications: tuple[Certification, ...]


@dataclass(frozen=True, slots=True)
class Application:
    """The data of an application, as far as the registers have them.

    Attributes:
        contacts: The leads' names.
        contact: Whom to ask, as it was given for this report; empty for the leads.
        base: The installed base by family, the sum last.
        technicians: Who is certified today.
        equipment: What is in use or at hand.
        servers: The diagnostics servers among it.
    """

    contacts: tuple[str, ...]
    contact: str
    base: tuple[FamilyLine, ...]
    technicians: tuple[TechnicianLine, ...]
    equipment: tuple[Equipment, ...]
    servers: tuple[Equipment, ...]


@dataclass(frozen=True, slots=True)
class ReadinessReport:
    """Whether the organisation is ready for the programme, to be drawn.

    Attributes:
        organisation: Whose.
        zone: The time zone of what is told here: the site's, or ``UTC``.
        zone_known: False where this computer does not know the site's time zone.
        made_at: When it was made, in that zone.
        standing: Point by point.
        application: The data of the application.
        channels: Who repairs otherwise; empty for an organisation that qualifies.
        sources: Where the rules come from, in the order in which the points cite them.
    """

    organisation: Organisation
    zone: str
    zone_known: bool
    made_at: datetime
    standing: ProgrammeStanding
    application: Application
    channels: tuple[Channel, ...]
    sources: tuple[PolicySource, ...]

    @property
    def today(self) -> date:
        """The day that it speaks of."""
        return self.standing.situation.today

    def source_number(self, key: str) -> int | None:
        """At which place of the sources one stands, from 1; None where it is none of them."""
        keys = [one.key for one in self.sources]
        return keys.index(key) + 1 if key in keys else None
