"""An organisation that meets everything on a frozen day, and ways to take something away."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from app import bootstrap
from app.domain.account import AccountTerms, Standing
from app.domain.equipment import Equipment, EquipmentKind, EquipmentState
from app.domain.installed_base import BaseCount, InstalledBase
from app.domain.people import Certification, Person, Role
from app.domain.policy import Policy
from app.domain.products import Family, Ownership
from app.domain.programme import (
    EsdPlan,
    PointStanding,
    ProgrammeStanding,
    RepairDone,
    RuleStanding,
    Situation,
    programme_standing,
)
from app.domain.programme.counted import Counted
from app.domain.qualifications import FAMILIES, ProductLine

TODAY = date(2026, 11, 23)
DAY = timedelta(days=1)
NEVER = date(2040, 1, 1)


@cache
def policy(region: str = "se") -> Policy:
    return bootstrap.programme(region)


def with_row(code: str, region: str = "se", **changed: object) -> Policy:
    """A region's rules with one row changed."""
    rules = policy(region)
    row = replace(rules.rows[code], **changed)  # pyright: ignore[reportArgumentType] - of a test's own
    return replace(rules, rows={**rules.rows, code: row})


def stock(
    count: int,
    family: Family = Family.MAC,
    ownership: Ownership = Ownership.OWNED,
    until: date | None = None,
    *,
    proven: bool = True,
) -> BaseCount:
    return BaseCount(family, ownership, proven, count, until)


def base(*counts: BaseCount) -> InstalledBase:
    return InstalledBase(counts)


def certified(
    line: ProductLine,
    until: date | None = None,
    since: date = date(2026, 1, 10),
    person_id: str = "anna",
) -> Person:
    held = Certification(line.value, FAMILIES[line], since, until)
    return Person(person_id, "Anna", person_id, Role.TECHNICIAN, certifications=(held,))


def piece(
    kind: EquipmentKind,
    due: date | None = None,
    state: EquipmentState = EquipmentState.IN_USE,
    name: str = "",
) -> Equipment:
    return Equipment(name or kind.value, kind.value, "", kind.value, "", due, state=state)


STATION = (
    *(piece(kind) for kind in EquipmentKind if kind is not EquipmentKind.ESD_TESTER),
    piece(EquipmentKind.ESD_TESTER, NEVER),
)
TERMS = AccountTerms(
    created_on=date(2025, 3, 1),
    standing=Standing.GOOD,
    standing_on=date(2026, 11, 1),
    credit_limit=100_000_00,
    credit_used=10_000_00,
    currency="SEK",
    has_carpet=True,
)
DONE = tuple(RepairDone(TODAY, parts=1, inside=1) for _ in range(30))


def situation(**changed: object) -> Situation:
    """An organisation that meets everything, but for what is changed."""
    usual: dict[str, object] = {
        "today": TODAY,
        "account": "0001234567",
        "terms": TERMS,
        "base": base(stock(900), stock(400, Family.IPHONE)),
        "people": (certified(ProductLine.MAC), certified(ProductLine.IOS, person_id="bo")),
        "equipment": STATION,
        "done": DONE,
        "covered": Counted(1300, TODAY, "ABM"),
        "returns_overdue": Counted(0, TODAY, "GSX"),
        "esd_plan": EsdPlan(4, 0, TODAY + 3 * DAY),
    }
    return Situation(**usual | changed)  # pyright: ignore[reportArgumentType] - of a test's own


def standing(rules: str | Policy = "se", **changed: object) -> ProgrammeStanding:
    named = policy(rules) if isinstance(rules, str) else rules
    return programme_standing(situation(**changed), named)


def rule(code: str, rules: str | Policy = "se", **changed: object) -> RuleStanding:
    """Where one rule stands, of an organisation that meets everything but for what is changed."""
    return next(one for one in standing(rules, **changed).rules if one.code == code)


def point(name: str, region: str = "se", **changed: object) -> PointStanding:
    return next(one for one in standing(region, **changed).points if one.rule == name)


def details(found: RuleStanding) -> dict[str, dict[str, str]]:
    return {one.code: dict(one.fields) for one in found.details}
