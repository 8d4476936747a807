"""A lead answers for a rule: recorded with a reason, on one repair or one product."""

from dataclasses import dataclass
from typing import Final

from app.domain.journal import Draft, Entry
from app.domain.people import Person
from app.domain.policy import Answerable, Policy
from app.domain.products import Asset
from app.domain.repairs import Repair
from app.domain.verdicts import OVERRIDDEN, Finding, lift, override_payload, product_findings
from app.services.answering import accepted, refused, repeated
from app.services.gating import overrides_for
from app.services.leads import lead_with
from app.services.ports import Transaction
from app.services.session import Rules
from app.services.views import Feedback

MAX_REASON: Final = 1000
"""Characters of a reason: it is read by people, and travels with the journal."""


@dataclass(frozen=True, slots=True)
class Override:
    """What a lead wants to answer for.

    Attributes:
        named: The repair's number or id, else an identifier of the product.
        code: Which rule.
        badge: The lead's.
        reason: Why, in the lead's words.
    """

    named: str
    code: str
    badge: str
    reason: str


@dataclass(frozen=True, slots=True)
class Overridden:
    """What came of it.

    Attributes:
        feedback: The answer for the lead.
        entries: What was appended; nothing where it was refused.
    """

    feedback: Feedback
    entries: tuple[Entry, ...] = ()


def override_rule(tx: Transaction, wanted: Override, rules: Rules) -> Overridden:
    """Record that a lead lets work go on against a finding on a product.

    Only a lead may, only against what the policy lets a lead answer for, and only where the rule
    is broken now. It holds for the repair, or for the product, and for the finding as it stands: a
    lease that ends on another day is another matter.
    """
    lead = lead_with(tx, wanted.badge, "override_lead_only", way_on="override_lead")
    if isinstance(lead, Feedback):
        return Overridden(lead)
    stopped = _not_answerable(wanted, rules.policy)
    if stopped is not None:
        return Overridden(stopped)
    repair = tx.repair_by_number(wanted.named) or tx.repair(wanted.named)
    if repair is not None and not repair.is_open:
        return Overridden(refused("repair_closed", repair=repair.number, way_on="scan_product"))
    asset = tx.asset(repair.serial if repair is not None else wanted.named)
    if asset is None:
        return Overridden(refused("override_of_nothing", named=wanted.named))
    return _overridden(tx, wanted, lead, asset, repair, rules)


def _not_answerable(wanted: Override, policy: Policy) -> Feedback | None:
    """What is wrong with the wish itself, whatever it is about."""
    if not 0 < len(wanted.reason.strip()) <= MAX_REASON:
        return refused("override_reason", most=str(MAX_REASON))
    row = policy.rows.get(wanted.code)
    if row is None:
        return refused("rule_unknown", which=wanted.code)
    if row.override is not Answerable.LEAD:
        return refused("rule_not_answerable", rule=row.rule, which=row.code, way_on=row.way_on)
    return None


def _overridden(
    tx: Transaction,
    wanted: Override,
    lead: Person,
    asset: Asset,
    repair: Repair | None,
    rules: Rules,
) -> Overridden:
    said = product_findings(asset, rules.policy, rules.today)
    found = [one for one in said if one.code == wanted.code and one.blocks]
    about = repair.number if repair is not None else asset.serial
    if not found:
        return Overridden(refused("rule_not_broken", which=wanted.code, named=about))
    if not lift(found, overrides_for(tx, found, asset.serial, repair))[0].blocks:
        return Overridden(repeated("override_already", which=wanted.code, named=about))
    return _recorded(tx, wanted, lead, found[0], _subject(asset, repair), about)


def _subject(asset: Asset, repair: Repair | None) -> str:
    return f"repair:{repair.id}" if repair is not None else f"asset:{asset.serial}"


def _recorded(
    tx: Transaction, wanted: Override, lead: Person, finding: Finding, subject: str, about: str
) -> Overridden:
    reason = wanted.reason.strip()
    payload = override_payload(finding, reason=reason, lead_id=lead.id, lead_name=lead.name)
    entry = tx.append(Draft(OVERRIDDEN, subject, f"person:{lead.id}", payload))
    feedback = accepted(
        "override_recorded", person=lead.name, rule=finding.rule, which=finding.code, named=about
    )
    return Overridden(feedback, (entry,))
