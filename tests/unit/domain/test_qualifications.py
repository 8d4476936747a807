"""Standing by product line and the 90-day deadline, at every edge; figures come from the policy."""

from datetime import date, timedelta
from functools import cache
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import bootstrap
from app.domain.people import Certification, Person, Role
from app.domain.policy import Policy, policy_of
from app.domain.products import Family
from app.domain.qualifications import (
    DEADLINE,
    FAMILIES,
    Deadline,
    Held,
    LineStanding,
    ProductLine,
    covered_until,
    families_of,
    lasting,
    line_deadline,
    line_standing,
)
from app.domain.verdicts import technician_findings
from app.resources import resource

TODAY = date(2026, 11, 23)
MAC, IOS = ProductLine.MAC, ProductLine.IOS


@cache
def policy(wanted: int = 1, *, due: bool = True) -> Policy:
    table = loads(resource("programmes", "se.toml").read_text(encoding="utf-8"))
    for row in table["rule"]:
        if row["code"] == DEADLINE:
            row["value"] = wanted
            if not due:
                del row["due"]
    return policy_of(table)


def held(
    since: str, until: str | None, name: str = "ACMT", families: tuple[Family, ...] | None = None
) -> Certification:
    return Certification(
        name,
        families if families is not None else families_of(name),
        date.fromisoformat(since),
        date.fromisoformat(until) if until else None,
    )


def person(*certifications: Certification, key: str = "anna") -> Person:
    return Person(key, key.title(), "1001", Role.TECHNICIAN, certifications=certifications)


def standing(*certifications: Certification, line: ProductLine = MAC) -> LineStanding:
    return line_standing(person(*certifications), line, policy(), TODAY)


@pytest.mark.parametrize(
    ("name", "families"),
    [
        ("ACMT", FAMILIES[MAC]),
        ("acmt", FAMILIES[MAC]),
        ("iOS", FAMILIES[IOS]),
        ("IOS", (Family.IPHONE, Family.IPAD, Family.IPOD)),
        ("CompTIA", ()),
    ],
)
def test_a_qualification_covers_the_families_of_its_line(
    name: str, families: tuple[Family, ...]
) -> None:
    assert families_of(name) == families


def test_every_family_belongs_to_one_line() -> None:
    assert sorted(one for line in FAMILIES.values() for one in line) == sorted(Family)


@pytest.mark.parametrize(
    ("certifications", "expected"),
    [
        ((), LineStanding(MAC, Held.NEVER)),
        ((held("2020-01-01", None, "iOS"),), LineStanding(MAC, Held.NEVER)),
        ((held("2026-11-24", None),), LineStanding(MAC, Held.NOT_YET)),
        ((held("2026-11-23", None),), LineStanding(MAC, Held.CERTIFIED)),
        ((held("2020-01-01", "2026-11-22"),), LineStanding(MAC, Held.ENDED, date(2026, 11, 22))),
        ((held("2020-01-01", "2026-11-23"),), LineStanding(MAC, Held.ENDS_SOON, TODAY)),
        (
            (held("2020-01-01", "2026-12-22"),),
            LineStanding(MAC, Held.ENDS_SOON, date(2026, 12, 22)),
        ),
        (
            (held("2020-01-01", "2026-12-23"),),
            LineStanding(MAC, Held.CERTIFIED, date(2026, 12, 23)),
        ),
    ],
)
def test_a_standing_on_the_first_and_last_day(
    certifications: tuple[Certification, ...], expected: LineStanding
) -> None:
    assert standing(*certifications) == expected
    assert expected.counts is (expected.held in {Held.CERTIFIED, Held.ENDS_SOON})


def test_a_renewal_goes_on_where_the_certificate_before_it_ends() -> None:
    first, renewal = held("2025-01-01", "2026-11-30"), held("2026-12-01", "2027-11-30")
    assert standing(renewal, first) == LineStanding(MAC, Held.CERTIFIED, date(2027, 11, 30))


def test_a_renewal_without_an_end_has_no_last_day() -> None:
    first, renewal = held("2025-01-01", "2026-11-30"), held("2026-06-01", None)
    assert standing(first, renewal) == LineStanding(MAC, Held.CERTIFIED)


def test_a_gap_between_two_certificates_ends_the_first() -> None:
    first, later = held("2025-01-01", "2026-11-30"), held("2026-12-02", None)
    assert standing(first, later) == LineStanding(MAC, Held.ENDS_SOON, date(2026, 11, 30))


def test_an_ended_certificate_whose_renewal_is_still_to_come_says_so() -> None:
    ended, later = held("2025-01-01", "2026-11-01"), held("2026-12-02", None)
    assert standing(ended, later).held is Held.NOT_YET


def test_a_line_stands_as_the_worst_of_its_families() -> None:
    phone = held("2025-01-01", None, "iOS", (Family.IPHONE, Family.IPAD))
    assert standing(phone, line=IOS) == LineStanding(IOS, Held.NEVER)
    pod = held("2025-01-01", "2026-10-01", "iOS", (Family.IPOD,))
    assert standing(phone, pod, line=IOS) == LineStanding(IOS, Held.ENDED, date(2026, 10, 1))


def test_the_last_of_several_ended_certificates_is_told() -> None:
    told = standing(held("2020-01-01", "2021-01-01"), held("2022-01-01", "2023-01-01"))
    assert told == LineStanding(MAC, Held.ENDED, date(2023, 1, 1))


