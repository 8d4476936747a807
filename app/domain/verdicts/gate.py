"""The one gate that all work on a product passes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.esd import EsdState, Tester
from app.domain.people import Person
from app.domain.policy import Policy
from app.domain.products import Asset
from app.domain.verdicts.findings import Finding, RuleOverride, refusal_of
from app.domain.verdicts.lifting import lift
from app.domain.verdicts.person import calibration_findings, esd_findings, technician_findings
from app.domain.verdicts.product import product_findings
from app.domain.verdicts.purchase import PartAtHand, part_findings


@dataclass(frozen=True, slots=True)
class Work:
    """What is about to be done, and with what.

    Attributes:
        asset: On which product; None for one that the register does not hold.
        person: By whom.
        esd: Their ESD standing.
        part: The part that is to be fitted, None where none is.
        internal: Whether the device is opened; without that, ESD does not count.
        tester: The tester of the ESD reading, None where the register does not hold it.
        read_on: The site's local day of that reading; None leaves the tester to the verdict that
            the reading got when it was made.
    """

    asset: Asset | None
    person: Person
    esd: EsdState | None
    part: PartAtHand | None = None
    internal: bool = True
    tester: Tester | None = None
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class WorkGate:
    """Everything that work on a product asks for, judged at one moment.

    Attributes:
        findings: Every finding, blocking or not, in the order of product, person, ESD, part.
    """

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Those that stop the work."""
        return tuple(one for one in self.findings if one.blocks)

    @property
    def is_open(self) -> bool:
        """Whether the work may go on."""
        return not self.blocking

    @property
    def refusal(self) -> Finding | None:
        """The finding whose way on is the one thing to do first; None where the gate is open."""
        return refusal_of(self.findings)

    def lifted(self, overrides: Iterable[RuleOverride]) -> "WorkGate":
        """The gate once leads have answered for what they may, on this repair and its product."""
        return WorkGate(lift(self.findings, overrides))


def work_gate(work: Work, policy: Policy, *, now: datetime, today: date) -> WorkGate:
    """Judge product, technician, ESD and part together.

    Args:
        work: What is about to be done.
        policy: The rules.
        now: This moment, UTC.
        today: The site's local day.
    """
    asset, person = work.asset, work.person
    findings = product_findings(asset, policy, today)
    if asset is not None and asset.family is not None:
        findings += technician_findings(person, asset.family, policy, today)
    if work.internal:
        findings += _esd(work, policy, now)
    if work.part is not None:
        findings += part_findings(work.part, policy)
    return WorkGate(findings)


def _esd(work: Work, policy: Policy, now: datetime) -> tuple[Finding, ...]:
    """The reading; where it lets them work, the tester that it was made with."""
    found = esd_findings(work.esd, work.person, policy, now)
    if found or work.read_on is None:
        return found
    return calibration_findings(work.tester, work.person, policy, work.read_on)
