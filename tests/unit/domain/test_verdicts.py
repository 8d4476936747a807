"""Every finding at its edge, under a frozen day; the gate never opens with a blocking one."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.esd import EsdState, EsdVerdict
from app.domain.parts import PartLot
from app.domain.people import Certification, Person, Role
from app.domain.policy import Policy, Severity, policy_of
from app.domain.products import Asset, Coverage, Family, Ownership
from app.domain.verdicts import (
    Verdict,
    esd_findings,
    part_findings,
    product_findings,
    technician_findings,
    verdict_of,
    work_gate,
)
from app.resources import resource

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
OURS = Asset("C02XK1XXJG5H", "MacBook Pro", Family.MAC, Ownership.OWNED, proof="PO 4711")
ACMT = Certification("ACMT", (Family.MAC,), date(2025, 1, 1), date(2027, 1, 1))
MAC_TECHNICIAN = Person("p1", "Alva Ek", "1001", Role.TECHNICIAN, certifications=(ACMT,))
PASSED = EsdState(
    "p1", "r1", EsdVerdict.PASS, 1_000_000, False, NOW, NOW + timedelta(hours=12), "t1"
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_of(tomllib.loads(resource("programmes", "se.toml").read_text(encoding="utf-8")))


def lease(until: date | None) -> Asset:
    return replace(OURS, ownership=Ownership.LEASED, lessor="Leasing AB", leased_until=until)


def covered(issuer: str, starts: date | None, ends: date | None) -> Asset:
    return replace(OURS, coverages=(Coverage(issuer, "LI", starts, ends, "receipt", TODAY),))


@pytest.mark.parametrize(
    ("asset", "codes"),
    [
        (None, ["not_in_register"]),
        (OURS, []),
        (replace(OURS, proof=""), ["no_proof"]),
        (replace(OURS, ownership=Ownership.OTHER), ["owner_other"]),
        (replace(OURS, ownership=Ownership.UNKNOWN), ["owner_unknown"]),
        (lease(TODAY - timedelta(days=1)), ["lease_ended"]),
        (lease(TODAY), ["lease_ends_soon"]),
        (lease(TODAY + timedelta(days=29)), ["lease_ends_soon"]),
        (lease(TODAY + timedelta(days=30)), []),
        (lease(None), []),
        (replace(OURS, maker="Other Inc"), ["other_maker"]),
        (replace(OURS, family=None), ["other_maker"]),
        (covered("apple", None, None), []),
        (covered("Seller AB", TODAY, TODAY), ["other_warranty"]),
        (covered("Seller AB", None, None), ["other_warranty"]),
        (covered("Seller AB", TODAY + timedelta(days=1), None), []),
        (covered("Seller AB", None, TODAY - timedelta(days=1)), []),
    ],
)
def test_a_product_gets_the_stated_findings(
    asset: Asset | None, codes: list[str], policy: Policy
) -> None:
    assert [one.code for one in product_findings(asset, policy, TODAY)] == codes


@pytest.mark.parametrize(
    ("until", "codes"),
    [
        (TODAY - timedelta(days=1), ["not_certified"]),
        (TODAY, ["certificate_ends_soon"]),
        (TODAY + timedelta(days=29), ["certificate_ends_soon"]),
        (TODAY + timedelta(days=30), []),
        (None, []),
    ],
)
def test_a_certificate_counts_until_its_last_day(
    until: date | None, codes: list[str], policy: Policy
) -> None:
    person = replace(MAC_TECHNICIAN, certifications=(replace(ACMT, valid_until=until),))
    assert [one.code for one in technician_findings(person, Family.MAC, policy, TODAY)] == codes


def test_a_certificate_does_not_cover_another_family_or_an_earlier_day(policy: Policy) -> None:
    assert technician_findings(MAC_TECHNICIAN, Family.IPHONE, policy, TODAY)
    assert technician_findings(MAC_TECHNICIAN, Family.MAC, policy, date(2024, 12, 31))


def test_the_longest_certificate_decides(policy: Policy) -> None:
    short = replace(ACMT, valid_until=TODAY)
    person = replace(MAC_TECHNICIAN, certifications=(short, ACMT))
    assert technician_findings(person, Family.MAC, policy, TODAY) == ()


def test_a_part_must_trace_to_its_purchase(policy: Policy) -> None:
    lot = PartLot("KGB1", "661-17578", "PO1", "DN1", TODAY)

    def codes(lot: PartLot | None, used_in: str | None = None) -> list[str]:
        return [one.code for one in part_findings("661-17578", "KGB1", lot, used_in, policy)]

    assert codes(lot) == []
    assert codes(None) == ["part_not_purchased"]
    assert codes(replace(lot, source="broker")) == ["part_other_source"]
    assert codes(replace(lot, part_number="661-00000")) == ["part_other_number"]
    assert codes(lot, "R1") == ["part_used_before"]


def test_the_verdict_is_the_worst_finding(policy: Policy) -> None:
    warning = product_findings(replace(OURS, proof=""), policy, TODAY)
    blocked = warning + product_findings(None, policy, TODAY)
    assert verdict_of(()) is Verdict.ALLOWED
    assert verdict_of(warning) is Verdict.WARNING
    assert verdict_of(blocked) is Verdict.BLOCKED


def test_esd_findings_name_the_person(policy: Policy) -> None:
    (finding,) = esd_findings(None, MAC_TECHNICIAN, policy, NOW)
    assert (finding.rule, finding.code, dict(finding.fields)) == (
        "P8",
        "esd_missing",
        {"person": "Alva Ek"},
    )


def test_the_gate_opens_for_our_product_a_certified_technician_and_a_passed_strap(
    policy: Policy,
) -> None:
    gate = work_gate(OURS, MAC_TECHNICIAN, PASSED, policy, now=NOW, today=TODAY)
    assert gate.is_open
    assert gate.findings == ()


@given(
    asset=st.sampled_from(
        [
            None,
            OURS,
            lease(TODAY - timedelta(days=1)),
            replace(OURS, family=None),
            covered("Seller AB", None, None),
        ]
    ),
    certified=st.booleans(),
    esd=st.sampled_from(
        [
            None,
            PASSED,
            replace(PASSED, verdict=EsdVerdict.FAIL_LOW),
            replace(PASSED, person_id="p2"),
        ]
    ),
    hours=st.integers(-1, 13),
)
def test_the_gate_never_opens_with_a_blocking_finding(
    asset: Asset | None, certified: bool, esd: EsdState | None, hours: int, policy: Policy
) -> None:
    person = MAC_TECHNICIAN if certified else replace(MAC_TECHNICIAN, certifications=())
    gate = work_gate(asset, person, esd, policy, now=NOW + timedelta(hours=hours), today=TODAY)
    blocked = any(one.severity is Severity.BLOCK for one in gate.findings)
    good = asset is OURS and certified and esd is PASSED and 0 <= hours < 12
    assert gate.is_open is not blocked
    assert gate.is_open is good
