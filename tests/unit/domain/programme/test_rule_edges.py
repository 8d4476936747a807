"""Every rule of the whole organisation at every edge, under a frozen day: where it stands.

What a scan finds has a table of its own (tests/unit/domain/test_rule_table.py); the two together
hold every rule of P1 to P15 that a bench judges.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.account import NO_TERMS, Standing
from app.domain.equipment import EquipmentKind, EquipmentState
from app.domain.people import Exam
from app.domain.policy import Judged
from app.domain.products import Ownership
from app.domain.programme import EsdPlan, RepairDone, State
from app.domain.programme.counted import Counted
from app.domain.qualifications import ProductLine
from tests.unit.domain.programme.situations import (
    DAY,
    DONE,
    STATION,
    TERMS,
    TODAY,
    base,
    certified,
    piece,
    policy,
    rule,
    stock,
)

MET, SOON, FAILED, UNKNOWN, OPEN = (
    *(State.MET, State.SOON, State.FAILED),
    *(State.UNKNOWN, State.NOT_JUDGED),
)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY
NO_ACCOUNT: dict[str, Any] = {"account": "", "terms": NO_TERMS}
MAC, IOS = ProductLine.MAC, ProductLine.IOS
TESTER = EquipmentKind.ESD_TESTER
Case = tuple[str, dict[str, Any], State]


def leased(until: date | None, count: int = 1000) -> dict[str, Any]:
    return {"base": base(stock(count, ownership=Ownership.LEASED, until=until))}


def owned(count: int, *more: Any, proven: bool = True) -> dict[str, Any]:  # noqa: ANN401 - counts
    return {"base": base(stock(count, proven=proven), *more)}


def terms(**changed: Any) -> dict[str, Any]:  # noqa: ANN401 - of the terms
    return {"terms": replace(TERMS, **changed)}


def station(*pieces: Any, without: EquipmentKind = TESTER) -> dict[str, Any]:  # noqa: ANN401 - pieces
    rest = [one for one in STATION if one.kind != without]
    return {"equipment": (*rest, *pieces)}


def one_of(kind: EquipmentKind) -> list[Case]:
    """Of what only has to be there."""
    return [
        ("se", {}, MET),
        ("se", station(piece(kind, state=EquipmentState.SPARE), without=kind), MET),
        ("se", station(piece(kind, state=EquipmentState.AWAY), without=kind), FAILED),
        ("se", station(piece(kind, state=EquipmentState.RETIRED), without=kind), FAILED),
        ("se", station(without=kind), FAILED),
        ("se", {"equipment": ()}, UNKNOWN),
    ]


def due(day: date | None) -> dict[str, Any]:
    return station(piece(TESTER, day))


def skilled(until: date | None, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - of a situation
    return {
        "people": (certified(MAC, until), certified(IOS, until, person_id="bo")),
        **owned(1300),
        **more,
    }


def created(days: int) -> dict[str, Any]:
    """An account of so many days, and nobody certified."""
    return {"people": (), **owned(1300), **terms(created_on=TODAY - timedelta(days=days))}


def done(count: int, inside: int = 1) -> dict[str, Any]:
    return {"done": tuple(RepairDone(TODAY, parts=1, inside=inside) for _ in range(count))}


def credit(limit: int | None, used: int | None) -> dict[str, Any]:
    return terms(credit_limit=limit, credit_used=used)


def counted(number: int, on: date = TODAY) -> Counted:
    return Counted(number, on, "GSX")


def sat(*vouchers: str) -> dict[str, Any]:
    """An exam with each voucher; an empty one was paid."""
    exams = tuple(
        Exam("ACMT", TODAY, passed=True, voucher=one, cost=0 if one else 100, currency="SEK")
        for one in vouchers
    )
    return {"people": (replace(certified(MAC), exams=exams),)}


LAST_YEAR = TODAY.replace(year=TODAY.year - 1)
RULES: dict[str, list[Case]] = {
    "installed_base": [
        ("se", owned(1000), MET),
        ("se", owned(999), FAILED),
        ("au", owned(500), MET),
        ("au", owned(499), FAILED),
        ("se", owned(1000, proven=False), FAILED),
        ("se", owned(999, stock(1, ownership=Ownership.UNKNOWN)), UNKNOWN),
        ("se", owned(998, stock(1, ownership=Ownership.UNKNOWN)), FAILED),
        ("se", owned(999, stock(1, ownership=Ownership.OTHER)), FAILED),
        ("se", {"base": base()}, UNKNOWN),
        ("se", leased(YESTERDAY), FAILED),
        ("se", leased(TODAY), SOON),
        ("se", leased(TODAY + 29 * DAY), SOON),
        ("se", leased(TODAY + 30 * DAY), MET),
        ("se", leased(None), MET),
    ],
    "proof_share": [
        ("se", owned(100), MET),
        ("se", owned(100, stock(1, proven=False)), FAILED),
        ("se", {"base": base()}, UNKNOWN),
    ],
    "applecare": [
        ("au", owned(100) | {"covered": counted(100)}, MET),
        ("au", owned(100) | {"covered": counted(99)}, FAILED),
        ("au", owned(100) | {"covered": None}, UNKNOWN),
        ("au", {"base": base(), "covered": counted(100)}, UNKNOWN),
    ],
    "annual_volume": [
        ("us", done(25), MET),
        ("us", done(24), SOON),
        ("us", done(24) | NO_ACCOUNT, OPEN),
        ("us", done(25, inside=0), SOON),
        ("ca", done(25), MET),
    ],
    "technician_deadline": [
        ("se", skilled(None), MET),
        ("se", skilled(TODAY), SOON),
        ("se", skilled(TODAY + 29 * DAY), SOON),
        ("se", skilled(TODAY + 30 * DAY), MET),
        ("se", skilled(YESTERDAY), FAILED),
        ("se", created(90), SOON),
        ("se", created(91), FAILED),
        ("se", {"people": (), **owned(1300), **terms(created_on=None)}, UNKNOWN),
        ("se", {"people": (), **owned(1300), **NO_ACCOUNT}, OPEN),
        ("se", {"base": base()}, UNKNOWN),
    ],
    "yearly_certification": [
        ("ca", {"people": (certified(MAC, since=TODAY),), **owned(1300)}, MET),
        ("ca", {"people": (certified(MAC, since=TOMORROW),), **owned(1300)}, SOON),
        ("ca", {"people": (certified(MAC, since=LAST_YEAR),), **owned(1300)}, SOON),
        (
            "ca",
            {
                "people": (certified(MAC, since=LAST_YEAR.replace(year=TODAY.year - 2)),),
                **owned(1300),
            },
            FAILED,
        ),
        ("ca", {"people": (), **owned(1300)}, SOON),
        ("ca", {"people": (), **owned(1300), **NO_ACCOUNT}, OPEN),
        ("ca", {"base": base()}, UNKNOWN),
    ],
    "diagnostics_server": one_of(EquipmentKind.DIAGNOSTICS_SERVER),
    "scanner_2d": one_of(EquipmentKind.SCANNER),
    "workbench": one_of(EquipmentKind.BENCH),
    "tools": one_of(EquipmentKind.TOOL),
    "esd_mat": one_of(EquipmentKind.ESD_MAT),
    "wrist_strap": one_of(EquipmentKind.WRIST_STRAP),
    "floor_mat": [
        ("ca", {}, MET),
        ("ca", station(without=EquipmentKind.FLOOR_MAT), FAILED),
        ("ca", station(without=EquipmentKind.FLOOR_MAT) | terms(has_carpet=False), OPEN),
        ("ca", {"equipment": ()}, UNKNOWN),
    ],
    "esd_tester": [
        ("se", {}, MET),
        ("se", due(TODAY), SOON),
        ("se", due(TODAY + 29 * DAY), SOON),
        ("se", due(TODAY + 30 * DAY), MET),
        ("se", due(YESTERDAY), FAILED),
        ("se", due(None), UNKNOWN),
        ("se", station(piece(TESTER, TODAY, EquipmentState.AWAY)), FAILED),
        ("se", station(), FAILED),
        ("se", {"equipment": ()}, UNKNOWN),
    ],
    "calibration_ends_soon": [
        ("se", {}, MET),
        ("se", due(TODAY), SOON),
        ("se", due(TODAY + 29 * DAY), SOON),
        ("se", due(TODAY + 30 * DAY), MET),
        ("se", due(YESTERDAY), FAILED),
        ("se", due(None), UNKNOWN),
        ("se", station(), OPEN),
        ("se", {"equipment": ()}, UNKNOWN),
    ],
    "esd_test_missed": [
        ("se", {"esd_plan": EsdPlan(4, 0, TODAY + 30 * DAY)}, MET),
        ("se", {"esd_plan": EsdPlan(4, 0, TODAY)}, SOON),
        ("se", {"esd_plan": EsdPlan(4, 1, TODAY + 30 * DAY)}, FAILED),
        ("se", {"esd_plan": EsdPlan(0, 0, None)}, OPEN),
        ("se", {"esd_plan": None}, UNKNOWN),
    ],
    "account_standing": [
        ("se", {}, MET),
        ("se", terms(standing=Standing.ON_HOLD), FAILED),
        ("se", terms(standing=Standing.CLOSED), FAILED),
        ("se", terms(standing=Standing.UNKNOWN), UNKNOWN),
        ("se", NO_ACCOUNT, OPEN),
    ],
    "credit_line": [
        ("ca", credit(1, 0), MET),
        ("ca", credit(0, 0), FAILED),
        ("ca", credit(None, 0), UNKNOWN),
        ("ca", NO_ACCOUNT, OPEN),
    ],
    "credit_low": [
        ("se", credit(100, 80), MET),
        ("se", credit(100, 81), FAILED),
        ("se", credit(100, 101), FAILED),
        ("se", credit(0, 0), FAILED),
        ("se", credit(None, 1), UNKNOWN),
        ("se", credit(1, None), UNKNOWN),
        ("se", NO_ACCOUNT, OPEN),
    ],
    "vouchers": [
        ("se", {}, MET),
        ("se", sat("V1", "V2"), MET),
        ("se", sat("V1", "V2", "V3"), FAILED),
        ("se", sat("V1", "V1"), FAILED),
        ("se", NO_ACCOUNT, OPEN),
    ],
    "exam_cost": [("se", {}, OPEN), ("se", sat(""), OPEN)],
    "quality_control": [
        ("se", {}, MET),
        ("se", {"done": (*DONE, RepairDone(TODAY, signed=False))}, FAILED),
        ("se", {"done": ()}, OPEN),
    ],
    "defective_returns": [
        ("au", {"returns_overdue": counted(0)}, MET),
        ("au", {"returns_overdue": counted(1)}, FAILED),
        ("au", {"returns_overdue": counted(0, LAST_YEAR)}, UNKNOWN),
        ("au", {"returns_overdue": None}, UNKNOWN),
        ("au", {"returns_overdue": None, "done": ()}, OPEN),
    ],
    "apply": [("se", {}, MET), ("se", NO_ACCOUNT, OPEN)],
    "other_channels": [("se", {}, OPEN)],
    # P1 to P4: what the year's repairs show
    **{
        code: [
            ("se", {}, MET),
            ("se", {"done": (RepairDone(TODAY, frozenset({broken})),)}, FAILED),
            ("se", {"done": (RepairDone(TODAY, frozenset({untold})),)}, UNKNOWN),
            ("se", {"done": ()}, OPEN),
        ]
        for code, broken, untold in (
            ("own_products", "owner_other", "owner_unknown"),
            ("apple_products", "other_maker", "maker_unknown"),
            ("apple_warranties", "other_warranty", "warranty_issuer_unknown"),
            ("apple_parts", "part_other_source", "part_not_purchased"),
        )
    },
}
CASES = [
    pytest.param(code, *case, id=f"{code}-{number}-{case[2].value}")
    for code, cases in RULES.items()
    for number, case in enumerate(cases)
]


@pytest.mark.parametrize(("code", "region", "changed", "state"), CASES)
def test_a_rule_stands_as_the_table_says(
    code: str, region: str, changed: dict[str, Any], state: State
) -> None:
    assert rule(code, region, **changed).state is state


@pytest.mark.parametrize("region", ["se", "us", "ca", "au"])
def test_the_table_has_every_rule_that_a_bench_judges(region: str) -> None:
    judged = {row.code for row in policy(region).rows.values() if row.judged is Judged.STANDING}
    assert judged <= RULES.keys()
