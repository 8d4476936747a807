"""What a finding carries: evidence, way on, who may answer for it; the verdict and the refusal."""

from dataclasses import replace
from datetime import date

from app.domain.policy import Severity
from app.domain.products import Family
from app.domain.verdicts import (
    Evidence,
    Verdict,
    calibration_findings,
    esd_findings,
    part_findings,
    product_findings,
    refusal_of,
    technician_findings,
    verdict_of,
)
from tests.unit.domain.verdict_samples import (
    ALVA,
    LOT,
    NOW,
    OURS,
    PART,
    PASSED,
    TESTER,
    TODAY,
    YESTERDAY,
    covered,
    held,
    leased,
    policy_in,
    until,
)

SWEDEN = policy_in("se")


def test_a_finding_names_its_evidence_and_its_way_on() -> None:
    (warranty,) = product_findings(covered("Seller AB", None, None), SWEDEN, TODAY)
    assert warranty.evidence == Evidence("coverage", "the receipt", TODAY)
    assert (warranty.way_on, warranty.fields) == ("other_warranty", (("issuer", "Seller AB"),))
    assert not warranty.overridable
    (lease,) = product_findings(leased(YESTERDAY), SWEDEN, TODAY)
    assert lease.evidence == Evidence("lease", "Leasing AB", YESTERDAY)
    assert lease.overridable
    (lapsed,) = technician_findings(held(until(YESTERDAY)), Family.MAC, SWEDEN, TODAY)
    assert lapsed.evidence == Evidence("certificate", "ACMT", YESTERDAY)
    (never,) = technician_findings(held(), Family.MAC, SWEDEN, TODAY)
    assert never.evidence == Evidence("certificate")
    (stale,) = esd_findings(PASSED, ALVA, SWEDEN, PASSED.valid_until)
    assert stale.evidence == Evidence("esd_reading", "r1")
    (overdue,) = calibration_findings(
        replace(TESTER, calibration_due=YESTERDAY), ALVA, SWEDEN, TODAY
    )
    assert overdue.evidence == Evidence("calibration", "PGT-1", YESTERDAY)
    (grey,) = part_findings(replace(PART, lot=replace(LOT, source="broker")), SWEDEN)
    assert grey.evidence == Evidence("purchase", "PO1", TODAY)


def test_what_only_warns_needs_nobody_to_answer_for_it() -> None:
    (warning,) = product_findings(replace(OURS, proof=""), SWEDEN, TODAY)
    assert not warning.overridable
    strict = replace(SWEDEN.rows["no_proof"], severity=Severity.BLOCK)
    policy = replace(SWEDEN, rows={**SWEDEN.rows, "no_proof": strict})
    (finding,) = product_findings(replace(OURS, proof=""), policy, TODAY)
    assert (finding.blocks, finding.overridable) == (True, True)


def test_two_warranties_that_nobody_knows_are_two_matters() -> None:
    def fields(ends: date | None) -> tuple[tuple[str, str], ...]:
        (finding,) = product_findings(covered("", None, ends), SWEDEN, TODAY)
        return finding.fields

    assert fields(TODAY) == (("source", "the receipt"), ("until", "2026-11-23"))
    assert fields(None) == (("source", "the receipt"), ("until", ""))


def test_a_row_without_evidence_gives_a_finding_without_any() -> None:
    row = replace(SWEDEN.rows["not_in_register"], evidence="")
    policy = replace(SWEDEN, rows={**SWEDEN.rows, row.code: row})
    (finding,) = product_findings(None, policy, TODAY)
    assert finding.evidence is None


def test_the_verdict_is_the_worst_finding() -> None:
    warning = product_findings(replace(OURS, proof=""), SWEDEN, TODAY)
    blocked = warning + product_findings(None, SWEDEN, TODAY)
    assert verdict_of(()) is Verdict.ALLOWED
    assert verdict_of(warning) is Verdict.WARNING
    assert verdict_of(blocked) is Verdict.BLOCKED


def test_a_refusal_is_the_first_that_blocks_whatever_its_place() -> None:
    (warning,) = product_findings(replace(OURS, proof=""), SWEDEN, TODAY)
    (part,) = part_findings(replace(PART, lot=None), SWEDEN)
    (strap,) = esd_findings(None, ALVA, SWEDEN, NOW)
    (product,) = product_findings(None, SWEDEN, TODAY)
    assert refusal_of((warning, part, strap, product)) is product
    assert refusal_of((warning, part, strap)) is strap
    assert refusal_of((warning, part)) is part
    assert refusal_of((warning,)) is None
    newer = replace(part, code="from_a_newer_program")
    assert refusal_of((newer, part)) is part
    assert refusal_of((newer,)) is newer
