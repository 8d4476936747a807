"""P6 and P13: certified technicians for each product line, vouchers, exams."""

from datetime import date

import pytest

from app.domain.account import NO_TERMS, AccountTerms
from app.domain.people import Exam, Person, Role
from app.domain.products import Family
from app.domain.programme import State
from app.domain.qualifications import ProductLine
from tests.unit.domain.programme.situations import (
    DAY,
    TERMS,
    TODAY,
    base,
    certified,
    details,
    rule,
    stock,
    with_row,
)

CODE = "technician_deadline"
MAC, IOS = ProductLine.MAC, ProductLine.IOS


def created(days_ago: int) -> AccountTerms:
    return AccountTerms(created_on=TODAY - days_ago * DAY)


def test_a_certified_technician_for_each_line_is_enough() -> None:
    found = rule(CODE)
    assert (found.state, found.figures.value, found.figures.required) == (State.MET, 1, 1)
    assert details(found) == {"line.mac": {"n": "1"}, "line.ios": {"n": "1"}}
    assert found.fails_on is None


def test_a_line_without_products_asks_for_nobody() -> None:
    found = rule(CODE, base=base(stock(1000)), people=(certified(MAC),))
    assert (found.state, set(details(found))) == (State.MET, {"line.mac"})
    phones = rule(CODE, base=base(stock(1000, Family.IPOD)), people=(certified(MAC),))
    assert (phones.state, set(details(phones))) == (State.FAILED, {"line.ios"})


def test_without_products_nobody_knows_which_lines_count() -> None:
    assert rule(CODE, base=base()).state is State.UNKNOWN


@pytest.mark.parametrize(
    ("days_ago", "state"),
    [
        (0, State.SOON),
        (90, State.SOON),  # the deadline's own day
        (91, State.FAILED),
    ],
)
def test_the_deadline_is_ninety_days_from_the_account(days_ago: int, state: State) -> None:
    found = rule(CODE, people=(), terms=created(days_ago))
    deadline = TODAY + (90 - days_ago) * DAY
    assert (found.state, found.fails_on, found.to_do) == (state, deadline + DAY, CODE)
    assert found.stands_in_the_way is (state is State.FAILED)


def test_one_line_that_missed_the_deadline_fails_the_rule() -> None:
    found = rule(CODE, people=(certified(MAC),))
    assert (found.state, found.figures.gap) == (State.FAILED, 1)
    assert details(found) == {"line.mac": {"n": "1"}, "line.ios": {"n": "0"}}


def test_an_account_of_an_unknown_day_leaves_the_deadline_unknown() -> None:
    found = rule(CODE, people=(), terms=NO_TERMS)
    assert (found.state, found.to_do) == (State.UNKNOWN, "record_creation")


def test_nothing_is_due_before_there_is_an_account() -> None:
    found = rule(CODE, people=(), terms=NO_TERMS, account="")
    assert (found.state, found.to_do) == (State.NOT_JUDGED, "")


def test_technicians_count_without_an_account_too() -> None:
    assert rule(CODE, terms=NO_TERMS, account="").state is State.MET


@pytest.mark.parametrize(
    ("until", "state", "to_do"),
    [
        (TODAY, State.SOON, "renew_certificates"),  # its last day
        (TODAY + 29 * DAY, State.SOON, "renew_certificates"),
        (TODAY + 30 * DAY, State.MET, ""),
        (TODAY - DAY, State.FAILED, CODE),
    ],
)
def test_a_certificate_holds_to_its_last_day(until: date, state: State, to_do: str) -> None:
    found = rule(CODE, people=(certified(MAC, until), certified(IOS, person_id="bo")))
    assert (found.state, found.to_do) == (state, to_do)
    if state is not State.FAILED:
        assert found.fails_on == until + DAY


def test_a_row_without_a_deadline_is_due_at_once() -> None:
    rules = with_row(CODE, due=None)
    assert rule(CODE, rules, people=()).state is State.UNKNOWN


# ----------------------------------------------------------------------
# Every year, in Canada
# ----------------------------------------------------------------------

YEARLY = "yearly_certification"


def both(since: date) -> tuple[Person, ...]:
    return certified(MAC, since=since), certified(IOS, since=since, person_id="bo")