DAYS = st.dates(date(2024, 1, 1), date(2028, 1, 1))
PERIODS = st.tuples(DAYS, st.none() | DAYS).map(
    lambda two: Certification("ACMT", (Family.MAC,), two[0], two[1])
)


@given(st.lists(PERIODS, max_size=5))
def test_every_day_up_to_the_end_is_covered_and_the_next_is_not(
    certifications: list[Certification],
) -> None:
    until = covered_until(certifications, Family.MAC, TODAY)

    def covered(day: date) -> bool:
        return any(one.covers(Family.MAC, day) for one in certifications)

    if until is None:
        assert not covered(TODAY)
        return
    last = min(until, TODAY + timedelta(days=1500))
    assert all(covered(TODAY + timedelta(days=n)) for n in range((last - TODAY).days + 1))
    assert until == date.max or not covered(until + timedelta(days=1))


@pytest.mark.parametrize(
    ("until", "counts_until"),
    [(None, "2026-12-31"), ("2027-06-30", "2026-12-31"), ("2026-06-30", "2026-06-30")],
)
def test_where_a_year_is_the_most_a_certificate_counts_no_longer(
    until: str | None, counts_until: str
) -> None:
    one = held("2026-01-01", until)
    (told,) = lasting([one], bootstrap.programme("ca"))
    assert told.valid_until == date.fromisoformat(counts_until)
    assert lasting([one], policy()) == (one,)


@given(st.lists(PERIODS, max_size=4), st.sampled_from(["se", "ca"]))
def test_the_standing_of_a_line_is_what_the_gate_says(
    certifications: list[Certification], region: str
) -> None:
    rules, anna = bootstrap.programme(region), person(*certifications)
    found = technician_findings(anna, Family.MAC, rules, TODAY)
    told = line_standing(anna, MAC, rules, TODAY)
    assert told.counts is not any(one.blocks for one in found)
    codes = [one.code for one in found]
    assert (told.held is Held.ENDS_SOON) is (codes == ["certificate_ends_soon"])


# ----------------------------------------------------------------------
# The deadline
# ----------------------------------------------------------------------

CREATED = date(2026, 9, 1)
LAST_DAY = date(2026, 11, 30)
"""The ninetieth day after."""
ENDLESS = held("2020-01-01", None)


@pytest.mark.parametrize(
    ("today", "state", "left"),
    [
        (CREATED, Deadline.OPEN, 90),
        (LAST_DAY - timedelta(days=1), Deadline.OPEN, 1),
        (LAST_DAY, Deadline.OPEN, 0),
        (LAST_DAY + timedelta(days=1), Deadline.MISSED, -1),
    ],
)
def test_without_a_technician_the_deadline_runs_ninety_days(
    today: date, state: Deadline, left: int
) -> None:
    told = line_deadline([person()], MAC, policy(), created_on=CREATED, today=today)
    assert (told.state, told.days_left(today), told.last_day) == (state, left, LAST_DAY)
    assert told.fails_on == LAST_DAY + timedelta(days=1)
    assert told.qualified == ()


def test_without_the_account_s_day_nobody_knows_the_deadline() -> None:
    told = line_deadline([person()], MAC, policy(), created_on=None, today=TODAY)
    assert told.state is Deadline.UNKNOWN
    assert (told.last_day, told.fails_on, told.days_left(TODAY)) == (None, None, None)


def test_a_policy_without_a_deadline_knows_none() -> None:
    told = line_deadline([], MAC, policy(due=False), created_on=CREATED, today=TODAY)
    assert (told.state, told.last_day) == (Deadline.UNKNOWN, None)


def test_an_endless_certificate_meets_the_rule_for_ever() -> None:
    told = line_deadline([person(ENDLESS)], MAC, policy(), created_on=CREATED, today=TODAY)
    assert (told.state, told.qualified, told.fails_on) == (Deadline.MET, ("anna",), None)


def test_the_rule_breaks_the_day_after_the_last_certificate_ends() -> None:
    people = [
        person(held("2020-01-01", "2027-03-31")),
        person(held("2020-01-01", "2027-05-31"), key="bo"),
        person(held("2020-01-01", "2026-01-31"), key="dan"),
    ]
    told = line_deadline(people, MAC, policy(), created_on=CREATED, today=TODAY)
    assert (told.qualified, told.fails_on) == (("anna", "bo"), date(2027, 6, 1))
    two = line_deadline(people, MAC, policy(2), created_on=CREATED, today=TODAY)
    assert (two.state, two.wanted, two.fails_on) == (Deadline.MET, 2, date(2027, 4, 1))
    unknown = line_deadline(people, MAC, policy(2), created_on=None, today=TODAY)
    assert unknown.fails_on == date(2027, 4, 1)


def test_before_the_deadline_an_ending_certificate_breaks_nothing_yet() -> None:
    people = [person(held("2020-01-01", "2026-11-24"))]
    told = line_deadline(people, MAC, policy(), created_on=CREATED, today=TODAY)
    assert (told.state, told.fails_on) == (Deadline.MET, date(2026, 12, 1))


def test_a_policy_that_wants_nobody_is_met_by_nobody() -> None:
    told = line_deadline([], IOS, policy(0), created_on=CREATED, today=TODAY)
    assert (told.state, told.fails_on) == (Deadline.MET, None)
