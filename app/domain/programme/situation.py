"""What the programme's standing is judged from: counts and rows, gathered by a service."""

from dataclasses import dataclass
from datetime import date

from app.domain.account import NO_TERMS, AccountTerms
from app.domain.equipment import IN_SERVICE, Equipment
from app.domain.installed_base import NOTHING_COUNTED, InstalledBase
from app.domain.people import Person
from app.domain.programme.counted import Counted


@dataclass(frozen=True, slots=True)
class RepairDone:
    """A repair that was completed, as far as the programme asks.

    Attributes:
        completed_on: The site's local day of its completing.
        findings: The codes of what the rules say of its product, on the day of its opening, and of
            its parts.
        parts: How many parts were fitted.
        inside: How many of them open the device: a repair of others alone anybody may do (DIY).
        signed: Whether somebody signed it.
    """

    completed_on: date
    findings: frozenset[str] = frozenset()
    parts: int = 0
    inside: int = 0
    signed: bool = True

    @property
    def counts(self) -> bool:
        """Whether it counts for the year's volume: one of DIY parts alone does not."""
        return not self.parts or self.inside > 0


@dataclass(frozen=True, slots=True)
class EsdPlan:
    """How the ESD plan is kept.

    Attributes:
        planned: How many things are to be tested again and again.
        missed: How many of them are overdue.
        next_due: The last day for the next test in time, None where none is planned.
    """

    planned: int
    missed: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything that the programme's standing is judged from.

    Attributes:
        today: The site's local day.
        account: The account's number; empty before there is an account.
        terms: What was agreed with the account.
        base: The installed base.
        people: Everybody of the register.
        equipment: Everything of the register.
        done: The repairs that were completed this calendar year.
        covered: Products under AppleCare or another agreement of Apple's; None where nobody
            counted.
        returns_overdue: Removed parts that should have gone back to Apple; None likewise.
        esd_plan: How the ESD plan is kept, None where nobody knows.
    """

    today: date
    account: str = ""
    terms: AccountTerms = NO_TERMS
    base: InstalledBase = NOTHING_COUNTED
    people: tuple[Person, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    done: tuple[RepairDone, ...] = ()
    covered: Counted | None = None
    returns_overdue: Counted | None = None
    esd_plan: EsdPlan | None = None

    @property
    def has_account(self) -> bool:
        """Whether there is an account: before that, what it asks for cannot be judged."""
        return bool(self.account) or self.terms.created_on is not None

    @property
    def in_service(self) -> tuple[Equipment, ...]:
        """The equipment that has to be in order."""
        return tuple(one for one in self.equipment if one.state in IN_SERVICE)
