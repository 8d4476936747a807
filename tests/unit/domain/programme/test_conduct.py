"""P1 to P4 and P14: what the year's repairs show."""

from datetime import date

import pytest

from app.domain.programme import RepairDone, State
from app.domain.programme.counted import Counted
from tests.unit.domain.programme.situations import DONE, TODAY, details, point, rule

RULES = {
    "own_products": ("P1", ("owner_other", "lease_ended"), ("owner_unknown", "not_in_register")),
    "apple_products": ("P2", ("other_maker", "no_family"), ("maker_unknown", "not_in_register")),
    "apple_warranties": (
        "P3",
        ("other_warranty",),
        ("warranty_issuer_unknown", "not_in_register"),
    ),
    "apple_parts": ("P4", ("part_other_source",), ("part_not_purchased", "part_no_order")),
}
BROKEN = [(code, one) for code, (_, broken, _) in RULES.items() for one in broken]
UNTOLD = [(code, one) for code, (_, _, untold) in RULES.items() for one in untold]


def repair(*findings: str) -> RepairDone:
    return RepairDone(TODAY, frozenset(findings))


@pytest.mark.parametrize("code", RULES)
def test_a_year_of_good_repairs_meets_the_point(code: str) -> None:
    found = rule(code)
    assert (found.rule, found.state) == (RULES[code][0], State.MET)
    assert (found.figures.value, found.figures.required) == (30, 30)


@pytest.mark.parametrize("code", RULES)
def test_a_year_without_repairs_shows_nothing(code: str) -> None:
    assert rule(code, done=()).state is State.NOT_JUDGED


@pytest.mark.parametrize(("code", "finding"), BROKEN)
def test_a_repair_against_the_programme_is_told(code: str, finding: str) -> None:
    found = rule(code, done=(*DONE, repair(finding), repair(finding)))
    assert (found.state, found.to_do) == (State.FAILED, "look_through")
    assert details(found) == {"against": {"n": "2"}}
    assert found.figures.gap == 2
    assert not found.stands_in_the_way


@pytest.mark.parametrize(("code", "finding"), UNTOLD)
def test_a_repair_of_which_the_registers_do_not_tell_is_unknown(code: str, finding: str) -> None:
    found = rule(code, done=(*DONE, repair(finding)))
    assert (found.state, found.to_do) == (State.UNKNOWN, "complete_registers")
    assert details(found) == {"untold": {"n": "1"}}


@pytest.mark.parametrize("code", RULES)
def test_a_finding_of_another_point_is_none_of_this_one(code: str) -> None:
    assert rule(code, done=(*DONE, repair("find_my_on"))).state is State.MET


def test_a_broken_point_is_advice_for_the_gate_judged_each_repair() -> None:
    assert point("P1", done=(repair("owner_other"),)).state is State.SOON


def test_every_completed_repair_is_signed() -> None:
    assert rule("quality_control").state is State.MET
    unsigned = RepairDone(TODAY, signed=False)
    found = rule("quality_control", done=(*DONE, unsigned))
    assert (found.state, found.figures.gap) == (State.FAILED, 1)
    assert rule("quality_control", done=()).state is State.NOT_JUDGED


def test_returns_that_nobody_counted_are_unknown() -> None:
    found = rule("defective_returns", "au", returns_overdue=None)
    assert (found.rule, found.state, found.figures.required) == ("P4", State.UNKNOWN, 30)
    assert found.to_do == "count_returns"
    assert rule("defective_returns", "au", done=(repair(),)).state is State.NOT_JUDGED
    assert rule("defective_returns", "au").state is State.MET


FIRST, LAST_YEAR = TODAY.replace(month=1, day=1), TODAY.replace(year=TODAY.year - 1)


@pytest.mark.parametrize(
    ("late", "on", "state", "figures"),
    [
        (0, TODAY, State.MET, (30, 30)),
        (0, FIRST, State.MET, (30, 30)),
        (1, TODAY, State.FAILED, (29, 30)),
        (31, TODAY, State.FAILED, (0, 31)),
        (0, LAST_YEAR, State.UNKNOWN, (None, 30)),
        (1, LAST_YEAR, State.UNKNOWN, (None, 30)),
    ],
)
def test_returns_are_judged_by_the_count_of_this_year(
    late: int, on: date, state: State, figures: tuple[int | None, int]
) -> None:
    found = rule("defective_returns", "au", returns_overdue=Counted(late, on, "GSX"))
    assert (found.state, (found.figures.value, found.figures.required)) == (state, figures)
    told = {"counted": {"day": on.isoformat(), "source": "GSX"}}
    assert details(found) == ({} if state is State.UNKNOWN else told)


@pytest.mark.parametrize(("late", "state"), [(0, State.NOT_JUDGED), (2, State.FAILED)])
def test_parts_that_are_late_from_before_are_told_without_any_of_this_year(
    late: int, state: State
) -> None:
    counted = Counted(late, TODAY, "GSX")
    assert rule("defective_returns", "au", done=(), returns_overdue=counted).state is state
