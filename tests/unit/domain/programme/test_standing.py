"""The whole: every point, who qualifies, what fails next, and what is never taken for met."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.account import NO_TERMS, AccountTerms, Standing
from app.domain.equipment import EquipmentKind, EquipmentState
from app.domain.installed_base import BaseCount, InstalledBase
from app.domain.people import Person
from app.domain.policy import POINTS, Judged, Severity
from app.domain.products import Family, Ownership
from app.domain.programme import (
    JUDGES,
    EsdPlan,
    Figures,
    PointStanding,
    Qualifies,
    RepairDone,
    RuleStanding,
    Situation,
    State,
    programme_standing,
)
from app.domain.programme.counted import Counted
from app.domain.qualifications import ProductLine
from tests.unit.domain.programme.situations import (
    DAY,
    TODAY,
    base,
    certified,
    piece,
    point,
    policy,
    rule,
    situation,
    standing,
    stock,
    with_row,
)

REGIONS = ("se", "us", "ca", "au")
NOTHING = Situation(TODAY)


@pytest.mark.parametrize("region", REGIONS)
def test_every_rule_of_the_organisation_has_a_judge(region: str) -> None:
    rows = policy(region).rows.values()
    judged = {row.code for row in rows if row.judged is Judged.STANDING}
    assert judged - {"other_channels"} <= JUDGES.keys()


@pytest.mark.parametrize("region", REGIONS)
def test_every_point_of_the_programme_has_its_place(region: str) -> None:
    found = standing(region)
    assert tuple(one.rule for one in found.points) == POINTS
    assert all(one.rules for one in found.points)
    assert (found.region, found.edition) == (region, policy(region).edition)
    assert {one.source for one in found.rules} <= found.sources.keys()


@pytest.mark.parametrize("region", ["se", "us", "ca"])
def test_an_organisation_that_meets_everything_qualifies(region: str) -> None:
    found = standing(region)
    assert found.qualifies is Qualifies.YES
    assert found.in_the_way == ()
    assert {one.state for one in found.rules} <= {State.MET, State.NOT_JUDGED}


@pytest.mark.parametrize("region", REGIONS)
def test_a_bench_that_knows_nothing_says_unknown(region: str) -> None:
    found = programme_standing(NOTHING, policy(region))
    assert found.qualifies is Qualifies.UNKNOWN
    assert State.MET not in {one.state for one in found.rules}
    assert {one.code for one in found.in_the_way} >= {"installed_base", "scanner_2d"}


def test_an_account_of_which_nothing_is_known_is_unknown() -> None:
    found = programme_standing(Situation(TODAY, account="1"), policy())
    in_the_way = {one.code for one in found.in_the_way}
    assert in_the_way >= {"installed_base", "account_standing", "esd_tester"}


def test_one_required_rule_that_fails_is_enough() -> None:
    found = standing(base=base(stock(999)), people=(certified(ProductLine.MAC),))
    assert found.qualifies is Qualifies.NOT_YET
    assert [one.code for one in found.in_the_way] == ["installed_base"]


def test_what_fails_goes_before_what_is_unknown() -> None:
    found = standing(base=base(stock(999)), equipment=())
    assert found.qualifies is Qualifies.NOT_YET
    assert standing(equipment=()).qualifies is Qualifies.UNKNOWN


def test_what_runs_out_stands_in_nobody_s_way_and_is_told_by_day() -> None:
    terms = AccountTerms(created_on=TODAY - 90 * DAY, standing=Standing.GOOD)
    tester = piece(EquipmentKind.ESD_TESTER, TODAY + 5 * DAY)
    others = [one for one in situation().equipment if one.kind != EquipmentKind.ESD_TESTER]
    found = standing(people=(), terms=terms, equipment=(*others, tester))
    assert found.qualifies is Qualifies.YES
    told = [(one.code, one.fails_on) for one in found.running_out]
    assert told == [
        ("technician_deadline", TODAY + DAY),
        ("esd_tester", TODAY + 6 * DAY),
    ]


def test_a_new_account_qualifies_while_its_deadline_runs() -> None:
    terms = AccountTerms(created_on=TODAY, standing=Standing.GOOD)
    assert standing(people=(), terms=terms).qualifies is Qualifies.YES


# ----------------------------------------------------------------------
# A point of several rules
# ----------------------------------------------------------------------


def one(state: State, severity: Severity, code: str = "a", to_do: str = "") -> RuleStanding:
    return RuleStanding(code, "P8", severity, state, Figures(), "register", None, to_do, "own")


@pytest.mark.parametrize(
    ("states", "state", "leading"),
    [
        ([(State.MET, "block"), (State.FAILED, "block")], State.FAILED, 1),
        ([(State.MET, "block"), (State.UNKNOWN, "block")], State.UNKNOWN, 1),
        ([(State.UNKNOWN, "block"), (State.FAILED, "block")], State.FAILED, 1),
        ([(State.FAILED, "warn"), (State.UNKNOWN, "block")], State.UNKNOWN, 1),
        ([(State.MET, "block"), (State.FAILED, "warn")], State.SOON, 1),
        ([(State.MET, "block"), (State.UNKNOWN, "warn")], State.SOON, 1),
        ([(State.NOT_JUDGED, "block"), (State.MET, "warn")], State.MET, 1),
        ([(State.NOT_JUDGED, "info")], State.NOT_JUDGED, 0),
        ([(State.SOON, "block"), (State.MET, "block")], State.SOON, 0),
    ],
)
def test_a_point_is_as_good_as_its_worst_rule(
    states: list[tuple[State, str]], state: State, leading: int
) -> None:
    rules = tuple(one(each, Severity(severity)) for each, severity in states)
    found = PointStanding("P8", rules)
    assert (found.state, found.leading) == (state, rules[leading])


def test_a_point_tells_the_one_next_thing_and_the_first_day_that_fails() -> None:
    found = point("P8", equipment=())
    assert found.to_do == "record_equipment"
    assert point("P15", account="", terms=NO_TERMS).to_do == "apply"
    assert point("P12").to_do == ""
    assert point("P12").fails_on is None
    assert point("P8").fails_on == TODAY + 4 * DAY


def test_a_rule_s_own_way_on_is_its_code_where_the_row_names_none() -> None:
    rules = with_row("workbench", way_on="")
    others = tuple(one for one in situation().equipment if one.kind != EquipmentKind.BENCH)
    assert rule("workbench", rules, equipment=others).to_do == "workbench"


# ----------------------------------------------------------------------
# Whatever is on record
# ----------------------------------------------------------------------

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
LATER = date(2031, 1, 1)
MAYBE_DAYS = st.none() | DAYS
COUNTS = st.builds(
    BaseCount,
    st.sampled_from(Family),
    st.sampled_from(Ownership),
    st.booleans(),
    st.integers(0, 1500),
    MAYBE_DAYS,
)
PEOPLE: st.SearchStrategy[Person] = st.builds(
    certified, st.sampled_from(ProductLine), MAYBE_DAYS, DAYS
)
PIECES = st.builds(
    piece, st.sampled_from(EquipmentKind), MAYBE_DAYS, st.sampled_from(EquipmentState)
)
TERMS = st.builds(
    AccountTerms,
    created_on=MAYBE_DAYS,
    standing=st.sampled_from(Standing),
    credit_limit=st.none() | st.integers(0, 1000),
    credit_used=st.none() | st.integers(0, 1500),
    has_carpet=st.booleans(),
)
CODES = ("owner_other", "owner_unknown", "not_in_register", "other_warranty", "part_no_order")
REPAIRS = st.builds(
    RepairDone,
    DAYS,
    st.frozensets(st.sampled_from(CODES)),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
)
SITUATIONS = st.builds(
    Situation,
    today=DAYS,
    account=st.sampled_from(("", "1")),
    terms=TERMS,
    base=st.builds(InstalledBase, st.lists(COUNTS, max_size=5).map(tuple)),
    people=st.lists(PEOPLE, max_size=4).map(tuple),
    equipment=st.lists(PIECES, max_size=12).map(tuple),
    done=st.lists(REPAIRS, max_size=30).map(tuple),
    covered=st.none() | st.builds(Counted, st.integers(0, 2000), DAYS, st.just("ABM")),
    returns_overdue=st.none() | st.builds(Counted, st.integers(0, 3), DAYS, st.just("GSX")),
    esd_plan=st.none() | st.builds(EsdPlan, st.integers(0, 3), st.just(0), st.just(LATER)),
)
ANY_REGION = st.sampled_from(REGIONS)


@given(SITUATIONS, ANY_REGION)
def test_only_who_meets_every_required_rule_qualifies(at: Situation, region: str) -> None:
    found = programme_standing(at, policy(region))
    required = {one.state for one in found.rules if one.is_required}
    met = required <= {State.MET, State.SOON, State.NOT_JUDGED}
    assert (found.qualifies is Qualifies.YES) is met


@given(SITUATIONS, ANY_REGION)
def test_what_is_unknown_is_never_met(at: Situation, region: str) -> None:
    for found in programme_standing(at, policy(region)).rules:
        if found.figures.required is not None and found.figures.value is None:
            assert found.state in {State.UNKNOWN, State.NOT_JUDGED}
        if found.state is State.MET and found.code != "vouchers":
            assert not found.figures.gap


@given(SITUATIONS, ANY_REGION)
def test_what_is_met_fails_in_the_future_only(at: Situation, region: str) -> None:
    for found in programme_standing(at, policy(region)).rules:
        if found.state in {State.MET, State.SOON} and found.fails_on is not None:
            assert found.fails_on > at.today


@given(SITUATIONS, ANY_REGION)
def test_whoever_has_to_act_is_told_what_to_do(at: Situation, region: str) -> None:
    for found in programme_standing(at, policy(region)).rules:
        if found.state in {State.FAILED, State.UNKNOWN, State.SOON}:
            assert found.to_do
        elif found.state is State.MET:
            assert not found.to_do


@given(SITUATIONS, ANY_REGION)
def test_a_day_later_what_failed_on_it_is_no_longer_met(at: Situation, region: str) -> None:
    rules = policy(region)
    before = programme_standing(at, rules)
    codes = ("installed_base", "esd_tester", "calibration_ends_soon")
    for found in before.rules:
        if found.code in codes and found.state is State.MET and found.fails_on is not None:
            later = programme_standing(replace(at, today=found.fails_on), rules)
            after = next(each for each in later.rules if each.code == found.code)
            assert after.state in {State.FAILED, State.UNKNOWN}
