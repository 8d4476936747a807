"""Own products only: what the rules say of a product, a technician and a part.

Every function gives findings; none decides by a constant: severity and figures come from the
policy's rows. Days are the site's local days, given by the caller.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.esd import EsdState, esd_gap
from app.domain.parts import PartLot
from app.domain.people import Person
from app.domain.policy import Policy, Severity
from app.domain.products import Asset, Family, Ownership


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word on what is about to be done.

    Attributes:
        rule: The programme's point, ``P1`` ...
        severity: Whether it stops the work.
        code: Stable name; the text's key is ``finding.<code>``.
        fields: What the text names.
    """

    rule: str
    severity: Severity
    code: str
    fields: tuple[tuple[str, str], ...] = ()


class Verdict(StrEnum):
    """All findings in one word."""

    ALLOWED = "allowed"
    WARNING = "warning"
    BLOCKED = "blocked"


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """The worst of the findings."""
    if any(finding.severity is Severity.BLOCK for finding in findings):
        return Verdict.BLOCKED
    return Verdict.WARNING if findings else Verdict.ALLOWED


def _finding(policy: Policy, code: str, **fields: str) -> Finding:
    row = policy.rows[code]
    return Finding(row.rule, row.severity, code, tuple(fields.items()))


def product_findings(asset: Asset | None, policy: Policy, today: date) -> tuple[Finding, ...]:
    """P1, P2 and P3 for a product; None is a product that the register does not hold."""
    if asset is None:
        return (_finding(policy, "not_in_register"),)
    found: list[Finding] = []
    if asset.maker != "apple" or asset.family is None:
        found.append(_finding(policy, "other_maker", maker=asset.maker))
    found.extend(_ownership(asset, policy, today))
    found.extend(
        _finding(policy, "other_warranty", issuer=coverage.issuer)
        for coverage in asset.coverages
        if coverage.issuer != "apple" and coverage.active_on(today)
    )
    return tuple(found)


def _ownership(asset: Asset, policy: Policy, today: date) -> Iterator[Finding]:
    match asset.ownership:
        case Ownership.OTHER:
            yield _finding(policy, "owner_other")
            return
        case Ownership.UNKNOWN:
            yield _finding(policy, "owner_unknown")
            return
        case Ownership.LEASED if asset.leased_until is not None:
            yield from _lease(asset.leased_until, policy, today)
        case _:  # owned, or leased without an end: nothing to say
            pass
    if not asset.is_proven:
        yield _finding(policy, "no_proof")


def _lease(until: date, policy: Policy, today: date) -> Iterator[Finding]:
    if until < today:
        yield _finding(policy, "lease_ended", until=until.isoformat())
    elif until < today + timedelta(days=policy.rows["lease_ends_soon"].value or 0):
        yield _finding(policy, "lease_ends_soon", until=until.isoformat())


def technician_findings(
    person: Person, family: Family, policy: Policy, today: date
) -> tuple[Finding, ...]:
    """P6: whether a technician is certified for a product family today."""
    held = [one for one in person.certifications if one.covers(family, today)]
    if not held:
        return (_finding(policy, "not_certified", person=person.name, family=family.value),)
    if any(one.valid_until is None for one in held):
        return ()
    last = max(one.valid_until for one in held if one.valid_until is not None)
    if last < today + timedelta(days=policy.rows["certificate_ends_soon"].value or 0):
        return (_finding(policy, "certificate_ends_soon", until=last.isoformat()),)
    return ()


def esd_findings(
    state: EsdState | None, person: Person, policy: Policy, now: datetime
) -> tuple[Finding, ...]:
    """P8: whether a technician's ESD reading lets them open a device now."""
    code = esd_gap(state, person.id, now)
    return () if code is None else (_finding(policy, code, person=person.name),)


def part_findings(
    number: str, kgb: str, lot: PartLot | None, used_in: str | None, policy: Policy
) -> tuple[Finding, ...]:
    """P4: whether a part traces to a direct purchase, is what it says, and is in no other repair.

    Args:
        number: The part number that was scanned.
        kgb: The part's own serial.
        lot: The purchase that the serial came with, None where there is none.
        used_in: The number of the repair that already holds this serial.
        policy: The rules.
    """
    found: list[Finding] = []
    if lot is None:
        found.append(_finding(policy, "part_not_purchased", kgb=kgb))
    else:
        if lot.source != "apple":
            found.append(_finding(policy, "part_other_source", kgb=kgb, source=lot.source))
        if lot.part_number != number:
            found.append(
                _finding(
                    policy, "part_other_number", kgb=kgb, number=number, actual=lot.part_number
                )
            )
    if used_in is not None:
        found.append(_finding(policy, "part_used_before", kgb=kgb, repair=used_in))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class WorkGate:
    """Everything that internal work on a product asks for, judged at one moment.

    Attributes:
        findings: Every finding, blocking or not.
    """

    findings: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """Those that stop the work."""
        return tuple(one for one in self.findings if one.severity is Severity.BLOCK)

    @property
    def is_open(self) -> bool:
        """Whether internal work may go on."""
        return not self.blocking


def work_gate(
    asset: Asset | None,
    person: Person,
    esd: EsdState | None,
    policy: Policy,
    *,
    now: datetime,
    today: date,
) -> WorkGate:
    """Judge product, technician and ESD together: the one gate that every internal step passes."""
    findings = product_findings(asset, policy, today)
    if asset is not None and asset.family is not None:
        findings += technician_findings(person, asset.family, policy, today)
    return WorkGate(findings + esd_findings(esd, person, policy, now))