@pytest.mark.parametrize(
    ("since", "state", "fails_on"),
    [
        (date(2026, 1, 1), State.MET, date(2028, 1, 1)),
        (TODAY, State.MET, date(2028, 1, 1)),
        (date(2025, 12, 31), State.SOON, date(2027, 1, 1)),
        (date(2025, 1, 1), State.SOON, date(2027, 1, 1)),
        (date(2024, 12, 31), State.FAILED, date(2026, 1, 1)),
        (TODAY + DAY, State.SOON, date(2027, 1, 1)),  # begins tomorrow: none yet
    ],
)
def test_canada_certifies_anew_every_calendar_year(
    since: date, state: State, fails_on: date
) -> None:
    found = rule(YEARLY, "ca", people=both(since))
    assert (found.state, found.fails_on) == (state, fails_on)


def test_one_line_certified_this_year_is_not_the_other() -> None:
    found = rule(YEARLY, "ca", people=(certified(MAC), certified(IOS, since=date(2025, 5, 5))))
    assert (found.state, found.figures.value, found.figures.required) == (State.SOON, 1, 2)


def test_a_year_is_nothing_to_who_has_no_products_or_no_account() -> None:
    assert rule(YEARLY, "ca", base=base()).state is State.UNKNOWN
    found = rule(YEARLY, "ca", account="", terms=NO_TERMS, people=())
    assert found.state is State.NOT_JUDGED


def test_the_calendar_s_last_year_is_followed_by_none() -> None:
    last = date.max
    renewed = rule(YEARLY, "ca", today=last, people=both(date(9999, 2, 1)))
    assert (renewed.state, renewed.fails_on) == (State.MET, None)
    lacking = rule(YEARLY, "ca", today=last, people=both(date(9998, 2, 1)))
    assert (lacking.state, lacking.fails_on) == (State.SOON, None)


def test_a_year_s_end_that_the_row_does_not_name_is_no_day() -> None:
    rules = with_row(YEARLY, "ca", due=None)
    assert rule(YEARLY, rules).fails_on is None
    assert rule(YEARLY, rules, people=both(date(2025, 5, 5))).fails_on is None


# ----------------------------------------------------------------------
# Vouchers and exams
# ----------------------------------------------------------------------


def sat(*exams: Exam) -> tuple[Person, ...]:
    return (Person("anna", "Anna", "1001", Role.TECHNICIAN, exams=exams),)


def exam(voucher: str = "", cost: int = 0, currency: str = "") -> Exam:
    return Exam("ACMT", TODAY, passed=True, voucher=voucher, cost=cost, currency=currency)


@pytest.mark.parametrize(
    ("vouchers", "state", "used", "to_do"),
    [
        ((), State.MET, 0, ""),
        (("V-1", "V-2"), State.MET, 2, ""),
        (("V-1", "V-2", "V-3"), State.FAILED, 3, "check_vouchers"),
        (("V-1", "V-1"), State.FAILED, 1, "check_vouchers"),
    ],
)
def test_the_account_gives_two_vouchers(
    vouchers: tuple[str, ...], state: State, used: int, to_do: str
) -> None:
    found = rule("vouchers", people=sat(*map(exam, vouchers)))
    assert (found.state, found.figures.value, found.to_do) == (state, used, to_do)
    assert found.figures.required == 2
    assert not found.stands_in_the_way


def test_a_voucher_that_two_exams_name_is_told() -> None:
    found = rule("vouchers", people=sat(exam("V-1"), exam("V-1")))
    assert details(found) == {"voucher_twice": {"voucher": "V-1"}}


def test_no_vouchers_before_there_is_an_account() -> None:
    found = rule("vouchers", people=(), account="", terms=NO_TERMS)
    assert (found.state, found.figures.value) == (State.NOT_JUDGED, None)


def test_what_exams_cost_is_told_and_not_judged() -> None:
    found = rule("exam_cost", people=sat(exam(cost=250_00, currency="SEK"), exam("V-1")))
    assert found.state is State.NOT_JUDGED
    assert details(found) == {"cost": {"cost": "250.00 SEK"}}
    assert TERMS.created_on is not None
