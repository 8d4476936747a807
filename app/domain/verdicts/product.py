"""Own products only: what the rules say of a product (P1, P2, P3 and P5).

No function decides by a constant: severity and figures come from the policy's rows. Days are the
site's local days, given by the caller.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.domain.policy import Policy
from app.domain.products import Asset, Coverage, FindMy, Ownership
from app.domain.site_days import days_later
from app.domain.verdicts.findings import Finding, finding_of

APPLE: Final = "apple"
"""How the register calls Apple, as a maker, as an issuer of warranties and as a source of parts."""
_NO_COVERAGE: Final = "OO"
"""GSX's word for a product that is out of warranty."""


def product_findings(asset: Asset | None, policy: Policy, today: date) -> tuple[Finding, ...]:
    """Every finding on a product; None is a product that the register does not hold."""
    if asset is None:
        return (finding_of(policy, "not_in_register"),)
    return (
        *_make(asset, policy),
        *_ownership(asset, policy, today),
        *_coverages(asset, policy, today),
        *_lock(asset, policy),
    )


def _make(asset: Asset, policy: Policy) -> Iterator[Finding]:
    """P2: neither other makers' products nor accessories."""
    if not asset.maker:
        yield finding_of(policy, "maker_unknown", asset.serial)
    elif asset.maker != APPLE:
        yield finding_of(policy, "other_maker", asset.serial, fields={"maker": asset.maker})
        return
    if asset.family is None:
        yield finding_of(policy, "no_family", asset.serial)


def _ownership(asset: Asset, policy: Policy, today: date) -> Iterator[Finding]:
    match asset.ownership:
        case Ownership.OTHER:
            yield finding_of(policy, "owner_other", asset.serial)
            return
        case Ownership.UNKNOWN:
            yield finding_of(policy, "owner_unknown", asset.serial)
            return
        case Ownership.LEASED:
            yield from _lease(asset, policy, today)
        case _:  # owned: nothing to say
            pass
    if not asset.is_proven:
        yield finding_of(policy, "no_proof")


def _lease(asset: Asset, policy: Policy, today: date) -> Iterator[Finding]:
    """The last day of a lease is still ours."""
    until = asset.leased_until
    if until is None:
        yield finding_of(policy, "lease_end_unknown", asset.lessor)
    elif until < today:
        yield finding_of(policy, "lease_ended", asset.lessor, until, {"until": until.isoformat()})
    elif until < days_later(today, policy.value("lease_ends_soon")):
        fields = {"until": until.isoformat()}
        yield finding_of(policy, "lease_ends_soon", asset.lessor, until, fields)


def _coverages(asset: Asset, policy: Policy, today: date) -> Iterator[Finding]:
    """P3: a warranty counts from its first to its last day, and one without an end counts."""
    for coverage in asset.coverages:
        if _counts(coverage, today):
            source, on = coverage.source, coverage.checked_on
            if coverage.issuer:
                fields = {"issuer": coverage.issuer}
                yield finding_of(policy, "other_warranty", source, on, fields)
            else:
                ends = coverage.ends.isoformat() if coverage.ends is not None else ""
                fields = {"source": source, "until": ends}  # another one is another matter
                yield finding_of(policy, "warranty_issuer_unknown", source, on, fields)


def _counts(coverage: Coverage, today: date) -> bool:
    others = coverage.issuer != APPLE and coverage.kind != _NO_COVERAGE
    return others and coverage.active_on(today)


def _lock(asset: Asset, policy: Policy) -> Iterator[Finding]:
    if asset.find_my is FindMy.ON:
        yield finding_of(policy, "find_my_on", asset.serial)
