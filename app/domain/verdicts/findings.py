"""What a rule says of the thing at hand, and all that rules say in one word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from app.domain.policy import RANK, Answerable, Policy, PolicyRow, Severity

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a finding rests on.

    Attributes:
        kind: What it is: ``evidence.<kind>`` is its text.
        reference: Which one: a source, a certificate's name, an entry; empty where it has no name.
        on: Its day, such as that of a look-up; None where it has none.
    """

    kind: str
    reference: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class RuleOverride:
    """A lead's word that work may go on against a finding.

    Attributes:
        entry_id: The entry that records it.
        subject: What it is for: ``repair:<id>`` or ``asset:<serial>``; for nothing else.
        code: Which finding.
        fields: What that finding named: another date or another issuer is another matter.
        reason: Why, in the lead's words.
        lead_id: Who.
        lead_name: Their name then.
        rule: The programme's point, as the entry names it.
    """

    entry_id: str
    subject: str
    code: str
    fields: tuple[tuple[str, str], ...]
    reason: str
    lead_id: str
    lead_name: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's word on what is about to be done.

    Attributes:
        rule: The programme's point, ``P1`` ...
        severity: Whether it stops the work.
        code: Stable name; the text's key is ``finding.<code>``.
        fields: What the text names.
        evidence: What it rests on; None where it rests on nothing that has a name.
        way_on: Key of the one thing to do, ``way_on.<key>``; empty for the code itself.
        overridable: Whether a lead may let the work go on against it, with a reason.
        lifted: The lead's word that did so: the finding warns from then on.
    """

    rule: str
    severity: Severity
    code: str
    fields: tuple[tuple[str, str], ...] = ()
    evidence: Evidence | None = None
    way_on: str = ""
    overridable: bool = False
    lifted: RuleOverride | None = None

    @property
    def blocks(self) -> bool:
        """Whether it stops the work."""
        return self.severity is Severity.BLOCK

    def lifted_by(self, override: RuleOverride) -> "Finding":
        """The same finding once a lead has answered for it."""
        return replace(self, severity=Severity.WARN, lifted=override)


class Verdict(StrEnum):
    """All findings in one word."""

    ALLOWED = "allowed"
    WARNING = "warning"
    BLOCKED = "blocked"


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The worst of the findings."""
    told = tuple(findings)
    if any(finding.blocks for finding in told):
        return Verdict.BLOCKED
    return Verdict.WARNING if told else Verdict.ALLOWED


def refusal_of(findings: Iterable[Finding]) -> Finding | None:
    """The blocking finding that names the one thing to do first; None where none blocks.

    The product goes before the person, the person before ESD, ESD before the part.
    """
    blocking = (finding for finding in findings if finding.blocks)
    return min(blocking, key=lambda one: RANK.get(one.code, len(RANK)), default=None)


def finding_of(
    policy: Policy,
    code: str,
    reference: str = "",
    on: date | None = None,
    fields: Mapping[str, str] = NOTHING,
) -> Finding:
    """A finding with the severity, the evidence and the way on of its row.

    Args:
        policy: The rules, with a row for the code.
        code: Which rule.
        reference: Which piece of evidence it rests on.
        on: The evidence's day.
        fields: What its text names.
    """
    row: PolicyRow = policy.rows[code]
    return Finding(
        rule=row.rule,
        severity=row.severity,
        code=code,
        fields=tuple(fields.items()),
        evidence=Evidence(row.evidence, reference, on) if row.evidence else None,
        way_on=row.way_on,
        overridable=row.override is Answerable.LEAD and row.severity is Severity.BLOCK,
    )
