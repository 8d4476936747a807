"""Two vouchers, what used them, and what later exams cost."""

from datetime import date
from functools import cache
from tomllib import loads

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.exams import VoucherGap, exam_ledger, voucher_gap
from app.domain.people import Exam, Person, Role
from app.domain.policy import Policy, policy_of
from app.resources import resource

DAY = date(2026, 9, 1)


@cache
def policy() -> Policy:
    return policy_of(loads(resource("programmes", "se.toml").read_text(encoding="utf-8")))


def exam(
    name: str = "ACMT",
    *,
    day: date = DAY,
    passed: bool = True,
    voucher: str = "",
    cost: int = 0,
    currency: str = "",
) -> Exam:
    return Exam(name, day, passed, voucher, cost, currency)


def person(key: str, *exams: Exam) -> Person:
    return Person(key, key.title(), key, Role.TECHNICIAN, exams=exams)


def test_without_exams_both_vouchers_are_left_and_nothing_cost() -> None:
    ledger = exam_ledger([person("anna")], policy())
    assert (ledger.granted, ledger.used, ledger.left, ledger.over) == (2, 0, 2, 0)
    assert (dict(ledger.costs), ledger.exams, ledger.passed) == ({}, 0, 0)


def test_a_voucher_pays_a_failed_exam_too_and_later_ones_cost() -> None:
    anna = person(
        "anna",
        exam(voucher="V-1", passed=False),
        exam(day=date(2026, 10, 1), cost=150_000, currency="SEK"),
    )
    bo = person("bo", exam("iOS", cost=9_900, currency="EUR"), exam(cost=50_000, currency="SEK"))
    ledger = exam_ledger([anna, bo], policy())
    assert (ledger.used, ledger.left, ledger.exams, ledger.passed) == (1, 1, 4, 3)
    assert dict(ledger.costs) == {"EUR": 9_900, "SEK": 200_000}
    assert [one.person.id for one in ledger.by_voucher] == ["anna"]


def test_vouchers_are_listed_by_day() -> None:
    late, early = exam(voucher="A", day=date(2026, 10, 1)), exam(voucher="B")
    ledger = exam_ledger([person("anna", late), person("bo", early)], policy())
    assert [one.exam.voucher for one in ledger.by_voucher] == ["B", "A"]
    assert ledger.left == 0


def test_a_voucher_that_two_exams_name_counts_once_and_is_told() -> None:
    ledger = exam_ledger(
        [person("anna", exam(voucher="V")), person("bo", exam(voucher="V"))], policy()
    )
    assert (ledger.used, ledger.twice) == (1, ("V",))


def test_more_vouchers_than_were_given_are_told_and_none_is_left() -> None:
    people = [person(key, exam(voucher=key)) for key in ("a", "b", "c")]
    ledger = exam_ledger(people, policy())
    assert (ledger.left, ledger.over, ledger.twice) == (0, 1, ())


@pytest.mark.parametrize(
    ("others", "own", "name", "gap"),
    [
        ((), (), "ACMT", None),
        ((exam(voucher="V-9"),), (), "ACMT", VoucherGap.USED),
        ((), (exam(passed=False),), "ACMT", None),
        ((), (exam(),), "acmt", VoucherGap.NOT_FIRST),
        ((), (exam(),), "iOS", None),
        ((exam(voucher="V-1"), exam(voucher="V-2")), (), "ACMT", VoucherGap.NONE_LEFT),
    ],
)
def test_what_a_voucher_can_pay(
    others: tuple[Exam, ...], own: tuple[Exam, ...], name: str, gap: VoucherGap | None
) -> None:
    anna = person("anna", *own)
    ledger = exam_ledger([anna, person("bo", *others)], policy())
    assert voucher_gap(ledger, anna, name, "V-9") is gap


VOUCHERS = st.sampled_from(("", "V-1", "V-2", "V-3", "V-4"))


@given(st.lists(VOUCHERS, max_size=8))
def test_vouchers_are_never_negative_and_always_add_up(vouchers: list[str]) -> None:
    people = [person(str(n), exam(voucher=one)) for n, one in enumerate(vouchers)]
    ledger = exam_ledger(people, policy())
    assert ledger.left >= 0
    assert ledger.over >= 0
    assert ledger.granted + ledger.over == ledger.used + ledger.left


@given(st.lists(st.tuples(st.sampled_from(("anna", "bo")), VOUCHERS), max_size=8))
def test_exams_that_were_let_through_never_use_more_than_was_given(
    wanted: list[tuple[str, str]],
) -> None:
    people = {key: person(key) for key in ("anna", "bo")}
    for key, voucher in wanted:
        own = people[key]
        ledger = exam_ledger(people.values(), policy())
        if voucher and voucher_gap(ledger, own, "ACMT", voucher) is not None:
            continue
        people[key] = person(key, *own.exams, exam(voucher=voucher, passed=False))
    ledger = exam_ledger(people.values(), policy())
    assert (ledger.over, ledger.twice) == (0, ())
