"""Every rule at every edge, under a frozen day: the table of what is found."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.domain import esd
from app.domain.account import AccountTerms, Standing
from app.domain.esd import EsdState, EsdVerdict
from app.domain.people import Person
from app.domain.policy import CODES, REGIONAL, Severity
from app.domain.products import (
    Asset,
    CoverageStatus,
    Family,
    FindMy,
    Ownership,
    Purchase,
)
from app.domain.verdicts import (
    Finding,
    PartAtHand,
    calibration_findings,
    esd_findings,
    order_findings,
    part_findings,
    product_findings,
    qualified,
    technician_findings,
)
from app.domain.verdicts.purchase import money
from tests.unit.domain.verdict_samples import (
    ALVA,
    LOT,
    NOW,
    OURS,
    PART,
    PASSED,
    SECOND,
    TESTER,
    TODAY,
    TOMORROW,
    YESTERDAY,
    covered,
    held,
    leased,
    policy_in,
    until,
)

BLOCK, WARN = Severity.BLOCK, Severity.WARN
SWEDEN = policy_in("se")


def days(count: int) -> date:
    return TODAY + timedelta(days=count)


def told(findings: Iterable[Finding]) -> list[tuple[str, str, Severity]]:
    return [(one.rule, one.code, one.severity) for one in findings]


PRODUCTS: dict[str, tuple[Asset | None, list[tuple[str, str, Severity]]]] = {
    "not in the register": (None, [("P1", "not_in_register", BLOCK)]),
    # P1: the owner
    "owned": (OURS, []),
    "somebody else's": (replace(OURS, ownership=Ownership.OTHER), [("P1", "owner_other", BLOCK)]),
    "somebody else's, without proof": (
        replace(OURS, ownership=Ownership.OTHER, proof=""),
        [("P1", "owner_other", BLOCK)],
    ),
    "owner unknown": (
        replace(OURS, ownership=Ownership.UNKNOWN),
        [("P1", "owner_unknown", BLOCK)],
    ),
    # P1: the lease
    "lease ended yesterday": (leased(YESTERDAY), [("P1", "lease_ended", BLOCK)]),
    "lease ends today": (leased(TODAY), [("P1", "lease_ends_soon", WARN)]),
    "lease ends tomorrow": (leased(TOMORROW), [("P1", "lease_ends_soon", WARN)]),
    "lease ends on the last day that is warned of": (
        leased(days(29)),
        [("P1", "lease_ends_soon", WARN)],
    ),
    "lease ends on the first day that is not": (leased(days(30)), []),
    "lease without an end": (leased(None), [("P1", "lease_end_unknown", WARN)]),
    # P1: the lock
    "Find My on": (replace(OURS, find_my=FindMy.ON), [("P1", "find_my_on", WARN)]),
    "Find My off": (replace(OURS, find_my=FindMy.OFF), []),
    "Find My unknown": (replace(OURS, find_my=FindMy.UNKNOWN), []),
    # P2: maker and family
    "another maker's": (replace(OURS, maker="hp"), [("P2", "other_maker", BLOCK)]),
    "another maker's, of no family": (
        replace(OURS, maker="hp", family=None),
        [("P2", "other_maker", BLOCK)],
    ),
    "maker unknown": (replace(OURS, maker=""), [("P2", "maker_unknown", BLOCK)]),
    "an accessory, or a family that is not told": (
        replace(OURS, family=None),
        [("P2", "no_family", BLOCK)],
    ),
    "neither maker nor family": (
        replace(OURS, maker="", family=None),
        [("P2", "maker_unknown", BLOCK), ("P2", "no_family", BLOCK)],
    ),
    # P3: warranties
    "Apple's warranty": (covered("apple", None, None), []),
    "another's warranty, from today to today": (
        covered("Seller AB", TODAY, TODAY),
        [("P3", "other_warranty", BLOCK)],
    ),
    "another's warranty without an end": (
        covered("Seller AB", YESTERDAY, None),
        [("P3", "other_warranty", BLOCK)],
    ),
    "another's warranty of which no day is known": (
        covered("Seller AB", None, None),
        [("P3", "other_warranty", BLOCK)],
    ),
    "another's warranty ended yesterday": (covered("Seller AB", None, YESTERDAY), []),
    "another's warranty starts tomorrow": (covered("Seller AB", TOMORROW, None), []),
    "another's warranty, active by its issuer's word": (
        covered("Seller AB", None, None, status=CoverageStatus.ACTIVE),
        [("P3", "other_warranty", BLOCK)],
    ),
    "another's warranty, cancelled": (
        covered("Seller AB", None, None, status=CoverageStatus.CANCELLED),
        [],
    ),
    "another's warranty, inactive": (
        covered("Seller AB", None, None, status=CoverageStatus.INACTIVE),
        [],
    ),
    "out of warranty by the seller's word": (covered("Seller AB", None, None, kind="OO"), []),
    "nobody knows whose warranty": (
        covered("", None, TODAY),
        [("P3", "warranty_issuer_unknown", BLOCK)],
    ),
    "nobody knows whose warranty it was": (covered("", None, YESTERDAY), []),
    # P5: proof
    "no proof": (replace(OURS, proof=""), [("P5", "no_proof", WARN)]),
    "proof by the order": (replace(OURS, proof="", purchase=Purchase(order="PO 1")), []),
    "proof by the document": (replace(OURS, proof="", purchase=Purchase(document="F 1")), []),
    "a seller alone proves nothing": (
        replace(OURS, proof="", purchase=Purchase(seller="Seller AB", bought_on=TODAY)),
        [("P5", "no_proof", WARN)],
    ),
    "leased without proof": (
        replace(leased(days(30)), proof=""),
        [("P5", "no_proof", WARN)],
    ),
}


@pytest.mark.parametrize("case", PRODUCTS)
def test_a_product_gets_the_stated_findings(case: str) -> None:
    asset, expected = PRODUCTS[case]
    assert told(product_findings(asset, SWEDEN, TODAY)) == expected


LAPSED = [("P6", "not_certified", BLOCK)]
ENDING = [("P6", "certificate_ends_soon", WARN)]
TECHNICIANS: dict[str, tuple[Person, Family, str, list[tuple[str, str, Severity]]]] = {
    "no certificate": (held(), Family.MAC, "se", LAPSED),
    "ended yesterday": (held(until(YESTERDAY)), Family.MAC, "se", LAPSED),
    "ends today": (held(until(TODAY)), Family.MAC, "se", ENDING),
    "ends on the last day that is warned of": (held(until(days(29))), Family.MAC, "se", ENDING),
    "ends on the first day that is not": (held(until(days(30))), Family.MAC, "se", []),
    "never ends": (held(until(None)), Family.MAC, "se", []),
    "begins today": (held(until(None, TODAY)), Family.MAC, "se", []),
    "begins tomorrow": (held(until(None, TOMORROW)), Family.MAC, "se", LAPSED),
    "of another family": (held(until(None)), Family.IPHONE, "se", LAPSED),
    "the one that lasts longest decides": (
        held(until(TODAY), until(days(60))),
        Family.MAC,
        "se",
        [],
    ),
    "one without an end beside one that ends": (
        held(until(TODAY), until(None)),
        Family.MAC,
        "se",
        [],
    ),
    "a year old, where that does not matter": (
        held(until(None, days(-365))),
        Family.MAC,
        "se",
        [],
    ),
    "a year old, where it is renewed every year": (
        held(until(None, days(-365))),
        Family.MAC,
        "ca",
        [("P6", "certificate_too_old", BLOCK)],
    ),
    "on the last day of its year": (held(until(None, days(-364))), Family.MAC, "ca", ENDING),
    "its year ends on the last day that is warned of": (
        held(until(None, days(-335))),
        Family.MAC,
        "ca",
        ENDING,
    ),
    "its year ends on the first day that is not": (
        held(until(None, days(-334))),
        Family.MAC,
        "ca",
        [],
    ),
    "ends today, and its renewal begins tomorrow": (
        held(until(TODAY), until(None, TOMORROW)),
        Family.MAC,
        "se",
        [],
    ),
    "ends today, and its renewal begins a day too late": (
        held(until(TODAY), until(None, days(2))),
        Family.MAC,
        "se",
        ENDING,
    ),
    "renewed this year": (
        held(until(None, days(-700)), until(days(300), days(-60))),
        Family.MAC,
        "ca",
        [],
    ),
    "ended and old": (held(until(YESTERDAY)), Family.MAC, "ca", LAPSED),
}


@pytest.mark.parametrize("case", TECHNICIANS)
def test_a_technician_gets_the_stated_findings(case: str) -> None:
    person, family, region, expected = TECHNICIANS[case]
    assert told(technician_findings(person, family, policy_in(region), TODAY)) == expected


def test_who_is_not_certified_is_told_which_certificate_of_that_family_ended_last() -> None:
    """Neither one of another family, nor one that does not end and is yet to begin."""
    before, last = until(days(-30)), replace(until(YESTERDAY), name="ACMT 2")
    phones = replace(until(days(-1)), name="iOS", families=(Family.IPHONE,), valid_from=days(-9))
    to_come = until(None, TOMORROW)
    (found,) = technician_findings(held(before, last, phones, to_come), Family.MAC, SWEDEN, TODAY)
    assert found.evidence is not None
    assert (found.evidence.reference, found.evidence.on) == ("ACMT 2", YESTERDAY)
    (none,) = technician_findings(held(phones), Family.MAC, SWEDEN, TODAY)
    assert none.evidence is not None
    assert (none.evidence.reference, none.evidence.on) == ("", None)


def test_what_ends_soon_names_the_certificate_of_that_family_that_lasts_longest() -> None:
    shorter = replace(until(TODAY), name="ZZZ")
    longer = replace(until(days(3)), name="ACMT 3")
    phones = replace(until(days(3)), name="iOS", families=(Family.IPHONE,))
    (found,) = technician_findings(held(shorter, longer, phones), Family.MAC, SWEDEN, TODAY)
    assert found.evidence is not None
    assert (found.code, found.evidence.reference) == ("certificate_ends_soon", "ACMT 3")


def test_who_may_repair_a_product_is_whom_no_rule_blocks() -> None:
    lapsed = replace(held(until(YESTERDAY)), id="p2")
    ending = replace(held(until(TODAY)), id="p3")
    people = (ALVA, lapsed, ending)
    assert qualified(people, Family.MAC, SWEDEN, TODAY) == (ALVA, ending)
    assert qualified(people, Family.IPAD, SWEDEN, TODAY) == ()


END = PASSED.valid_until - PASSED.measured_at
READINGS: dict[str, tuple[EsdState | None, timedelta, str | None]] = {
    "none": (None, timedelta(0), "esd_missing"),
    "another person's": (replace(PASSED, person_id="p2"), timedelta(0), "esd_other_person"),
    "too low": (replace(PASSED, verdict=EsdVerdict.FAIL_LOW), timedelta(0), "esd_failed"),
    "too high": (replace(PASSED, verdict=EsdVerdict.FAIL_HIGH), timedelta(0), "esd_failed"),
    "not valid": (replace(PASSED, verdict=EsdVerdict.INVALID), timedelta(0), "esd_invalid"),
    "passed now": (PASSED, timedelta(0), None),
    "in its last second": (PASSED, END - SECOND, None),
    "at the exact second of its end": (PASSED, END, "esd_stale"),
    "before it was made, by a clock set back": (PASSED, -SECOND, "esd_stale"),
}


@pytest.mark.parametrize("case", READINGS)
def test_a_reading_gets_the_stated_finding(case: str) -> None:
    state, later, code = READINGS[case]
    expected = [] if code is None else [("P8", code, BLOCK)]
    assert told(esd_findings(state, ALVA, SWEDEN, NOW + later)) == expected


UNCALIBRATED = [("P8", "tester_out_of_calibration", BLOCK)]
TESTERS: dict[str, tuple[esd.Tester | None, list[tuple[str, str, Severity]]]] = {
    "not in the register": (None, [("P8", "tester_unknown", BLOCK)]),
    "due tomorrow": (replace(TESTER, calibration_due=TOMORROW), []),
    "due today": (replace(TESTER, calibration_due=TODAY), []),
    "due yesterday": (replace(TESTER, calibration_due=YESTERDAY), UNCALIBRATED),
    "due nobody knows when": (replace(TESTER, calibration_due=None), UNCALIBRATED),
}


@pytest.mark.parametrize("case", TESTERS)
def test_a_tester_gets_the_stated_finding(case: str) -> None:
    tester, expected = TESTERS[case]
    assert told(calibration_findings(tester, ALVA, SWEDEN, TODAY)) == expected


PARTS: dict[str, tuple[PartAtHand, list[str]]] = {
    "bought from Apple": (PART, []),
    "of no purchase": (replace(PART, lot=None), ["part_not_purchased"]),
    "bought elsewhere": (replace(PART, lot=replace(LOT, source="broker")), ["part_other_source"]),
    "bought nobody knows where": (
        replace(PART, lot=replace(LOT, source="")),
        ["part_other_source"],
    ),
    "of another number": (replace(PART, number="661-00000"), ["part_other_number"]),
    "without an order": (replace(PART, lot=replace(LOT, order="")), ["part_no_order"]),
    "in another repair": (replace(PART, used_in="R1"), ["part_used_before"]),
    "of no purchase, in another repair": (
        replace(PART, lot=None, used_in="R1"),
        ["part_not_purchased", "part_used_before"],
    ),
    "all at once": (
        PartAtHand("661-00000", "KGB1", replace(LOT, source="broker", order=""), "R1"),
        ["part_other_source", "part_other_number", "part_no_order", "part_used_before"],
    ),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_part_gets_the_stated_findings(case: str) -> None:
    part, expected = PARTS[case]
    assert told(part_findings(part, SWEDEN)) == [("P4", code, BLOCK) for code in expected]


CREDIT = AccountTerms(
    standing=Standing.GOOD, credit_limit=100_000, credit_used=40_000, currency="SEK"
)
UNKNOWN_CREDIT = [("P9", "credit_unknown", WARN)]
HELD = [("P9", "account_on_hold", BLOCK)]
ORDERS: dict[str, tuple[AccountTerms, int, list[tuple[str, str, Severity]]]] = {
    "to the last öre": (CREDIT, 60_000, []),
    "an öre beyond": (CREDIT, 60_001, [("P9", "credit_exceeded", BLOCK)]),
    "limit unknown": (replace(CREDIT, credit_limit=None), 1, UNKNOWN_CREDIT),
    "use unknown": (replace(CREDIT, credit_used=None), 1, UNKNOWN_CREDIT),
    "account on hold": (replace(CREDIT, standing=Standing.ON_HOLD), 1, HELD),
    "account closed": (replace(CREDIT, standing=Standing.CLOSED), 1, HELD),
    "standing unknown": (replace(CREDIT, standing=Standing.UNKNOWN), 1, []),
}


@pytest.mark.parametrize("case", ORDERS)
def test_an_order_gets_the_stated_findings(case: str) -> None:
    terms, amount, expected = ORDERS[case]
    assert told(order_findings(terms, amount, SWEDEN)) == expected


def test_an_order_beyond_the_credit_is_refused_with_the_figures() -> None:
    spent = replace(CREDIT, credit_used=100_150)
    (finding,) = order_findings(spent, 123_45, SWEDEN)
    assert dict(finding.fields) == {
        "order_amount": "123.45 SEK",
        "credit_left": "-1.50 SEK",
        "credit_limit": "1000.00 SEK",
    }
    assert money(5, "") == "0.05"
    assert money(0, "SEK") == "0.00 SEK"


def test_the_table_gives_every_finding_that_there_is() -> None:
    found: set[str] = set()
    for _, products in PRODUCTS.values():
        found |= {code for _, code, _ in products}
    for _, _, _, technicians in TECHNICIANS.values():
        found |= {code for _, code, _ in technicians}
    found |= {code for _, _, code in READINGS.values() if code is not None}
    for _, testers in TESTERS.values():
        found |= {code for _, code, _ in testers}
    for _, parts in PARTS.values():
        found |= set(parts)
    for _, _, orders in ORDERS.values():
        found |= {code for _, code, _ in orders}
    assert found == CODES | REGIONAL
