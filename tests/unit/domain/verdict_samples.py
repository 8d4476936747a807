"""A product of ours, a certified technician, a passed strap, a bought part; a frozen day."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from app.domain.esd import EsdState, EsdVerdict, Tester
from app.domain.parts import PartLot
from app.domain.people import Certification, Person, Role
from app.domain.policy import Policy, policy_of, regional
from app.domain.products import Asset, Coverage, CoverageStatus, Family, Ownership
from app.domain.verdicts import PartAtHand, Work
from app.resources import resource

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)

OURS = Asset("C02XK1XXJG5H", "MacBook Pro", Family.MAC, Ownership.OWNED, proof="PO 4711")
ACMT = Certification("ACMT", (Family.MAC,), date(2025, 1, 1), date(2027, 1, 1))
ALVA = Person("p1", "Alva Ek", "1001", Role.TECHNICIAN, certifications=(ACMT,))
PASSED = EsdState(
    "p1", "r1", EsdVerdict.PASS, 1_000_000, False, NOW, NOW + timedelta(hours=12), "t1"
)
TESTER = Tester("t1", "7100", "PGT-1", TODAY)
LOT = PartLot("KGB1", "661-17578", "PO1", "DN1", TODAY)
PART = PartAtHand("661-17578", "KGB1", LOT)
WORK = Work(OURS, ALVA, PASSED, PART, tester=TESTER, read_on=TODAY)
"""Work that nothing speaks against."""


@cache
def policy_in(region: str) -> Policy:
    """The rules of a region."""

    def table(name: str) -> dict[str, object]:
        return tomllib.loads(resource("programmes", f"{name}.toml").read_text(encoding="utf-8"))

    own = table(region)
    return policy_of(regional(table("se"), own) if "base" in own else own)


def leased(until: date | None) -> Asset:
    return replace(OURS, ownership=Ownership.LEASED, lessor="Leasing AB", leased_until=until)


def covered(
    issuer: str,
    starts: date | None,
    ends: date | None,
    *,
    kind: str = "LI",
    status: CoverageStatus = CoverageStatus.UNKNOWN,
) -> Asset:
    one = Coverage(issuer, kind, starts, ends, "the receipt", TODAY, status)
    return replace(OURS, coverages=(one,))


def held(*certificates: Certification) -> Person:
    return replace(ALVA, certifications=certificates)


def until(day: date | None, since: date = date(2025, 1, 1)) -> Certification:
    return replace(ACMT, valid_from=since, valid_until=day)
