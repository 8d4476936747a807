"""A lead's word against a rule: recorded with a reason, for one subject, and never for all rules.

It is an entry of its own, ``rule.overridden``, about the repair or the product. Which rules can be
answered for is the policy's word; a finding that nobody may answer for is never lifted, whatever
an entry says.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from app.domain.journal import Entry, Json
from app.domain.payloads import text_of
from app.domain.verdicts.findings import Finding, RuleOverride

OVERRIDDEN: Final = "rule.overridden"
"""The kind of the entries that record it."""


def override_payload(
    finding: Finding, *, reason: str, lead_id: str, lead_name: str
) -> dict[str, Json]:
    """What the entry says: which finding, with what it named, why, and who answers for it."""
    return {
        "rule": finding.rule,
        "code": finding.code,
        "fields": dict(finding.fields),
        "reason": reason,
        "person": lead_id,
        "person_name": lead_name,
    }


def overrides_of(entries: Iterable[Entry]) -> tuple[RuleOverride, ...]:
    """What leads have answered for, from the entries of a repair or a product.

    An entry that does not say which finding, why and who answers for it lifts nothing.
    """
    told = (_override(entry) for entry in entries if entry.kind == OVERRIDDEN)
    return tuple(one for one in told if one is not None)


def _override(entry: Entry) -> RuleOverride | None:
    said = entry.payload
    code, reason, lead = (text_of(said, key) for key in ("code", "reason", "person"))
    fields = said.get("fields")
    if not code or not reason or not lead or not isinstance(fields, dict):
        return None
    return RuleOverride(
        entry_id=str(entry.id),
        subject=entry.subject,
        code=code,
        fields=tuple(sorted((name, str(value)) for name, value in fields.items())),
        reason=reason,
        lead_id=lead,
        lead_name=text_of(said, "person_name"),
        rule=text_of(said, "rule"),
    )


def lift(findings: Iterable[Finding], overrides: Iterable[RuleOverride]) -> tuple[Finding, ...]:
    """The findings, those that a lead answered for as warnings.

    Args:
        findings: Of one product, or of work on it.
        overrides: Those for this product and this repair: `overrides_of` their entries.
    """
    known = {(one.code, one.fields): one for one in overrides}
    return tuple(_lifted(finding, known) for finding in findings)


def _lifted(
    finding: Finding, known: Mapping[tuple[str, tuple[tuple[str, str], ...]], RuleOverride]
) -> Finding:
    override = known.get((finding.code, tuple(sorted(finding.fields))))
    if override is None or not (finding.blocks and finding.overridable):
        return finding
    return finding.lifted_by(override)
